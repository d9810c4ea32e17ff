/** Whom a check of the registry is of: which groups of signatures, and how many counted in them when it ended. */
import type { FoldedAct, RecordFold } from './record-fold.ts';
import type { Tally } from './tally.ts';
import type { Act } from './verdict.ts';

const CHECKED: Readonly<Record<string, Act>> = {
  signers: 'joint-signature',
  proposers: 'proposal-signature',
};

/** The draft with whose proposers a case was filed: proposers are excluded there, and checked in the case. */
function draftOf(fold: RecordFold, caseNumber: string | undefined): string | undefined {
  const filed = fold.acts.find(({ kind, case: of }) => kind === 'initiative-filed' && of === caseNumber);
  const proposal = filed?.body?.['proposal'] as Readonly<{ draft?: unknown }> | undefined;
  return typeof proposal?.draft === 'string' ? proposal.draft : undefined;
}

/** The groups a `check-result` is of, as the fold names them; not each of them has a signature. */
export function groupsOf(fold: RecordFold, { case: of, body }: FoldedAct): readonly string[] {
  const act = CHECKED[String(body?.['of'])];
  if (act === undefined) return [];
  const cases = new Set([of, ...(act === 'proposal-signature' ? [draftOf(fold, of)] : [])]);
  return [...cases].flatMap((one) => (one === undefined ? [] : [`${one}/${act}`]));
}

/** A fold keeps its acts, and what counted before one never changes: worked out once. */
const talliesBefore = new WeakMap<FoldedAct, ReadonlyMap<string, Tally>>();

/**
 * How many electronic entries counted when a result was entered: those a check must be of, in a second round too, which
 * is of all who passed the first and of the supplement, without those deleted before. Paper is not in the record one by
 * one.
 */
export function countedBefore(fold: RecordFold, result: FoldedAct): number {
  const tallies = talliesBefore.get(result) ?? fold.talliesAt(result.index);
  talliesBefore.set(result, tallies);
  return groupsOf(fold, result).reduce((sum, group) => sum + (tallies.get(group)?.counted ?? 0), 0);
}
