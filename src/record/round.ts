/** One round of the sequencer: one transaction from the pending entries to a signed checkpoint (trust.md §1). */
import { checkpointText, leafHash, type NoteSigner, signNote, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { type Clock, utcIso } from '../platform/time.ts';
import { sameBytes } from './bytes.ts';
import { countKey, effectOf, ZERO_COUNT } from './count-fold.ts';
import { type Act, actOfNumber } from './entry.ts';
import type { JournalLine } from './journal.ts';
import { readEntry } from './prepare-entry.ts';
import { RecordFault } from './record-fault.ts';
import { orderRound } from './round-order.ts';
import * as store from './sequencer-store.ts';

/** Where a test may stop a round, in the order of the round; each is named after what has just been done. */
export const ROUND_STEPS = [
  'begun',
  'locked',
  'ordered',
  'assigned',
  'tiled',
  'signed',
  'swapped',
  'committed',
  'journaled',
  'released',
] as const;

/** See {@link ROUND_STEPS}. */
export type RoundStep = (typeof ROUND_STEPS)[number];

export type RoundDeps = Readonly<{
  client: store.SequencerConnection;
  clock: Clock;
  /** The log's own keys, Ed25519 first. */
  signers: readonly NoteSigner[];
  atStep: (step: RoundStep) => Promise<void>;
}>;

/** What a committed round did. Its checkpoint is still secret: the journal comes first. */
export type Round = Readonly<{ size: number; root: Uint8Array; entries: number; kinds: ReadonlySet<string> }>;

/** Most entries in one round; the rest waits for the next, a few milliseconds later. */
const MOST_ENTRIES = 4096;

/**
 * Runs one round; undefined when nothing was pending. `last` is what the round before left: a log that differs
 * means a second sequencer. Throws `RecordFault` when going on would be unsafe; any other error is a database
 * error before COMMIT, after which the round may be tried again.
 */
export async function runRound(deps: RoundDeps, last: JournalLine): Promise<Round | undefined> {
  const { client, atStep } = deps;
  await store.begin(client);
  let prepared: Prepared | undefined;
  try {
    await atStep('begun');
    prepared = await prepareRound(deps, last);
  } catch (error) {
    await store.rollback(client).catch(() => undefined);
    throw error;
  }
  if (prepared === undefined) {
    await store.rollback(client);
    return undefined;
  }
  let outcome: store.CommitOutcome;
  try {
    outcome = await store.commit(client);
  } catch (cause) {
    throw new RecordFault('unknown-outcome', `whether size ${prepared.size} is committed is unknown`, cause);
  }
  if (outcome === 'unsure') {
    throw new RecordFault(
      'unknown-outcome',
      `size ${prepared.size} is committed here; a standby was not waited for`,
    );
  }
  if (outcome === 'rolled-back') throw new Error('the round was rolled back by the database');
  await atStep('committed');
  return prepared;
}

type Prepared = Round;

async function prepareRound(
  { client, clock, signers, atStep }: RoundDeps,
  last: JournalLine,
): Promise<Prepared | undefined> {
  const row = await store.readLog(client, true);
  if (row === undefined || row.size !== last.size || !sameBytes(row.root, last.root)) {
    throw new RecordFault(
      'another-sequencer',
      `the log has size ${row?.size}; this sequencer left it at ${last.size}: another one is writing`,
    );
  }
  await atStep('locked');
  const entries = orderRound(await store.pendingEntries(client, MOST_ENTRIES));
  if (entries.length === 0) return undefined;
  await atStep('ordered');
  const nowMs = clock.nowMs();
  if (nowMs < row.signedAtMs) {
    throw new RecordFault(
      'clock-moved-back',
      `now is ${utcIso(nowMs)}, the last checkpoint ${utcIso(row.signedAtMs)}`,
    );
  }

  if (
    !(await store.assignIndexes(
      client,
      entries.map(({ id }) => id),
      row.size,
    ))
  ) {
    throw new RecordFault('another-sequencer', 'an entry of this round has an index already');
  }
  await atStep('assigned');

  const old = TreeEdge.decode(sha256, row.edge);
  if (old === undefined || old.size !== row.size) {
    throw new RecordFault('database-inconsistent', 'the right edge does not fit the size');
  }
  const { edge, fullTiles } = old.append(entries.map(({ body }) => leafHash(sha256, body)));
  await store.insertTiles(client, fullTiles);
  await store.moveCounts(client, countMoves(entries));
  await atStep('tiled');

  const head = { origin: row.origin, size: edge.size, root: edge.root() };
  const checkpoint = signNote(checkpointText(head), signers);
  await atStep('signed');
  const next = { ...head, edge: edge.encode(), checkpoint, signedAtMs: nowMs };
  if (!(await store.moveLog(client, row, next, utcIso(nowMs)))) {
    throw new RecordFault('another-sequencer', `compare-and-swap from size ${row.size} failed`);
  }
  await atStep('swapped');
  return { ...head, entries: entries.length, kinds: new Set(entries.map(({ kind }) => kind)) };
}

/** What the round adds to the counts. A case whose first act appears gets its row of zeros. */
function countMoves(entries: readonly store.PendingEntry[]): readonly store.CountMove[] {
  const moves = new Map<
    string,
    { caseNumber: string; act: Act; adds: Record<keyof typeof ZERO_COUNT, number> }
  >();
  const moveOf = (caseNumber: string, act: Act) => {
    const key = countKey(caseNumber, act);
    const move = moves.get(key) ?? { caseNumber, act, adds: { ...ZERO_COUNT } };
    moves.set(key, move);
    return move;
  };
  for (const { kind, caseNumber, body } of entries) {
    if (caseNumber === null) continue;
    if (kind === 'joint-signature' || kind === 'proposal-signature') {
      moveOf(caseNumber, kind).adds.signed += 1;
      continue;
    }
    const entry = readEntry(body);
    // The database refuses such a row at insert (migration 0020); met all the same, it is not counted as either.
    if (entry.kind !== kind || entry.case !== caseNumber)
      throw new RecordFault('database-inconsistent', `an entry of kind ${kind} is not what its row says`);
    const effect = effectOf(entry);
    if (effect === undefined) moveOf(caseNumber, actOfNumber(caseNumber));
    else moveOf(effect.caseNumber, effect.act).adds[effect.raises] += 1;
  }
  return [...moves.values()];
}
