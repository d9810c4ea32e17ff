/** SQL on the past cases an operator imported. */
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { PastCase } from './past-case.ts';

/** All of them, the newest vote first, by number within one day. */
export async function listPastCases(db: Db | Tx): Promise<readonly PastCase[]> {
  const rows = await db
    .selectFrom('past_case')
    .selectAll()
    .orderBy('vote_on', 'desc')
    .orderBy('number')
    .execute();
  return rows.map(({ vote_on, lead_proposer, imported_at: _, ...row }) => ({
    ...row,
    voteOn: vote_on,
    leadProposer: lead_proposer,
  }));
}

/** Enters a case, or changes the one of that number. Runs in the caller's transaction. */
export async function putPastCase(
  tx: Tx,
  { voteOn, leadProposer, ...rest }: PastCase,
  nowMs: number,
): Promise<void> {
  const values = { ...rest, vote_on: voteOn, lead_proposer: leadProposer, imported_at: utcIso(nowMs) };
  await tx
    .insertInto('past_case')
    .values(values)
    .onConflict((conflict) => conflict.column('number').doUpdateSet(values))
    .execute();
}
