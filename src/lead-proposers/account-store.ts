/** SQL on accounts, their passkeys and invitations. */
import { sql } from 'kysely';
import type { NewPasskey, PasskeyKey } from '../passkeys/index.ts';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface StoredAccount {
  readonly id: string;
  readonly kind: 'card' | 'passkey';
  readonly label: string;
  readonly person: Uint8Array | undefined;
  readonly failures: number;
  readonly lockedUntilMs: number | undefined;
}

const accountOf = (row: {
  id: string;
  kind: string;
  label: string;
  person: Uint8Array | null;
  failures: number;
  locked_until: { epochMilliseconds: number } | null;
}): StoredAccount => ({
  id: row.id,
  kind: row.kind === 'card' ? 'card' : 'passkey',
  label: row.label,
  person: row.person === null ? undefined : new Uint8Array(row.person),
  failures: row.failures,
  lockedUntilMs: row.locked_until?.epochMilliseconds,
});

export async function findAccount(db: Db | Tx, id: string): Promise<StoredAccount | undefined> {
  const row = await db.selectFrom('account').selectAll().where('id', '=', id).executeTakeFirst();
  return row && accountOf(row);
}

/** Locks the account's row for the rest of the transaction: attempts of one account come in turn. */
export async function lockAccount(tx: Tx, id: string): Promise<StoredAccount | undefined> {
  const row = await tx.selectFrom('account').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row && accountOf(row);
}

export async function insertAccount(
  tx: Tx,
  account: Pick<StoredAccount, 'id' | 'kind' | 'label' | 'person'>,
  atMs: number,
): Promise<void> {
  await tx
    .insertInto('account')
    .values({ ...account, person: account.person ?? null, created_at: utcIso(atMs) })
    .onConflict((conflict) => conflict.column('person').doNothing())
    .execute();
}

/** The account of a person, made where there is none; locked as by {@link lockAccount}. */
export async function accountOfPerson(
  tx: Tx,
  fresh: Readonly<{ id: string; label: string; person: Uint8Array }>,
  atMs: number,
): Promise<StoredAccount> {
  await insertAccount(tx, { ...fresh, kind: 'card' }, atMs);
  const row = await tx
    .selectFrom('account')
    .selectAll()
    .where('person', '=', fresh.person)
    .forUpdate()
    .executeTakeFirstOrThrow();
  return accountOf(row);
}

/** Sets the failures in a row; `lockedUntilMs` locks. */
export async function setFailures(
  tx: Tx,
  id: string,
  failures: number,
  lockedUntilMs?: number,
): Promise<void> {
  await tx
    .updateTable('account')
    .set({ failures, locked_until: lockedUntilMs === undefined ? null : utcIso(lockedUntilMs) })
    .where('id', '=', id)
    .execute();
}

export async function insertInvite(
  tx: Tx,
  invite: Readonly<{ tokenSha256: Uint8Array; account: string; expiresAtMs: number }>,
): Promise<void> {
  await tx
    .insertInto('account_invite')
    .values({
      token_sha256: invite.tokenSha256,
      account: invite.account,
      expires_at: utcIso(invite.expiresAtMs),
    })
    .execute();
}

/** The account that an unused, unexpired link invites. */
export async function invitedAccount(
  db: Db | Tx,
  tokenSha256: Uint8Array,
  nowMs: number,
): Promise<StoredAccount | undefined> {
  const row = await db
    .selectFrom('account_invite')
    .innerJoin('account', 'account.id', 'account_invite.account')
    .selectAll('account')
    .where('token_sha256', '=', tokenSha256)
    .where('used_at', 'is', null)
    .where(sql<boolean>`expires_at > ${utcIso(nowMs)}`)
    .executeTakeFirst();
  return row && accountOf(row);
}

/** Spends a link; false when it was spent before. */
export async function spendInvite(tx: Tx, tokenSha256: Uint8Array, atMs: number): Promise<boolean> {
  const row = await tx
    .updateTable('account_invite')
    .set({ used_at: utcIso(atMs) })
    .where('token_sha256', '=', tokenSha256)
    .where('used_at', 'is', null)
    .returning('account')
    .executeTakeFirst();
  return row !== undefined;
}

/** Voids what was sent to an account and not used. */
export async function voidInvites(tx: Tx, account: string, atMs: number): Promise<void> {
  await tx
    .updateTable('account_invite')
    .set({ used_at: utcIso(atMs) })
    .where('account', '=', account)
    .where('used_at', 'is', null)
    .execute();
}

/** Keeps a new passkey; false when its credential is known already. */
export async function insertPasskey(
  tx: Tx,
  account: string,
  passkey: NewPasskey,
  atMs: number,
): Promise<boolean> {
  const row = await tx
    .insertInto('account_passkey')
    .values({
      credential_id: passkey.credentialId,
      account,
      public_key: passkey.publicKey,
      counter: passkey.counter,
      registered_at: utcIso(atMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('credential_id')
    .executeTakeFirst();
  return row !== undefined;
}

/** A passkey in use, with its account. */
export async function findPasskey(
  db: Db | Tx,
  credentialId: string,
): Promise<(PasskeyKey & Readonly<{ account: string }>) | undefined> {
  const row = await db
    .selectFrom('account_passkey')
    .select(['credential_id', 'account', 'public_key', 'counter'])
    .where('credential_id', '=', credentialId)
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return (
    row && {
      credentialId: row.credential_id,
      account: row.account,
      publicKey: row.public_key,
      counter: Number(row.counter),
    }
  );
}

export async function setCounter(tx: Tx, credentialId: string, counter: number): Promise<void> {
  await tx
    .updateTable('account_passkey')
    .set({ counter })
    .where('credential_id', '=', credentialId)
    .execute();
}
