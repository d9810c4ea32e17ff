/** SQL on sessions of the workspace. A session's id is known to the browser alone; here is its digest. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface StoredSession {
  /** Digest of its id, base16: names it on pages and in forms, opens nothing. */
  readonly name: string;
  readonly account: string;
  /** The case whose access code was given. */
  readonly eSystem: string | undefined;
  /** See `Account.nameProof`; forgotten when the session ends. */
  readonly nameProof: Uint8Array | undefined;
  readonly beganAtMs: number;
  readonly seenAtMs: number;
}

const bytesOf = (name: string): Uint8Array => new Uint8Array(Buffer.from(name, 'hex'));

export async function insertSession(tx: Tx, session: Omit<StoredSession, 'seenAtMs'>): Promise<void> {
  await tx
    .insertInto('account_session')
    .values({
      id_sha256: bytesOf(session.name),
      account: session.account,
      e_system: session.eSystem ?? null,
      name_proof: session.nameProof ?? null,
      began_at: utcIso(session.beganAtMs),
      seen_at: utcIso(session.beganAtMs),
    })
    .execute();
}

const sessionOf = (row: {
  id_sha256: Uint8Array;
  account: string;
  e_system: string | null;
  name_proof: Uint8Array | null;
  began_at: { epochMilliseconds: number };
  seen_at: { epochMilliseconds: number };
}): StoredSession => ({
  name: Buffer.from(row.id_sha256).toString('hex'),
  account: row.account,
  eSystem: row.e_system ?? undefined,
  nameProof: row.name_proof ?? undefined,
  beganAtMs: row.began_at.epochMilliseconds,
  seenAtMs: row.seen_at.epochMilliseconds,
});

/** A session that nobody ended. Whether it is idle too long is the caller's question. */
export async function findSession(db: Db | Tx, name: string): Promise<StoredSession | undefined> {
  const row = await db
    .selectFrom('account_session')
    .select(['id_sha256', 'account', 'e_system', 'name_proof', 'began_at', 'seen_at'])
    .where('id_sha256', '=', bytesOf(name))
    .where('ended_at', 'is', null)
    .executeTakeFirst();
  return row && sessionOf(row);
}

/** Sessions of one account that were seen after an instant, newest first. */
export async function sessionsOf(
  db: Db,
  account: string,
  seenAfterMs: number,
): Promise<readonly StoredSession[]> {
  const rows = await db
    .selectFrom('account_session')
    .select(['id_sha256', 'account', 'e_system', 'name_proof', 'began_at', 'seen_at'])
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .where(sql<boolean>`seen_at > ${utcIso(seenAfterMs)}`)
    .orderBy('began_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(sessionOf);
}

export async function markSeen(db: Db, name: string, atMs: number): Promise<void> {
  await db
    .updateTable('account_session')
    .set({ seen_at: utcIso(atMs) })
    .where('id_sha256', '=', bytesOf(name))
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends the session of this name, whoever's it is: the browser that holds its secret begins another. */
export async function endNamed(tx: Tx, name: string, atMs: number): Promise<void> {
  await tx
    .updateTable('account_session')
    .set({ ended_at: utcIso(atMs), name_proof: null })
    .where('id_sha256', '=', bytesOf(name))
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends all but the newest `kept` sessions of an account. */
export async function endOldest(tx: Tx, account: string, kept: number, atMs: number): Promise<void> {
  await tx
    .updateTable('account_session')
    .set({ ended_at: utcIso(atMs), name_proof: null })
    .where('id_sha256', 'in', (of) =>
      of
        .selectFrom('account_session')
        .select('id_sha256')
        .where('account', '=', account)
        .where('ended_at', 'is', null)
        .orderBy('began_at', 'desc')
        .orderBy('id_sha256')
        .offset(kept),
    )
    .execute();
}

/** Ends one session of this account; no other account's. */
export async function endSession(db: Db | Tx, account: string, name: string, atMs: number): Promise<void> {
  await db
    .updateTable('account_session')
    .set({ ended_at: utcIso(atMs), name_proof: null })
    .where('id_sha256', '=', bytesOf(name))
    .where('account', '=', account)
    .where('ended_at', 'is', null)
    .execute();
}
