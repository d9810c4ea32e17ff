/** SQL on officers, their invitations, mandates and passkeys. */
import { sql } from 'kysely';
import type { PasskeyKey } from '../passkeys/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface Officer {
  readonly id: string;
  readonly label: string;
  readonly failures: number;
  readonly lockedUntilMs: number | undefined;
}

export interface Mandate {
  readonly officer: string;
  readonly capacity: string;
  readonly fromOn: string;
  /** Last day; undefined until ended. */
  readonly untilOn: string | undefined;
}

export interface Passkey extends PasskeyKey {
  /** SHA-256 of the credential id, hex: its name in the public record. */
  readonly keySha256: string;
  readonly officer: string;
  readonly transports: readonly string[];
  readonly endedAtMs: number | undefined;
}

const officerOf = (row: {
  id: string;
  label: string;
  failures: number;
  locked_until: { epochMilliseconds: number } | null;
}): Officer => ({
  id: row.id,
  label: row.label,
  failures: row.failures,
  lockedUntilMs: row.locked_until?.epochMilliseconds,
});

export async function findOfficer(db: Db | Tx, id: string): Promise<Officer | undefined> {
  const row = await db.selectFrom('officer').selectAll().where('id', '=', id).executeTakeFirst();
  return row && officerOf(row);
}

/** Locks the officer's row for the rest of the transaction: failures and approvals of one officer come in turn. */
export async function lockOfficer(tx: Tx, id: string): Promise<Officer | undefined> {
  const row = await tx.selectFrom('officer').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row && officerOf(row);
}

export async function listOfficers(db: Db | Tx): Promise<readonly Officer[]> {
  const rows = await db.selectFrom('officer').selectAll().orderBy('label').execute();
  return rows.map(officerOf);
}

/** Whether this label has, or ever had, a mandate or a passkey. */
export async function isLabelTaken(tx: Db | Tx, label: string): Promise<boolean> {
  const row = await tx
    .selectFrom('officer')
    .leftJoin('mandate', 'mandate.officer', 'officer.id')
    .leftJoin('passkey', 'passkey.officer', 'officer.id')
    .select('officer.id')
    .where('label', '=', label)
    .where((of) => of.or([of('mandate.officer', 'is not', null), of('passkey.officer', 'is not', null)]))
    .executeTakeFirst();
  return row !== undefined;
}

/** The officer of this label, made where there is none. */
export async function officerByLabel(tx: Tx, id: string, label: string, atMs: number): Promise<string> {
  await tx
    .insertInto('officer')
    .values({ id, label, invited_at: utcIso(atMs) })
    .onConflict((conflict) => conflict.column('label').doNothing())
    .execute();
  const row = await tx
    .selectFrom('officer')
    .select('id')
    .where('label', '=', label)
    .executeTakeFirstOrThrow();
  return row.id;
}

/** Counts a failure, or clears them; `lockedUntilMs` locks. */
export async function setFailures(
  db: Db | Tx,
  id: string,
  failures: number,
  lockedUntilMs?: number,
): Promise<void> {
  await db
    .updateTable('officer')
    .set({ failures, locked_until: lockedUntilMs === undefined ? null : utcIso(lockedUntilMs) })
    .where('id', '=', id)
    .execute();
}

/** Gives or changes the mandate for a capacity. */
export async function setMandate(tx: Tx, { officer, capacity, fromOn, untilOn }: Mandate): Promise<void> {
  const days = { from_on: fromOn, until_on: untilOn ?? null };
  await tx
    .insertInto('mandate')
    .values({ officer, capacity, ...days })
    .onConflict((conflict) => conflict.columns(['officer', 'capacity']).doUpdateSet(days))
    .execute();
}

export async function mandatesOf(db: Db | Tx, officer: string): Promise<readonly Mandate[]> {
  const rows = await db
    .selectFrom('mandate')
    .selectAll()
    .where('officer', '=', officer)
    .orderBy('capacity')
    .execute();
  return rows.map((row) => ({
    officer: row.officer,
    capacity: row.capacity,
    fromOn: row.from_on,
    untilOn: row.until_on ?? undefined,
  }));
}

/** Keeps a link's digest; earlier links of the officer are void from here on. */
export async function insertInvite(
  tx: Tx,
  invite: Readonly<{ tokenSha256: Uint8Array; officer: string; expiresAtMs: number; atMs: number }>,
): Promise<void> {
  await tx
    .updateTable('officer_invite')
    .set({ used_at: utcIso(invite.atMs) })
    .where('officer', '=', invite.officer)
    .where('used_at', 'is', null)
    .execute();
  await tx
    .insertInto('officer_invite')
    .values({
      token_sha256: invite.tokenSha256,
      officer: invite.officer,
      expires_at: utcIso(invite.expiresAtMs),
    })
    .execute();
}

/** The officer whom an unused, unexpired link invites. */
export async function invitedOfficer(
  db: Db | Tx,
  tokenSha256: Uint8Array,
  nowMs: number,
): Promise<Officer | undefined> {
  const row = await db
    .selectFrom('officer_invite')
    .innerJoin('officer', 'officer.id', 'officer_invite.officer')
    .selectAll('officer')
    .where('token_sha256', '=', tokenSha256)
    .where('used_at', 'is', null)
    .where(sql<boolean>`expires_at > ${utcIso(nowMs)}`)
    .executeTakeFirst();
  return row && officerOf(row);
}

/** Spends a link; false when it was spent before. */
export async function spendInvite(tx: Tx, tokenSha256: Uint8Array, atMs: number): Promise<boolean> {
  const row = await tx
    .updateTable('officer_invite')
    .set({ used_at: utcIso(atMs) })
    .where('token_sha256', '=', tokenSha256)
    .where('used_at', 'is', null)
    .returning('officer')
    .executeTakeFirst();
  return row !== undefined;
}

const passkeyOf = (row: {
  credential_id: string;
  key_sha256: string;
  officer: string;
  public_key: Uint8Array;
  counter: bigint;
  transports: string;
  ended_at: { epochMilliseconds: number } | null;
}): Passkey => ({
  credentialId: row.credential_id,
  keySha256: row.key_sha256,
  officer: row.officer,
  publicKey: row.public_key,
  counter: Number(row.counter),
  transports: JSON.parse(row.transports) as readonly string[],
  endedAtMs: row.ended_at?.epochMilliseconds,
});

export async function findPasskey(db: Db | Tx, credentialId: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkey')
    .selectAll()
    .where('credential_id', '=', credentialId)
    .executeTakeFirst();
  return row && passkeyOf(row);
}

export async function livePasskey(db: Db | Tx, officer: string): Promise<Passkey | undefined> {
  const row = await db
    .selectFrom('passkey')
    .selectAll()
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row && passkeyOf(row);
}

export async function endPasskey(tx: Tx, credentialId: string, atMs: number): Promise<void> {
  await tx
    .updateTable('passkey')
    .set({ ended_at: utcIso(atMs) })
    .where('credential_id', '=', credentialId)
    .where('ended_at', 'is', null)
    .execute();
}

/** Keeps a new passkey; false when its credential is known already. */
export async function insertPasskey(
  tx: Tx,
  passkey: Omit<Passkey, 'endedAtMs'>,
  atMs: number,
): Promise<boolean> {
  const row = await tx
    .insertInto('passkey')
    .values({
      credential_id: passkey.credentialId,
      key_sha256: passkey.keySha256,
      officer: passkey.officer,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      transports: JSON.stringify(passkey.transports),
      registered_at: utcIso(atMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('credential_id')
    .executeTakeFirst();
  return row !== undefined;
}

export async function setCounter(db: Db | Tx, credentialId: string, counter: number): Promise<void> {
  await db.updateTable('passkey').set({ counter }).where('credential_id', '=', credentialId).execute();
}
