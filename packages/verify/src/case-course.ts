import { CasePeriods } from './case-periods.ts';
import { closedDays, movedDay } from './disaster-closures.ts';
import { endOfDayMs, type FoldedAct, type RecordFold } from './record-fold.ts';

/** The course of one case as its acts tell it, for what is owed and when. */
export type CaseCourse = Readonly<{
  caseNumber: string;
  /** Signatures are collected here; otherwise the case is re-told from public reports and owes nothing. */
  isOurs: boolean;
  opened?: FoldedAct;
  closed?: FoldedAct;
  decision?: FoldedAct;
  /** Withdrawal or stop: signing ends there. */
  stopped?: FoldedAct;
  destruction?: FoldedAct;
  /** First instant after the signing period. */
  endMs?: number;
}>;

const textIn = (act: FoldedAct | undefined, name: string): string | undefined => {
  const value = act?.body?.[name];
  return typeof value === 'string' ? value : undefined;
};

const endOf = (day: string | undefined): number | undefined => {
  const ms = day === undefined ? Number.NaN : endOfDayMs(day);
  return Number.isNaN(ms) ? undefined : ms;
};

/** The day a body names, as the instant at which it has ended. */
export const dayEndIn = (act: FoldedAct | undefined, name: string): number | undefined =>
  endOf(textIn(act, name));

/**
 * Every case that has an act, by number. The newest act of a kind stands for the kind; one that files or opens a case
 * again or closes it again stands for nothing ({@link CasePeriods}), so nobody rids himself of a duty by an act.
 */
export function coursesOf(fold: RecordFold): readonly CaseCourse[] {
  const cases = new Map<string, Map<string, FoldedAct>>();
  const periods = new CasePeriods();
  const closures = closedDays(fold.acts);
  for (const act of fold.acts) {
    if (periods.take(act) !== undefined || act.case === undefined) continue;
    const acts = cases.get(act.case) ?? new Map<string, FoldedAct>();
    cases.set(act.case, acts.set(act.kind, act));
  }
  return [...cases].map(([caseNumber, acts]) => {
    const [opened, closed] = [acts.get('opened'), acts.get('closed')];
    const lastDay = textIn(opened, 'lastDay');
    const endMs = lastDay === undefined ? undefined : endOf(movedDay(lastDay, closures));
    const isReopened = opened !== undefined && closed !== undefined && opened.index > closed.index;
    const course = {
      caseNumber,
      isOurs: textIn(acts.get('initiative-filed'), 'origin') !== 'public-reports',
      opened,
      closed: isReopened ? undefined : closed,
      decision: acts.get('decision'),
      stopped: acts.get('stop') ?? acts.get('withdrawal'),
      destruction: acts.get('destruction'),
      endMs,
    };
    // Members without a value are left out.
    return Object.fromEntries(
      Object.entries(course).filter(([, value]) => value !== undefined),
    ) as CaseCourse;
  });
}

/** Whether signatures of a case are collected here; a case that nobody filed is not told from elsewhere either. */
export const isOurCase = (fold: RecordFold, caseNumber: string): boolean =>
  coursesOf(fold).find((course) => course.caseNumber === caseNumber)?.isOurs ?? true;
