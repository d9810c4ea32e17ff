import type { CaseCourse } from './course.ts';
import { boundOn, type ParameterStatus } from './parameter.ts';
import { type RetentionClock, type RetentionFacts, retentionClock } from './retention-clock.ts';

/** How long a case's electronic records are kept, and how sure that is. */
export interface CaseRetention extends RetentionClock {
  /** 電子連署及查對作業辦法 §12, as the pack cites it. */
  readonly citation: string;
  /** `not-in-force`: the regulation did not bind yet on the day from which it is counted. */
  readonly mark: ParameterStatus | 'not-in-force';
}

/**
 * The clock of a case, from its course: announced as established, or ended. Undefined while it runs, where no records
 * of signers can exist (駁回), and where the pack does not know the term. While a suit is pending it has no end; the
 * day of a final judgment is not among the events, so a suit that is over shows the plain two years.
 */
export function retentionOf(course: CaseCourse): CaseRetention | undefined {
  const rule = course.pack.parameters.retention;
  const start = startOf(course);
  if (rule.value === undefined || start === undefined) return undefined;
  const clock = retentionClock(rule.value, {
    ...start,
    ...(course.isSuspended ? { judgment: 'pending' as const } : {}),
  });
  const mark = clock.isStartDefault ? 'project-default' : rule.status;
  return {
    ...clock,
    citation: rule.citation,
    mark: boundOn(rule, clock.from) ? mark : 'not-in-force',
  };
}

function startOf({ days, outcome }: CaseCourse): Pick<RetentionFacts, 'outcome' | 'on'> | undefined {
  if (days.established !== undefined) return { outcome: 'established', on: days.established };
  if (outcome === undefined || outcome.value === 'rejected' || outcome.value === 'voted') return undefined;
  return { outcome: outcome.value, on: outcome.on };
}
