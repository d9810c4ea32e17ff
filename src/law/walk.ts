/** The state that events and lapsed terms move; see `course.ts`. */
import { daysAfter, daysBetween, extendedByDisaster, type LegalDate, monthsAfter } from './deadlines.ts';
import type { Capacity, LegalEvent, LegalStage, Route, TerminalOutcome } from './legal-event.ts';
import type { Localised } from './localised.ts';
import type { ParameterStatus } from './parameter.ts';
import type { Bar, ParameterValues } from './parameter-values.ts';
import type { RulePack } from './rule-pack.ts';
import type { ElectionDay } from './vote-window.ts';

/** Which duty; one open instance of each at a time. */
export type DutyId =
  | 'review'
  | 'correct'
  | 'check-proposers'
  | 'supplement-proposers'
  | 'give-opinion'
  | 'collect'
  | 'file-roster'
  | 'check-signers'
  | 'supplement-signers'
  | 'announce-established'
  | 'announce-vote'
  | 'announce-result';

/** 義務: who owes what, since when and until when, under which provision. */
export interface Duty {
  readonly id: DutyId;
  readonly who: Capacity;
  readonly what: Localised;
  readonly citation: string;
  readonly status: 'open' | 'met' | 'overdue' | 'waived' | 'lapsed';
  /** The event day; it is not counted. */
  readonly from: LegalDate;
  /** Last day of the term; undefined where the pack does not know the term. */
  readonly due: LegalDate | undefined;
  readonly term: string;
  readonly termStatus: ParameterStatus;
  readonly metOn?: LegalDate;
  /** The last day as first counted, where an official closure for a natural disaster moved it (選罷法 §5). */
  readonly movedFrom?: LegalDate;
  /** How many days it stood still while the case was suspended; they are part of `due`. */
  readonly heldDays?: number;
  /** For opinions: which agency. */
  readonly agency?: string;
}

/** How a case ended, from which day, and under which provision. */
export interface Ending {
  readonly value: TerminalOutcome;
  readonly on: LegalDate;
  readonly citation: string;
  /** Where the case stood when it ended. */
  readonly at: LegalStage;
  /** By operation of law when a term passed, or by a decision. */
  readonly by: 'lapse' | 'decision';
}

/** A bar and the days it holds. */
export interface RunningBar {
  readonly bar: Bar;
  readonly from: LegalDate;
  readonly until: LegalDate;
}

export interface Walk {
  readonly pack: RulePack;
  /** Days of official closure for a natural disaster. */
  readonly closed: readonly LegalDate[];
  /** Announced days of national elections. */
  readonly elections: readonly ElectionDay[];
  /** The day on which this is told: elections announced by then are known. */
  readonly knownOn: LegalDate | undefined;
  readonly stage: LegalStage;
  readonly since: LegalDate | undefined;
  readonly lastOn: LegalDate | undefined;
  readonly duties: readonly Duty[];
  readonly outcome: Ending | undefined;
  readonly bars: readonly RunningBar[];
  readonly signing:
    | Readonly<{ firstDay: LegalDate; lastDay: LegalDate | undefined; hasUrl: boolean }>
    | undefined;
  /** What was collected: the roster format for paper, the access code for electronic signing. */
  readonly modes: readonly ('paper' | 'code')[];
  readonly isSuspended: boolean;
  /** The first day of the suspension that runs. */
  readonly suspendedOn: LegalDate | undefined;
  /** Kinds that may happen a limited number of times, and how often they did. */
  readonly times: Readonly<Partial<Record<LegalEvent['kind'], number>>>;
  /** Days on which something the law asks for first did happen. */
  readonly days: Readonly<Partial<Record<LegalEvent['kind'], LegalDate>>>;
  readonly isShort: boolean;
  /** How the case came to the vote. */
  readonly route: Route;
  /** The announced day of the vote. */
  readonly voteDay: LegalDate | undefined;
}

export const begin = (
  pack: RulePack,
  closed: readonly LegalDate[] = [],
  elections: readonly ElectionDay[] = [],
  knownOn?: LegalDate,
): Walk => ({
  pack,
  closed,
  elections,
  knownOn,
  stage: 'before-filing',
  since: undefined,
  lastOn: undefined,
  duties: [],
  outcome: undefined,
  bars: [],
  signing: undefined,
  modes: [],
  isSuspended: false,
  suspendedOn: undefined,
  times: {},
  days: {},
  isShort: false,
  route: 'citizens',
  voteDay: undefined,
});

type DayTerm = {
  [Name in keyof ParameterValues]: ParameterValues[Name] extends number ? Name : never;
}[keyof ParameterValues];

/** Opens a duty whose term is the pack's parameter `term`, in days (or months where its name says so). */
export function owe(
  walk: Walk,
  term: DayTerm,
  duty: Omit<Duty, 'status' | 'due' | 'term' | 'termStatus' | 'citation'> & Readonly<{ citation?: string }>,
): Walk {
  const parameter = walk.pack.parameters[term];
  const { value } = parameter;
  const isMonths = term.endsWith('Months');
  const counted =
    value === undefined
      ? undefined
      : (isMonths ? monthsAfter(duty.from, value) : daysAfter(duty.from, value)).lastDay;
  const due = counted === undefined ? undefined : movedByClosures(walk, counted);
  const opened: Duty = {
    ...duty,
    citation: duty.citation ?? parameter.citation,
    status: 'open',
    due,
    term,
    termStatus: parameter.status,
    ...(due === counted || counted === undefined ? {} : { movedFrom: counted }),
  };
  return { ...walk, duties: [...walk.duties, opened] };
}

/** A last day after official closures, where the pack knows them to move it. */
const movedByClosures = ({ pack, closed }: Walk, lastDay: LegalDate): LegalDate =>
  pack.parameters.isDisasterExtending.value === true
    ? extendedByDisaster(lastDay, (day) => closed.includes(day))
    : lastDay;

/** Meets the open (or overdue) duty of this id. */
export function meet(walk: Walk, id: DutyId, on: LegalDate, agency?: string): Walk {
  return {
    ...walk,
    duties: walk.duties.map((duty) =>
      duty.id === id &&
      (duty.status === 'open' || duty.status === 'overdue') &&
      (agency === undefined || duty.agency === agency)
        ? { ...duty, status: 'met', metOn: on }
        : duty,
    ),
  };
}

/** Moves on; every event counts itself and marks its day. */
export function move(walk: Walk, event: LegalEvent, stage: LegalStage = walk.stage): Walk {
  const { kind, on } = event;
  return {
    ...walk,
    stage,
    since: stage === walk.stage ? walk.since : on,
    lastOn: on,
    times: { ...walk.times, [kind]: (walk.times[kind] ?? 0) + 1 },
    days: { ...walk.days, [kind]: on },
  };
}

/** Ends the case; open duties fall away, bars begin. */
export function end(walk: Walk, ending: Omit<Ending, 'at'>): Walk {
  return {
    ...walk,
    stage: 'ended',
    since: ending.on,
    outcome: { ...ending, at: walk.stage },
    duties: walk.duties.map((duty) => (duty.status === 'open' ? { ...duty, status: 'lapsed' } : duty)),
    bars: [...walk.bars, ...barsAfter(walk, ending)],
  };
}

function barsAfter({ pack }: Walk, { value, on }: Omit<Ending, 'at'>): readonly RunningBar[] {
  const after = value === 'voted' ? 'vote' : value;
  return (pack.parameters.bars.value ?? [])
    .filter((bar) => bar.after === after)
    .map((bar) => ({ bar, from: on, until: monthsAfter(on, bar.years * 12).lastDay }));
}

/** What follows when the last day of a term passed without the act. Others become overdue and stay owed. */
const ON_LAPSE: Readonly<Partial<Record<DutyId, (walk: Walk, duty: Duty, on: LegalDate) => Walk>>> = {
  'give-opinion': (walk, duty) => ({
    ...walk,
    duties: walk.duties.map((other) => (other === duty ? { ...duty, status: 'waived' as const } : other)),
  }),
  collect: (walk, _duty, on) =>
    end(walk, { value: 'deemed-abandoned', on, citation: '公民投票法 §10 IX、§12 IV', by: 'lapse' }),
  'file-roster': (walk, _duty, on) =>
    end(walk, {
      value: 'deemed-abandoned',
      on,
      citation: '公民投票法 §12 II、IV；電子連署及查對作業辦法 §6',
      by: 'lapse',
    }),
};

const isHeld = ({ isSuspended, pack }: Walk): boolean =>
  isSuspended && pack.parameters.isSuspensionHolding.value === true;

/** From here on no term runs, where the pack says so: nothing lapses until {@link resume}. */
export const suspend = (walk: Walk, on: LegalDate): Walk => ({
  ...walk,
  isSuspended: true,
  suspendedOn: walk.suspendedOn ?? on,
});

/** Terms go on where they stood still. The announcement of the vote is counted back from its window, which stays. */
export function resume(walk: Walk, on: LegalDate): Walk {
  const { suspendedOn } = walk;
  const duties = walk.duties.map((duty): Duty => {
    const { status, due, from, id } = duty;
    if (!isHeld(walk) || suspendedOn === undefined) return duty;
    if (status !== 'open' || due === undefined || id === 'announce-vote') return duty;
    const days = daysBetween(from > suspendedOn ? from : suspendedOn, on);
    const later = movedByClosures(walk, daysAfter(due, days).lastDay);
    return days === 0 ? duty : { ...duty, due: later, heldDays: (duty.heldDays ?? 0) + days };
  });
  return { ...walk, duties, isSuspended: false, suspendedOn: undefined };
}

/** Lets every term lapse whose last day is before `day`, in the order of their last days. None while suspended. */
export function lapseUntil(walk: Walk, day: LegalDate): Walk {
  if (isHeld(walk)) return walk;
  let now = walk;
  for (;;) {
    const next = now.duties
      .filter(({ status, due }) => status === 'open' && due !== undefined && due < day)
      .sort((a, b) => ((a.due ?? '') < (b.due ?? '') ? -1 : 1))[0];
    if (next === undefined) return now;
    const lapsed = ON_LAPSE[next.id];
    // The day after the last day is the first on which the consequence stands.
    now =
      lapsed?.(now, next, daysAfter(next.due ?? day, 1).lastDay) ??
      ({
        ...now,
        duties: now.duties.map((duty) => (duty === next ? { ...duty, status: 'overdue' as const } : duty)),
      } satisfies Walk);
  }
}
