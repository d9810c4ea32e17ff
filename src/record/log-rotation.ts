/**
 * 更名: the log goes on under another name and other keys, as the same tree (ADR 0026). One transaction appends the
 * last entry under the old name and the first under the new one; each names the other.
 */
import { canonicalJson } from '@lianshu/statement';
import { formatVerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { ConnectionOptions } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { openJournal } from './journal.ts';
import { type NamedLog, writeBoth } from './log-rotation-entries.ts';
import { RecordFault } from './record-fault.ts';
import * as store from './sequencer-store.ts';
import { checkAtStart } from './start-check.ts';
import type { AskedWitnesses } from './start-check-witnesses.ts';
import { StartRefused } from './start-refused.ts';

/** Everything a rotation needs. The sequencer must be stopped: its lock is taken. */
export type RotationOptions = Readonly<{
  connection: ConnectionOptions;
  clock: Clock;
  old: NamedLog;
  next: NamedLog;
  /** The old key is in other hands: its signature proves nothing any more, and the record says so. */
  isStolen: boolean;
  journalFile: string;
  publicDirectory: string;
  /** Witnesses of the old name; after a theft they are not demanded, since the thief may have led them on. */
  witnessing: AskedWitnesses;
  /** The newest checkpoint that reached the quorum under the old name, with its cosignatures. */
  witnessed?: string;
}>;

/** What will be done, in the words that two people compare aloud. */
export type RotationPlan = Readonly<{
  from: string;
  to: string;
  /** Entries now; two more will follow. */
  size: number;
  root: string;
  newKeys: readonly string[];
  isStolen: boolean;
}>;

/** Twelve hexadecimal digits of a plan: whoever confirms them has read this plan and no other. */
export const confirmationOf = (plan: RotationPlan): string =>
  Buffer.from(sha256(canonicalJson(plan)))
    .toString('hex')
    .slice(0, 12);

/** What came of it. `done` with `isNew` false: the rotation was committed before and only its files may be missing. */
export type RotationResult =
  | Readonly<{ state: 'planned'; plan: RotationPlan }>
  | Readonly<{ state: 'other-plan'; plan: RotationPlan }>
  | Readonly<{ state: 'done'; isNew: boolean }>;

/**
 * Compares as a start does, and then plans (without `confirmed`) or rotates (when `confirmed` is the plan's
 * {@link confirmationOf}). Afterwards {@link import('./log-rotation-files.ts').publishRotation} makes it public.
 * @throws {RecordFault} `another-sequencer` while one is running; {@link StartRefused} when anything disagrees.
 */
export async function rotateLog(
  options: RotationOptions,
  confirmed: string | undefined,
): Promise<RotationResult> {
  const { connection, old, next } = options;
  if (old.origin === next.origin) throw new RecordFault('entry-invalid', 'the new name is the old one');
  const known = old.signers.map(({ key }) => base64(key.publicKey));
  if (next.signers.some(({ key }) => known.includes(base64(key.publicKey))))
    throw new RecordFault('entry-invalid', 'one of the new keys is an old one under another name');
  let broken: Error | undefined;
  const client = await store.connectSequencer(connection, (cause) => {
    broken = cause;
  });
  try {
    if (!(await store.tryLock(client)))
      throw new RecordFault('another-sequencer', 'a sequencer is running: stop it first, then try again');
    const found = await store.readLog(client, false);
    if (found?.origin === next.origin) return { state: 'done', isNew: false };
    const row = await checked(client, options);
    const plan: RotationPlan = {
      from: old.origin,
      to: next.origin,
      size: row.size,
      root: base64(row.root),
      newKeys: next.signers.map(({ key }) => formatVerifierKey(key)),
      isStolen: options.isStolen,
    };
    if (confirmed === undefined) return { state: 'planned', plan };
    if (confirmed !== confirmationOf(plan)) return { state: 'other-plan', plan };
    await carryOut(client, options, row);
    if (broken !== undefined)
      throw new RecordFault('unknown-outcome', 'the database connection broke', broken);
    return { state: 'done', isNew: true };
  } finally {
    await client.end().catch(() => undefined);
  }
}

async function checked(client: store.SequencerConnection, options: RotationOptions): Promise<store.LogRow> {
  const { clock, old, journalFile, publicDirectory, witnessing, isStolen } = options;
  const { severity, findings, row } = await checkAtStart({
    client,
    origin: old.origin,
    keys: old.signers.map(({ key }) => key),
    journalFile,
    publicDirectory,
    adoptWithoutJournal: false,
    witnessing: isStolen ? { policy: undefined, mayRunWithout: true } : witnessing,
    nowMs: clock.nowMs(),
  });
  if (severity === 'refuse' || severity === 'read-only') throw new StartRefused(findings);
  if (row === undefined) throw new RecordFault('database-inconsistent', 'there is no log yet to rename');
  return row;
}

async function carryOut(
  client: store.SequencerConnection,
  options: RotationOptions,
  seen: store.LogRow,
): Promise<void> {
  const { clock, journalFile } = options;
  const journal = await openJournal(journalFile, seen);
  try {
    await store.begin(client);
    let heads: readonly store.LogRow[];
    try {
      heads = await writeBoth(client, options, seen, clock.nowMs());
    } catch (error) {
      await store.rollback(client).catch(() => undefined);
      throw error;
    }
    const outcome = await store.commit(client).catch((cause: unknown) => {
      throw new RecordFault(
        'unknown-outcome',
        'whether the log was renamed is unknown: run this again',
        cause,
      );
    });
    if (outcome === 'rolled-back') throw new Error('the rotation was rolled back by the database');
    for (const head of heads) await journal.append(head);
    if (outcome === 'unsure')
      throw new RecordFault('unknown-outcome', 'renamed here; a standby was not waited for');
  } finally {
    await journal.close();
  }
}
