/**
 * Official closures for a natural disaster move the end of a period to the next working day (公職人員選舉罷免法 §5; which
 * day is a default of the platform). Written apart from the server's own rule.
 */
import type { FoldedAct } from './record-fold.ts';

const DAY_MS = 86_400_000;

/** Days of closure that stand: one that a later entry replaced does not. */
export function closedDays(acts: readonly FoldedAct[]): ReadonlySet<string> {
  const closures = acts.filter(({ kind }) => kind === 'closure');
  const replaced = new Set(closures.map(({ replaces }) => replaces));
  return new Set(
    closures.flatMap(({ index, body }) => {
      const day = body?.['day'];
      return replaced.has(index) || typeof day !== 'string' ? [] : [day];
    }),
  );
}

const isWeekend = (ms: number): boolean => [0, 6].includes(new Date(ms).getUTCDay());

/** The last day after closures: only one on the last day itself moves it. A day that is none stays as it is. */
export function movedDay(lastDay: string, closed: ReadonlySet<string>): string {
  if (!closed.has(lastDay)) return lastDay;
  let ms = Date.parse(`${lastDay}T00:00:00Z`);
  if (Number.isNaN(ms)) return lastDay;
  const dayOf = () => new Date(ms).toISOString().slice(0, 10);
  do ms += DAY_MS;
  while (closed.has(dayOf()) || isWeekend(ms));
  return dayOf();
}
