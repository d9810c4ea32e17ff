/**
 * 歷來查對結果: what earlier checks of paper rosters excluded, as published. Dated data: every row names its case and
 * its source, and a new check is a new row. No electronic roster has been checked so far as known: its rate is an
 * assumption and marked as one.
 */
import type { Localised } from '../web/index.ts';

/** Shares are in 1/10,000, so that margins stay in integers. */
export type Share = number;
export const WHOLE: Share = 10_000;

/** Why a campaign's share is what it is, as far as published: volunteers, the usual, or mass forgery. */
export type RateGroup = 'volunteers' | 'typical' | 'mass-forgery';

/** One published check of a paper roster. `filed − valid = invalid` in every row. */
export interface CheckedRoster {
  readonly caseNumber: number;
  readonly filed: number;
  readonly valid: number;
  readonly invalid: number;
  readonly group: RateGroup;
  readonly source: Readonly<{ label: string; href: string }>;
}

const row = (
  caseNumber: number,
  filed: number,
  valid: number,
  invalid: number,
  group: RateGroup,
  label: string,
  href: string,
): CheckedRoster => ({ caseNumber, filed, valid, invalid, group, source: { label, href } });

const TVBS = 'https://news.tvbs.com.tw/politics/1002382';
const CTS = 'https://news.cts.com.tw/cts/politics/201810/201810111939502.html';
const ETTODAY = 'https://www.ettoday.net/news/20181009/1277312.htm';
const HI_ON = 'https://www.hi-on.org/article-single.php?At=57&An=189153';

/** National referendum cases checked since 2018, by number. Case 16 without its supplement. */
export const CHECKED_ROSTERS: readonly CheckedRoster[] = [
  row(7, 497_193, 314_345, 182_848, 'mass-forgery', 'TVBS 2018', TVBS),
  row(8, 492_818, 313_165, 179_653, 'mass-forgery', 'ETtoday 2018-10-09', ETTODAY),
  row(9, 490_361, 311_882, 178_479, 'mass-forgery', 'ETtoday 2018-10-09', ETTODAY),
  row(14, 474_777, 432_329, 42_448, 'volunteers', '華視 2018-10-11', CTS),
  row(15, 484_249, 438_066, 46_183, 'volunteers', '華視 2018-10-11', CTS),
  row(16, 314_484, 279_419, 35_065, 'typical', '三立 2018', 'https://www.setn.com/News.aspx?NewsID=446288'),
  row(
    17,
    375_417,
    307_903,
    67_514,
    'typical',
    '2019-12-11',
    'http://e1mgy15.cn/qznews/2019/1211/592381.html',
  ),
  row(18, 528_460, 461_594, 66_866, 'typical', '新境界 2020', HI_ON),
  row(19, 522_816, 456_100, 66_716, 'typical', '新境界 2020', HI_ON),
  row(20, 704_397, 643_371, 61_026, 'volunteers', '新境界 2020', HI_ON),
];

/** The share excluded, in 1/10,000, rounded up: a margin is never too small by rounding. */
export const shareOf = ({ filed, invalid }: CheckedRoster): Share => Math.ceil((invalid * WHOLE) / filed);

/** A range of shares to reckon with, and how sure we are of it. */
export interface RateBand {
  readonly low: Share;
  readonly high: Share;
  readonly status: 'published' | 'assumption';
  readonly note: Localised;
}

const bandOf = (groups: readonly RateGroup[]): Readonly<{ low: Share; high: Share }> => {
  const shares = CHECKED_ROSTERS.filter(({ group }) => groups.includes(group)).map(shareOf);
  return { low: Math.min(...shares), high: Math.max(...shares) };
};

/** Paper without mass forgery: from the best to the worst of cases 14–20. */
export const PAPER_BAND: RateBand = {
  ...bandOf(['volunteers', 'typical']),
  status: 'published',
  note: {
    'zh-Hant-TW': '第 14 至 20 案公布之查對結果（不含大量偽造之第 7 至 9 案，其不合格率為 36 % 至 37 %）。',
    en: 'Published checks of cases 14–20; cases 7–9, with mass forgery, lost 36–37 %.',
  },
};

/** Electronic: nobody has published a check of an electronic roster. */
export const ELECTRONIC_BAND: RateBand = {
  low: 100,
  high: 200,
  status: 'assumption',
  note: {
    'zh-Hant-TW':
      '假設值：目前沒有電子名冊查對結果可考。電子連署僅可能因資格（年齡、居住期間、死亡）或重複而不合格。',
    en: 'An assumption: no check of an electronic roster has been published. Only qualification (age, residence, death) or duplication can exclude an electronic signature.',
  },
};

/** How many of `n` stand if this share is excluded, rounded down. */
export const standing = (n: number, share: Share): number => Math.floor((n * (WHOLE - share)) / WHOLE);

/** The smallest number of which at least `valid` stand if this share is excluded. */
export function grossFor(valid: number, share: Share): number {
  if (share < 0 || share >= WHOLE) throw new RangeError('a share of signatures lies between none and all');
  return Math.ceil((Math.max(0, valid) * WHOLE) / (WHOLE - share));
}
