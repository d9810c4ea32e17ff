/** SQL on officers whom two officers make. */
import { toBase64Url, toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import type { Assertion } from '../passkeys/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, utcIso } from '../platform/time.ts';
import { readRow, rowText } from './nomination-forms.ts';
import type { EnrolledKey } from './officer-keys.ts';

export interface StoredNomination {
  readonly id: string;
  /** Canonical JSON, as digested. */
  readonly body: string;
  readonly sha256: Uint8Array;
  readonly proposedBy: string;
  readonly proposedAtMs: number;
  readonly outcome: 'approved' | 'withdrawn' | undefined;
  readonly approvedBy: string | undefined;
  readonly endedAtMs: number | undefined;
}

const nominationOf = (row: {
  id: string;
  body: string;
  sha256: Uint8Array;
  proposed_by: string;
  proposed_at: { epochMilliseconds: number };
  outcome: string | null;
  approved_by: string | null;
  ended_at: { epochMilliseconds: number } | null;
}): StoredNomination => ({
  id: row.id,
  body: row.body,
  sha256: row.sha256,
  proposedBy: row.proposed_by,
  proposedAtMs: row.proposed_at.epochMilliseconds,
  outcome: row.outcome === null ? undefined : (row.outcome as 'approved' | 'withdrawn'),
  approvedBy: row.approved_by ?? undefined,
  endedAtMs: row.ended_at?.epochMilliseconds,
});

/** Keeps what one officer proposes, as a text that never changes; false when exactly this is kept already. */
export async function insertNomination(
  db: Db | Tx,
  { id, body, proposedBy, atMs }: Readonly<{ id: string; body: string; proposedBy: string; atMs: number }>,
): Promise<boolean> {
  const row = await db
    .insertInto('officer_nomination')
    .values({
      id,
      body,
      sha256: sha256(utf8(body)),
      proposed_by: proposedBy,
      proposed_at: utcIso(atMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}

/**
 * Keeps a key that came by a nomination's link: nobody's until the officer who approved signs for it, so no session and
 * no approval can come of it. Resolves to its fingerprint; undefined when the nomination was not approved.
 */
export async function keepWaitingKey(
  tx: Tx,
  clock: Clock,
  random: Random,
  nomination: string,
  key: EnrolledKey,
): Promise<string | undefined> {
  const of = await lockNomination(tx, nomination);
  if (of?.outcome !== 'approved' || !('proposal' in (readRow(of.body) ?? {}))) return undefined;
  const waiting = {
    nomination,
    credential: key.credentialId,
    cose: toBase64Url(key.publicKey),
    counter: key.counter,
    transports: [...key.transports],
  };
  const body = rowText({ key: waiting, v: 2 });
  const id = toBase64Url(random.bytes(12));
  const isKept = await insertNomination(tx, { id, body, proposedBy: of.proposedBy, atMs: clock.nowMs() });
  return isKept ? toHex(sha256(utf8(body))) : undefined;
}

/** Newest first. */
export async function listNominations(db: Db): Promise<readonly StoredNomination[]> {
  const rows = await db
    .selectFrom('officer_nomination')
    .selectAll()
    .orderBy('proposed_at', 'desc')
    .limit(300)
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
