import { sql } from 'kysely';
import type { Tx } from '../platform/db/index.ts';

const POLICY_LOCK = 4_021_013;

/** Makes processes that compare packs with the record wait for each other, until COMMIT. */
export async function lockPolicy(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${POLICY_LOCK})`.execute(tx);
}
