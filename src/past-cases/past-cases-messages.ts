import type { Language } from '../web/index.ts';

const zh = {
  title: '歷次全國性公民投票',
  lede: '在本平台以外投票的全國性公民投票案，供草擬與討論時參考。',
  standing: '數字出自各案所附的來源，不是本平台的計票，也不屬公卷。結果依投票當時的規則重新計算。',
  count: (n: number) => `共 ${n} 案，新的在前。`,
  empty: '這裡還沒有歷次公投的資料。',
  api: '這些資料的 JSON',
  number: (n: number) => `第 ${n} 案`,
  proposer: '領銜人或交付機關',
  rule: '當時的規則',
  ruleUnconfirmed: '條次未確認',
  outcome: '結果',
  passed: '通過',
  failed: '不通過',
  yes: '同意',
  no: '不同意',
  invalid: '無效',
  electors: '投票權人',
  turnout: '投票率',
  neededYes: (had: string, needed: string) => `同意 ${had} 票，須達 ${needed} 票`,
  neededTurnout: (had: string, needed: string) => `投票 ${had} 人，須達 ${needed} 人`,
  majority: '同意多於不同意',
  noMajority: '同意未多於不同意',
  source: '資料來源',
  barUntil: '結果公告後 2 年內，同一事項不得再提，至遲到',
  foundTitle: '歷次公投',
  foundNote: '在本平台以外投票的案件。',
};

/** Every string of the pages of past cases; the Chinese catalogue is the type. */
export type PastCasesMessages = typeof zh;

const en: PastCasesMessages = {
  title: 'Past national referendums',
  lede: 'National referendums voted on outside this platform, to compare with when drafting and debating.',
  standing:
    'Figures come from the source given with each case. They were not counted here and are no part of the public record. Results are worked out again under the rule of their day. Titles are in Chinese, as commonly cited.',
  count: (n) => (n === 1 ? 'One case.' : `${n} cases, newest first.`),
  empty: 'No past referendums are held here yet.',
  api: 'The same as JSON',
  number: (n) => `Case ${n}`,
  proposer: 'Lead proposer or delivering body',
  rule: 'The rule of that day',
  ruleUnconfirmed: 'article unconfirmed',
  outcome: 'Result',
  passed: 'Passed',
  failed: 'Not passed',
  yes: 'Yes',
  no: 'No',
  invalid: 'Invalid',
  electors: 'Electors',
  turnout: 'Turnout',
  neededYes: (had, needed) => `${had} yes votes, ${needed} needed`,
  neededTurnout: (had, needed) => `${had} ballots, ${needed} needed`,
  majority: 'more yes than no',
  noMajority: 'not more yes than no',
  source: 'Source',
  barUntil:
    'The same matter may not be proposed within two years of the announced result: at the latest until',
  foundTitle: 'Past referendums',
  foundNote: 'Voted on outside this platform.',
};

export const pastCasesMessages = (language: Language): PastCasesMessages => (language === 'en' ? en : zh);
