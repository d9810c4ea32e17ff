import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** Deleted electronic rows with their statutory ground, which the record tells: `[index, ground]`. */
export type Voids = readonly (readonly [number, string])[];

/** One check as it is stored. */
export interface StoredCheck {
  readonly id: string;
  readonly caseNumber: string;
  readonly round: number;
  readonly body: Uint8Array | undefined;
  readonly digest: string;
  readonly required: number;
  readonly entries: readonly number[];
  readonly paper: readonly number[];
  readonly sentAtMs: number | undefined;
  readonly askedAtMs: number | undefined;
  readonly fault: string | undefined;
  readonly done: number;
  readonly result: Readonly<Record<string, unknown>> | undefined;
  readonly voids: Voids;
  /** Deleted paper rows. Why is in the lead proposer's letter and nowhere here. */
  readonly deleted: readonly number[];
  readonly hasLetter: boolean;
  readonly finishedAtMs: number | undefined;
  readonly enteredAtMs: number | undefined;
}

/** Stores a prepared batch. */
export async function insertCheck(
  tx: Tx,
  check: Pick<StoredCheck, 'id' | 'caseNumber' | 'round' | 'digest' | 'required' | 'entries' | 'paper'> &
    Readonly<{ body: Uint8Array; atMs: number }>,
): Promise<void> {
  await tx
    .insertInto('proposer_check')
    .values({
      id: check.id,
      initiative: check.caseNumber,
      round: check.round,
      body: check.body,
      digest: check.digest,
      required: check.required,
      entries: JSON.stringify(check.entries),
      paper: JSON.stringify(check.paper),
      prepared_at: utcIso(check.atMs),
      sent_at: null,
      asked_at: null,
      fault: null,
      result: null,
      voids: null,
      deleted: null,
      letter: null,
      finished_at: null,
      entered_at: null,
    })
    .execute();
}

/** Every check of a case, oldest first; locked in a transaction that says so. */
export async function listChecks(
  db: Db | Tx,
  caseNumber: string,
  lock = false,
): Promise<readonly StoredCheck[]> {
  const all = db
    .selectFrom('proposer_check')
    .selectAll()
    .where('initiative', '=', caseNumber)
    .orderBy('round');
  const rows = await (lock ? all.forUpdate() : all).execute();
  return rows.map((row) => ({
    id: row.id,
    caseNumber,
    round: row.round,
    body: row.body ?? undefined,
    digest: row.digest,
    required: row.required,
    entries: row.entries as readonly number[],
    paper: row.paper as readonly number[],
    sentAtMs: row.sent_at?.epochMilliseconds,
    askedAtMs: row.asked_at?.epochMilliseconds,
    fault: row.fault ?? undefined,
    done: row.done,
    result: (row.result ?? undefined) as StoredCheck['result'],
    voids: (row.voids ?? []) as Voids,
    deleted: (row.deleted ?? []) as readonly number[],
    hasLetter: row.letter !== null,
    finishedAtMs: row.finished_at?.epochMilliseconds,
    enteredAtMs: row.entered_at?.epochMilliseconds,
  }));
}

export async function markSent(db: Db, id: string, atMs: number): Promise<void> {
  await db
    .updateTable('proposer_check')
    .set({ sent_at: utcIso(atMs), fault: null })
    .where('id', '=', id)
    .execute();
}

/** What the last answer was: progress, or why it could not be used. */
export async function markAsked(
  db: Db,
  id: string,
  atMs: number,
  answer: Readonly<{ done?: number; fault?: string }>,
): Promise<void> {
  const { done, fault } = answer;
  await db
    .updateTable('proposer_check')
    .set({ asked_at: utcIso(atMs), fault: fault ?? null, ...(done === undefined ? {} : { done }) })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

/** Keeps a result, once; the batch is forgotten with it. */
export async function markFinished(
  db: Db,
  id: string,
  atMs: number,
  result: Readonly<{
    body: unknown;
    voids: Voids;
    deleted: readonly number[];
    letter: Uint8Array | undefined;
  }>,
): Promise<void> {
  await db
    .updateTable('proposer_check')
    .set({
      asked_at: utcIso(atMs),
      finished_at: utcIso(atMs),
      fault: null,
      body: null,
      result: JSON.stringify(result.body),
      voids: JSON.stringify(result.voids),
      deleted: JSON.stringify(result.deleted),
      letter: result.letter ?? null,
    })
    .where('id', '=', id)
    .where('finished_at', 'is', null)
    .execute();
}

export async function markEntered(tx: Tx, id: string, atMs: number): Promise<void> {
  await tx
    .updateTable('proposer_check')
    .set({ entered_at: utcIso(atMs) })
    .where('id', '=', id)
    .execute();
}

/** The letter about a case's newest finished check that has one: an age file. */
export async function findLetter(db: Db, caseNumber: string): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('proposer_check')
    .select('letter')
    .where('initiative', '=', caseNumber)
    .where('letter', 'is not', null)
    .orderBy('round', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.letter ?? undefined;
}

/** The public key to which the lead proposer wants letters sealed. A later one is used from then on. */
export async function setLetterKey(db: Db, number: string, recipient: string, atMs: number): Promise<void> {
  await db
    .insertInto('letter_key')
    .values({ initiative: number, recipient, given_at: utcIso(atMs) })
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/** The newest key given for the case or the draft it was filed with. */
export async function letterKeyOf(db: Db | Tx, numbers: readonly string[]): Promise<string | undefined> {
  if (numbers.length === 0) return undefined;
  const row = await db
    .selectFrom('letter_key')
    .select('recipient')
    .where('initiative', 'in', numbers)
    .orderBy('given_at', 'desc')
    .limit(1)
    .executeTakeFirst();
  return row?.recipient;
}

/** SHA-256 of a public key, hexadecimal: what an order to check names and the lead proposer compares. */
export const letterKeyDigest = (recipient: string): string => toHex(sha256(utf8(recipient)));

/** The key given for the case or its draft that an order to check names. @throws when nobody gave such a key. */
export async function letterKeyNamed(tx: Tx, numbers: readonly string[], digest: string): Promise<string> {
  const given = await tx
    .selectFrom('letter_key')
    .select('recipient')
    .where('initiative', 'in', numbers)
    .execute();
  const named = given.find(({ recipient }) => letterKeyDigest(recipient) === digest);
  if (named === undefined) throw new Error('the order names a key for the letter that nobody gave');
  return named.recipient;
}

/** Whether there is a row of this number. */
export async function isNumber(db: Db, number: string): Promise<boolean> {
  const row = await db
    .selectFrom('initiative')
    .select('number')
    .where('number', '=', number)
    .executeTakeFirst();
  return row !== undefined;
}

/** One counted electronic proposer: sealed, with the entry that counts it. */
export interface RosterRow {
  readonly recordCommitment: Uint8Array;
  readonly epochId: string;
  readonly place: number;
  readonly ciphertext: Uint8Array;
  readonly receivedAtMs: number;
  /** Undefined while its entry has no place in the log yet. */
  readonly index: number | undefined;
}

/** The counted electronic proposers of a draft, by commitment: the order tells nothing. */
export async function listRoster(db: Db | Tx, draft: string): Promise<readonly RosterRow[]> {
  const rows = await db
    .selectFrom('joint_signature as s')
    .innerJoin('entry as e', 'e.id', 's.entry_id')
    .select(['s.commitment', 's.roster_epoch', 's.roster_place', 's.roster', 's.received_at', 'e.seq'])
    .where('s.initiative', '=', draft)
    .where('s.act', '=', 'proposal-signature')
    .where('s.voided_at', 'is', null)
    .orderBy('s.commitment')
    .execute();
  return rows.map((row) => ({
    recordCommitment: row.commitment,
    epochId: row.roster_epoch,
    place: row.roster_place,
    ciphertext: row.roster,
    receivedAtMs: row.received_at.epochMilliseconds,
    index: row.seq === null ? undefined : Number(row.seq),
  }));
}

/** The wrapped first keys of the epochs of a draft's roster. */
export async function listRosterEpochs(
  db: Db | Tx,
  draft: string,
): Promise<readonly Readonly<{ epochId: string; wrapped: Uint8Array }>[]> {
  const rows = await db
    .selectFrom('epoch_key')
    .select(['epoch_id', 'wrapped'])
    .where('initiative', '=', draft)
    .where('part', '=', 'roster')
    .orderBy('epoch_id')
    .execute();
  return rows.map(({ epoch_id, wrapped }) => ({ epochId: epoch_id, wrapped }));
}

/** Marks the signatures that these entries count as excluded; gives how many that were. */
export async function voidSignatures(
  tx: Tx,
  draft: string,
  indexes: readonly number[],
  atMs: number,
): Promise<number> {
  if (indexes.length === 0) return 0;
  const done = await sql`
    update joint_signature s set voided_at = ${utcIso(atMs)}
    from entry e
    where e.id = s.entry_id and e.seq = any(${indexes}::bigint[]) and s.initiative = ${draft}
      and s.voided_at is null`.execute(tx);
  return Number(done.numAffectedRows ?? 0n);
}
