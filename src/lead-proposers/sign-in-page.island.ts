/** Signing in with the card: only a statement that this page would have written for this site is signed. */
import { signCardForm } from '../credentials/index.island.ts';

/** The layout is `renderLoginStatement`'s. */
const expected = (transaction: string, signedAt: string): string => `LIANSHU-LOGIN/1
網站：${location.host}
聲明：本人登入上列網站；本件不是提案書，也不是連署書。
簽署時間：${signedAt}
交易序號：${transaction}
`;

signCardForm({
  isExpected: (statement, transaction, signedAt) => statement === expected(transaction, signedAt),
  carries: { envelope: 'signature', certificate: 'certb64' },
});
