/** What the entries themselves promise for a time, and whether it is there: the duties of an honest house. */
import type { Alert } from './alert.ts';
import { type CaseCourse, coursesOf, dayEndIn } from './case-course.ts';
import { endOfDayMs, type FoldedAct, type RecordFold } from './record-fold.ts';

/** A tree that witnesses, or the monitor itself, saw at a time: whatever stands at `size` or beyond was logged later. */
export type TimeBound = Readonly<{ size: number; atMs: number }>;

export type DutyContext = Readonly<{
  fold: RecordFold;
  /** The time of the last complete look at the log. */
  nowMs: number;
  /** How long publication may take: one beat and the collection of cosignatures. */
  slackMs: number;
  /** Sizes and times, both ascending. */
  bounds: readonly TimeBound[];
}>;

const MINUTE_MS = 60_000;
const DAY_MS = 86_400_000;

/** trust.md §1: `closed` follows at most 60 s after the end of the period. */
const CLOSE_WITHIN_MS = MINUTE_MS;
/** The mark of a day is entered seconds after midnight; a quarter of an hour is a fault. */
const MARK_WITHIN_MS = 15 * MINUTE_MS;
/** Project default: the law names no time within which a held signature must be decided. */
const HELD_DAYS = 7;
/** 電子連署及查對作業辦法 §12: two years from the terminal event, unless a court case prolongs it. */
const RETENTION_YEARS = 2;
/** A wrong clock of a witness is no back-dating, and none of the future. */
export const CLOCK_MS = MINUTE_MS;

const iso = (ms: number): string => new Date(ms).toISOString();

const alert = (code: Alert['code'], id: string, detail: string, more: Partial<Alert> = {}): Alert => ({
  id: `${code} ${id}`,
  code,
  part: 'duties',
  detail,
  ...more,
});

/** The newest time at which a witnessed tree did not hold the entry yet. */
function loggedAfter(bounds: readonly TimeBound[], index: number): TimeBound | undefined {
  return bounds.findLast(({ size }) => size <= index);
}

/** Outcomes after which signing ends before its last day. */
const ENDS_SIGNING: readonly unknown[] = ['withdrawn', 'stopped', 'rejected', 'inadmissible'];

const hasEnded = ({ decision, stopped }: CaseCourse): boolean =>
  stopped !== undefined || ENDS_SIGNING.includes(decision?.body?.['outcome'] ?? decision?.body?.['decides']);

function closing(course: CaseCourse, { nowMs, slackMs, bounds }: DutyContext): Alert[] {
  const { caseNumber, closed, endMs } = course;
  if (endMs === undefined || !course.isOurs) return [];
  const dueMs = endMs + CLOSE_WITHIN_MS;
  if (closed === undefined) {
    if (hasEnded(course) || nowMs <= dueMs + slackMs) return [];
    return [alert('closed-overdue', caseNumber, `${caseNumber}: due ${iso(dueMs)}`, { case: caseNumber })];
  }
  const found: Alert[] = [];
  const where = { case: caseNumber, entry: closed.index };
  if (Date.parse(closed.at) < endMs && !hasEnded(course)) {
    found.push(alert('closed-early', caseNumber, `${caseNumber}: ${closed.at} < ${iso(endMs)}`, where));
  }
  const bound = loggedAfter(bounds, closed.index);
  // A case entered after its own end, as an example is, was not open when that tree was witnessed.
  const wasOpen = bound !== undefined && bound.size > (course.opened?.index ?? 0);
  if (wasOpen && bound.atMs > dueMs + slackMs) {
    const detail = `${caseNumber}: entry ${closed.index} was not in the tree of ${bound.size} seen at ${iso(bound.atMs)}; due ${iso(dueMs)}`;
    found.push(
      alert('closed-late', caseNumber, detail, { ...where, evidence: { ...bound, closedAt: closed.at } }),
    );
  }
  return found;
}

/** Signatures that stand behind a tree which a witness saw after the period and its minute were over. */
function lateSignatures(course: CaseCourse, { fold, slackMs, bounds }: DutyContext): Alert[] {
  const { caseNumber, endMs } = course;
  if (endMs === undefined || !course.isOurs) return [];
  const openedAt = course.opened?.index ?? 0;
  const bound = bounds.find(({ size, atMs }) => size > openedAt && atMs > endMs + CLOSE_WITHIN_MS + slackMs);
  if (bound === undefined) return [];
  const group = `${caseNumber}/joint-signature`;
  const received = (size: number): number => {
    const tally = fold.talliesAt(size).get(group);
    return tally === undefined ? 0 : tally.signed + tally.held + tally.settledCounted + tally.settledRefused;
  };
  const late = received(fold.size) - received(bound.size);
  if (late <= 0) return [];
  const detail = `${caseNumber}: ${late} after the tree of ${bound.size}, seen at ${iso(bound.atMs)}; the period ended ${iso(endMs)}`;
  return [
    alert('late-signature', caseNumber, detail, {
      case: caseNumber,
      grade: late,
      evidence: { ...bound, late },
    }),
  ];
}

function backDated(acts: readonly FoldedAct[], { bounds, slackMs }: DutyContext): Alert[] {
  return acts.flatMap((act) => {
    const bound = loggedAfter(bounds, act.index);
    if (bound === undefined || Date.parse(act.at) >= bound.atMs - slackMs - CLOCK_MS) return [];
    const detail = `entry ${act.index} (${act.kind}) says ${act.at}, but was not in the tree of ${bound.size} seen at ${iso(bound.atMs)}`;
    return [
      alert('back-dated', `${act.index}`, detail, { entry: act.index, evidence: { ...bound, at: act.at } }),
    ];
  });
}

/** A time that has not come: days are counted from it, and a period so begun would end as much later. */
function datedAhead(acts: readonly FoldedAct[], { nowMs }: DutyContext): Alert[] {
  return acts.flatMap(({ index, kind, at }) =>
    Date.parse(at) > nowMs + CLOCK_MS
      ? [
          alert('dated-ahead', `${index}`, `entry ${index} (${kind}) says ${at}, seen at ${iso(nowMs)}`, {
            entry: index,
            evidence: { at, nowMs },
          }),
        ]
      : [],
  );
}

function dayMarks({ fold, nowMs, slackMs }: DutyContext): Alert[] {
  const last = fold.acts.findLast(({ kind }) => kind === 'day');
  const [first] = fold.acts;
  const lastEnd = dayEndIn(last, 'date');
  const firstMs = first === undefined ? Number.NaN : Date.parse(first.at);
  // Without any mark the first is owed for the day of the first act.
  const owedMs =
    lastEnd !== undefined
      ? lastEnd + DAY_MS
      : endOfDayMs(new Date(firstMs + 8 * 3_600_000 || 0).toISOString().slice(0, 10));
  if (first === undefined || Number.isNaN(owedMs) || nowMs <= owedMs + MARK_WITHIN_MS + slackMs) return [];
  return [alert('day-overdue', 'day', `due ${iso(owedMs)}`)];
}

/** Decisions with which a case ends. A court case prolongs the time: `suspension` holds it open. */
const TERMINAL: readonly unknown[] = [
  'inadmissible',
  'rejected',
  'withdrawn',
  'deemed-abandoned',
  'not-established',
  'established',
  'stopped',
];

function destruction(course: CaseCourse, { nowMs }: DutyContext): Alert[] {
  const { caseNumber, decision } = course;
  const isTerminal = TERMINAL.includes(decision?.body?.['outcome'] ?? decision?.body?.['decides']);
  const endMs = isTerminal ? dayEndIn(decision, 'on') : undefined;
  if (endMs === undefined || !course.isOurs || course.destruction !== undefined) return [];
  const due = new Date(endMs);
  due.setUTCFullYear(due.getUTCFullYear() + RETENTION_YEARS);
  if (nowMs <= due.getTime()) return [];
  return [
    alert('destruction-overdue', caseNumber, `${caseNumber}: due ${due.toISOString()}`, { case: caseNumber }),
  ];
}

/** Held entries that lie behind so many day marks. */
function held({ fold }: DutyContext): Alert[] {
  const mark = fold.acts.filter(({ kind }) => kind === 'day').at(-1 - HELD_DAYS);
  if (mark === undefined) return [];
  const old = fold.waiting().filter((index) => index < mark.index);
  if (old.length === 0) return [];
  const shown = old.slice(0, 20);
  return [
    alert('held-overdue', `${old[0]}`, `${old.length}: entries ${shown.join(', ')}`, {
      grade: old.length,
      evidence: { entries: shown },
    }),
  ];
}

/** Every duty that follows from entries and is not met, and every entry that claims an impossible time. */
export function watchDuties(context: DutyContext): readonly Alert[] {
  const courses = coursesOf(context.fold);
  return [
    ...courses.flatMap((course) => [
      ...closing(course, context),
      ...lateSignatures(course, context),
      ...destruction(course, context),
    ]),
    ...backDated(context.fold.acts, context),
    ...datedAhead(context.fold.acts, context),
    ...dayMarks(context),
    ...held(context),
  ];
}
