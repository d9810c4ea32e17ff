/** SQL of the start check: reads only, all inside one snapshot. */
import type pg from 'pg';
import { type ConnectionOptions, singleConnection } from '../platform/db/index.ts';
import type { CaseCount } from './count-fold.ts';
import {
  type LogRow,
  readLog,
  readTiles,
  SEQUENCER_LOCK,
  type SequencerConnection,
} from './sequencer-store.ts';

/** A connection inside a snapshot. */
export type Snapshot = Pick<pg.Client, 'query'>;

/**
 * Runs `work` in a transaction that sees one moment and can write nothing. The caller has no transaction open on
 * this connection.
 */
export async function inSnapshot<T>(
  client: SequencerConnection,
  work: (snapshot: Snapshot, row: LogRow | undefined) => Promise<T>,
): Promise<T> {
  await client.query('begin isolation level repeatable read read only');
  try {
    return await work(client, await readLog(client, false));
  } finally {
    await client.query('rollback');
  }
}

/** How the indexes given lie: how many from `from` on, and the highest of all (-1 for none). */
export async function indexesFrom(
  client: Snapshot,
  from: number,
): Promise<Readonly<{ count: number; highest: number }>> {
  const { rows } = await client.query<{ count: bigint; highest: bigint }>(
    `select count(*) as count, (select coalesce(max(seq), -1) from entry) as highest
     from entry where seq >= $1`,
    [from],
  );
  return { count: Number(rows[0]?.count ?? 0n), highest: Number(rows[0]?.highest ?? -1n) };
}

/** The first index below `size` and from `from` on that no entry has; undefined when all are there. */
export async function firstGap(client: Snapshot, from: number, size: number): Promise<number | undefined> {
  const { rows } = await client.query<{ gap: bigint }>(
    `select expected as gap from generate_series($1::bigint, $2::bigint - 1) expected
     where not exists (select from entry where seq = expected) order by expected limit 1`,
    [from, size],
  );
  return rows[0] && Number(rows[0].gap);
}

/** Full tiles stored at each level. */
export async function tileCounts(client: Snapshot): Promise<ReadonlyMap<number, number>> {
  const { rows } = await client.query<{ level: number; count: bigint }>(
    'select level, count(*) as count from log_tile group by level',
  );
  return new Map(rows.map(({ level, count }) => [level, Number(count)]));
}

/** One full tile's hashes, if it is stored. */
export async function fullTile(
  client: Snapshot,
  level: number,
  index: number,
): Promise<Uint8Array | undefined> {
  const [tile] = await readTiles(client, [{ level, index }]);
  return tile?.bytes;
}

/** Bodies of the entries `[from, to)`, in log order, each with its index. */
export async function entriesBetween(
  client: Snapshot,
  from: number,
  to: number,
): Promise<readonly Readonly<{ index: number; body: Uint8Array }>[]> {
  const { rows } = await client.query<{ seq: bigint; body: Uint8Array }>({
    name: 'start-check-entries',
    text: 'select seq, body from entry where seq >= $1 and seq < $2 order by seq',
    values: [from, to],
  });
  return rows.map(({ seq, body }) => ({ index: Number(seq), body }));
}

/** The counts the rounds keep, per case and act. */
export async function storedCounts(
  client: Snapshot,
): Promise<readonly Readonly<{ caseNumber: string; act: string; count: CaseCount }>[]> {
  const { rows } = await client.query<Record<string, unknown>>(
    `select initiative, act, signed, held, settled_counted, settled_refused, voided from case_count`,
  );
  return rows.map((row) => ({
    caseNumber: String(row['initiative']),
    act: String(row['act']),
    count: {
      signed: Number(row['signed']),
      held: Number(row['held']),
      settledCounted: Number(row['settled_counted']),
      settledRefused: Number(row['settled_refused']),
      voided: Number(row['voided']),
    },
  }));
}

/**
 * The largest size that each witness key is known to have cosigned under this name; a key that never has is absent.
 * `witnesses` as `witnessIdOf` writes them.
 */
export async function cosignedSizes(
  client: Snapshot,
  origin: string,
  witnesses: readonly string[],
): Promise<ReadonlyMap<string, number>> {
  const { rows } = await client.query<{ witness: string; size: bigint }>(
    `select w.witness, newest.size from unnest($2::text[]) w(witness)
     cross join lateral (select c.size from cosignature c where c.origin = $1 and c.witness = w.witness
       order by c.size desc limit 1) newest`,
    [origin, witnesses],
  );
  return new Map(rows.map(({ witness, size }) => [witness, Number(size)]));
}

/** A connection that can write nothing, whatever it is asked. The caller ends it. */
export async function connectToLook(options: ConnectionOptions): Promise<SequencerConnection> {
  const client = singleConnection({ ...options, applicationName: 'lianshu doctor' });
  client.on('error', () => undefined);
  await client.connect();
  await client.query('set default_transaction_read_only = on');
  return client;
}

/** Whether somebody holds the sequencer's lock in this database now. */
export async function isSequencerRunning(client: Snapshot): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select exists (select from pg_locks l join pg_database d on d.oid = l.database
       where d.datname = current_database() and l.locktype = 'advisory' and l.objid = $1 and l.granted) as held`,
    [SEQUENCER_LOCK],
  );
  return rows[0]?.held === true;
}

/** Migrations applied to this database: number and digest of the file; empty in a database without any. */
export async function appliedMigrations(client: Snapshot): Promise<ReadonlyMap<number, string>> {
  const { rows: found } = await client.query<{ there: boolean }>(
    `select to_regclass('schema_migration') is not null as there`,
  );
  if (found[0]?.there !== true) return new Map();
  const { rows } = await client.query<{ number: number; sha256: string }>(
    'select number, sha256 from schema_migration',
  );
  return new Map(rows.map(({ number, sha256 }) => [number, sha256]));
}
