/** SQL of the console: affidavits, access codes, and counts of days. No row here names a signer. */
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { HashedCode } from './access-code.ts';
import type { CountyDayCount } from './county-totals.ts';
import type { DayCount } from './forecast.ts';

/** A signed affidavit as it is kept. */
export interface KeptAffidavit {
  readonly caseNumber: string;
  readonly statement: Uint8Array;
  readonly statementSha256: Uint8Array;
  /** Whose card signed: the sealer's pseudonym. */
  readonly person: Uint8Array;
  readonly evidence: Uint8Array;
  readonly entryId: bigint;
  readonly atMs: number;
}

export async function insertAffidavit(tx: Tx, kept: KeptAffidavit): Promise<void> {
  await tx
    .insertInto('affidavit')
    .values({
      initiative: kept.caseNumber,
      statement: kept.statement,
      statement_sha256: kept.statementSha256,
      person: kept.person,
      evidence: kept.evidence,
      entry_id: kept.entryId,
      received_at: utcIso(kept.atMs),
    })
    .execute();
}

/** Whose card signed the case's affidavit; undefined where it was handed in on paper. */
export async function affidavitPerson(db: Db, caseNumber: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('affidavit')
    .select('person')
    .where('initiative', '=', caseNumber)
    .executeTakeFirst();
  return row?.person;
}

/** A code's slow hash and how often it was mistyped. */
export interface KeptCode extends HashedCode {
  readonly issuedAtMs: number;
  readonly failures: number;
  readonly lockedUntilMs: number | undefined;
}

export async function insertCode(
  tx: Tx,
  code: HashedCode & Readonly<{ caseNumber: string; serial: number; atMs: number }>,
): Promise<void> {
  const { caseNumber, serial, salt, hash, atMs } = code;
  await tx
    .insertInto('access_code')
    .values({ initiative: caseNumber, serial, salt, hash, issued_at: utcIso(atMs) })
    .execute();
}

export async function findCode(
  db: Db | Tx,
  caseNumber: string,
  serial: number,
): Promise<KeptCode | undefined> {
  const row = await db
    .selectFrom('access_code')
    .select(['salt', 'hash', 'issued_at', 'failures', 'locked_until'])
    .where('initiative', '=', caseNumber)
    .where('serial', '=', serial)
    .executeTakeFirst();
  return (
    row && {
      salt: row.salt,
      hash: row.hash,
      issuedAtMs: row.issued_at.epochMilliseconds,
      failures: row.failures,
      lockedUntilMs: row.locked_until?.epochMilliseconds,
    }
  );
}

/**
 * Counts one more failure in a row; the last allowed one locks. One statement, so that tries at the same moment are all
 * counted.
 */
export async function countCodeFailure(
  db: Db,
  code: Readonly<{ caseNumber: string; serial: number; allowed: number; lockedUntilMs: number }>,
): Promise<void> {
  await db
    .updateTable('access_code')
    .set({
      failures: sql<number>`case when failures + 1 >= ${code.allowed} then 0 else failures + 1 end`,
      locked_until: sql`case when failures + 1 >= ${code.allowed}
        then ${utcIso(code.lockedUntilMs)}::timestamptz else locked_until end`,
    })
    .where('initiative', '=', code.caseNumber)
    .where('serial', '=', code.serial)
    .execute();
}

export async function forgetCodeFailures(db: Db, caseNumber: string, serial: number): Promise<void> {
  await db
    .updateTable('access_code')
    .set({ failures: 0 })
    .where('initiative', '=', caseNumber)
    .where('serial', '=', serial)
    .execute();
}

/** What is signed under a number: a proposal under a draft's, a joint signature under a case's. */
const actOf = (number: string) => (number.startsWith('D') ? 'proposal-signature' : 'joint-signature');

/**
 * Counted signatures by legal day of receipt, before `before`: whole days only, so that nobody who watches the page and
 * a signing place learns who signed. Days without one are absent.
 */
export async function countsByDay(db: Db, number: string, before: string): Promise<readonly DayCount[]> {
  const { rows } = await sql<{ day: string; counted: bigint }>`
    select day, counted from signed_by_day(${number}, ${before}::date)`.execute(db);
  return rows.map(({ day, counted }) => ({ day, count: Number(counted) }));
}

/** Counts by county of whole days before `before`, as they were written. Small numbers and all: see `showCounties`. */
export const countsByCounty = (db: Db, number: string, before: string): Promise<readonly CountyDayCount[]> =>
  db
    .selectFrom('day_tally')
    .select([sql<string>`day::text`.as('day'), 'county', 'counted'])
    .where('initiative', '=', number)
    .where('act', '=', actOf(number))
    .where(sql<boolean>`day < ${before}::date`)
    .orderBy('day')
    .orderBy('county')
    .execute();
