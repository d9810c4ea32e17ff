/** SQL on challenges that were answered: none is answered twice. */
import { sql } from 'kysely';
import type { Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** Spends a challenge; false when it was answered before. Forgets those that have expired. */
export async function spendChallenge(
  tx: Tx,
  sha256: Uint8Array,
  expiresAtMs: number,
  nowMs: number,
): Promise<boolean> {
  await tx
    .deleteFrom('spent_challenge')
    .where(sql<boolean>`expires_at < ${utcIso(nowMs)}`)
    .execute();
  const row = await tx
    .insertInto('spent_challenge')
    .values({ sha256, expires_at: utcIso(expiresAtMs) })
    .onConflict((conflict) => conflict.doNothing())
    .returning('expires_at')
    .executeTakeFirst();
  return row !== undefined;
}
