/** 計數: how entries become counts. Counted = signature entries + settled as counted − void (trust.md §1). */
import type { Act, RecordEntry } from './entry.ts';
import { RecordFault } from './record-fault.ts';

/** The five numbers of one case and act; everything shown derives from them. */
export type CaseCount = Readonly<{
  /** Signature entries. */
  signed: number;
  held: number;
  settledCounted: number;
  settledRefused: number;
  voided: number;
}>;

export const ZERO_COUNT: CaseCount = { signed: 0, held: 0, settledCounted: 0, settledRefused: 0, voided: 0 };

/** Signatures that count now. */
export const countedOf = (count: CaseCount): number => count.signed + count.settledCounted - count.voided;

/** Held signatures still waiting for their outcome. */
export const waitingOf = (count: CaseCount): number =>
  count.held - count.settledCounted - count.settledRefused;

/** Which number of which case and act an entry raises by one; undefined for acts. */
export function effectOf(
  entry: RecordEntry,
): Readonly<{ caseNumber: string; act: Act; raises: keyof CaseCount }> | undefined {
  switch (entry.kind) {
    case 'joint-signature':
    case 'proposal-signature':
      return 'tag' in entry ? { caseNumber: entry.case, act: entry.kind, raises: 'signed' } : undefined;
    case 'held':
      return 'act' in entry ? { caseNumber: entry.case, act: entry.act, raises: 'held' } : undefined;
    case 'settled': {
      if (!('outcome' in entry)) return undefined;
      const raises = entry.outcome === 'counted' ? 'settledCounted' : 'settledRefused';
      return { caseNumber: entry.case, act: entry.act, raises };
    }
    case 'void':
      return 'ground' in entry ? { caseNumber: entry.case, act: entry.act, raises: 'voided' } : undefined;
    default:
      return undefined;
  }
}

/** Key of a count in maps: `<case>/<act>`. */
export const countKey = (caseNumber: string, act: Act): string => `${caseNumber}/${act}`;

/**
 * Recounts from the first entry on and checks what the numbers rest on: every `settled` names an open `held`
 * of its case and act, every `void` a counted entry. Must agree with the projection the sequencer keeps.
 * Throws `RecordFault` (`count-inconsistent`) otherwise.
 */
export function recount(entries: Iterable<RecordEntry>): ReadonlyMap<string, CaseCount> {
  const counts = new Map<string, CaseCount>();
  const standing = new Map<number, string>();
  let index = 0;
  for (const entry of entries) {
    const effect = effectOf(entry);
    if (effect !== undefined) {
      const key = countKey(effect.caseNumber, effect.act);
      move(standing, index, key, effect.raises, 'index' in entry ? entry.index : index);
      const count = counts.get(key) ?? ZERO_COUNT;
      counts.set(key, { ...count, [effect.raises]: count[effect.raises] + 1 });
    }
    index += 1;
  }
  return counts;
}

/** Keeps, by index, what stands: `held <key>` or `counted <key>`. What is settled as counted stands at the `settled` entry. */
function move(
  standing: Map<number, string>,
  index: number,
  key: string,
  raises: keyof CaseCount,
  about: number,
): void {
  const demand = (at: number, state: string): void => {
    if (standing.get(at) !== `${state} ${key}`) {
      throw new RecordFault(
        'count-inconsistent',
        `entry ${index} of ${key} is about entry ${at}, which is not ${state}`,
      );
    }
    standing.delete(at);
  };
  if (raises === 'held') standing.set(index, `held ${key}`);
  if (raises === 'signed') standing.set(index, `counted ${key}`);
  if (raises === 'settledRefused' || raises === 'settledCounted') demand(about, 'held');
  if (raises === 'settledCounted') standing.set(index, `counted ${key}`);
  if (raises === 'voided') demand(about, 'counted');
}
