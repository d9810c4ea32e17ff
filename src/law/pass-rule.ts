import type { PassRule } from './parameter-values.ts';
import { required } from './thresholds.ts';

/** A vote as it was counted. `electors`: those entitled to vote in this vote. */
export interface VoteResult {
  readonly yes: bigint;
  readonly no: bigint;
  readonly invalid: bigint;
  readonly electors: bigint;
}

/** Whether a vote passed, and each condition on its own so that a page can show which one failed. */
export interface Verdict {
  readonly passed: boolean;
  readonly hasMajority: boolean;
  /** Yes votes (or ballots, for a turnout rule) that were needed, and how many there were. */
  readonly needed: bigint;
  readonly had: bigint;
}

/**
 * Applies the pass rule of the pack then in force. §29 of today wrongly passes cases 1, 2, 5 and 6, which fell
 * under a turnout rule: the rule is part of the pack (law.md §5.4).
 */
export function verdict(rule: PassRule, { yes, no, invalid, electors }: VoteResult): Verdict {
  const hasMajority = yes > no;
  switch (rule.kind) {
    case 'majority-and-quarter': {
      const needed = required(electors, rule.quarter);
      return { passed: hasMajority && yes >= needed, hasMajority, needed, had: yes };
    }
    case 'majority-and-turnout': {
      const needed = required(electors, rule.turnout);
      const had = yes + no + invalid;
      return { passed: hasMajority && had >= needed, hasMajority, needed, had };
    }
    case 'more-than-half-of-electors': {
      const needed = electors / 2n + 1n;
      return { passed: yes >= needed, hasMajority, needed, had: yes };
    }
    default:
      return rule satisfies never;
  }
}
