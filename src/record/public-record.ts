/** 公卷, as modules use it: appending inside their own transaction, and reading acts and states back. */
import type { Db, Tx } from '../platform/db/index.ts';
import { effectOf } from './count-fold.ts';
import type { Act, ActEntry, ActKind, RecordEntry } from './entry.ts';
import {
  type ActMark,
  aboutEntry,
  actMarks,
  actsOfCase,
  actsOfCases,
  entriesAt,
  entryOf,
  insertEntries,
  loggedActs,
  reserveIds,
  type StoredEntry,
} from './entry-store.ts';
import { actsAnywhere, actsOfNoCase } from './platform-acts-store.ts';
import { entryPreparer, isAct, readEntry } from './prepare-entry.ts';
import { RecordFault } from './record-fault.ts';

/** An act as it stands in the record; `index` is undefined while it is pending. */
export type RecordedAct = ActEntry & Readonly<{ index: number | undefined }>;

/**
 * What the record says of a commitment: public facts only. Whoever knows an unpublished commitment is its
 * signer, because it hides 256 random bits.
 */
export type CommitmentState =
  | Readonly<{ state: 'pending'; kind: string; case: string }>
  | Readonly<{ state: 'included'; index: number; kind: Act; case: string; tag: string }>
  | Readonly<{ state: 'held'; index: number; case: string; act: Act }>
  | Readonly<{
      state: 'counted-after-hold';
      index: number;
      settledAt: number;
      case: string;
      act: Act;
      tag: string;
    }>
  | Readonly<{
      state: 'refused-after-hold';
      index: number;
      settledAt: number;
      case: string;
      act: Act;
      code: string;
    }>
  | Readonly<{ state: 'voided'; index: number; voidedAt: number; case: string; act: Act; ground: string }>;

/** The face of the record for modules. Entries become public for ever: what is appended cannot be withdrawn. */
export type PublicRecord = Readonly<{
  /** Appends one entry in the caller's transaction and returns its id (not its index in the log). */
  append(tx: Tx, entry: RecordEntry): Promise<bigint>;
  /**
   * Appends many, in this order, under ids from {@link reserve} if given. Fails with `23505` on
   * `entry_commitment` when a commitment is already recorded, on `entry_settles_or_voids_once` when the entry
   * named is already settled or voided. Throws `RecordFault` for an entry that does not fit its kind.
   */
  appendMany(tx: Tx, entries: readonly RecordEntry[], ids?: readonly bigint[]): Promise<readonly bigint[]>;
  /** Ids for entries that rows must name before the entries are inserted. Unused ones leave harmless gaps. */
  reserve(tx: Tx, n: number): Promise<readonly bigint[]>;
  /** All acts of a case, oldest first, pending ones last: what a module folds. */
  acts(db: Db | Tx, caseNumber: string): Promise<readonly RecordedAct[]>;
  /** All acts of no case of one kind, oldest first, pending ones last: switches, closures, announcements. */
  actsOfKind(db: Db | Tx, kind: string): Promise<readonly RecordedAct[]>;
  /** As {@link PublicRecord.actsOfKind}, of any case and of none. */
  actsOfKindAnywhere(db: Db | Tx, kind: string): Promise<readonly RecordedAct[]>;
  /** The acts of many cases at once, each case's as {@link PublicRecord.acts} gives them. */
  actsOfMany(
    db: Db | Tx,
    caseNumbers: readonly string[],
  ): Promise<ReadonlyMap<string, readonly RecordedAct[]>>;
  /** Per case, whether anything was entered or logged since: equal marks, equal acts. One case's, or all. */
  marks(db: Db | Tx, caseNumber?: string): Promise<readonly ActMark[]>;
  /** Logged acts of a case, newest first; `before` is the smallest index of the page before. */
  course(
    db: Db,
    caseNumber: string,
    page: Readonly<{ before?: number; limit: number }>,
  ): Promise<readonly RecordedAct[]>;
  /** What became of a commitment; undefined if it was never recorded. */
  stateOf(db: Db, commitment: Uint8Array): Promise<CommitmentState | undefined>;
}>;

/** Makes the record's face for the platform's own kinds and those the modules declare. */
export function publicRecord(kinds: readonly ActKind[]): PublicRecord {
  const prepare = entryPreparer(kinds);
  const read = actReader();
  const appendMany: PublicRecord['appendMany'] = async (tx, entries, ids) => {
    if (entries.length === 0) return [];
    const prepared = entries.map(prepare);
    await checkReferences(tx, entries);
    const used = ids ?? (await reserveIds(tx, entries.length));
    if (used.length !== entries.length) throw new RangeError('as many ids as entries');
    await insertEntries(tx, prepared, used);
    return used;
  };
  return {
    appendMany,
    append: async (tx, entry) => {
      const [id] = await appendMany(tx, [entry]);
      if (id === undefined) throw new RecordFault('entry-invalid', 'no id');
      return id;
    },
    reserve: reserveIds,
    acts: async (db, caseNumber) => (await actsOfCase(db, caseNumber)).map(recordedAct),
    actsOfKind: async (db, kind) => (await actsOfNoCase(db, kind)).map(recordedAct),
    actsOfKindAnywhere: async (db, kind) => (await actsAnywhere(db, kind)).map(recordedAct),
    actsOfMany: async (db, caseNumbers) => {
      const acts = new Map<string, RecordedAct[]>();
      for (const row of await actsOfCases(db, caseNumbers)) {
        const caseNumber = row.initiative ?? '';
        const ofCase = acts.get(caseNumber);
        const act = { ...read(row), index: row.seq === null ? undefined : Number(row.seq) };
        if (ofCase === undefined) acts.set(caseNumber, [act]);
        else ofCase.push(act);
      }
      return acts;
    },
    marks: actMarks,
    course: async (db, caseNumber, { before, limit }) =>
      (await loggedActs(db, { caseNumber, before, limit })).map(recordedAct),
    stateOf: commitmentState,
  };
}

/** `settled` must name a logged `held`, `void` a logged counted entry, of the same case and act. */
async function checkReferences(tx: Tx, entries: readonly RecordEntry[]): Promise<void> {
  const referring = entries.flatMap((entry) => ('index' in entry ? [entry] : []));
  if (referring.length === 0) return;
  const rows = await entriesAt(
    tx,
    referring.map(({ index }) => index),
  );
  const targets = new Map(rows.map(({ seq, body }) => [Number(seq), effectOf(readEntry(body))]));
  for (const { kind, index, case: caseNumber, act } of referring) {
    const target = targets.get(index);
    const fits =
      kind === 'settled'
        ? target?.raises === 'held'
        : target?.raises === 'signed' || target?.raises === 'settledCounted';
    if (!fits || target?.caseNumber !== caseNumber || target.act !== act) {
      throw new RecordFault('entry-invalid', `${kind}: entry ${index} is nothing that it can be about`);
    }
  }
}

/** Acts kept in memory as they were read; beyond that they are read again. */
const MOST_READ = 20_000;

/** Reads acts, each only once as long as its row holds the same bytes: a case grows by one act at a time. */
function actReader(): (row: StoredEntry & Readonly<{ id: bigint }>) => ActEntry {
  const known = new Map<bigint, Readonly<{ body: Uint8Array; act: ActEntry }>>();
  return (row) => {
    const before = known.get(row.id);
    if (before !== undefined && Buffer.compare(before.body, row.body) === 0) return before.act;
    const act = actIn(row);
    if (known.size >= MOST_READ) known.clear();
    known.set(row.id, { body: row.body, act });
    return act;
  };
}

function actIn({ seq, body }: StoredEntry): ActEntry {
  const entry = readEntry(body);
  if (!isAct(entry))
    throw new RecordFault('database-inconsistent', `entry ${seq} is stored as an act and is none`);
  return entry;
}

const recordedAct = (row: StoredEntry): RecordedAct => ({
  ...actIn(row),
  index: row.seq === null ? undefined : Number(row.seq),
});

async function commitmentState(db: Db, commitment: Uint8Array): Promise<CommitmentState | undefined> {
  const found = await entryOf(db, commitment);
  if (found === undefined) return undefined;
  const entry = readEntry(found.entry.body);
  if (!('commitment' in entry))
    throw new RecordFault('database-inconsistent', 'a commitment without its entry');
  if (found.entry.seq === null) return { state: 'pending', kind: entry.kind, case: entry.case };
  const index = Number(found.entry.seq);
  if ('tag' in entry) {
    return (
      voidOf(found.about, index) ?? {
        state: 'included',
        index,
        kind: entry.kind,
        case: entry.case,
        tag: entry.tag,
      }
    );
  }
  const settled = found.about.find(({ kind }) => kind === 'settled');
  if (settled === undefined) return { state: 'held', index, case: entry.case, act: entry.act };
  return settledState(db, index, settled);
}

async function settledState(db: Db, index: number, { seq, body }: StoredEntry): Promise<CommitmentState> {
  const settled = readEntry(body);
  if (!('outcome' in settled))
    throw new RecordFault('database-inconsistent', `entry ${seq} is no settlement`);
  const facts = { index, settledAt: Number(seq), case: settled.case, act: settled.act };
  if (settled.outcome === 'refused') return { state: 'refused-after-hold', ...facts, code: settled.code };
  const voided = voidOf(await aboutEntry(db, BigInt(facts.settledAt)), index);
  return voided ?? { state: 'counted-after-hold', ...facts, tag: settled.tag };
}

function voidOf(about: readonly StoredEntry[], index: number): CommitmentState | undefined {
  const row = about.find(({ kind }) => kind === 'void');
  const entry = row === undefined ? undefined : readEntry(row.body);
  if (row === undefined || entry === undefined || !('ground' in entry)) return undefined;
  const { act, ground } = entry;
  return { state: 'voided', index, voidedAt: Number(row.seq), case: entry.case, act, ground };
}
