/**
 * Terms of the law in whole days of the calendar (公民投票法 §6 → 公職人員選舉罷免法 §5; 行政程序法 §48 II–III). Written apart
 * from the server's own rule. A day outside the years 1 to 9999 is the empty text, which no entry names.
 */
const DAY_MS = 86_400_000;

const startOf = (day: string): number => Date.parse(`${day}T00:00:00Z`);

function dayOf(ms: number): string {
  if (Number.isNaN(ms)) return '';
  const text = new Date(ms).toISOString();
  return text.length === 24 && text >= '0001' ? text.slice(0, 10) : '';
}

/** The day so many days after. */
export const daysLater = (day: string, days: number): string => dayOf(startOf(day) + days * DAY_MS);

/** Whole days from one day to another; negative when it is earlier. */
export const daysBetween = (from: string, to: string): number => (startOf(to) - startOf(from)) / DAY_MS;

/**
 * The last day of a term of months that begins on the day after `event`: the day before the corresponding one of the
 * last month or, where that month has no such day, its last.
 */
export function monthsLater(event: string, months: number): string {
  const first = new Date(startOf(event) + DAY_MS);
  if (Number.isNaN(first.getTime())) return '';
  const [year, month, day] = [first.getUTCFullYear(), first.getUTCMonth() + months, first.getUTCDate()];
  const monthEnd = new Date(first).setUTCFullYear(year, month + 1, 0);
  if (new Date(monthEnd).getUTCDate() < day) return dayOf(monthEnd);
  return dayOf(new Date(first).setUTCFullYear(year, month, day) - DAY_MS);
}
