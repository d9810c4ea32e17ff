import { Temporal } from '../platform/time.ts';

/** A legal calendar day in Asia/Taipei, `YYYY-MM-DD`. */
export type LegalDate = string;

export interface LegalPeriod {
  readonly firstDay: LegalDate;
  /** The period ends at 24:00 of this day; a Saturday, Sunday or holiday does not move it. */
  readonly lastDay: LegalDate;
}

/**
 * A period of months that starts the day after an event. The event day is not counted; the period ends on the
 * day before the corresponding day of the last month, or, where that month has no such day, on its last day.
 * 公投法 §6 → 選罷法 §5; 行政程序法 §48 II–III.
 */
export function monthsAfter(event: LegalDate, months: number): LegalPeriod {
  const first = Temporal.PlainDate.from(event).add({ days: 1 });
  const corresponding = first.add({ months }, { overflow: 'constrain' });
  const exists = corresponding.day === first.day;
  return {
    firstDay: first.toString(),
    lastDay: (exists ? corresponding.subtract({ days: 1 }) : corresponding).toString(),
  };
}
