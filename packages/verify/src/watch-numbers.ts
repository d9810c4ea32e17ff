/** Whether every number that is shown is what the entries give at the checkpoint it names. */
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

/** What a site shows of all cases of the record, read now. */
export async function readShown(
  log: WatchedLog,
  source: LogSource,
  site: LogSource | undefined,
): Promise<ReadonlyMap<string, readonly Shown[]>> {
  const shown = new Map<string, readonly Shown[]>();
  for (const caseNumber of casesOf(log)) {
    shown.set(caseNumber, [
      await shownByLog(source, caseNumber),
      ...(site === undefined ? [] : await shownBySite(site, caseNumber)),
    ]);
  }
  return shown;
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

function mismatch(
  caseNumber: string,
  difference: Difference,
  of?: Readonly<{ size: number; root: string }>,
): Alert {
  const { source, name, shown, recounted } = difference;
  const at = of === undefined ? '' : ` @ ${of.size}`;
  const detail = `${name} ${shown} ≠ ${recounted}${at}`;
  return {
    ...alertOf(caseNumber, source, { code: 'count-mismatch', name, detail }),
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
