import type { Language } from '../web/index.ts';
import type { DutyState } from './duties.ts';

const zh = {
  announcements: '公告',
  announcementsLede:
    '主管機關之公告，依登錄先後排列。每則由一位承辦人員擬辦、另一位核可，登錄於公卷後永久公開。',
  noAnnouncements: '目前沒有公告。',
  ofCase: (n: string) => `案號 ${n}`,
  entry: (n: number) => `公卷第 ${n} 件`,
  waiting: '已登錄，等候排入公卷',
  article: '依據',
  mends: (n: number) => `更正：取代第 ${n} 件。`,
  reason: '理由：',
  replacedBy: (n: number | undefined) => (n === undefined ? '已被更正' : `已由第 ${n} 件取代`),
  feed: '以 Atom 訂閱',
  duties: '機關期限與義務',
  dutiesLede:
    '主管機關、戶政與各機關對每一案應為之事：誰、對誰、何時之前、依哪一條。由法規與公卷算出，逾期者照列；週末與假日不順延。',
  noDuties: '目前沒有任何機關的期限。',
  overdueNow: (n: number) => (n === 0 ? '目前沒有逾期。' : `目前有 ${n} 項逾期。`),
  show: '顯示',
  all: '全部',
  owes: '義務人',
  to: '對象',
  due: '末日',
  from: '起算',
  metOn: '完成',
  moved: (day: string) => `因天然災害停止上班，自 ${day} 順延（公職人員選舉罷免法 §5）`,
  projectDefault: '期間為專案預設',
  termUnknown: '期限未確認',
  daysLeft: (n: number) => (n === 0 ? '今日為末日' : `剩 ${n} 日`),
  daysLate: (n: number) => `已逾 ${n} 日`,
  states: {
    overdue: '逾期',
    open: '進行中',
    extended: '順延中',
    late: '逾期後完成',
    met: '如期完成',
    waived: '逾期，視為放棄',
  } as Readonly<Record<DutyState, string>>,
  closuresTitle: '天然災害停止上班',
  noClosures: '尚無登錄。',
  publicity: '自動公示',
  publicityLede: '每一案在相同的時點，以相同的文字公示；由公卷自動產生，任何人都不能挑選案件、時點或措辭。',
  rule: '規則',
  rules: [
    '時點：連署開始日；連署期間剩 30 日、7 日、1 日；連署截止之次日（提出名冊、撤回或停止者為當日）；結果公布之日。',
    '範圍：所有在本平台收件之案件，無一例外；他處辦理、僅由公開報導轉述者不列。',
    '管道：本頁與 Atom 訂閱；不另發新聞、不上首頁、不寄送任何人。',
    '順序：依日期；同日依案號。',
    '文字：以下範本，大括號內之值取自公卷。',
  ],
  template: '範本',
  items: '公示',
  noItems: '目前沒有公示。',
};

export type NoticesMessages = typeof zh;

const en: NoticesMessages = {
  announcements: 'Announcements',
  announcementsLede:
    'What the authority announces, in the order of entry. One officer prepares, another approves; once in the record it stays public for ever.',
  noAnnouncements: 'There are no announcements.',
  ofCase: (n) => `Case ${n}`,
  entry: (n) => `Entry ${n} of the record`,
  waiting: 'entered, waiting for its position',
  article: 'Basis',
  mends: (n) => `Correction: stands in the place of entry ${n}.`,
  reason: 'Reason: ',
  replacedBy: (n) => (n === undefined ? 'corrected' : `replaced by entry ${n}`),
  feed: 'Follow by Atom',
  duties: 'What authorities owe',
  dutiesLede:
    'What the Commission, the registry and agencies owe in each case: who, to whom, by when, under which article. Worked out from the law and the record; what is late is shown as late. Weekends and holidays do not extend a term.',
  noDuties: 'No authority owes anything now.',
  overdueNow: (n) =>
    n === 0 ? 'Nothing is overdue.' : n === 1 ? 'One duty is overdue.' : `${n} duties are overdue.`,
  show: 'Show',
  all: 'all',
  owes: 'Owed by',
  to: 'Owed to',
  due: 'Last day',
  from: 'Counted from',
  metOn: 'Done',
  moved: (day) => `moved from ${day} by an official disaster closure (Election and Recall Act §5)`,
  projectDefault: 'the term is a default of this project',
  termUnknown: 'term unconfirmed',
  daysLeft: (n) => (n === 0 ? 'today is the last day' : n === 1 ? '1 day left' : `${n} days left`),
  daysLate: (n) => (n === 1 ? '1 day late' : `${n} days late`),
  states: {
    overdue: 'overdue',
    open: 'running',
    extended: 'extended',
    late: 'done late',
    met: 'done in time',
    waived: 'late: waived',
  },
  closuresTitle: 'Disaster closures',
  noClosures: 'None was entered.',
  publicity: 'Automatic notices',
  publicityLede:
    'The same words at the same moments for every case, made from the record. Nobody chooses a case, a moment or a wording.',
  rule: 'The rule',
  rules: [
    'When: the first day of signing; 30, 7 and 1 days before its last day; the day after it (where the roster was filed, or the case withdrawn or stopped, that day); the day of the outcome.',
    'Which: every case filed on this platform, without exception. Cases that ran elsewhere and are told from public reports are not listed.',
    'Where: this page and its Atom feed. No press release, no front page, no mail to anybody.',
    'Order: by day, and by case number within a day.',
    'Words: the templates below; what stands in braces is taken from the record.',
  ],
  template: 'Templates',
  items: 'Notices',
  noItems: 'There are no notices.',
};

/** The catalogue of these pages in one language. */
export const noticesMessages = (language: Language): NoticesMessages => (language === 'en' ? en : zh);
