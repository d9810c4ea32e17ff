/** SQL of the sequencer, on its one connection. Every function runs inside the round's transaction unless it says otherwise. */
import type { Tile } from '@lianshu/tlog';
import type pg from 'pg';
import { type ConnectionOptions, singleConnection } from '../platform/db/index.ts';
import type { Temporal } from '../platform/time.ts';
import { sameBytes } from './bytes.ts';
import type { CaseCount } from './count-fold.ts';
import type { Act } from './entry.ts';
import { RecordFault } from './record-fault.ts';

/** The sequencer's connection: holds the advisory lock for as long as it lives. */
export type SequencerConnection = pg.Client;

/** Opens the connection; any later break of it is told to `onBroken` and must stop the sequencer. */
export async function connectSequencer(
  options: ConnectionOptions,
  onBroken: (cause: Error) => void,
): Promise<SequencerConnection> {
  const client = singleConnection({ ...options, applicationName: 'lianshu sequencer' });
  client.on('error', onBroken);
  await client.connect();
  return client;
}

/** The advisory lock of the one sequencer: "seq1" in ASCII. */
export const SEQUENCER_LOCK = 0x73657131;

/** Tries to become the one sequencer. Outside transactions; the lock ends with the connection. */
export async function tryLock(client: SequencerConnection): Promise<boolean> {
  const { rows } = await client.query<{ locked: boolean }>('select pg_try_advisory_lock($1) as locked', [
    SEQUENCER_LOCK,
  ]);
  return rows[0]?.locked === true;
}

/** Whether this very connection still holds the lock. Throws when it is broken. */
export async function holdsLock(client: SequencerConnection): Promise<boolean> {
  const { rows } = await client.query<{ held: boolean }>(
    `select exists (select from pg_locks l join pg_database d on d.oid = l.database
       where d.datname = current_database() and l.locktype = 'advisory' and l.objid = $1 and l.granted
         and l.pid = pg_backend_pid()) as held`,
    [SEQUENCER_LOCK],
  );
  return rows[0]?.held === true;
}

/** The log's row. */
export type LogRow = Readonly<{
  origin: string;
  size: number;
  root: Uint8Array;
  edge: Uint8Array;
  checkpoint: string;
  signedAtMs: number;
}>;

type RawLogRow = {
  origin: string;
  size: bigint;
  root: Uint8Array;
  edge: Uint8Array;
  checkpoint: string;
  signed_at: Temporal.Instant;
};

const LOG_COLUMNS = 'origin, size, root, edge, checkpoint, signed_at';

/** Reads the log's row, locking it when asked; undefined before the first start. */
export async function readLog(client: SequencerConnection, lock: boolean): Promise<LogRow | undefined> {
  const { rows } = await client.query<RawLogRow>(
    `select ${LOG_COLUMNS} from log${lock ? ' for update' : ''}`,
  );
  const row = rows[0];
  if (row === undefined) return undefined;
  const { signed_at, size, ...rest } = row;
  return { ...rest, size: Number(size), signedAtMs: signed_at.epochMilliseconds };
}

/** Makes the log's row for an empty tree. Outside transactions. */
export async function createLog(client: SequencerConnection, row: LogRow, signedAt: string): Promise<void> {
  await client.query(`insert into log (${LOG_COLUMNS}) values ($1, $2, $3, $4, $5, $6)`, [
    row.origin,
    row.size,
    row.root,
    row.edge,
    row.checkpoint,
    signedAt,
  ]);
}

/** The compare-and-swap: replaces the row only if it still has the old size and root. */
export async function moveLog(
  client: SequencerConnection,
  old: Readonly<{ size: number; root: Uint8Array }>,
  next: LogRow,
  signedAt: string,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'move-log',
    text: `update log set size = $1, root = $2, edge = $3, checkpoint = $4, signed_at = $5
      where origin = $6 and size = $7 and root = $8`,
    values: [next.size, next.root, next.edge, next.checkpoint, signedAt, next.origin, old.size, old.root],
  });
  return rowCount === 1;
}

/** An entry waiting for its index, in order of entering. */
export type PendingEntry = Readonly<{
  id: bigint;
  kind: string;
  caseNumber: string | null;
  commitment: Uint8Array | null;
  about: number | null;
  body: Uint8Array;
}>;

/** The oldest pending entries. */
export async function pendingEntries(
  client: SequencerConnection,
  limit: number,
): Promise<readonly PendingEntry[]> {
  const { rows } = await client.query<Omit<PendingEntry, 'about'> & { about: bigint | null }>({
    name: 'pending-entries',
    text: `select id, kind, initiative as "caseNumber", commitment, about, body
      from entry where seq is null order by id limit $1`,
    values: [limit],
  });
  return rows.map((row) => ({ ...row, about: row.about === null ? null : Number(row.about) }));
}

/** Enters the `day` act of a legal day that has ended, as pending. */
export async function insertDay(client: SequencerConnection, body: Uint8Array): Promise<void> {
  await client.query(`insert into entry (kind, is_act, body) values ('day', true, $1)`, [body]);
}

/** The body of the newest `day` act. Also outside transactions. */
export async function newestDay(client: SequencerConnection): Promise<Uint8Array | undefined> {
  const { rows } = await client.query<{ body: Uint8Array }>(
    `select body from entry where kind = 'day' order by id desc limit 1`,
  );
  return rows[0]?.body;
}

/** When the first entry was entered; undefined before any. Also outside transactions. */
export async function firstEnteredMs(client: SequencerConnection): Promise<number | undefined> {
  const { rows } = await client.query<{ at: Temporal.Instant }>(
    'select entered_at as at from entry order by id limit 1',
  );
  return rows[0]?.at.epochMilliseconds;
}

/** Gives the entries the indexes `first`, `first + 1` …; false if one of them was not pending any more. */
export async function assignIndexes(
  client: SequencerConnection,
  ids: readonly bigint[],
  first: number,
): Promise<boolean> {
  const { rowCount } = await client.query({
    name: 'assign-indexes',
    text: `update entry set seq = $2::bigint + placed.ordinal - 1
      from unnest($1::bigint[]) with ordinality as placed (id, ordinal)
      where entry.id = placed.id and entry.seq is null`,
    values: [ids, first],
  });
  return rowCount === ids.length;
}

/** Stores full tiles. The same bytes again succeed; other bytes are a `RecordFault` (`tile-differs`). */
export async function insertTiles(client: SequencerConnection, tiles: readonly Tile[]): Promise<void> {
  for (const { level, index, bytes } of tiles) {
    const { rowCount } = await client.query({
      name: 'insert-tile',
      text: 'insert into log_tile (level, n, hashes) values ($1, $2, $3) on conflict do nothing',
      values: [level, index, bytes],
    });
    if (rowCount === 1) continue;
    const [stored] = await readTiles(client, [{ level, index }]);
    if (stored === undefined || !sameBytes(stored.bytes, bytes)) {
      throw new RecordFault('tile-differs', `tile ${level}/${index} is stored with other hashes`);
    }
  }
}

/** Reads full tiles. Also outside transactions. */
export async function readTiles(
  client: Pick<pg.Client, 'query'>,
  refs: readonly Readonly<{ level: number; index: number }>[],
): Promise<readonly Readonly<{ level: number; index: number; bytes: Uint8Array }>[]> {
  if (refs.length === 0) return [];
  const { rows } = await client.query<{ level: number; n: bigint; hashes: Uint8Array }>(
    `select level, n, hashes from log_tile
     where (level, n) in (select * from unnest($1::smallint[], $2::bigint[]))`,
    [refs.map(({ level }) => level), refs.map(({ index }) => index)],
  );
  return rows.map(({ level, n, hashes }) => ({ level, index: Number(n), bytes: hashes }));
}

/** What a round adds to the counts of one case and act. */
export type CountMove = Readonly<{ caseNumber: string; act: Act; adds: CaseCount }>;

/** Moves the counts; makes the row of a case seen for the first time. */
export async function moveCounts(client: SequencerConnection, moves: readonly CountMove[]): Promise<void> {
  for (const { caseNumber, act, adds } of moves) {
    // Not one upsert: its proposed row alone ("settled 1, held 0") would break the table's constraints.
    await client.query({
      name: 'make-count',
      text: `insert into case_count (initiative, act, signed, held, settled_counted, settled_refused, voided)
        values ($1, $2, 0, 0, 0, 0, 0) on conflict do nothing`,
      values: [caseNumber, act],
    });
    await client.query({
      name: 'move-count',
      text: `update case_count set signed = signed + $3, held = held + $4,
          settled_counted = settled_counted + $5, settled_refused = settled_refused + $6, voided = voided + $7
        where initiative = $1 and act = $2`,
      values: [
        caseNumber,
        act,
        adds.signed,
        adds.held,
        adds.settledCounted,
        adds.settledRefused,
        adds.voided,
      ],
    });
  }
}

/** The highest index given, or -1. Outside transactions. */
export async function highestIndex(client: SequencerConnection): Promise<number> {
  const { rows } = await client.query<{ highest: bigint }>(
    'select coalesce(max(seq), -1) as highest from entry',
  );
  return Number(rows[0]?.highest ?? -1n);
}

export const begin = (client: SequencerConnection): Promise<unknown> => client.query('begin');
export const rollback = (client: SequencerConnection): Promise<unknown> => client.query('rollback');

/** What COMMIT answered. `unsure`: committed here, but a standby was not waited for. */
export type CommitOutcome = 'committed' | 'rolled-back' | 'unsure';

/**
 * Sends COMMIT. A thrown error means that the outcome is unknown. A warning means that the wait for a
 * synchronous standby was cut short: the row is committed here and perhaps nowhere else.
 */
export async function commit(client: SequencerConnection): Promise<CommitOutcome> {
  let warned = false;
  const onNotice = (notice: { severity?: string | undefined }): void => {
    warned ||= notice.severity === 'WARNING';
  };
  client.on('notice', onNotice);
  try {
    const { command } = await client.query('commit');
    if (command !== 'COMMIT') return 'rolled-back';
    return warned ? 'unsure' : 'committed';
  } finally {
    client.removeListener('notice', onNotice);
  }
}

/** Hears about pending entries. Outside transactions. */
export async function listenPending(client: SequencerConnection, onPending: () => void): Promise<void> {
  client.on('notification', onPending);
  await client.query('listen lianshu_pending');
}

/** Tells every process that the checkpoint of this size may be shown to signers. Outside transactions. */
export async function announceReleased(client: SequencerConnection, size: number): Promise<void> {
  await client.query(`select pg_notify('lianshu_released', $1)`, [String(size)]);
}
