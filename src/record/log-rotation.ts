/**
 * 更名: the log goes on under another name and other keys, as the same tree (ADR 0026). One transaction appends the
 * last entry under the old name and the first under the new one; each names the other.
 */
import { canonicalJson } from '@lianshu/statement';
import {
  checkpointText,
  formatVerifierKey,
  leafHash,
  type NoteSigner,
  signNote,
  TreeEdge,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { ConnectionOptions } from '../platform/db/index.ts';
import { type Clock, taipeiTimestamp, utcIso } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { insertFormer, insertKeyEvent, renameLog } from './former-log-store.ts';
import { openJournal } from './journal.ts';
import { entryPreparer } from './prepare-entry.ts';
import { readConditionOn, writeCondition } from './record-condition-store.ts';
import { RecordFault } from './record-fault.ts';
import * as store from './sequencer-store.ts';
import { checkAtStart } from './start-check.ts';
import type { AskedWitnesses } from './start-check-witnesses.ts';
import { StartRefused } from './start-refused.ts';

/** A name and the keys that sign under it. */
export type NamedLog = Readonly<{ origin: string; signers: readonly NoteSigner[] }>;

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

const LONGEST_WITNESSED = 32_768;

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

/** Both entries and the new name, in the open transaction; returns the two heads. */
async function writeBoth(
  client: store.SequencerConnection,
  options: RotationOptions,
  seen: store.LogRow,
  nowMs: number,
): Promise<readonly store.LogRow[]> {
  const { old, next, isStolen, witnessed } = options;
  const row = await store.readLog(client, true);
  if (row === undefined || row.size !== seen.size || row.origin !== old.origin)
    throw new RecordFault('another-sequencer', 'the log moved while it was to be renamed');
  if (nowMs < row.signedAtMs)
    throw new RecordFault('clock-moved-back', `now is ${utcIso(nowMs)}, the last checkpoint is later`);
  const keys = next.signers.map(({ key }) => formatVerifierKey(key));
  // Nothing may be entered after a refused start; these two entries are what leads out of it.
  const condition = await readConditionOn(client);
  await writeCondition(client, 'serving', []);
  const last = await appendOne(client, row, old, nowMs, {
    event: isStolen ? 'compromised' : 'replaced',
    origin: old.origin,
    purpose: 'log',
    successor: { keys, origin: next.origin },
  });
  const oldKeys = old.signers.map(({ key }) => `${formatVerifierKey(key)}\n`).join('');
  await insertFormer(client, { row: last, successor: next.origin, keys: oldKeys }, utcIso(nowMs));
  const { origin, size, root, checkpoint } = last;
  const fits = witnessed !== undefined && witnessed.length <= LONGEST_WITNESSED;
  const first = await appendOne(client, last, next, nowMs, {
    event: 'in-use',
    former: { checkpoint, origin, root: base64(root), size, ...(fits ? { witnessed } : {}) },
    keys,
    origin: next.origin,
    purpose: 'log',
  });
  if (condition !== undefined) await writeCondition(client, condition.state, condition.reasons);
  if (!(await renameLog(client, row, first, utcIso(nowMs))))
    throw new RecordFault('another-sequencer', `compare-and-swap from size ${row.size} failed`);
  return [last, first];
}

const prepare = entryPreparer([]);

/** Appends exactly this entry to the tree, whatever else is pending, and signs the head under `log`'s name. */
async function appendOne(
  client: store.SequencerConnection,
  row: store.LogRow,
  log: NamedLog,
  nowMs: number,
  body: Parameters<typeof canonicalJson>[0],
): Promise<store.LogRow> {
  const entry = prepare({
    at: taipeiTimestamp(nowMs),
    basis: '平台規則：公卷更名',
    body,
    capacity: 'operator',
    kind: 'key-event',
    v: 1,
  });
  const id = await insertKeyEvent(client, entry.body);
  if (!(await store.assignIndexes(client, [id], row.size)))
    throw new RecordFault('another-sequencer', 'the entry has an index already');
  const edge = TreeEdge.decode(sha256, row.edge);
  if (edge === undefined || edge.size !== row.size)
    throw new RecordFault('database-inconsistent', 'the right edge does not fit the size');
  const step = edge.append([leafHash(sha256, entry.body)]);
  await store.insertTiles(client, step.fullTiles);
  const head = { origin: log.origin, size: step.edge.size, root: step.edge.root() };
  const checkpoint = signNote(checkpointText(head), log.signers);
  return { ...head, edge: step.edge.encode(), checkpoint, signedAtMs: nowMs };
}
