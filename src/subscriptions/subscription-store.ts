import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** What is asked for; see the functions of migrations 0014 and 0021. */
export interface AskRow {
  readonly id: string;
  readonly caseNumber: string;
  readonly person: Uint8Array;
  readonly address: Uint8Array;
  readonly mailbox: Uint8Array;
  readonly sealed: Uint8Array;
  readonly language: string;
  readonly confirm: Uint8Array;
  readonly stop: Uint8Array;
}

/** Unconfirmed rows go after a day. */
const CONFIRM_WITHIN_MS = 86_400_000;
const after = (nowMs: number): string => utcIso(nowMs - CONFIRM_WITHIN_MS);

/** Asks for a row; the limits of asking are the database's own (migration 0021). */
export async function ask(db: Db, row: AskRow, nowMs: number): Promise<'asked' | 'often' | 'full'> {
  const { rows } = await sql<{ said: 'asked' | 'often' | 'full' }>`
    select follow_ask(${row.id}, ${row.caseNumber}, ${row.person}, ${row.address}, ${row.mailbox}, ${row.sealed},
      ${row.language}, ${row.confirm}, ${row.stop}, ${utcIso(nowMs)}) as said`.execute(db);
  return rows[0]?.said ?? 'full';
}

export async function find(
  db: Db,
  digest: Uint8Array,
  nowMs: number,
): Promise<{ readonly caseNumber: string; readonly isConfirmed: boolean } | undefined> {
  const { rows } = await sql<{ initiative: string; is_confirmed: boolean }>`
    select * from follow_find(${digest}, ${after(nowMs)})`.execute(db);
  const [row] = rows;
  return row && { caseNumber: row.initiative, isConfirmed: row.is_confirmed };
}

/** @returns the case now followed */
export async function confirm(db: Db, digest: Uint8Array, nowMs: number): Promise<string | undefined> {
  const { rows } = await sql<{ initiative: string | null }>`
    select follow_confirm(${digest}, ${utcIso(nowMs)}, ${after(nowMs)}) as initiative`.execute(db);
  return rows[0]?.initiative ?? undefined;
}

/** @returns the case no longer followed */
export async function stop(db: Db, digest: Uint8Array): Promise<string | undefined> {
  const { rows } = await sql<{ initiative: string | null }>`
    select follow_stop(${digest}) as initiative`.execute(db);
  return rows[0]?.initiative ?? undefined;
}

// From here on: what only the jobs may do, as owner.

/** Cases that somebody follows or has asked to. */
export async function followedCases(db: Db): Promise<readonly string[]> {
  const rows = await db.selectFrom('subscription').select('initiative').distinct().execute();
  return rows.map(({ initiative }) => initiative);
}

/** What was told of a case already. */
export async function toldOf(db: Db | Tx, caseNumber: string): Promise<ReadonlySet<string>> {
  const rows = await db
    .selectFrom('subscription_news')
    .select('key')
    .where('initiative', '=', caseNumber)
    .execute();
  return new Set(rows.map(({ key }) => key));
}

/** One piece of news, public in both languages. */
export interface NewsRow {
  readonly key: string;
  readonly zh: string;
  readonly en: string;
}

/** Enters news of a case and, unless it is only the beginning, a mail of each to everybody who follows it. */
export async function enterNews(
  tx: Tx,
  caseNumber: string,
  news: readonly NewsRow[],
  nowMs: number,
  isBeginning: boolean,
): Promise<void> {
  for (const { key, zh, en } of news) {
    const entered = await tx
      .insertInto('subscription_news')
      .values({ initiative: caseNumber, key, zh, en, found_at: utcIso(nowMs) })
      .onConflict((conflict) => conflict.doNothing())
      .returning('key')
      .executeTakeFirst();
    if (entered === undefined || isBeginning) continue;
    await sql`insert into subscription_mail (subscription, about, due_at, asked_at)
      select id, ${key}, ${utcIso(nowMs)}, ${utcIso(nowMs)} from subscription
      where initiative = ${caseNumber} and confirmed_at is not null
      on conflict do nothing`.execute(tx);
  }
}

/** A mail that is due, with all that is needed to write it. */
export interface DueMail {
  readonly id: bigint;
  readonly subscription: string;
  readonly caseNumber: string;
  readonly sealed: Uint8Array;
  readonly language: string;
  readonly about: string;
  readonly attempts: number;
  readonly news: NewsRow | undefined;
}

/**
 * Takes the mails that are due, oldest first, and puts each off until `retryAtMs` of its attempts: who ends in the
 * middle leaves them to be sent later, and two processes never take the same one.
 */
export async function takeDue(
  db: Db,
  nowMs: number,
  most: number,
  leaseMs: number,
): Promise<readonly DueMail[]> {
  const { rows } = await sql<{
    id: bigint;
    subscription: string;
    about: string;
    attempts: number;
    initiative: string;
    sealed: Uint8Array;
    language: string;
    zh: string | null;
    en: string | null;
  }>`
    with due as (
      select id from subscription_mail where due_at <= ${utcIso(nowMs)} order by due_at, id
      limit ${most} for update skip locked
    ), taken as (
      update subscription_mail m set due_at = ${utcIso(nowMs + leaseMs)}, attempts = m.attempts + 1
      from due where m.id = due.id returning m.id, m.subscription, m.about, m.attempts
    )
    select t.id, t.subscription, t.about, t.attempts, s.initiative, s.sealed, s.language, n.zh, n.en
    from taken t join subscription s on s.id = t.subscription
    left join subscription_news n on n.initiative = s.initiative and n.key = t.about
    order by t.id`.execute(db);
  return rows.map(({ initiative, zh, en, about, ...row }) => ({
    ...row,
    about,
    caseNumber: initiative,
    news: zh === null || en === null ? undefined : { key: about, zh, en },
  }));
}

export async function removeMail(db: Db, id: bigint): Promise<void> {
  await db.deleteFrom('subscription_mail').where('id', '=', id).execute();
}

export async function putOff(db: Db, id: bigint, dueAtMs: number): Promise<void> {
  await db
    .updateTable('subscription_mail')
    .set({ due_at: utcIso(dueAtMs) })
    .where('id', '=', id)
    .execute();
}

export async function removeSubscription(db: Db, id: string): Promise<void> {
  await db.deleteFrom('subscription').where('id', '=', id).execute();
}

/** Removes everybody who follows a case that has ended, once no mail of it waits. */
export async function removeEnded(db: Db, caseNumber: string): Promise<number> {
  const result = await sql`delete from subscription where initiative = ${caseNumber} and not exists (
      select from subscription_mail m join subscription s on s.id = m.subscription
      where s.initiative = ${caseNumber})`.execute(db);
  return Number(result.numAffectedRows ?? 0n);
}

/** Removes what nobody confirmed in time, the marks of limits that are over, and news of cases nobody follows. */
export async function removeStale(db: Db, nowMs: number): Promise<void> {
  await sql`delete from subscription where confirmed_at is null and asked_at <= ${after(nowMs)}`.execute(db);
  await sql`delete from subscription_request where asked_at <= ${after(nowMs)}`.execute(db);
  await sql`delete from subscription_news n where not exists (
    select from subscription s where s.initiative = n.initiative)`.execute(db);
}
