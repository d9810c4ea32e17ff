import { type LegalDate, monthsAfter, yearsAfter } from './deadlines.ts';
import type { Retention } from './parameter-values.ts';

/** Which event starts the clock, and on which day. */
export interface RetentionFacts {
  readonly outcome:
    | 'established'
    | 'not-established'
    | 'deemed-abandoned'
    | 'inadmissible'
    | 'withdrawn'
    | 'stopped';
  readonly on: LegalDate;
  /** The day of the final judgment, where there was a suit; `pending` while it runs. */
  readonly judgment?: LegalDate | 'pending';
}

/** When the electronic records of a case are to be destroyed. */
export interface RetentionClock {
  readonly from: LegalDate;
  /** Undefined while a suit is pending: nothing may be destroyed. */
  readonly until: LegalDate | undefined;
  /** The start is our choice, because the regulation names none for this outcome. */
  readonly isStartDefault: boolean;
}

/** Two years, or three months after the final judgment, whichever is later. 電子連署及查對作業辦法 §12. */
export function retentionClock(rule: Retention, { outcome, on, judgment }: RetentionFacts): RetentionClock {
  const isStartDefault = (rule.otherwiseFromDecision as readonly string[]).includes(outcome);
  const plain = yearsAfter(on, rule.years).lastDay;
  if (judgment === 'pending') return { from: on, until: undefined, isStartDefault };
  const afterJudgment =
    judgment === undefined ? plain : monthsAfter(judgment, rule.monthsAfterJudgment).lastDay;
  return { from: on, until: afterJudgment > plain ? afterJudgment : plain, isStartDefault };
}
