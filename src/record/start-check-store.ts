/** SQL of the start check: reads only, all inside one snapshot. */
import { TILE_WIDTH, type Tile } from '@lianshu/tlog';
import type pg from 'pg';
import { type LogRow, readLog, readTiles, type SequencerConnection } from './sequencer-store.ts';

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

/** Full tiles of a level, `[from, to)`, in order. */
export async function fullTilesBetween(
  client: Snapshot,
  level: number,
  from: number,
  to: number,
): Promise<readonly Tile[]> {
  const { rows } = await client.query<{ n: bigint; hashes: Uint8Array }>(
    'select n, hashes from log_tile where level = $1 and n >= $2 and n < $3 order by n',
    [level, from, to],
  );
  return rows.map(({ n, hashes }) => ({ level, index: Number(n), width: TILE_WIDTH, bytes: hashes }));
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

/** Whether somebody holds the sequencer's lock in this database now. */
export async function isSequencerRunning(client: Snapshot, lock: number): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select exists (select from pg_locks l join pg_database d on d.oid = l.database
       where d.datname = current_database() and l.locktype = 'advisory' and l.objid = $1 and l.granted) as held`,
    [lock],
  );
  return rows[0]?.held === true;
}
