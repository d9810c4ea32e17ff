/** SQL on officers whom two officers invite. */

import type { Assertion } from '../passkeys/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface StoredNomination {
  readonly id: string;
  /** Canonical JSON, as digested. */
  readonly body: string;
  readonly sha256: Uint8Array;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly outcome: 'approved' | 'withdrawn' | undefined;
  readonly approvedBy: string | undefined;
}

const nominationOf = (row: {
  id: string;
  body: string;
  sha256: Uint8Array;
  proposed_by: string;
  proposed_at: { epochMilliseconds: number };
  outcome: string | null;
  approved_by: string | null;
}): StoredNomination => ({
  id: row.id,
  body: row.body,
  sha256: row.sha256,
  proposedBy: row.proposed_by,
  proposedAtMs: row.proposed_at.epochMilliseconds,
  outcome: row.outcome === null ? undefined : (row.outcome as 'approved' | 'withdrawn'),
  approvedBy: row.approved_by ?? undefined,
});

export async function insertNomination(
  db: Db,
  nomination: Pick<StoredNomination, 'id' | 'body' | 'sha256' | 'proposedBy' | 'proposedAtMs'>,
): Promise<void> {
  await db
    .insertInto('officer_nomination')
    .values({
      id: nomination.id,
      body: nomination.body,
      sha256: nomination.sha256,
      proposed_by: nomination.proposedBy,
      proposed_at: utcIso(nomination.proposedAtMs),
    })
    .execute();
}

/** Newest first. */
export async function listNominations(db: Db): Promise<readonly StoredNomination[]> {
  const rows = await db
    .selectFrom('officer_nomination')
    .selectAll()
    .orderBy('proposed_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(nominationOf);
}

/** Locks it for the rest of the transaction: two answers come in turn. */
export async function lockNomination(tx: Tx, id: string): Promise<StoredNomination | undefined> {
  const row = await tx
    .selectFrom('officer_nomination')
    .selectAll()
    .where('id', '=', id)
    .forUpdate()
    .executeTakeFirst();
  return row && nominationOf(row);
}

/** Ends it: withdrawn, or approved by another officer's assertion. */
export async function endNomination(
  tx: Tx,
  id: string,
  end: Readonly<{ atMs: number; approval?: Assertion & Readonly<{ officer: string }> }>,
): Promise<void> {
  const { approval } = end;
  await tx
    .updateTable('officer_nomination')
    .set({
      ended_at: utcIso(end.atMs),
      outcome: approval === undefined ? 'withdrawn' : 'approved',
      ...(approval === undefined
        ? {}
        : {
            approved_by: approval.officer,
            client_data: approval.clientData,
            authenticator_data: approval.authenticatorData,
            signature: approval.signature,
          }),
    })
    .where('id', '=', id)
    .execute();
}
