/** SQL of publication and of inclusion proofs: reads only. */
import { sql } from 'kysely';
import type { Db } from '../platform/db/index.ts';
import type { CaseCount } from './count-fold.ts';
import type { Act } from './entry.ts';
import type { FetchFull } from './tiles-at.ts';

/** The log at one size. */
export type LogHead = Readonly<{
  size: number;
  root: Uint8Array;
  edge: Uint8Array;
  checkpoint: string;
  signedAtMs: number;
}>;

/** The log's newest row; undefined before the first start of a sequencer. */
export async function readHead(db: Db): Promise<LogHead | undefined> {
  const row = await db
    .selectFrom('log')
    .select(['size', 'root', 'edge', 'checkpoint', 'signed_at'])
    .executeTakeFirst();
  if (row === undefined) return undefined;
  const { size, signed_at, ...rest } = row;
  return { ...rest, size: Number(size), signedAtMs: signed_at.epochMilliseconds };
}

/** The counts of one case at the head's size. */
export type CountOfCase = Readonly<{ caseNumber: string; act: Act; count: CaseCount }>;

/** The head and the counts that belong to exactly its size, from one snapshot. */
export function readHeadAndCounts(
  db: Db,
): Promise<Readonly<{ head: LogHead | undefined; counts: readonly CountOfCase[] }>> {
  return db
    .transaction()
    .setIsolationLevel('repeatable read')
    .execute(async (tx) => {
      const head = await readHead(tx);
      const rows = await tx
        .selectFrom('case_count')
        .select(['initiative', 'act', 'signed', 'held', 'settled_counted', 'settled_refused', 'voided'])
        .orderBy('initiative')
        .orderBy('act')
        .execute();
      const counts = rows.map((row) => ({
        caseNumber: row.initiative,
        act: row.act as Act,
        count: {
          signed: Number(row.signed),
          held: Number(row.held),
          settledCounted: Number(row.settled_counted),
          settledRefused: Number(row.settled_refused),
          voided: Number(row.voided),
        },
      }));
      return { head, counts };
    });
}

/** Reads full tiles from the database. */
export const fullTilesOf =
  (db: Db): FetchFull =>
  async (refs) => {
    if (refs.length === 0) return [];
    const wanted = sql.join(refs.map(({ level, index }) => sql`(${level}::smallint, ${index}::bigint)`));
    const { rows } = await sql<{ level: number; n: bigint; hashes: Uint8Array }>`
      select level, n, hashes from log_tile where (level, n) in (${wanted})`.execute(db);
    return rows.map(({ level, n, hashes }) => ({ level, index: Number(n), bytes: hashes }));
  };
