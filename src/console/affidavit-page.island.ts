/** The affidavit with the card: the text must be an affidavit and say so itself; nothing else is handed to the card. */
import { signCardForm } from '../credentials/index.island.ts';

/** The layout is `renderAffidavitStatement`'s. */
const AFFIDAVIT =
  /^使用電子連署系統切結書\n規格：LIANSHU-AFFIDAVIT\/1\n案號：[1-9]\d{3,7}\n切結書全文SHA256：[0-9a-f]{64}\n聲明：[^\n]*本件不是提案書，也不是連署書。\n/;

signCardForm({
  isExpected: (statement, transaction) =>
    AFFIDAVIT.test(statement) && statement.endsWith(`\n交易序號：${transaction}\n`),
  carries: { envelope: 'signature' },
});
