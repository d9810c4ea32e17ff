/** SQL on the row that tells every process whether the record takes entries. Only the sequencer writes it. */
import { sql } from 'kysely';
import type pg from 'pg';
import type { Db } from '../platform/db/index.ts';

/** What the sequencer last said: see migration 0007. */
export type ConditionState = 'serving' | 'read-only' | 'refused';

/** The row as it stands; `heardAgoMs` by the database's own clock, undefined before any sequencer started. */
export type StoredCondition = Readonly<{
  state: ConditionState;
  /** Codes of the findings behind it. */
  reasons: readonly string[];
  heardAgoMs: number | undefined;
  /** Entries in the log now; 0 before the first start. */
  logSize: number;
}>;

type Raw = { state: string; reasons: string; heard_ago: bigint | null; size: bigint };

const CONDITION = `select c.state, c.reasons,
    (extract(epoch from clock_timestamp() - c.heard_at) * 1000)::bigint as heard_ago,
    coalesce((select l.size from log l), 0) as size
  from record_condition c`;

const parse = ({ state, reasons, heard_ago, size }: Raw): StoredCondition => ({
  state: state as ConditionState,
  reasons: JSON.parse(reasons) as readonly string[],
  heardAgoMs: heard_ago === null ? undefined : Number(heard_ago),
  logSize: Number(size),
});

/** Reads the row through a pool. */
export async function readCondition(db: Db): Promise<StoredCondition | undefined> {
  const { rows } = await sql<Raw>`${sql.raw(CONDITION)}`.execute(db);
  return rows[0] && parse(rows[0]);
}

/** Reads the row on one connection. */
export async function readConditionOn(
  client: Pick<pg.Client, 'query'>,
): Promise<StoredCondition | undefined> {
  const { rows } = await client.query<Raw>(CONDITION);
  return rows[0] && parse(rows[0]);
}

/** Says what the record does from now on, and that a sequencer lives. Outside transactions. */
export async function writeCondition(
  client: Pick<pg.Client, 'query'>,
  state: ConditionState,
  reasons: readonly string[],
): Promise<void> {
  await client.query(
    `update record_condition set state = $1, reasons = $2, heard_at = clock_timestamp(),
      changed_at = case when state = $1 then changed_at else clock_timestamp() end`,
    [state, JSON.stringify(reasons)],
  );
}

/** Says that a sequencer lives. Outside transactions. */
export async function writeHeard(client: Pick<pg.Client, 'query'>): Promise<void> {
  await client.query({
    name: 'record-heard',
    text: 'update record_condition set heard_at = clock_timestamp()',
  });
}
