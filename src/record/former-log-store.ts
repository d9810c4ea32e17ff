/** SQL of names the log no longer bears. */
import type { Db } from '../platform/db/index.ts';
import type { LogRow, SequencerConnection } from './sequencer-store.ts';

/** A name the log had, and where it ended under it. */
export type FormerLog = Readonly<{
  ordinal: number;
  origin: string;
  successor: string;
  size: number;
  root: Uint8Array;
  edge: Uint8Array;
  checkpoint: string;
  /** Verifier keys, one a line. */
  keys: string;
  replacedAtMs: number;
}>;

/** All former names, oldest first. */
export async function formerLogs(db: Db): Promise<readonly FormerLog[]> {
  const rows = await db
    .selectFrom('former_log')
    .select(['ordinal', 'origin', 'successor', 'size', 'root', 'edge', 'checkpoint', 'keys', 'replaced_at'])
    .orderBy('ordinal')
    .execute();
  return rows.map(({ size, replaced_at, ...rest }) => ({
    ...rest,
    size: Number(size),
    replacedAtMs: replaced_at.epochMilliseconds,
  }));
}

/** Enters an act as pending and returns its id. In the rotation's transaction. */
export async function insertKeyEvent(client: SequencerConnection, body: Uint8Array): Promise<bigint> {
  const { rows } = await client.query<{ id: bigint }>(
    `insert into entry (kind, is_act, body) values ('key-event', true, $1) returning id`,
    [body],
  );
  const id = rows[0]?.id;
  if (id === undefined) throw new Error('no id');
  return id;
}

/** Writes down where the log ended under its old name. In the rotation's transaction. */
export async function insertFormer(
  client: SequencerConnection,
  former: Readonly<{ row: LogRow; successor: string; keys: string }>,
  replacedAt: string,
): Promise<void> {
  const { row, successor, keys } = former;
  await client.query(
    `insert into former_log (ordinal, origin, successor, size, root, edge, checkpoint, keys, replaced_at)
     select coalesce(max(ordinal), 0) + 1, $1, $2, $3, $4, $5, $6, $7, $8 from former_log`,
    [row.origin, successor, row.size, row.root, row.edge, row.checkpoint, keys, replacedAt],
  );
}

/** Gives the log its new name, only from the size and root it was read at. In the rotation's transaction. */
export async function renameLog(
  client: SequencerConnection,
  old: Readonly<{ origin: string; size: number; root: Uint8Array }>,
  next: LogRow,
  signedAt: string,
): Promise<boolean> {
  const { rowCount } = await client.query(
    `update log set origin = $1, size = $2, root = $3, edge = $4, checkpoint = $5, signed_at = $6
     where origin = $7 and size = $8 and root = $9`,
    [next.origin, next.size, next.root, next.edge, next.checkpoint, signedAt, old.origin, old.size, old.root],
  );
  return rowCount === 1;
}
