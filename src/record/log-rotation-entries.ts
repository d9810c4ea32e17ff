/** The two entries between which a log changes its name, and the row that does it. */
import type { canonicalJson } from '@lianshu/statement';
import {
  checkpointText,
  formatVerifierKey,
  leafHash,
  type NoteSigner,
  signNote,
  TreeEdge,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { taipeiTimestamp, utcIso } from '../platform/time.ts';
import { base64 } from './bytes.ts';
import { insertFormer, insertKeyEvent, renameLog } from './former-log-store.ts';
import { entryPreparer } from './prepare-entry.ts';
import { readConditionOn, writeCondition } from './record-condition-store.ts';
import { RecordFault } from './record-fault.ts';
import * as store from './sequencer-store.ts';

/** A name and the keys that sign under it. */
export type NamedLog = Readonly<{ origin: string; signers: readonly NoteSigner[] }>;

/** From which name to which, and why. */
export type Renaming = Readonly<{
  old: NamedLog;
  next: NamedLog;
  isStolen: boolean;
  /** The newest checkpoint that reached the quorum under the old name, with its cosignatures. */
  witnessed?: string;
}>;

const LONGEST_WITNESSED = 32_768;

/** Both entries and the new name, in the open transaction; returns the two heads. */
export async function writeBoth(
  client: store.SequencerConnection,
  options: Renaming,
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
