/** Whether every number that is shown is what the entries give at the checkpoint it names. */
import type { Alert } from './alert.ts';
import { compareShown, isShown, isWithheld } from './compare-numbers.ts';
import type { LogSource } from './log-source.ts';
import { type Shown, shownByLog, shownBySite } from './published-numbers.ts';
import type { WatchedLog } from './watched-log.ts';

/** What a site shows of all cases of the record, read now. */
export async function readShown(
  log: WatchedLog,
  source: LogSource,
  site: LogSource | undefined,
): Promise<ReadonlyMap<string, readonly Shown[]>> {
  const numbers = new Set(log.fold.groups.map((group) => group.split('/')[0] ?? ''));
  const shown = new Map<string, readonly Shown[]>();
  for (const caseNumber of numbers) {
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

async function compareOne(
  log: WatchedLog,
  caseNumber: string,
  shown: Shown,
  all: readonly Shown[],
): Promise<readonly Alert[]> {
  const alert = (code: 'count-mismatch' | 'count-unreadable', name: string, detail: string): Alert => ({
    id: `${code} ${caseNumber} ${shown.source} ${name}`,
    code,
    part: 'numbers',
    detail: `${caseNumber} ${shown.source}: ${detail}`.replace(/\p{C}/gu, '?').slice(0, 300),
    case: caseNumber,
  });
  if (!isShown(shown)) {
    return shown.code === 'shown-elsewhere' && !isWithheld(all, shown)
      ? []
      : [alert('count-unreadable', shown.code, `${shown.code} ${shown.detail}`)];
  }
  // The tree is asked for the root that is claimed; what cannot be proven now is asked again in the next round.
  const had = shown.size > log.fold.size ? undefined : await log.hadRoot(shown.size, shown.root);
  if (had === undefined && shown.size <= log.fold.size) {
    return [alert('count-unreadable', 'root', `root of ${shown.size} cannot be proven`)];
  }
  const rootAt = () => (had === true ? shown.root : undefined);
  return compareShown(log.fold, rootAt, caseNumber, shown).map((difference) => {
    const { name, shown: theirs, recounted } = difference;
    const evidence = { name, shown: theirs, recounted, size: shown.size, root: shown.root };
    return { ...alert('count-mismatch', name, `${name} ${theirs} ≠ ${recounted} @ ${shown.size}`), evidence };
  });
}

/** Compares everything shown with the record. The record must have been read at least as far. */
export async function watchNumbers(
  log: WatchedLog,
  shown: ReadonlyMap<string, readonly Shown[]>,
): Promise<readonly Alert[]> {
  const found: Alert[] = [];
  for (const [caseNumber, all] of shown) {
    for (const one of all) found.push(...(await compareOne(log, caseNumber, one, all)));
  }
  return found;
}
