import { actOfNumber } from './entry-kinds.ts';
import type { NumberSource, Shown, ShownNumbers } from './published-numbers.ts';
import type { RecordFold } from './record-fold.ts';
import { EMPTY_TALLY, type Tally } from './tally.ts';

/** One number that is not what the entries give. `root` and `size` stand here too: a number needs its checkpoint. */
export type Difference = Readonly<{
  source: NumberSource;
  name: string;
  shown: number | string;
  recounted: number | string;
}>;

/** The root of the verified tree at a size, base64; undefined for a size it does not know. */
export type RootAt = (size: number) => string | undefined;

const ACTS = ['joint-signature', 'proposal-signature'] as const;

/** Proposers on paper as officers counted them, of one draft; an entry that was replaced no longer speaks. */
function paperProposersOf(fold: RecordFold, group: string, size: number): number | undefined {
  const own = fold.acts.filter(
    ({ kind, index, case: of }) =>
      kind === 'paper-proposers' && index < size && `${of}/proposal-signature` === group,
  );
  if (own.length === 0) return undefined;
  const replaced = new Set(own.map(({ replaces }) => replaces));
  return own
    .filter(({ index }) => !replaced.has(index))
    .reduce((sum, { body }) => sum + Number(body?.['count']), 0);
}

/**
 * Signatures on paper as the record says them: the sum over the `paper-batch` entries of one case and act, or of a
 * draft's `paper-proposers`.
 */
export function paperOf(fold: RecordFold, group: string, size = fold.size): number | undefined {
  if (group.startsWith('D')) return paperProposersOf(fold, group, size);
  const batches = fold.acts.filter(
    ({ kind, index, case: of, body }) =>
      kind === 'paper-batch' && index < size && `${of}/${body?.['act']}` === group,
  );
  if (batches.length === 0) return undefined;
  const counts = batches.flatMap(({ body }) => Object.values(body?.['townships'] ?? {}));
  return counts.reduce<number>((sum, value) => sum + Number(value), 0);
}

/** The numbers that follow from the entries below `size`, by name; `shown` is what a page shows, paper included. */
function recount(fold: RecordFold, caseNumber: string, size: number): ReadonlyMap<string, number> {
  const tallies = fold.talliesAt(size);
  const numbers = new Map<string, number>();
  for (const act of ACTS) {
    const tally: Tally = tallies.get(`${caseNumber}/${act}`) ?? EMPTY_TALLY;
    for (const [name, value] of Object.entries(tally)) numbers.set(`${act}/${name}`, value);
    numbers.set(`${act}/shown`, tally.counted + (paperOf(fold, `${caseNumber}/${act}`, size) ?? 0));
  }
  return numbers;
}

function compareActs(
  fold: RecordFold,
  caseNumber: string,
  { source, acts, size }: ShownNumbers,
): Difference[] {
  if (acts === undefined) return [];
  const own = fold.acts
    .filter((act) => act.case === caseNumber && act.index < size)
    .map(({ index }) => index);
  const listed = new Set(acts);
  const ours = new Set(own);
  const missing = own.filter((index) => !listed.has(index));
  const invented = acts.filter((index) => index < size && !ours.has(index));
  const of = (name: string, indexes: readonly number[], isOurs: boolean): Difference[] =>
    indexes.slice(0, 10).map((index) => ({
      source,
      name,
      shown: isOurs ? '-' : index,
      recounted: isOurs ? index : '-',
    }));
  return [...of('acts', missing, true), ...of('acts', invented, false)];
}

/**
 * Compares what a source shows with what the entries give at the very checkpoint it names. A number of an unknown
 * checkpoint is a difference: every number shown must be some checkpoint's.
 */
export function compareShown(
  fold: RecordFold,
  rootAt: RootAt,
  caseNumber: string,
  shown: ShownNumbers,
): readonly Difference[] {
  const { source, size, root, numbers } = shown;
  if (size > fold.size) return [{ source, name: 'size', shown: size, recounted: fold.size }];
  const own = rootAt(size);
  if (own !== root) return [{ source, name: 'root', shown: `${size} ${root}`, recounted: own ?? '?' }];
  const ours = recount(fold, caseNumber, size);
  const differences = [...numbers]
    .filter(([name, value]) => ours.get(name) !== value)
    .map(([name, value]) => ({ source, name, shown: value, recounted: ours.get(name) ?? 0 }));
  // An act left out of the counts file is shown as zero.
  const silent =
    source !== 'counts'
      ? []
      : [...ours].filter(([name, value]) => value !== 0 && !numbers.has(name) && !name.endsWith('/shown'));
  return [
    ...differences,
    ...silent.map(([name, value]) => ({ source, name, shown: '-', recounted: value })),
    ...compareActs(fold, caseNumber, shown),
  ];
}

/** Whether a source showed numbers at all. */
export const isShown = (shown: Shown): shown is ShownNumbers => 'numbers' in shown;

/**
 * What a source that names no checkpoint contradicts. Of a case whose signatures are collected here every number shown
 * must be some checkpoint's; and where the counts file has a number, a page or API that has none withholds it. Of a
 * case told from public reports (`isOurs` false) neither is wrong.
 */
export function compareUnmarked(
  fold: RecordFold,
  caseNumber: string,
  { isOurs, all }: Readonly<{ isOurs: boolean; all: readonly Shown[] }>,
): readonly Difference[] {
  if (!isOurs) return [];
  const isCounted = all.some(
    (one) => isShown(one) && one.source === 'counts' && one.numbers.has(`${actOfNumber(caseNumber)}/counted`),
  );
  const recounted = recount(fold, caseNumber, fold.size).get(`${actOfNumber(caseNumber)}/shown`) ?? 0;
  return all.flatMap((one) => {
    if (isShown(one)) return [];
    // Before signing opens a page rightly shows no number, and there is none to hide.
    const isHidden = one.code === 'shown-none' && isCounted && recounted !== 0;
    const isWrong = one.code === 'shown-elsewhere' || isHidden;
    const shown = one.code === 'shown-none' ? '-' : one.detail;
    return isWrong ? [{ source: one.source, name: 'unmarked', shown, recounted }] : [];
  });
}
