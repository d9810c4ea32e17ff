import type { Localised } from '../web/index.ts';

const both = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });

/** What each member of a body is called in a form. */
export const MEMBER_LABELS: Readonly<Record<string, Localised>> = {
  on: both('日期', 'Day'),
  reasons: both('理由', 'Reasons'),
  'reasons.zh-Hant-TW': both('理由', 'Reasons (Chinese)'),
  'reasons.en': both('理由（英文譯文）', 'Reasons (English translation)'),
  grounds: both('事由（公民投票法 §10 III 各款）', 'Grounds (Act §10 III)'),
  'grounds.ground': both('事由', 'Ground'),
  'grounds.reasons.zh-Hant-TW': both('該事由之理由', 'Reasons for this ground (Chinese)'),
  'grounds.reasons.en': both('該事由之理由（英文譯文）', 'Reasons for this ground (English translation)'),
  'meeting.number': both('委員會議次別（例如 600）', 'Number of the meeting (such as 600)'),
  'meeting.date': both('委員會議日期', 'Date of the meeting'),
  number: both('編號', 'Number given'),
  hearingOn: both('聽證日期', 'Day of the hearing'),
  place: both('聽證地點', 'Place of the hearing'),
  'closure.place': both('停止上班地區', 'Area closed'),
  disputedFacts: both('爭點與認定', 'Disputed facts and how each was settled'),
  'disputedFacts.fact': both('爭點', 'Disputed fact'),
  'disputedFacts.settled': both('如何認定', 'How it was settled'),
  recordings: both('影音紀錄網址（每行一個，https）', 'Links to recordings (https, one a line)'),
  sent: both('函送人數', 'Persons sent to be checked'),
  agency: both('機關', 'Agency'),
  text: both('意見', 'Opinion'),
  electronic: both('電子連署人數', 'Electronic signatures'),
  paper: both('紙本連署人數', 'Paper signatures'),
  required: both('法定人數', 'Number required'),
  isBound: both('名冊已依規定分別裝訂成冊', 'The roster is bound as required'),
  vote: both('投票日', 'Day of the vote'),
  yes: both('同意票', 'Yes'),
  no: both('不同意票', 'No'),
  invalid: both('無效票', 'Invalid'),
  electors: both('投票權人數', 'Electors'),
  passed: both('是否通過', 'Passed'),
  notice: both('立法機關通知之文號與內容', 'The legislature’s notice: reference and content'),
  court: both('法院與案號', 'Court and its case number'),
  hour: both('聽證時間（24 小時制，例如 14:30）', 'Time of the hearing (24 hours, such as 14:30)'),
  matter: both('事由與爭點', 'Matter and points at issue'),
  parties: both(
    '當事人（每行一個；以身分或團體記載，不記個人姓名）',
    'Parties (one a line; capacities or organisations, no private names)',
  ),
  interested: both(
    '已知之利害關係人（每行一個；以身分或團體記載）',
    'Known interested persons (one a line; capacities or organisations)',
  ),
  rights: both('當事人得行使之權利', 'Rights of the parties'),
  absence: both('不到場之效果', 'What follows from absence'),
  summary: both('要旨', 'Summary'),
  'summary.zh-Hant-TW': both('要旨', 'Summary (Chinese)'),
  'summary.en': both('要旨（英文譯文）', 'Summary (English translation)'),
  'source.label': both('來源名稱', 'Name of the source'),
  'source.href': both('來源網址（https）', 'Address of the source (https)'),
  mode: both('領取方式', 'Mode collected'),
  route: both('交付機關', 'Delivered by'),
  'document.number': both('交付函文號', 'Number of the paper'),
  'document.date': both('交付函日期', 'Date of the paper'),
  'consent.number': both(
    '立法院同意之文號（僅行政院交付）',
    'Consent of the legislature: number (executive only)',
  ),
  'consent.date': both(
    '立法院同意之日期（僅行政院交付）',
    'Consent of the legislature: date (executive only)',
  ),
  ifPassed: both('公投案通過之法律效果', 'Legal effect if the referendum passes'),
  ifNotPassed: both('公投案不通過之法律效果', 'Legal effect if it does not pass'),
  'why.zh-Hant-TW': both('更正理由（公開）', 'Why the entry was wrong (public, Chinese)'),
  'why.en': both('更正理由（英文譯文）', 'Why it was wrong (English translation)'),
  agreeing: both('書面同意撤回之提案人數', 'Proposers who agreed in writing'),
  proposers: both('提案人數', 'Proposers in all'),
  'title.zh-Hant-TW': both('標題', 'Title (Chinese)'),
  'title.en': both('標題（英文）', 'Title (English)'),
  'text.zh-Hant-TW': both('內容', 'Text (Chinese)'),
  'text.en': both('內容（英文）', 'Text (English)'),
  article: both('依據條文', 'Article it rests on'),
  name: both('開關', 'Switch'),
  state: both('狀態', 'State'),
  from: both('開始日', 'First day'),
  status: both('依據種類', 'Kind of basis'),
  citation: both(
    '條文、公告或函釋之文號；專案預設者寫明理由',
    'Provision, announcement or interpretation; for a default, the reason',
  ),
  'election-day.day': both('投票日', 'Day of the election'),
  'election.zh-Hant-TW': both('選舉名稱', 'Name of the election (Chinese)'),
  'election.en': both('選舉名稱（英文）', 'Name of the election (English)'),
  day: both('停止上班之日', 'Day of the closure'),
  'subject.zh-Hant-TW': both('案由', 'Subject (Chinese)'),
  'subject.en': both('案由（英文）', 'Subject (English)'),
  'leadProposer.zh-Hant-TW': both('領銜人', 'Lead proposer (Chinese)'),
  'leadProposer.en': both('領銜人（英文）', 'Lead proposer (English)'),
  subjectMatter: both('公民投票事項', 'Kind of matter'),
  'onPaper.proposers': both('提案人名冊所載人數', 'Proposers on the roster'),
  mainText: both('主文', 'Question'),
  reasonsText: both('理由書（每行一段）', 'Statement of reasons (a paragraph a line)'),
  count: both('紙本提案人數', 'Proposers on paper'),
  includesLead: both('領銜人在其中', 'The lead proposer is one of them'),
};

/** What a draft is called in a title or a way back. */
export const draftName = (draft: string): Localised => both(`草案 ${draft}`, `Draft ${draft}`);

/** Beside the day a case ended: the last day on which it could be signed. */
export const LAST_SIGNING_DAY = both('連署末日', 'last day of signing');

/** Values of closed lists. */
export const CHOICE_LABELS: Readonly<Record<string, Localised>> = {
  matter: both('① 非公民投票適用事項（§2）', '1 not a matter for referendum (§2)'),
  wording: both('② 違反文字規定', '2 against the wording regulation'),
  'indigenous-or-multiple': both(
    '③ 違反 §1 II，或非一案一事項（§9 VIII）',
    '3 against §1 II, or more than one matter (§9 VIII)',
  ),
  'frozen-matter': both('④ 同一事項二年內（§32）', '4 the same matter within two years (§32)'),
  'unclear-intent': both('⑤ 不能瞭解提案真意', '5 its true meaning is unclear'),
  principle: both('立法原則之創制', 'initiative of a legislative principle'),
  statute: both('法律之複決', 'referendum on a statute'),
  policy: both('重大政策之創制或複決', 'initiative or referendum on a major policy'),
  paper: both('連署人名冊格式（紙本）', 'roster format (paper)'),
  code: both('系統認證碼（電子）', 'access code (electronic)'),
  both: both('二者', 'both'),
  executive: both('行政院（§14，經立法院同意）', 'Executive Yuan (§14, with the legislature’s consent)'),
  legislature: both('立法院（§15）', 'Legislative Yuan (§15)'),
  president: both('總統（§16）', 'President (§16)'),
  'electronic-proposal': both('電子提案', 'electronic proposals'),
  'mobile-certificate': both('行動自然人憑證', 'mobile certificate'),
  'reflection-period': both('送出連署前之反思期間', 'reflection period before a signature is sent'),
  on: both('開', 'on'),
  off: both('關', 'off'),
  cited: both('有條文、公告或函釋', 'provision, announcement or interpretation'),
  'project-default': both('專案預設（法律未規定）', 'project default (the law is silent)'),
  demonstration: both('示範（不具法律效力）', 'demonstration (no legal effect)'),
};

/** A roster on paper that lists fewer proposers than §10 I asks for. */
export const shortRoster = (has: number, needed: number): Localised =>
  both(
    `名冊所載 ${has} 人，未達提案門檻 ${needed} 人（公民投票法 §10 I）。仍應收件登錄；形式審查時應不予受理（§10 II），不得補正。`,
    `The roster lists ${has}, fewer than the ${needed} that a proposal needs (Referendum Act §10 I). It is received and entered all the same; the formal check then finds it inadmissible (§10 II), without cure.`,
  );
