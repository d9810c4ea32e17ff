import { type Localised, words } from './localised.ts';

/** One article of a regulation: what it says, and what the platform does because of it. */
export interface RegulationArticle {
  readonly article: string;
  readonly says: Localised;
  readonly here: Localised;
}

/** 全國性公民投票電子連署及查對作業辦法, in force since 2024-04-10, in our words (law.md §10). */
export const E_PETITION_ARTICLES: readonly RegulationArticle[] = [
  {
    article: '§1',
    says: words('依公民投票法 §9 VI 訂定。', 'Rests on Act §9 VI.'),
    here: words('規則包引為依據。', 'Cited by the rule pack.'),
  },
  {
    article: '§2',
    says: words(
      '適用於電子連署及查對；系統由中央選舉委員會建置。',
      'Covers electronic signing and checking; the system is the one built by the Central Election Commission.',
    ),
    here: words(
      '營運者為中選會；他人僅得作測試或用於其他規則包。',
      'The operator is the Commission; others may run it as a test or for other packs.',
    ),
  },
  {
    article: '§3',
    says: words(
      '電磁紀錄為系統產製之名冊，僅載連署人國民身分證統一編號。',
      'The electronic record is the roster the system makes; it carries only the national ID.',
    ),
    here: words(
      '名冊紀錄只有統一編號；證據另行封存，不隨名冊提出。',
      'The roster record is the ID and nothing else; evidence is sealed apart and never filed.',
    ),
  },
  {
    article: '§4',
    says: words(
      '領銜人提出切結書並持本人自然人憑證，取得系統認證碼；領銜人應提供連署人諮詢。',
      'The lead proposer files the affidavit and brings the own certificate to obtain the access code, and owes signers advice.',
    ),
    here: words(
      '申請精靈、切結書、案頁公開聯絡方式。',
      'Application wizard, affidavit, a public contact on the case page.',
    ),
  },
  {
    article: '§5',
    says: words(
      '連署人鍵入統一編號並使用自然人憑證。',
      'The signer types the ID and uses the citizen certificate.',
    ),
    here: words(
      '可用憑證為規則包之參數；預設僅晶片卡。',
      'Accepted credentials are a parameter; the default is the card.',
    ),
  },
  {
    article: '§6',
    says: words(
      '自最早領取之次日起六個月；領銜人以認證碼及憑證登入取得連署網址後得連署；提出日或末日停止；查詢權至成立、不成立或放棄止。',
      'Six months from the day after the earliest collection; signing follows once the lead proposer has signed in with code and certificate; it stops on the day of filing or the last day; query rights end with the outcome.',
    ),
    here: words(
      '期間由最早領取日算定；零時開始；到期自動截止。',
      'The earliest collection fixes the period; it opens at 00:00 and closes by itself.',
    ),
  },
  {
    article: '§7',
    says: words(
      '電子名冊由領銜人以本人憑證解密，紙本與電子一併、一次提出。',
      'The roster is decrypted with the lead proposer’s own certificate and filed once, paper and electronic together.',
    ),
    here: words(
      '巢狀加密：領銜人解外層，不見個資。',
      'Nested encryption: the lead proposer opens the outer layer and reads no ID.',
    ),
  },
  {
    article: '§8',
    says: words(
      '紙本與電子合計；清查後送內政部六十日內查對，依 §8 I 刪除；不足者三十日補提一次，另給新認證碼。',
      'Paper and electronic add up; after the raw count the ministry checks in 60 days and those failing §8 I are deleted; a shortfall may be supplemented once in 30 days with a new code.',
    ),
    here: words('查對埠、理由代碼、補提。', 'Registry port, reason codes, supplement.'),
  },
  {
    article: '§9',
    says: words(
      '重複以一次計，電子優先；內政部二日內標示。',
      'Duplicates count once and the electronic one wins; the ministry marks them in two days.',
    ),
    here: words(
      '每案每人一標籤；紙本重複者刪紙本。',
      'One tag per person and case; of paper and electronic the paper one goes.',
    ),
  },
  {
    article: '§10',
    says: words(
      '立法機關於公告前實現目的並通知者，停止。',
      'Stops when the legislature has fulfilled the purpose before the announcement and told the Commission.',
    ),
    here: words(
      '僅憑立法機關之通知停止；他情形僅中性標示。',
      'Only on the legislature’s notice; anything else is a neutral note.',
    ),
  },
  {
    article: '§11',
    says: words(
      '系統故障不延長期間；末日故障致領銜人無法提出者，中選會應協助取得紀錄。',
      'An outage extends nothing; if it strikes on the last day, the Commission helps the lead proposer obtain the record.',
    ),
    here: words('末日應變手冊、離線匯出。', 'A runbook for the last day, and an offline export.'),
  },
  {
    article: '§12',
    says: words(
      '領銜人應依個資法保管；保存二年，訴訟者至判決確定後三個月。',
      'The lead proposer keeps the record safe; it is kept two years, with a suit until three months after final judgment.',
    ),
    here: words('保存與銷毀時鐘。', 'Retention clock and destruction.'),
  },
  {
    article: '§13',
    says: words('書表格式由中選會定之。', 'Forms are the Commission’s.'),
    here: words('書表為資料，可更換。', 'Forms are data.'),
  },
  {
    article: '§14',
    says: words(
      '施行日由中選會定之（2024-04-10）。',
      'In force from the day the Commission set (2024-04-10).',
    ),
    here: words('每一參數載施行日。', 'Every parameter carries its first day.'),
  },
];
