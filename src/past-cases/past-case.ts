/** 一件歷次公投: a vote that was held, its figures, and what the law of its day makes of them. Pure. */
import {
  daysAfter,
  known,
  type LegalDate,
  monthsAfter,
  nationalPackOn,
  type RulePack,
  type Verdict,
  verdict,
} from '../law/index.ts';

/** One referendum as its source tells it. Figures are ballots; nothing here was counted by this platform. */
export interface PastCase {
  /** The number the Commission gave it, 1 to 999. */
  readonly number: number;
  readonly voteOn: LegalDate;
  /** In Chinese, as commonly cited; not the main text. */
  readonly title: string;
  /** As publicly known; a body's name where the case was delivered. */
  readonly leadProposer: string;
  readonly yes: bigint;
  readonly no: bigint;
  readonly invalid: bigint;
  readonly electors: bigint;
  /** Hundredths of a percent, as the source gives it. */
  readonly turnout: number;
  readonly passed: boolean;
  /** Where the figures were published: an https address. */
  readonly source: string;
}

/** Numbers of past cases as the index of words knows them; every case of this platform has four digits or more. */
export const isPastNumber = (text: string): boolean => /^[1-9][0-9]{0,2}$/.test(text);

/** A vote under the rule of its day; undefined where no pack of that day has a rule. */
export function judged(
  one: Pick<PastCase, 'voteOn' | 'yes' | 'no' | 'invalid' | 'electors'>,
): Readonly<{ pack: RulePack; verdict: Verdict }> | undefined {
  const pack = nationalPackOn(one.voteOn);
  if (pack?.parameters.passRule.value === undefined) return undefined;
  return { pack, verdict: verdict(known(pack, 'passRule', one.voteOn), one) };
}

/** Hundredths of a percent, rounded to the nearest. */
export const turnoutOf = ({ yes, no, invalid, electors }: Omit<PastCase, 'turnout'>): number =>
  Number(((yes + no + invalid) * 20_000n + electors) / (electors * 2n));

/**
 * Until when at the latest the same matter may not be proposed again: two years from the announcement of the result
 * (公民投票法 §32), which follows the vote within seven days (§30). Sources seldom give the day of that announcement,
 * so its last one is taken. Undefined where the pack then in force has no such rule.
 */
export function barOfVote({
  voteOn,
}: Pick<PastCase, 'voteOn'>): Readonly<{ until: LegalDate; citation: string }> | undefined {
  const parameters = nationalPackOn(voteOn)?.parameters;
  const bar = parameters?.bars.value?.find(({ after }) => after === 'vote');
  const within = parameters?.resultAnnounceDays.value;
  if (bar === undefined || within === undefined) return undefined;
  const announced = daysAfter(voteOn, within).lastDay;
  return { until: monthsAfter(announced, bar.years * 12).lastDay, citation: bar.citation };
}
