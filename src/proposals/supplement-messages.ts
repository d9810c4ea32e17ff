import { formatNumber, type Language } from '../web/index.ts';

const zh = {
  title: '補提提案人',
  lede: (of: string) =>
    `第 ${of} 案經戶政機關查對後，提案人數不足，領銜人得於期間內補提，以一次為限（公民投票法 §10 VII）。補提期間，本草案再開放簽署提案：文字與草案編號不變，一人一次；前次查對經刪除者得再簽署，已合格者不必再簽。`,
  over: (of: string) => `第 ${of} 案之補提已結束；是否足額，依再次查對之結果。`,
  toCase: (of: string) => `第 ${of} 案`,
  term: '補提期間',
  valid: '前次查對合格',
  electronic: '補提：電子',
  paper: '補提：紙本',
  total: '合計',
  required: '門檻（提出時已定）',
  missing: (n: number) => (n === 0 ? '已達門檻；仍待再次查對。' : `尚差 ${formatNumber(n)} 人。`),
  judged: '補提之年齡與居住期間，以補提之日為準（專案預設）。',
};

type Messages = typeof zh;

const en: Messages = {
  title: 'Supplement of proposers',
  lede: (of) =>
    `The household registry found too few proposers of case ${of}. The lead proposer may supply more within the term, once (Referendum Act §10 VII). Meanwhile this draft may be signed again: the text and its draft number are the same, and one person signs once. Whoever was deleted by the check may sign again; whoever passed it need not.`,
  over: (of) => `The supplement of case ${of} is over; whether there are enough, a second check says.`,
  toCase: (of) => `Case ${of}`,
  term: 'Term',
  valid: 'Passed the first check',
  electronic: 'Supplied electronically',
  paper: 'Supplied on paper',
  total: 'Together',
  required: 'Needed (fixed on the day of filing)',
  missing: (n) =>
    n === 0 ? 'Enough, if they pass the second check.' : `${formatNumber(n)} more are needed.`,
  judged: 'Who is supplied must qualify on the day of the supplement (project default).',
};

/** The catalogue of a supplement in one language. */
export const supplementMessages = (language: Language): Messages => (language === 'en' ? en : zh);
