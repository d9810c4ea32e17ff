/** What an effect of an act is worked out from, and the entry that tells of it. */
import type { JsonValue } from '@lianshu/statement';
import type { CaseCourse } from '../law/index.ts';
import { taipeiTimestamp } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import type { CaseAct } from './case-acts.ts';
import type { RecordedAct } from './initiative-facts.ts';

/** The act, what the record said before it, and where the case stands with it. */
export interface EffectContext {
  readonly caseNumber: string;
  readonly act: CaseAct;
  readonly acts: readonly RecordedAct[];
  readonly course: CaseCourse;
  /** Days of official closure: a period that would end on one ends later. */
  readonly closed: readonly string[];
  readonly nowMs: number;
}

/** An entry of the system about the case, now. */
export const entryOf = (
  { caseNumber, nowMs }: EffectContext,
  kind: string,
  basis: string,
  body: object,
): ActEntry => ({
  at: taipeiTimestamp(nowMs),
  basis,
  body: body as JsonValue,
  capacity: 'system',
  case: caseNumber,
  kind,
  v: 1,
});
