/** The order of the entries of one round (trust.md §1, "Sequencer"). */
import { compareBytes } from './bytes.ts';

/** What ordering needs to know of a pending entry; given in order of entering. */
export type Orderable = Readonly<{
  kind: string;
  caseNumber: string | null;
  commitment: Uint8Array | null;
  about: number | null;
}>;

const BEFORE_SIGNATURES = 0;
const SIGNATURES = 1;
const SETTLED = 2;
const AFTER_SIGNATURES = 3;

/**
 * Orders one round: first each case's acts up to its `opened` (a draft's `proposal-opened`), then signatures and `held` by commitment, then
 * `settled` by the index they settle, then all other acts as entered. So nobody reads from the log who came
 * before whom within a round; a case's signatures never precede its opening; and `closed`, entered under the
 * lock that waits for intake, follows every signature received before the end.
 */
export function orderRound<E extends Orderable>(entered: readonly E[]): readonly E[] {
  const lastOpened = new Map<string | null, number>();
  for (const [i, { kind, caseNumber }] of entered.entries())
    if (kind === 'opened' || kind === 'proposal-opened') lastOpened.set(caseNumber, i);
  const phase = ({ kind, commitment, caseNumber }: E, i: number): number => {
    if (commitment !== null) return SIGNATURES;
    if (kind === 'settled') return SETTLED;
    const opened = lastOpened.get(caseNumber);
    return opened !== undefined && i <= opened ? BEFORE_SIGNATURES : AFTER_SIGNATURES;
  };
  const keyed = entered.map((entry, i) => ({ entry, i, phase: phase(entry, i) }));
  keyed.sort((a, b) => a.phase - b.phase || within(a.entry, b.entry) || a.i - b.i);
  return keyed.map(({ entry }) => entry);
}

/** Order within one phase; 0 leaves the order of entering. */
function within(a: Orderable, b: Orderable): number {
  if (a.commitment !== null && b.commitment !== null) return compareBytes(a.commitment, b.commitment);
  if (a.kind === 'settled' && b.kind === 'settled') return (a.about ?? 0) - (b.about ?? 0);
  return 0;
}
