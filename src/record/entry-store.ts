/** SQL on `entry` for those who append and those who read. The sequencer has its own store. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import type { PreparedEntry } from './prepare-entry.ts';

/** Rows in one statement: few distinct statement texts, far from the limit of 65,535 parameters. */
const ROWS_PER_STATEMENT = 500;

/** Takes `n` ids from the sequence of entries, so that a row can name its entry before the entry is inserted. */
export async function reserveIds(tx: Tx, n: number): Promise<readonly bigint[]> {
  const { rows } = await sql<{ id: bigint }>`
    select nextval('entry_id_seq') as id from generate_series(1, ${n}::int)`.execute(tx);
  return rows.map(({ id }) => id);
}

/** Inserts pending entries under the given ids. */
export async function insertEntries(
  tx: Tx,
  entries: readonly PreparedEntry[],
  ids: readonly bigint[],
): Promise<void> {
  const rows = entries.map(({ kind, caseNumber, commitment, about, isAct, body }, i) => ({
    ...(ids[i] === undefined ? {} : { id: ids[i] }),
    kind,
    initiative: caseNumber,
    commitment,
    about,
    is_act: isAct,
    body,
  }));
  for (let at = 0; at < rows.length; at += ROWS_PER_STATEMENT) {
    await tx
      .insertInto('entry')
      .values(rows.slice(at, at + ROWS_PER_STATEMENT))
      .execute();
  }
}

/** A stored entry; `seq` is null while it waits for the sequencer. */
export type StoredEntry = Readonly<{ seq: bigint | null; kind: string; body: Uint8Array }>;

/** All acts of a case in order of entering, those still pending included. */
export function actsOfCase(db: Db | Tx, caseNumber: string): Promise<readonly StoredEntry[]> {
  return db
    .selectFrom('entry')
    .select(['seq', 'kind', 'body'])
    .where('initiative', '=', caseNumber)
    .where('is_act', '=', true)
    .orderBy('id')
    .execute();
}

/** How many acts a case has and how many of them have their index: unchanged as long as nothing about them changed. */
export type ActMark = Readonly<{ caseNumber: string; acts: number; logged: number }>;

/** The marks of every case, or of one, in one query that reads no body. */
export async function actMarks(db: Db | Tx, caseNumber?: string): Promise<readonly ActMark[]> {
  let query = db
    .selectFrom('entry')
    .select((of) => [
      'initiative',
      of.fn.countAll<bigint>().as('acts'),
      of.fn.count<bigint>('seq').as('logged'),
    ])
    .where('is_act', '=', true)
    .where('initiative', 'is not', null)
    .groupBy('initiative');
  if (caseNumber !== undefined) query = query.where('initiative', '=', caseNumber);
  const rows = await query.execute();
  return rows.flatMap(({ initiative, acts, logged }) =>
    initiative === null ? [] : [{ caseNumber: initiative, acts: Number(acts), logged: Number(logged) }],
  );
}

/** All acts of these cases in order of entering, in one query. */
export async function actsOfCases(
  db: Db | Tx,
  caseNumbers: readonly string[],
): Promise<readonly (StoredEntry & Readonly<{ id: bigint; initiative: string | null }>)[]> {
  if (caseNumbers.length === 0) return [];
  return db
    .selectFrom('entry')
    .select(['id', 'initiative', 'seq', 'kind', 'body'])
    .where(sql<boolean>`initiative = any(${caseNumbers}::text[])`)
    .where('is_act', '=', true)
    .orderBy('initiative')
    .orderBy('id')
    .execute();
}

/** Logged acts of a case, newest first, below index `before`. */
export function loggedActs(
  db: Db,
  page: Readonly<{ caseNumber: string; before: number | undefined; limit: number }>,
): Promise<readonly StoredEntry[]> {
  let query = db
    .selectFrom('entry')
    .select(['seq', 'kind', 'body'])
    .where('initiative', '=', page.caseNumber)
    .where('is_act', '=', true)
    .where('seq', 'is not', null);
  if (page.before !== undefined) query = query.where('seq', '<', BigInt(page.before));
  return query.orderBy('seq', 'desc').limit(page.limit).execute();
}

/** The entry of a commitment, and what settled or voided it. */
export async function entryOf(
  db: Db,
  commitment: Uint8Array,
): Promise<Readonly<{ entry: StoredEntry; about: readonly StoredEntry[] }> | undefined> {
  const entry = await db
    .selectFrom('recorded_commitment as c')
    .innerJoin('entry as e', 'e.id', 'c.entry_id')
    .select(['e.seq', 'e.kind', 'e.body'])
    .where('c.commitment', '=', commitment)
    .executeTakeFirst();
  if (entry === undefined) return undefined;
  return { entry, about: entry.seq === null ? [] : await aboutEntry(db, entry.seq) };
}

/** Logged entries that settle or void the entry at `seq`. */
export function aboutEntry(db: Db, seq: bigint): Promise<readonly StoredEntry[]> {
  return db
    .selectFrom('entry')
    .select(['seq', 'kind', 'body'])
    .where('about', '=', seq)
    .where('kind', 'in', ['settled', 'void'])
    .where('seq', 'is not', null)
    .execute();
}

/** Bodies of the entries `[from, to)`, in log order. */
export async function bodiesBetween(db: Db | Tx, from: number, to: number): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('entry')
    .select('body')
    .where('seq', '>=', BigInt(from))
    .where('seq', '<', BigInt(to))
    .orderBy('seq')
    .execute();
  return rows.map(({ body }) => body);
}

/** Which of these commitments are in the log below `size`, with index and leaf bytes. */
export function loggedAmong(
  db: Db,
  commitments: readonly Uint8Array[],
  size: number,
): Promise<readonly { commitment: Uint8Array; seq: bigint | null; body: Uint8Array }[]> {
  return db
    .selectFrom('recorded_commitment as c')
    .innerJoin('entry as e', 'e.id', 'c.entry_id')
    .select(['c.commitment', 'e.seq', 'e.body'])
    .where('c.commitment', 'in', commitments)
    .where('e.seq', '<', BigInt(size))
    .execute();
}

/** Logged entries at these indexes. */
export function entriesAt(
  db: Db | Tx,
  indexes: readonly number[],
): Promise<readonly { seq: bigint | null; body: Uint8Array }[]> {
  return db.selectFrom('entry').select(['seq', 'body']).where('seq', 'in', indexes.map(BigInt)).execute();
}
