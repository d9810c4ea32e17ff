import type { HouseholdRegister, Resident } from './household.ts';

/** Why a person does not count (law.md §9). */
export type Reason =
  | 'AGE'
  | 'RESIDENCE'
  | 'GUARDIANSHIP'
  | 'NOT_NATIONAL'
  | 'DECEASED'
  | 'NAME_OR_ID_ERROR'
  | 'ADDRESS_ERROR'
  | 'UNSIGNED'
  | 'FORGED'
  | 'DUPLICATE_SAME_MEDIUM'
  | 'DUPLICATE_PAPER_VS_E'
  | 'BARRED_PROPOSER';

/** One row as the registry opened it. */
export type OpenedRow = {
  /** Reference in the answer. */
  readonly row: string;
  readonly medium: 'electronic' | 'paper';
  readonly nationalId: string;
  /** The day age and residence are judged on. */
  readonly on: string;
  /** Of paper only. */
  readonly name?: string;
  readonly address?: string;
  /** What 戶政 saw on the sheet itself. */
  readonly seen?: 'UNSIGNED' | 'FORGED';
};

const MONTHS_RESIDENT = 6;
const VOTING_AGE = 18;

/** The first day at which `months` have passed since `day`; no such day in the month: the first of the next. */
function monthsLater(day: string, months: number): string {
  const [year = 0, month = 0, date = 0] = day.split('-').map(Number);
  const target = new Date(Date.UTC(year, month - 1 + months, date));
  const wanted = (month - 1 + months) % 12;
  return (
    target.getUTCMonth() === wanted
      ? target
      : new Date(Date.UTC(target.getUTCFullYear(), target.getUTCMonth(), 1))
  )
    .toISOString()
    .slice(0, 10);
}

const isSo = (since: string | undefined, on: string): boolean => since !== undefined && since <= on;

function qualification(resident: Resident, on: string): Reason | undefined {
  if (isSo(resident.deceasedOn, on)) return 'DECEASED';
  if (isSo(resident.nationalityLostOn, on)) return 'NOT_NATIONAL';
  if (monthsLater(resident.bornOn, VOTING_AGE * 12) > on) return 'AGE';
  if (isSo(resident.guardianshipSince, on)) return 'GUARDIANSHIP';
  if (isSo(resident.movedAbroadOn, on) || monthsLater(resident.residentSince, MONTHS_RESIDENT) > on)
    return 'RESIDENCE';
  return undefined;
}

function alone(register: HouseholdRegister, row: OpenedRow, barred: ReadonlySet<string>): Reason | undefined {
  const resident = register.find(row.nationalId);
  if (row.medium === 'paper') {
    if (row.seen !== undefined) return row.seen;
    if (resident === undefined || resident.name !== row.name) return 'NAME_OR_ID_ERROR';
    if (resident.address !== row.address) return 'ADDRESS_ERROR';
  }
  // Who signed with a card and has no household registration here is no elector.
  if (resident === undefined) return 'NOT_NATIONAL';
  return qualification(resident, row.on) ?? (barred.has(row.nationalId) ? 'BARRED_PROPOSER' : undefined);
}

/**
 * Judges every row: 公民投票法 §10 VI, §8 I; 施行細則 §9 II, §11. Of rows that are good in themselves one person counts
 * once, and the electronic one wins.
 */
export function judgeRows(
  register: HouseholdRegister,
  rows: readonly OpenedRow[],
  barred: ReadonlySet<string>,
): ReadonlyMap<string, Reason | 'VALID'> {
  const verdicts = new Map<string, Reason | 'VALID'>();
  const counted = new Map<string, OpenedRow['medium']>();
  const inOrder = [...rows].sort((a, b) => Number(a.medium === 'paper') - Number(b.medium === 'paper'));
  for (const row of inOrder) {
    const own = alone(register, row, barred);
    const before = counted.get(row.nationalId);
    if (own !== undefined) verdicts.set(row.row, own);
    else if (before !== undefined)
      verdicts.set(row.row, before === row.medium ? 'DUPLICATE_SAME_MEDIUM' : 'DUPLICATE_PAPER_VS_E');
    else {
      counted.set(row.nationalId, row.medium);
      verdicts.set(row.row, 'VALID');
    }
  }
  return verdicts;
}
