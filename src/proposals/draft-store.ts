import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** One lock for giving numbers, whatever the number is of: held until COMMIT, so numbers are given in order. */
const NUMBERS_LOCK = 4_021_011;

const lockNumbers = (tx: Tx): Promise<unknown> =>
  sql`select pg_advisory_xact_lock(${NUMBERS_LOCK})`.execute(tx);

/** The next draft number, `D00001` first. Locks until the transaction ends. */
export async function nextDraftNumber(tx: Tx): Promise<string> {
  await lockNumbers(tx);
  const { rows } = await sql<{ last: number | null }>`
    select max(substr(number, 2)::integer) as last from initiative where number like 'D%'`.execute(tx);
  const next = (rows[0]?.last ?? 0) + 1;
  if (next > 99_999) throw new RangeError('All draft numbers are given');
  return `D${String(next).padStart(5, '0')}`;
}

/** The first case number where there is no case yet. */
const FIRST_CASE = 1_001;

/** The next case number, after the highest given. Locks until the transaction ends. */
export async function nextCaseNumber(tx: Tx): Promise<string> {
  await lockNumbers(tx);
  const { rows } = await sql<{ last: number | null }>`
    select max(number::integer) as last from initiative where number not like 'D%'`.execute(tx);
  return String(Math.max((rows[0]?.last ?? 0) + 1, FIRST_CASE));
}

/** Registers what is compared when the draft is signed and filed. */
export async function insertDraft(tx: Tx, draft: string, leadPerson: Uint8Array | undefined): Promise<void> {
  await tx
    .insertInto('proposal_draft')
    .values({ number: draft, lead_person: leadPerson ?? null })
    .execute();
}

/** The lead proposer's pseudonym; `hasSigned` speaks only of drafts that were signed before there were marks. */
export async function findLead(
  db: Db | Tx,
  draft: string,
): Promise<Readonly<{ person: Uint8Array | undefined; hasSigned: boolean }> | undefined> {
  const row = await db
    .selectFrom('proposal_draft')
    .select(['lead_person', 'has_lead_signed'])
    .where('number', '=', draft)
    .executeTakeFirst();
  return row && { person: row.lead_person ?? undefined, hasSigned: row.has_lead_signed };
}

/** Whether the signature with this mark is counted. The mark is the sealer's; nobody reads marks back. */
export async function isLeadAmong(db: Db | Tx, draft: string, mark: Uint8Array): Promise<boolean> {
  const { rows } = await sql<{ among: boolean }>`select lead_is_among(${draft}, ${mark}) as among`.execute(
    db,
  );
  return rows[0]?.among === true;
}

/**
 * Counted electronic proposers. Under the draft's lock every signature that saw it open is there; each has its entry
 * in the record, so anybody counts the same.
 */
export async function countProposers(db: Db | Tx, draft: string): Promise<number> {
  const row = await db
    .selectFrom('joint_signature')
    .select((of) => of.fn.countAll<string>().as('n'))
    .where('initiative', '=', draft)
    .where('voided_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Electronic proposers whose identity waits to be confirmed. */
export async function countHeld(db: Db | Tx, draft: string): Promise<number> {
  const row = await db
    .selectFrom('held_signature')
    .select((of) => of.fn.countAll<string>().as('n'))
    .where('initiative', '=', draft)
    .where('settled_at', 'is', null)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

/** Every draft, by number. */
export async function listDraftNumbers(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('initiative')
    .select('number')
    .where('number', 'like', 'D%')
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Drafts that collect now, with their period. */
export async function listCollecting(
  tx: Tx,
): Promise<readonly Readonly<{ draft: string; opensAtMs: number; closesAtMs: number }>[]> {
  const rows = await tx
    .selectFrom('initiative')
    .select(['number', 'opens_at', 'closes_at'])
    .where('number', 'like', 'D%')
    .where('closed_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows.flatMap(({ number, opens_at, closes_at }) =>
    opens_at === null || closes_at === null
      ? []
      : [{ draft: number, opensAtMs: opens_at.epochMilliseconds, closesAtMs: closes_at.epochMilliseconds }],
  );
}

/** Drafts whose time to collect ended before `endedBeforeMs` and that were not closed. */
export async function listExpired(db: Db, endedBeforeMs: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('initiative')
    .select('number')
    .where('number', 'like', 'D%')
    .where('closed_at', 'is', null)
    .where(sql<boolean>`closes_at <= ${utcIso(endedBeforeMs)}`)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/** Everything that takes or will take signatures: what the sealer must have keys for. */
export async function listSigned(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('initiative')
    .select('number')
    .where((given) => given.or([given('opens_at', 'is not', null), given.not(given('number', 'like', 'D%'))]))
    .where('closed_at', 'is', null)
    .where('stopped_at', 'is', null)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}
