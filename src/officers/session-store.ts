/** SQL on officers' sessions. A session's id is known to the browser alone; here is its digest. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

export interface StoredSession {
  /** Digest of its id, base16: names it on pages and in forms, opens nothing. */
  readonly name: string;
  readonly officer: string;
  readonly credentialId: string;
  readonly beganAtMs: number;
  readonly seenAtMs: number;
}

const bytesOf = (name: string): Uint8Array => new Uint8Array(Buffer.from(name, 'hex'));

export async function insertSession(tx: Tx, session: Omit<StoredSession, 'seenAtMs'>): Promise<void> {
  await tx
    .insertInto('officer_session')
    .values({
      id_sha256: bytesOf(session.name),
      officer: session.officer,
      credential: session.credentialId,
      began_at: utcIso(session.beganAtMs),
      seen_at: utcIso(session.beganAtMs),
    })
    .execute();
}

const sessions = (db: Db | Tx) =>
  db
    .selectFrom('officer_session')
    .innerJoin('passkey', 'passkey.credential_id', 'officer_session.credential')
    .select([
      'officer_session.id_sha256',
      'officer_session.officer',
      'officer_session.credential',
      'began_at',
      'seen_at',
    ])
    .where('officer_session.ended_at', 'is', null)
    .where('passkey.ended_at', 'is', null);

const sessionOf = (row: {
  id_sha256: Uint8Array;
  officer: string;
  credential: string;
  began_at: { epochMilliseconds: number };
  seen_at: { epochMilliseconds: number };
}): StoredSession => ({
  name: Buffer.from(row.id_sha256).toString('hex'),
  officer: row.officer,
  credentialId: row.credential,
  beganAtMs: row.began_at.epochMilliseconds,
  seenAtMs: row.seen_at.epochMilliseconds,
});

/** A session that nobody ended and whose passkey lives. Whether it is idle too long is the caller's question. */
export async function findSession(db: Db | Tx, name: string): Promise<StoredSession | undefined> {
  const row = await sessions(db).where('id_sha256', '=', bytesOf(name)).executeTakeFirst();
  return row && sessionOf(row);
}

/** Sessions of one officer that were seen after an instant, newest first. */
export async function sessionsOf(
  db: Db,
  officer: string,
  seenAfterMs: number,
): Promise<readonly StoredSession[]> {
  const rows = await sessions(db)
    .where('officer_session.officer', '=', officer)
    .where(sql<boolean>`seen_at > ${utcIso(seenAfterMs)}`)
    .orderBy('began_at', 'desc')
    .limit(50)
    .execute();
  return rows.map(sessionOf);
}

export async function markSeen(db: Db, name: string, atMs: number): Promise<void> {
  await db
    .updateTable('officer_session')
    .set({ seen_at: utcIso(atMs) })
    .where('id_sha256', '=', bytesOf(name))
    .where('ended_at', 'is', null)
    .execute();
}

/** Ends one session of this officer; no other officer's. */
export async function endSession(db: Db | Tx, officer: string, name: string, atMs: number): Promise<void> {
  await db
    .updateTable('officer_session')
    .set({ ended_at: utcIso(atMs) })
    .where('id_sha256', '=', bytesOf(name))
    .where('officer', '=', officer)
    .where('ended_at', 'is', null)
    .execute();
}
