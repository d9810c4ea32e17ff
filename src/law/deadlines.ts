import { addLegalDays, Temporal } from '../platform/time.ts';

/** A legal calendar day in Asia/Taipei, `YYYY-MM-DD`. */
export type LegalDate = string;

/** A term as the law counts it. */
export interface LegalPeriod {
  readonly firstDay: LegalDate;
  /** The period ends at 24:00 of this day; a Saturday, Sunday or holiday does not move it. */
  readonly lastDay: LegalDate;
}

const plain = (day: LegalDate): Temporal.PlainDate => Temporal.PlainDate.from(day);

/**
 * A period of months that starts the day after an event. The event day is not counted; the period ends on the
 * day before the corresponding day of the last month, or, where that month has no such day, on its last day.
 * 公投法 §6 → 選罷法 §5; 行政程序法 §48 II–III.
 */
export function monthsAfter(event: LegalDate, months: number): LegalPeriod {
  const first = plain(event).add({ days: 1 });
  const corresponding = first.add({ months }, { overflow: 'constrain' });
  const exists = corresponding.day === first.day;
  return {
    firstDay: first.toString(),
    lastDay: (exists ? corresponding.subtract({ days: 1 }) : corresponding).toString(),
  };
}

/** A period of years from the day after an event, by the same rule. */
export const yearsAfter = (event: LegalDate, years: number): LegalPeriod => monthsAfter(event, years * 12);

/** A period of days that starts the day after an event: 「起 n 日內」. 行政程序法 §48 II. */
export function daysAfter(event: LegalDate, days: number): LegalPeriod {
  return {
    firstDay: addLegalDays(event, 1),
    lastDay: addLegalDays(event, days),
  };
}

/**
 * 「投票日 n 日前」: the last day on which something may still happen. The day before the vote is day 1; 「前」 ends
 * one day before day n. 公職人員選舉罷免法 §5 II.
 */
export const lastDayBefore = (vote: LegalDate, days: number): LegalDate =>
  plain(vote)
    .subtract({ days: days + 1 })
    .toString();

/** A day on which the competent office was officially closed for a natural disaster. */
export type IsDisasterClosed = (day: LegalDate) => boolean;

/**
 * The last day after 天然災害停止上班: only an official closure on the last day itself moves it, to the first day on
 * which the office works again (that choice is a project default). `isWorkday` says which days the office works at all.
 * 公投法 §6 → 選罷法 §5.
 */
export function extendedByDisaster(
  lastDay: LegalDate,
  isClosed: IsDisasterClosed,
  isWorkday: (day: LegalDate) => boolean = isMondayToFriday,
): LegalDate {
  if (!isClosed(lastDay)) return lastDay;
  let day = plain(lastDay).add({ days: 1 });
  while (isClosed(day.toString()) || !isWorkday(day.toString())) day = day.add({ days: 1 });
  return day.toString();
}

/** Whether a day is a Monday to Friday; official calendars of make-up days are not known here. */
export const isMondayToFriday = (day: LegalDate): boolean => plain(day).dayOfWeek <= 5;

/** Whole days from one legal day to another; negative when `to` is earlier. */
export const daysBetween = (from: LegalDate, to: LegalDate): number =>
  plain(from).until(plain(to), { largestUnit: 'days' }).days;
