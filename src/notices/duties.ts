/** 期限與義務: who owes what to whom, by when, under which article, over every case alike. Pure. */
import { CAPACITY_NAMES, type CaseCourse, type Duty } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/** `late`: met, after its last day. `extended`: open, its last day moved by an official closure. */
export type DutyState = 'overdue' | 'open' | 'extended' | 'late' | 'met' | 'waived';
export const DUTY_STATES: readonly DutyState[] = ['overdue', 'open', 'extended', 'late', 'met', 'waived'];

export interface DutyRow {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly who: Localised;
  readonly what: Localised;
  readonly toWhom: Localised;
  readonly citation: string;
  readonly from: string;
  readonly due: string | undefined;
  readonly metOn: string | undefined;
  readonly movedFrom: string | undefined;
  readonly state: DutyState;
  /** Days to the last day; negative when it is past. */
  readonly days: number | undefined;
  readonly isProjectDefault: boolean;
}

/** What is needed of a case. */
export interface DutyCase {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly course: CaseCourse;
}

const words = (zh: string, en: string): Localised => ({ 'zh-Hant-TW': zh, en });
const LEAD = words('領銜人', 'the lead proposer');
const COMMISSION = words('主管機關', 'the commission');
const PUBLIC = words('公眾', 'the public');

const TO_WHOM: Readonly<Partial<Record<Duty['id'], Localised>>> = {
  review: LEAD,
  'check-proposers': COMMISSION,
  'give-opinion': COMMISSION,
  'check-signers': COMMISSION,
  'announce-established': PUBLIC,
  'announce-vote': PUBLIC,
  'announce-result': PUBLIC,
};

/** Authorities only: what a lead proposer owes is shown with its case. */
const AUTHORITIES: readonly Duty['who'][] = ['commission', 'registry', 'agency'];

const daysBetween = (from: string, to: string): number =>
  Math.round((Date.parse(`${to}T00:00:00Z`) - Date.parse(`${from}T00:00:00Z`)) / 86_400_000);

function stateOf({ status, due, metOn, movedFrom }: Duty): DutyState | undefined {
  if (status === 'met') return due !== undefined && metOn !== undefined && metOn > due ? 'late' : 'met';
  if (status === 'lapsed') return undefined;
  return status === 'open' && movedFrom !== undefined ? 'extended' : status;
}

/** Overdue first, the oldest first; then what runs, the nearest last day first; then what was done, newest first. */
export function dutyRows(cases: readonly DutyCase[]): readonly DutyRow[] {
  const rows = cases.flatMap(({ caseNumber, subject, course }) =>
    course.duties.flatMap((duty): DutyRow[] => {
      const state = stateOf(duty);
      if (state === undefined || !AUTHORITIES.includes(duty.who)) return [];
      const { agency, due, metOn, movedFrom } = duty;
      return [
        {
          caseNumber,
          subject,
          who: agency === undefined ? CAPACITY_NAMES[duty.who] : words(agency, agency),
          what: duty.what,
          toWhom: TO_WHOM[duty.id] ?? PUBLIC,
          citation: duty.citation,
          from: duty.from,
          due,
          metOn,
          movedFrom,
          state,
          days: due === undefined ? undefined : daysBetween(course.today, due),
          isProjectDefault: duty.termStatus === 'project-default',
        },
      ];
    }),
  );
  return rows.sort(compareRows);
}

const isRunning = (state: DutyState): boolean => state === 'open' || state === 'extended';
const rank = (state: DutyState): number => (state === 'overdue' ? 0 : isRunning(state) ? 1 : 2);

function compareRows(a: DutyRow, b: DutyRow): number {
  const byRank = rank(a.state) - rank(b.state);
  if (byRank !== 0) return byRank;
  const isDone = rank(a.state) === 2;
  const [x, y] = isDone ? [b.metOn ?? b.due ?? '', a.metOn ?? a.due ?? ''] : [a.due ?? '9', b.due ?? '9'];
  if (x !== y) return x < y ? -1 : 1;
  return a.caseNumber < b.caseNumber ? -1 : 1;
}
