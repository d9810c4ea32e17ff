import { Temporal } from '../platform/time.ts';
import { type LegalDate, lastDayBefore } from './deadlines.ts';
import type { VoteWindow } from './parameter-values.ts';

/** The first and last day open to a vote; both are the day of the election where one takes the vote with it. */
export type VoteDays = Readonly<{ first: LegalDate; last: LegalDate; election?: LegalDate }>;

/** The day of a national election, and when the authority announced it: nobody is bound by it before. */
export type ElectionDay = Readonly<{ announcedOn: LegalDate; day: LegalDate }>;

/** The election days that were announced by a day. */
export const announcedBy = (elections: readonly ElectionDay[], on: LegalDate): readonly LegalDate[] =>
  elections.filter(({ announcedOn }) => announcedOn <= on).map(({ day }) => day);

/**
 * The days on which the vote may be held for a case announced as established on `established`. For
 * 「三個月起至六個月內」 the corresponding day of the third month is the first and the one of the sixth month the last
 * (vector D6; both boundary days are a project default). The vote must also leave the days of announcement
 * (公民投票法 §17): the window is the intersection. An announced national election within it takes the vote with it.
 * 公民投票法 §23.
 */
export function voteDays(
  window: VoteWindow,
  established: LegalDate,
  announceBeforeVoteDays: number,
  elections: readonly LegalDate[] = [],
): VoteDays | undefined {
  if (window.kind === 'fourth-saturday-of-august') {
    const day = nextFixedDay(window, established, announceBeforeVoteDays);
    return { first: day, last: day };
  }
  const event = Temporal.PlainDate.from(established);
  let first = event.add({ months: window.from });
  const last = event.add({ months: window.to });
  // Announced on the day after its establishment at the earliest.
  while (lastDayBefore(first.toString(), announceBeforeVoteDays) < established)
    first = first.add({ days: 1 });
  if (Temporal.PlainDate.compare(first, last) > 0) return undefined;
  const days = { first: first.toString(), last: last.toString() };
  const [election] = elections.filter((day) => days.first <= day && day <= days.last).sort();
  return election === undefined ? days : { first: election, last: election, election };
}

/** Days of establishment from which a vote on `vote` is permitted; the other side of {@link voteDays}. */
export function establishmentDaysFor(
  window: Extract<VoteWindow, { kind: 'months-after-establishment' }>,
  vote: LegalDate,
  announceBeforeVoteDays: number,
): Readonly<{ first: LegalDate; last: LegalDate }> | undefined {
  const isPermitted = (day: Temporal.PlainDate): boolean => {
    const days = voteDays(window, day.toString(), announceBeforeVoteDays);
    return days !== undefined && days.first <= vote && vote <= days.last;
  };
  const about = Temporal.PlainDate.from(vote);
  const candidates: string[] = [];
  let day = about.subtract({ months: window.to, days: 4 });
  for (; Temporal.PlainDate.compare(day, about) < 0; day = day.add({ days: 1 })) {
    if (isPermitted(day)) candidates.push(day.toString());
  }
  const [first, last] = [candidates[0], candidates.at(-1)];
  return first === undefined || last === undefined ? undefined : { first, last };
}

/** §23 of 2019: the fourth Saturday of August, every second year, far enough away for the announcement. */
function nextFixedDay(
  window: Extract<VoteWindow, { kind: 'fourth-saturday-of-august' }>,
  established: LegalDate,
  announceBeforeVoteDays: number,
): LegalDate {
  let year = Math.max(window.from, Temporal.PlainDate.from(established).year);
  for (;;) {
    const first = Temporal.PlainDate.from({ year, month: 8, day: 1 });
    const day = first.add({ days: ((6 - first.dayOfWeek + 7) % 7) + 21 }).toString();
    const isVoteYear = (year - window.from) % window.everyYears === 0;
    if (isVoteYear && lastDayBefore(day, announceBeforeVoteDays) >= established) return day;
    year += 1;
  }
}
