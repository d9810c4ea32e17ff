/** Whether every number that is shown is what the entries give at the checkpoint it names. */
import { setTimeout as pause } from 'node:timers/promises';
import type { Alert } from './alert.ts';
import { coursesOf } from './case-course.ts';
import { compareShown, compareUnmarked, type Difference, isShown } from './compare-numbers.ts';
import type { LogSource } from './log-source.ts';
import { type NumberSource, type Shown, shownByLog, shownBySite } from './published-numbers.ts';
import type { WatchedLog } from './watched-log.ts';

/** Every case that the record names, whether or not anybody signed it. */
const casesOf = ({ fold }: WatchedLog): ReadonlySet<string> =>
  new Set([
    ...fold.groups.map((group) => group.split('/')[0] ?? ''),
    ...coursesOf(fold).map(({ caseNumber }) => caseNumber),
  ]);

/** Cases asked about at a time. */
const AT_ONCE = 8;

/** What was shown of the cases there was time for, and the others. */
export type ReadNumbers = Readonly<{
  shown: ReadonlyMap<string, readonly Shown[]>;
  unread: readonly string[];
}>;

/**
 * What a site shows of all cases of the record, read now, those of `first` before the others. One that answers slowly
 * enough for each request may not hold up the whole round: after `withinMs` the rest is left unread.
 */
export async function readShown(
  log: WatchedLog,
  {
    source,
    site,
    withinMs,
    first,
  }: Readonly<{
    source: LogSource;
    site?: LogSource | undefined;
    withinMs: number;
    first: readonly string[];
  }>,
): Promise<ReadNumbers> {
  const cases = casesOf(log);
  const order = [...new Set([...first.filter((caseNumber) => cases.has(caseNumber)), ...cases])];
  const shown = new Map<string, readonly Shown[]>();
  const waiting = order.values();
  let isOver = false;
  const readNext = async (): Promise<void> => {
    for (const caseNumber of waiting) {
      if (isOver) return;
      // In this order: a page may be newer than the counts file, and never rightly older.
      const counts = await shownByLog(source, caseNumber);
      const more = site === undefined || isOver ? [] : await shownBySite(site, caseNumber);
      if (!isOver) shown.set(caseNumber, [counts, ...more]);
    }
  };
  const given = new AbortController();
  const late = pause(withinMs, undefined, { signal: given.signal }).catch(() => undefined);
  await Promise.race([Promise.all(Array.from({ length: AT_ONCE }, readNext)), late]);
  isOver = true;
  given.abort();
  return { shown, unread: order.filter((caseNumber) => !shown.has(caseNumber)) };
}

/** That not everything could be read in time. */
export function unreadAlerts({ shown, unread }: ReadNumbers, withinMs: number): readonly Alert[] {
  if (unread.length === 0) return [];
  const some = unread.slice(0, 10).join(', ');
  const detail = `${unread.length} of ${shown.size + unread.length} cases unread within ${withinMs / 1000} s: ${some}`;
  return [{ id: 'count-unreadable', code: 'count-unreadable', part: 'site', detail }];
}

/** The largest checkpoint that anything shown names. */
export const largestShown = (shown: ReadonlyMap<string, readonly Shown[]>): number =>
  Math.max(0, ...[...shown.values()].flat().map((one) => (isShown(one) ? one.size : 0)));

type NumberAlert = Readonly<{ code: 'count-mismatch' | 'count-unreadable'; name: string; detail: string }>;

const alertOf = (caseNumber: string, source: NumberSource, { code, name, detail }: NumberAlert): Alert => ({
  id: `${code} ${caseNumber} ${source} ${name}`,
  code,
  part: 'numbers',
  detail: `${caseNumber} ${source}: ${detail}`.replace(/\p{C}/gu, '?').slice(0, 300),
  case: caseNumber,
});

/** A number as it was shown; NaN for what is none. */
const numberOf = (shown: number | string): number =>
  typeof shown === 'number' ? shown : Number(shown.replace(/^press |,/g, '') || Number.NaN);

function mismatch(
  caseNumber: string,
  difference: Difference,
  of?: Readonly<{ size: number; root: string }>,
): Alert {
  const { source, name, shown, recounted } = difference;
  const at = of === undefined ? '' : ` @ ${of.size}`;
  const detail = `${name} ${shown} ≠ ${recounted}${at}`;
  const grade = Math.abs(numberOf(shown) - numberOf(recounted));
  return {
    ...alertOf(caseNumber, source, { code: 'count-mismatch', name, detail }),
    ...(Number.isNaN(grade) ? {} : { grade }),
    evidence: { name, shown, recounted, ...of },
  };
}

function compareOne(log: WatchedLog, caseNumber: string, shown: Shown): readonly Alert[] {
  const unreadable = (name: string, detail: string): readonly Alert[] => [
    alertOf(caseNumber, shown.source, { code: 'count-unreadable', name, detail }),
  ];
  if (!isShown(shown)) {
    const { code, detail } = shown;
    if (code === 'shown-elsewhere' || code === 'shown-none') return [];
    // A case that nobody has signed has no counts file.
    const isUncounted = !log.fold.groups.some((group) => group.startsWith(`${caseNumber}/`));
    if (isUncounted && shown.source === 'counts' && code === 'shown-missing') return [];
    return unreadable(code, `${code} ${detail}`);
  }
  const { size, root } = shown;
  const rootAt = () => (log.hadRoot(size, root) === true ? root : undefined);
  return compareShown(log.fold, rootAt, caseNumber, shown).map((difference) =>
    mismatch(caseNumber, difference, { size, root }),
  );
}

/** Compares everything shown with the record. The record must have been read at least as far. */
export function watchNumbers(
  log: WatchedLog,
  shown: ReadonlyMap<string, readonly Shown[]>,
): readonly Alert[] {
  const found: Alert[] = [];
  const retold = new Set(coursesOf(log.fold).flatMap((course) => (course.isOurs ? [] : [course.caseNumber])));
  for (const [caseNumber, all] of shown) {
    for (const one of all) found.push(...compareOne(log, caseNumber, one));
    const unmarked = compareUnmarked(log.fold, caseNumber, { isOurs: !retold.has(caseNumber), all });
    found.push(...unmarked.map((difference) => mismatch(caseNumber, difference)));
  }
  return found;
}
