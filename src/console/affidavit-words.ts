/** What the card says, said of an affidavit: no word may suggest that somebody signed a joint signature 連署. */
import { wordsOfAct } from '../credentials/index.ts';

export const AFFIDAVIT_WORDS = wordsOfAct(
  { 'zh-Hant-TW': '切結書', en: 'affidavit' },
  {
    'zh-Hant-TW': [
      ['沒有計入連署：', '切結書沒有提出：'],
      ['還沒有簽署任何內容：', '切結書沒有簽署：'],
      ['已收到連署，尚未計入：', '切結書沒有提出：'],
      ['公投連署人須為', '領銜人須為'],
      ['領銜人的諮詢窗口', '選務機關'],
      ['想連署時，再按一次簽署即可', '請再按一次簽署即可'],
      ['連署書', '切結書'],
      ['連署頁', '本頁'],
      ['連署', '簽署'],
    ],
    en: [
      ['Nothing was counted:', 'The affidavit was not filed:'],
      ['Nothing has been signed:', 'The affidavit was not signed:'],
      ['Received, not yet counted:', 'The affidavit was not filed:'],
      ['joint signature', 'affidavit'],
      ['Signers must be', 'Lead proposers must be'],
      ['the lead proposer’s help contact', 'the commission'],
    ],
  },
);
