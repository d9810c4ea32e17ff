/**
 * What the validation policy and the card say, said of signing in: nothing is counted here, and no word may suggest that
 * somebody signed a proposal 提案 or a joint signature 連署.
 */
import { wordsOfAct } from '../credentials/index.ts';

export const SIGN_IN_WORDS = wordsOfAct(
  { 'zh-Hant-TW': '登入聲明', en: 'login statement' },
  {
    'zh-Hant-TW': [
      ['沒有計入連署：', '您沒有登入：'],
      ['還沒有簽署任何內容：', '您沒有登入：'],
      ['已收到連署，尚未計入：', '您沒有登入：'],
      ['公投連署人須為', '領銜人須為'],
      ['不能用於連署', '不能用於登入'],
      ['連署書', '登入聲明'],
      ['連署頁', '登入頁'],
      ['回來連署', '回來登入'],
      ['回來簽署', '回來登入'],
      ['想連署時，再按一次簽署即可', '想登入時，再按一次即可'],
      ['領銜人的諮詢窗口', '客服'],
      ['連署', '登入'],
    ],
    en: [
      ['Nothing was counted:', 'You are not signed in:'],
      ['Nothing has been signed:', 'You are not signed in:'],
      ['Received, not yet counted:', 'You are not signed in:'],
      ['then come back and sign.', 'then come back and sign in.'],
      ['joint signature', 'sign-in'],
      ['Signers must be', 'Lead proposers must be'],
      ['Whenever you wish to sign,', 'Whenever you wish to sign in,'],
      ['the lead proposer’s help contact', 'the help desk'],
    ],
  },
  {
    UI_STATEMENT_MISMATCH: {
      cause: {
        'zh-Hant-TW': '伺服器送來的登入聲明與網址列的網站不符，本頁拒絕簽署。',
        en: 'The login statement names another site than the address bar; this page refuses to sign it.',
      },
      next: {
        'zh-Hant-TW': '請確認網址；若再發生，請不要簽署並通報我們。',
        en: 'Check the address; if it happens again, do not sign, and tell us.',
      },
      act: 'back',
    },
  },
);
