import { formatNumber, type Language } from '../web/index.ts';
import type { CourseGroup } from './case-course-groups.ts';

const groupsZh: Readonly<Record<CourseGroup, string>> = {
  all: '全部',
  texts: '案文',
  review: '審核與決定',
  views: '聽證與意見',
  checks: '清查與查對',
  signing: '領取與連署',
  vote: '投票',
  notices: '公告與其他',
  approvals: '核可簽章',
};

const zh = {
  // closing
  endedTitle: '本案已終結',
  signingEndedTitle: '本案連署已結束',
  standsAt: '目前',
  standsAtText: (stage: string) => `${stage}（尚無最後結果）`,
  endedOn: '終結日',
  endedWhile: '終結時之階段',
  endedBy: { lapse: '期限屆滿，依法當然發生', decision: '主管機關之決定或法定行為' },
  how: '原因',
  basis: '法律依據',
  bar: (whom: string, until: string) => `${whom}於 ${until} 前不得就同一事項重行提出`,
  barWhom: {
    'the-original-proposers': '原提案人',
    anyone: '任何人',
    'the-proposing-body': '原提出機關',
  },
  bars: '再提案之限制',
  retention: '電子連署資料之保存',
  keptUntil: (from: string, until: string) =>
    `自 ${from} 起算二年，保存至 ${until}；提起訴訟者，至判決確定後三個月。`,
  keptWhileSued: (from: string) => `自 ${from} 起算；訴訟中不得銷毀，保存至判決確定後三個月，且不少於二年。`,
  retentionMark: {
    confirmed: '',
    unconfirmed: '（未確認）',
    'project-default': '（起算日為專案預設：條文未規定）',
    'not-in-force': '（該辦法當時尚未施行）',
  },
  outcomeWords: {
    inadmissible: '提案或連署人名冊不合形式要件，主管機關不予受理。此種情形法律沒有補正的機會。',
    rejected: '審核結果不合規定，提案經駁回。',
    withdrawn: '領銜人經提案人過半數同意，撤回提案。',
    'deemed-abandoned': '未於期限內領取或提出連署人名冊，依法視為放棄連署。',
    'not-established': '連署人數經查對不足，公告不成立。',
    voted: '本案已投票，結果已公告。',
    stopped: '立法機關通知目的已實現，連署停止。',
  },
  // duties
  suspended: '停止中：行政訴訟或法院裁定',
  suspendedSince: '自',
  suspendedArticle: '公投法 §53',
  suspendedTerms: '停止期間，各項期限不進行、不屆滿，恢復後按停止的日數順延；電子連署仍至原末日止。',
  dutyLate: (days: number) => `，已逾期 ${formatNumber(days)} 天`,
  dutyLateText: (who: string) => `${who}尚未完成。法律未規定逾期的效果時，案件停在這一步，期限照樣公開。`,
  // texts
  noReasonsYet: '尚無理由書。',
  opinionNone: '主管機關尚未函請機關提出意見書（公民投票法第10條第8項）。',
  opinionUnknown: '本案在使用本平台之前已完成審核，機關意見書未收錄。',
  opinionAsked: (agency: string) => `已函請${agency}提出意見書，尚未收受。`,
  opinionDue: '期限',
  opinionWaived: (agency: string) => `${agency}逾期未提出，視為放棄（公民投票法第10條第8項）。`,
  opinionAmended: (n: number) => `第 ${n} 次修正`,
  opinionReceived: '收受',
  opinionChange: '看修正前後的差異',
  debateLater: '正反雙方的意見，於公告後舉行的發表會或辯論會公開；在此之前，兩份法定文書並列，各以其名。',
  compareAny: '比較任兩份文字',
  // proposers
  proposers: '提案人',
  proposersOf: (electronic: number, paper: number) =>
    `電子 ${formatNumber(electronic)} 人、紙本 ${formatNumber(paper)} 人`,
  suppliedBy: '提案人經查對後不足，補提期間進行中：能否電子簽署，見草案頁。',
  draftLink: (draft: string) => `草案 ${draft}`,
  // share and follow
  shareTitle: '分享與追蹤',
  shareNote: '網址人人相同，不含任何可以認出您的代碼。',
  shareLine: '用 LINE 分享（開啟 LINE 的網站）',
  shareQr: 'QR 碼',
  shareQrLabel: (caseNumber: string) => `第 ${caseNumber} 案網址的 QR 碼`,
  followMail: '以電子郵件追蹤',
  // course
  courseFilter: '只看',
  courseEmpty: '這一類目前沒有任何一件。',
  courseRange: (from: number, to: number, of: number) => `第 ${from} 至 ${to} 筆，共 ${of} 筆`,
  courseOlder: '較早的',
  courseNewer: '較新的',
  groups: groupsZh,
  replacedBy: '已由',
  replacedByEnd: (why: string) => (why === '' ? '取代' : `取代，因為：${why}`),
  replaces: '取代',
  replacesBecause: (why: string) => (why === '' ? '' : `，因為：${why}`),
  waits: '等候排入公卷',
  entryLink: '固定網址',
  // one entry
  entryTitle: (index: number) => `公卷第 ${formatNumber(index)} 件`,
  entryText:
    '這是公卷中的原文（RFC 8785 正規 JSON）。任何人都能由公開檔案取得同一份位元組，並驗證它在樹中的位置。',
  entryRaw: '原文',
  entryCapacity: '行為人身分',
  entryAt: '登錄時間',
  entryKind: '種類',
  entryVerify: '驗證整份公卷',
  // comparing
  nextActs: '目前沒有進行中的期限。依法接下來可以是：',
  nextBy: (who: string) => `由${who}`,
  compareFrom: '原本的文字',
  compareTo: '後來的文字',
  compareButton: '比較',
  compareTitleAny: (from: string, to: string) => `${from}與${to}的差異`,
  compareHeading: '兩份文字的差異',
  versionName: (version: number, on: string) => `主文與理由書第 ${version} 版（${on}）`,
  opinionName: (agency: string, on: string) => `${agency}意見書（${on}）`,
  compareOne: '本案目前只有一份文字，沒有可以比較的對象。',
};

/** Strings of the parts of the case page; the Chinese catalogue is the type. */
export type CaseMessages = typeof zh;

const en: CaseMessages = {
  endedTitle: 'This case has ended',
  signingEndedTitle: 'Signing has closed',
  standsAt: 'Now',
  standsAtText: (stage) => `${stage} (no final outcome yet)`,
  endedOn: 'Ended on',
  endedWhile: 'Stage when it ended',
  endedBy: {
    lapse: 'a term passed; by operation of law',
    decision: 'a decision of the authority or an act under the law',
  },
  how: 'How',
  basis: 'Legal basis',
  bar: (whom, until) => `${whom} may not file the same matter again before ${until}`,
  barWhom: {
    'the-original-proposers': 'The original proposers',
    anyone: 'Nobody',
    'the-proposing-body': 'The body that proposed it',
  },
  bars: 'Bar on filing again',
  retention: 'Keeping of the electronic records',
  keptUntil: (from, until) =>
    `Two years from ${from}, until ${until}; with a suit, until three months after the final judgment.`,
  keptWhileSued: (from) =>
    `From ${from}. While a suit is pending nothing is destroyed: until three months after the final judgment, and two years at least.`,
  retentionMark: {
    confirmed: '',
    unconfirmed: '(unconfirmed)',
    'project-default': '(project default: the text names no start)',
    'not-in-force': '(the regulation was not yet in force)',
  },
  outcomeWords: {
    inadmissible:
      'The proposal or the roster did not meet the formal requirements and was not accepted. The law offers no cure for this.',
    rejected: 'The review found that the proposal does not meet the rules; it was rejected.',
    withdrawn: 'The lead proposer withdrew the proposal with at least half of the proposers agreeing.',
    'deemed-abandoned':
      'Nothing was collected, or no roster was filed, in time: by law the signing counts as abandoned.',
    'not-established': 'Too few signers passed the check; announced as not established.',
    voted: 'The vote was held and its result announced.',
    stopped: 'The legislature gave notice that the purpose is fulfilled; signing stopped.',
  },
  suspended: 'Suspended by litigation or a court’s order',
  suspendedSince: 'since',
  suspendedArticle: 'Referendum Act §53',
  suspendedTerms:
    'Meanwhile no term runs or lapses; each goes on afterwards by as many days. Electronic signing still ends on its own last day. ',
  dutyLate: (days) => `, ${formatNumber(days)} ${days === 1 ? 'day' : 'days'} overdue`,
  dutyLateText: (who) =>
    `Not done yet by ${who}. Where the law names no effect of being late, the case waits here and the term stays public.`,
  noReasonsYet: 'No statement of reasons yet.',
  opinionNone:
    'The authority has not asked an agency for its opinion yet (Referendum Act, Article 10, paragraph 8).',
  opinionUnknown:
    'This case was reviewed before it came to this platform; opinions of agencies are not held here.',
  opinionAsked: (agency) => `${agency} was asked for its opinion; none was received yet.`,
  opinionDue: 'last day',
  opinionWaived: (agency) =>
    `${agency} gave none in time, which counts as waived (Referendum Act, Article 10, paragraph 8).`,
  opinionAmended: (n) => `amendment ${n}`,
  opinionReceived: 'received',
  opinionChange: 'What the amendment changed',
  debateLater:
    'Both sides speak in the debates held after the announcement of the vote. Until then the two statutory texts stand side by side under their own names.',
  compareAny: 'Compare any two texts',
  proposers: 'Proposers',
  proposersOf: (electronic, paper) =>
    `${formatNumber(electronic)} electronic, ${formatNumber(paper)} on paper`,
  suppliedBy:
    'Too few proposers passed the check, and more may be supplied now; whether electronically, the draft’s page says:',
  draftLink: (draft) => `Draft ${draft}`,
  shareTitle: 'Share and follow',
  shareNote: 'The address is the same for everybody and carries nothing that tells who you are.',
  shareLine: 'Share with LINE (opens a page of LINE)',
  shareQr: 'QR code',
  shareQrLabel: (caseNumber) => `QR code of the address of case ${caseNumber}`,
  followMail: 'Follow by mail',
  courseFilter: 'Show only',
  courseEmpty: 'There is no entry of this kind yet.',
  courseRange: (from, to, of) => `${from} to ${to} of ${of}`,
  courseOlder: 'Older',
  courseNewer: 'Newer',
  groups: {
    all: 'All',
    texts: 'Texts',
    review: 'Review and decisions',
    views: 'Hearings and opinions',
    checks: 'Counts and checks',
    signing: 'Collection and signing',
    vote: 'Vote',
    notices: 'Notices and others',
    approvals: 'Approvals',
  },
  replacedBy: 'Replaced by',
  replacedByEnd: (why) => (why === '' ? '' : `because: ${why}`),
  replaces: 'Stands in the place of',
  replacesBecause: (why) => (why === '' ? '' : `, because: ${why}`),
  waits: 'waits for its place in the record',
  entryLink: 'permanent address',
  entryTitle: (index) => `Entry ${formatNumber(index)} of the record`,
  entryText:
    'The entry as it stands in the record (canonical JSON, RFC 8785). Anybody can take the same bytes from the public files and verify their place in the tree.',
  entryRaw: 'As recorded',
  entryCapacity: 'Acting as',
  entryAt: 'Entered at',
  entryKind: 'Kind',
  entryVerify: 'Verify the whole record',
  nextActs: 'No term is running at present. By law the case goes on with:',
  nextBy: (who) => `by ${who}`,
  compareFrom: 'Earlier text',
  compareTo: 'Later text',
  compareButton: 'Compare',
  compareTitleAny: (from, to) => `From ${from} to ${to}`,
  compareHeading: 'What changed between two texts',
  versionName: (version, on) => `Question and reasons, version ${version} (${on})`,
  opinionName: (agency, on) => `Opinion of ${agency} (${on})`,
  compareOne: 'This case has one text so far; there is nothing to compare it with.',
};

/** The catalogue in one language. */
export const caseMessages = (language: Language): CaseMessages => (language === 'en' ? en : zh);
