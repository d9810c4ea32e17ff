/**
 * 使用電子連署系統切結書: the full text whose digest is signed. The commission's own form is not published
 * (law.md §10, 未確認): these clauses say what the regulation asks of the lead proposer, each with its article, and
 * stand as a project default until the form is known.
 */
import { createHash } from 'node:crypto';

/** One clause: Chinese as signed, English for information, and the article it rests on. */
export interface AffidavitClause {
  readonly 'zh-Hant-TW': string;
  readonly en: string;
}

export const AFFIDAVIT_TITLE = '使用電子連署系統切結書';

export const AFFIDAVIT_CLAUSES: readonly AffidavitClause[] = [
  {
    'zh-Hant-TW':
      '一、本人為本案提案人之領銜人，申請使用電子連署系統，並以本人之自然人憑證領取系統認證碼（電子連署及查對作業辦法第四條）。',
    en: '1. I am the lead proposer of this case, apply to use the e-system, and collect the access code with my own citizen certificate (E-petition Regulation, art. 4).',
  },
  {
    'zh-Hant-TW': '二、系統認證碼由本人妥善保管，不交付他人；遺失時即向選務機關申報註銷。',
    en: '2. I keep the access code myself, hand it to nobody, and report its loss to the commission at once.',
  },
  {
    'zh-Hant-TW': '三、本人向連署人提供電子連署之諮詢（同辦法第四條第三項）。',
    en: '3. I provide help with electronic signing to signers (art. 4 III).',
  },
  {
    'zh-Hant-TW':
      '四、連署期間自領取連署人名冊格式或系統認證碼之翌日起六個月；系統故障不延長期間；名冊以一次為限提出，紙本與電子一併（公民投票法第十二條；同辦法第六條、第七條、第十一條）。',
    en: '4. The signing period is six months from the day after the first collection; an outage does not extend it; the roster is filed once, paper and electronic together (Act art. 12; Regulation arts. 6, 7, 11).',
  },
  {
    'zh-Hant-TW':
      '五、本人依個人資料保護法確保電磁紀錄之安全，不為連署以外之目的蒐集、處理或利用連署人資料（同辦法第十二條）。',
    en: '5. I keep the electronic record safe under the Personal Data Protection Act and use signers’ data for nothing but the petition (art. 12).',
  },
  {
    'zh-Hant-TW':
      '六、本人不以強暴、脅迫、賄賂或其他不正方法使人連署或不連署（公民投票法第三十五條至第三十九條）。',
    en: '6. I make nobody sign or not sign by force, threat, bribe or other improper means (Act arts. 35–39).',
  },
];

/** The exact bytes that the statement's digest is taken of. */
const affidavitText = (caseNumber: string): string =>
  `${[AFFIDAVIT_TITLE, `案號：${caseNumber}`, ...AFFIDAVIT_CLAUSES.map((clause) => clause['zh-Hant-TW'])].join('\n')}\n`;

/** Hex SHA-256 of {@link affidavitText}. */
export const affidavitDigest = (caseNumber: string): string =>
  createHash('sha256').update(affidavitText(caseNumber).normalize('NFC')).digest('hex');
