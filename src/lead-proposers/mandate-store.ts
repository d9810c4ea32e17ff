/** SQL on mandates: which account may do what for which draft or case. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { KeptMandate, Member } from './account.ts';

export interface NewMandate {
  readonly account: string;
  readonly scope: string;
  readonly mandate: KeptMandate;
  readonly givenBy?: string;
  readonly untilOn?: string | undefined;
}

/** Gives a mandate, or gives it anew after it ended. */
export async function putMandate(tx: Tx, given: NewMandate, atMs: number): Promise<void> {
  const values = {
    mandate: given.mandate,
    given_by: given.givenBy ?? null,
    given_at: utcIso(atMs),
    until_on: given.untilOn ?? null,
    ended_at: null,
  };
  await tx
    .insertInto('account_mandate')
    .values({ account: given.account, scope: given.scope, ...values })
    .onConflict((conflict) => conflict.columns(['account', 'scope']).doUpdateSet(values))
    .execute();
}

export interface StoredMandate {
  readonly account: string;
  readonly scope: string;
  readonly mandate: KeptMandate;
  readonly untilOn: string | undefined;
}

const standing = (db: Db | Tx, today: string) =>
  db
    .selectFrom('account_mandate')
    .where('account_mandate.ended_at', 'is', null)
    .where(sql<boolean>`(until_on is null or until_on >= ${today})`);

const mandateOf = (row: {
  account: string;
  scope: string;
  mandate: string;
  until_on: string | null;
}): StoredMandate => ({
  account: row.account,
  scope: row.scope,
  mandate: row.mandate as KeptMandate,
  untilOn: row.until_on ?? undefined,
});

/** Mandates of an account that hold on a day, by scope. */
export async function mandatesOn(
  db: Db | Tx,
  account: string,
  today: string,
): Promise<readonly StoredMandate[]> {
  const rows = await standing(db, today)
    .select(['account', 'scope', 'mandate', 'until_on'])
    .where('account', '=', account)
    .orderBy('scope')
    .execute();
  return rows.map(mandateOf);
}

/** Mandates of a scope that hold on a day. */
export async function mandatesFor(
  db: Db | Tx,
  scope: string,
  today: string,
): Promise<readonly StoredMandate[]> {
  const rows = await standing(db, today)
    .select(['account', 'scope', 'mandate', 'until_on'])
    .where('scope', '=', scope)
    .orderBy('account')
    .execute();
  return rows.map(mandateOf);
}

/** Ends a mandate now; false when none stands. The lead proposer's own is not ended by this. */
export async function endMandate(tx: Tx, scope: string, account: string, atMs: number): Promise<boolean> {
  const row = await tx
    .updateTable('account_mandate')
    .set({ ended_at: utcIso(atMs) })
    .where('scope', '=', scope)
    .where('account', '=', account)
    .where('mandate', '<>', 'lead')
    .where('ended_at', 'is', null)
    .returning('account')
    .executeTakeFirst();
  return row !== undefined;
}

/** Ends every mandate that an account was given; none that it leads. */
export async function endMandates(tx: Tx, account: string, atMs: number): Promise<void> {
  await tx
    .updateTable('account_mandate')
    .set({ ended_at: utcIso(atMs) })
    .where('account', '=', account)
    .where('mandate', '<>', 'lead')
    .where('ended_at', 'is', null)
    .execute();
}

/** The people of a draft or case on a day, in the order in which they were invited; the lead proposer first. */
export async function membersOn(db: Db, scope: string, today: string): Promise<readonly Member[]> {
  const rows = await standing(db, today)
    .innerJoin('account', 'account.id', 'account_mandate.account')
    .leftJoin('account_passkey', (join) =>
      join.onRef('account_passkey.account', '=', 'account.id').on('account_passkey.ended_at', 'is', null),
    )
    .select([
      'account.id',
      'account.kind',
      'account.label',
      'mandate',
      'given_at',
      'until_on',
      'credential_id',
    ])
    .where('scope', '=', scope)
    .orderBy(sql`mandate <> 'lead'`)
    .orderBy('given_at')
    .orderBy('account.id')
    .execute();
  return rows.map((row) => ({
    account: row.id,
    label: row.label,
    mandate: row.mandate as KeptMandate,
    givenAtMs: row.given_at.epochMilliseconds,
    untilOn: row.until_on ?? undefined,
    hasCome: row.kind === 'card' || row.credential_id !== null,
  }));
}

/** Whether a draft or case has a lead proposer on a day who is somebody else than this person. */
export async function isLedByAnother(
  db: Db | Tx,
  scope: string,
  person: Uint8Array,
  today: string,
): Promise<boolean> {
  const row = await standing(db, today)
    .innerJoin('account', 'account.id', 'account_mandate.account')
    .select('account.person')
    .where('scope', '=', scope)
    .where('mandate', '=', 'lead')
    .executeTakeFirst();
  return row?.person != null && Buffer.compare(row.person, person) !== 0;
}
