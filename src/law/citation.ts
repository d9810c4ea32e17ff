/** Statutes and regulations by their Chinese names, as citations are recorded, and in English. */
const ENGLISH_NAMES: readonly (readonly [chinese: string, english: string])[] = [
  ['電子連署及查對作業辦法', 'E-petition Regulation'],
  ['公民投票法施行細則', 'Referendum Enforcement Rules'],
  ['公民投票法', 'Referendum Act'],
  ['公投法', 'Referendum Act'],
  ['行政程序法', 'Administrative Procedure Act'],
  ['電子簽章法', 'Electronic Signatures Act'],
  ['公職人員選舉罷免法', 'Election and Recall Act'],
  ['（得修正：專案預設）', ' (that it may be amended: project default)'],
  ['文字規定', 'Wording Regulation'],
  ['公開報導', 'public reports'],
  ['更正以新件取代並敘明理由，不得覆寫', 'a mistake is replaced by a new entry that says why'],
  [
    '法律未定或未明者，以開關記載其依據與開始日',
    'where the law is silent, a switch names its basis and its first day',
  ],
  ['公告自登錄時起公開', 'an announcement is public once it is entered'],
  ['改變權利之行為須由二位承辦人員核可', 'two officers approve what changes a right'],
  ['承辦人員之金鑰', 'officers’ keys'],
  ['承辦人員依派任行使職權', 'officers act within their mandate'],
  ['非本平台收件之案件', 'cases that were not filed here'],
  ['公卷與承諾書的金鑰', 'keys of the record and of promises'],
  ['公卷每日標記', 'the record’s mark of the day'],
  [
    '規則包之啟用與變更登錄於公卷，案件依提出時之規則包',
    'rule packs that come into force or change are entered in the record; a case keeps the one it was filed under',
  ],
  [
    '問題之白話說明由領銜人自負，非公告之主文與理由書',
    'plain words are the lead proposer’s own, and no announced text',
  ],
  ['公卷更名', 'the record’s change of name'],
  ['金鑰儀式', 'key ceremony'],
  ['外部見證', 'outside witnesses'],
  ['平台規則：示範', 'platform rule: demonstration'],
  ['平台規則', 'platform rule'],
  ['依公告內容所載條文', 'the article that the announcement names'],
  ['（專案預設）', ' (project default)'],
  ['專案預設', 'project default'],
  ['法律未規定', 'the law is silent'],
  ['中央選舉委員會書表（2018）', 'forms of the Central Election Commission (2018)'],
  ['示範：尚無法規', 'demonstration: no regulation yet'],
  [
    '（僅稱自然人憑證；行動自然人憑證未確認）',
    ' (names the citizen certificate only; the mobile one is unconfirmed)',
  ],
  ['專案預設：不設', 'project default: none'],
  ['中央法規標準法', 'Central Regulation Standard Act'],
  ['憲法增修條文', 'Additional Articles of the Constitution'],
  ['新竹市公民投票自治條例', 'Hsinchu City referendum ordinance'],
  ['2022-11-26 之投票適用此規則', 'the vote of 2022-11-26 was held under it'],
  ['同意票須逾選舉人總額之半數', 'yes votes must exceed half of all electors'],
  ['投票率須達二分之一，條次未確認', 'half of the electors must vote; article unconfirmed'],
  ['（地方案之適用未確認）', ' (whether it applies to local cases: unconfirmed)'],
  [
    '（提案之方式與開始日期由主管機關公告；尚未公告）',
    ' (the authority announces manner and first day; it has not yet)',
  ],
  ['（條文未確認）', ' (text unconfirmed)'],
  ['（施行日未確認）', ' (first day unconfirmed)'],
  ['施行日未確認', 'first day unconfirmed'],
  ['（2019 年修正）', ' (as amended in 2019)'],
  ['（2018 年全文修正）', ' (rewritten in 2018)'],
  ['（2003 年制定；2006 年、2009 年兩次修正）', ' (of 2003, amended in 2006 and 2009)'],
  ['（2003）', ' (2003)'],
  ['（2018）', ' (2018)'],
  ['尚無提案之作業辦法', 'no regulation on proposals yet'],
  ['未另定查對期間', 'names no term of its own for this check'],
  ['未定期間之進行', 'does not say how terms run'],
  ['未定時刻', 'names no hour'],
  ['法無明文', 'the law is silent'],
  ['門檻為地方實務，未確認', 'the limit is local practice, unconfirmed'],
  [
    '登記為支持或反對者之子法（全國法規資料庫 D0110017）',
    'regulation on registering for or against (Laws & Regulations Database D0110017) ',
  ],
];

type Cited = Readonly<{ 'zh-Hant-TW': string; en: string }>;

/** The longest first: one often stands within another. */
const LONGEST_FIRST = ENGLISH_NAMES.toSorted(([one], [other]) => other.length - one.length);

/** The few citations that acts carry stand in nearly every row of a course: each is translated once. */
const known = new Map<string, Cited>();
const MOST_KNOWN = 1_000;

/** A recorded citation in both languages; what has no English name here stays as it is written in the law. */
export function citation(recorded: string): Cited {
  const before = known.get(recorded);
  if (before !== undefined) return before;
  const en = LONGEST_FIRST.reduce((text, [chinese, english]) => text.replaceAll(chinese, english), recorded);
  const cited = {
    'zh-Hant-TW': recorded,
    en: en.replaceAll('；', '; ').replaceAll('、', ', ').replaceAll('：', ': '),
  };
  if (known.size >= MOST_KNOWN) known.clear();
  known.set(recorded, cited);
  return cited;
}
