/** SQL on challenges that were answered: none is answered twice. */
import { sql } from 'kysely';
import type { Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** Where a surface keeps its answered challenges; no surface can forget another's. */
export type ChallengeTable = 'spent_challenge' | 'account_challenge';

/** Spends a challenge; false when it was answered before. Forgets those that have expired. */
export async function spendChallenge(
  tx: Tx,
  table: ChallengeTable,
  sha256: Uint8Array,
  expiresAtMs: number,
  nowMs: number,
): Promise<boolean> {
  const spent = sql.table(table);
  await sql`delete from ${spent} where expires_at < ${utcIso(nowMs)}`.execute(tx);
  const { rows } = await sql`
    insert into ${spent} (sha256, expires_at) values (${sha256}, ${utcIso(expiresAtMs)})
    on conflict do nothing returning expires_at`.execute(tx);
  return rows.length > 0;
}
