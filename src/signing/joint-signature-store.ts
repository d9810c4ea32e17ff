import { toBase64Url } from '@lianshu/statement';
import { sql } from 'kysely';
import { type Db, inTransaction, type Tx, violatedConstraint } from '../platform/db/index.ts';
import { taipeiTimestamp, utcIso } from '../platform/time.ts';
import { isReadOnlyError, type PublicRecord, type RecordEntry } from '../record/index.ts';
import type { Held, Sealed, WrappedEpoch } from '../sealer/index.ts';

/** What intake stores of one envelope, once the sealer has judged it: ciphertexts, a tag, a commitment. */
export interface IntakeRow {
  readonly caseNumber: string;
  /** 交易序號, spent by this row. */
  readonly transaction: string;
  readonly receivedAtMs: number;
  readonly sealed: Sealed | Held;
}

/** What is stored under a commitment. */
export interface KnownSignature {
  /** Why it was held; absent when it was sealed at once. */
  readonly heldFor?: string;
  readonly promise: string;
}

export type TakeOutcome =
  | { readonly outcome: 'stored' }
  | ({ readonly outcome: 'same' } & KnownSignature)
  | { readonly outcome: 'transaction-used' }
  | { readonly outcome: 'closed' }
  /** `firstSignedAt` with its offset, Asia/Taipei. */
  | { readonly outcome: 'already-signed'; readonly firstSignedAt: string };

type Appender = Pick<PublicRecord, 'appendMany' | 'reserve'>;

/** Where a test may stop intake, in its order; each is named after what has just been done. */
export const INTAKE_STEPS = ['take-locked', 'take-inserted', 'take-entered', 'take-committed'] as const;

/** Runs at each step; throwing there is a crash there. */
export type AtIntakeStep = (step: (typeof INTAKE_STEPS)[number]) => Promise<void>;
const goOn: AtIntakeStep = async () => undefined;

/**
 * Stores many signatures in one transaction, with a pending record entry for each row that came back, and
 * answers for each item in order. Called by the batcher only. The unique indexes are the only judges of
 * duplicates; the share lock on the case is held until COMMIT, so nothing slips past a closing.
 * Rows are inserted sorted by tag, so that two processes cannot deadlock.
 */
export async function takeSignatures(
  db: Db,
  record: Appender,
  items: readonly IntakeRow[],
  atStep: AtIntakeStep = goOn,
): Promise<readonly TakeOutcome[]> {
  try {
    const outcomes = await inTransaction(db, (tx) => takeAll(tx, record, items, atStep));
    await atStep('take-committed');
    return outcomes;
  } catch (error) {
    // One commitment sent twice, once held and once sealed: two tables take it, the record's index does not.
    if (violatedConstraint(error) === undefined || isReadOnlyError(error)) throw error;
    const [only, ...others] = items;
    if (only && others.length === 0) {
      const known = await findKnown(db, only.caseNumber, only.sealed.recordCommitment);
      if (known) return [{ outcome: 'same', ...known }];
      throw error;
    }
    const outcomes: TakeOutcome[] = [];
    for (const item of items) outcomes.push(...(await takeSignatures(db, record, [item], atStep)));
    return outcomes;
  }
}

async function takeAll(
  tx: Tx,
  record: Appender,
  items: readonly IntakeRow[],
  atStep: AtIntakeStep,
): Promise<TakeOutcome[]> {
  const periods = await holdPeriods(tx, [...new Set(items.map(({ caseNumber }) => caseNumber))].sort());
  await atStep('take-locked');
  const ids = await record.reserve(tx, items.length);
  const candidates = items
    .map((row, place) => ({ row, place, entryId: ids[place] ?? 0n }))
    .filter(({ row }) => periods.get(row.caseNumber)?.(row.receivedAtMs))
    .sort((a, b) => Buffer.compare(sortKey(a.row), sortKey(b.row)));

  await insertEpochs(
    tx,
    candidates.map(({ row }) => row),
  );
  const spent = await spentElsewhere(tx, candidates);
  const fresh = candidates.filter(({ entryId }) => !spent.has(entryId));
  const stored = new Set([...(await insertSealed(tx, fresh)), ...(await insertHeld(tx, fresh))]);
  await atStep('take-inserted');
  const taken = candidates.filter(({ entryId }) => stored.has(entryId));
  await record.appendMany(
    tx,
    taken.map(({ row }) => entryOf(row)),
    taken.map(({ entryId }) => entryId),
  );
  await atStep('take-entered');

  const outcomes: TakeOutcome[] = items.map(() => ({ outcome: 'closed' }));
  for (const { row, place, entryId } of candidates)
    outcomes[place] = stored.has(entryId) ? { outcome: 'stored' } : await whyNot(tx, row);
  return outcomes;
}

type Candidate = { readonly row: IntakeRow; readonly entryId: bigint };

const sortKey = (row: IntakeRow): Uint8Array =>
  row.sealed.outcome === 'sealed' ? row.sealed.duplicateTag : row.sealed.recordCommitment;

/** For each case a test whether a time of receipt lies in its signing period. */
async function holdPeriods(
  tx: Tx,
  cases: readonly string[],
): Promise<Map<string, (atMs: number) => boolean>> {
  const periods = new Map<string, (atMs: number) => boolean>();
  for (const caseNumber of cases) {
    const { rows } = await sql<{
      opens_at: Instant | null;
      closes_at: Instant | null;
      stopped_at: Instant | null;
      closed_at: Instant | null;
    }>`select * from hold_initiative(${caseNumber})`.execute(tx);
    const period = rows[0];
    if (!period?.opens_at || !period.closes_at || period.closed_at) continue;
    const from = period.opens_at.epochMilliseconds;
    const to = Math.min(
      period.closes_at.epochMilliseconds,
      period.stopped_at?.epochMilliseconds ?? Number.POSITIVE_INFINITY,
    );
    periods.set(caseNumber, (atMs) => atMs >= from && atMs < to);
  }
  return periods;
}

interface Instant {
  readonly epochMilliseconds: number;
}

async function insertEpochs(tx: Tx, rows: readonly IntakeRow[]): Promise<void> {
  const epochs = new Map<string, WrappedEpoch & { readonly caseNumber: string }>();
  for (const { sealed, caseNumber } of rows)
    if (sealed.outcome === 'sealed')
      for (const epoch of sealed.epochs) epochs.set(epoch.epochId, { ...epoch, caseNumber });
  if (epochs.size === 0) return;
  await tx
    .insertInto('epoch_key')
    .values(
      [...epochs.values()]
        .sort((a, b) => (a.epochId < b.epochId ? -1 : 1))
        .map(({ epochId, part, wrapped, caseNumber }) => ({
          epoch_id: epochId,
          initiative: caseNumber,
          part,
          wrapped,
        })),
    )
    .onConflict((conflict) => conflict.doNothing())
    .execute();
}

/**
 * Candidates whose transaction number was spent in the other of the two tables, which the unique index of their
 * own cannot see. One person only can have both, so the rare pair that passes at the same moment counts once.
 */
async function spentElsewhere(tx: Tx, candidates: readonly Candidate[]): Promise<ReadonlySet<bigint>> {
  const spent = new Set<bigint>();
  const others = { sealed: 'held_signature', held: 'joint_signature' } as const;
  for (const outcome of ['sealed', 'held'] as const) {
    const mine = candidates.filter(({ row }) => row.sealed.outcome === outcome);
    if (mine.length === 0) continue;
    const rows = await tx
      .selectFrom(others[outcome])
      .select(['initiative', 'tx'])
      .where('initiative', 'in', [...new Set(mine.map(({ row }) => row.caseNumber))])
      .where(
        'tx',
        'in',
        mine.map(({ row }) => row.transaction),
      )
      .execute();
    for (const { row, entryId } of mine)
      if (rows.some((found) => found.initiative === row.caseNumber && found.tx === row.transaction))
        spent.add(entryId);
  }
  return spent;
}

async function insertSealed(tx: Tx, candidates: readonly Candidate[]): Promise<readonly bigint[]> {
  const values = candidates.flatMap(({ row, entryId }) =>
    row.sealed.outcome === 'sealed' ? [signatureRow(row, row.sealed, entryId)] : [],
  );
  if (values.length === 0) return [];
  const rows = await tx
    .insertInto('joint_signature')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returning('entry_id')
    .execute();
  return rows.map(({ entry_id }) => entry_id);
}

function signatureRow(row: IntakeRow, sealed: Sealed, entryId: bigint) {
  return {
    initiative: row.caseNumber,
    act: sealed.act,
    tag: sealed.duplicateTag,
    tx: row.transaction,
    commitment: sealed.recordCommitment,
    evidence_epoch: sealed.evidence.epochId,
    evidence_place: sealed.evidence.place,
    evidence: sealed.evidence.ciphertext,
    roster_epoch: sealed.rosterRecord.epochId,
    roster_place: sealed.rosterRecord.place,
    roster: sealed.rosterRecord.ciphertext,
    received_at: utcIso(row.receivedAtMs),
    entry_id: entryId,
    promise: sealed.promise,
    lead_mark: sealed.leadMark ?? null,
  };
}

async function insertHeld(tx: Tx, candidates: readonly Candidate[]): Promise<readonly bigint[]> {
  const values = candidates.flatMap(({ row, entryId }) =>
    row.sealed.outcome === 'held'
      ? [
          {
            initiative: row.caseNumber,
            act: row.sealed.act,
            tx: row.transaction,
            commitment: row.sealed.recordCommitment,
            hold_key_id: row.sealed.holdKeyId,
            ciphertext: row.sealed.ciphertext,
            reason: row.sealed.reason,
            received_at: utcIso(row.receivedAtMs),
            entry_id: entryId,
            promise: row.sealed.promise,
          },
        ]
      : [],
  );
  if (values.length === 0) return [];
  const rows = await tx
    .insertInto('held_signature')
    .values(values)
    .onConflict((conflict) => conflict.doNothing())
    .returning('entry_id')
    .execute();
  return rows.map(({ entry_id }) => entry_id);
}

function entryOf({ sealed, caseNumber }: IntakeRow): RecordEntry {
  const commitment = toBase64Url(sealed.recordCommitment);
  return sealed.outcome === 'held'
    ? { v: 1, kind: 'held', act: sealed.act, case: caseNumber, commitment }
    : { v: 1, kind: sealed.act, case: caseNumber, commitment, tag: toBase64Url(sealed.publicTag) };
}

/** A row that was not inserted met one of three unique keys; the nearest to the caller's own deed first. */
async function whyNot(tx: Tx, row: IntakeRow): Promise<TakeOutcome> {
  const known = await findKnown(tx, row.caseNumber, row.sealed.recordCommitment);
  if (known) return { outcome: 'same', ...known };
  if (await transactionSpent(tx, row)) return { outcome: 'transaction-used' };
  if (row.sealed.outcome !== 'sealed') return { outcome: 'transaction-used' };
  return { outcome: 'already-signed', firstSignedAt: await firstSignedAt(tx, row.caseNumber, row.sealed) };
}

async function transactionSpent(tx: Tx, { caseNumber, transaction }: IntakeRow): Promise<boolean> {
  for (const table of ['joint_signature', 'held_signature'] as const) {
    const found = await tx
      .selectFrom(table)
      .select('commitment')
      .where('initiative', '=', caseNumber)
      .where('tx', '=', transaction)
      .executeTakeFirst();
    if (found) return true;
  }
  return false;
}

/**
 * When the person behind a confirmed tag signed first. Asked only with a tag the sealer gave for a verified
 * envelope; this database role cannot read tags. (trust.md §2)
 */
async function firstSignedAt(
  db: Db | Tx,
  caseNumber: string,
  { act, duplicateTag }: Pick<Sealed, 'act' | 'duplicateTag'>,
): Promise<string> {
  const { rows } = await sql<{ at: Instant | null }>`
    select first_signed_at(${caseNumber}, ${act}, ${duplicateTag}) as at`.execute(db);
  const at = rows[0]?.at;
  if (!at) throw new Error('A signature met a unique key that no stored row explains');
  return taipeiTimestamp(at.epochMilliseconds);
}

/**
 * Returns once everything that was committed before is wherever a COMMIT must be: on this disk and, where there is a
 * synchronous standby, on its disk too. Needed before a row that was found is promised again.
 */
export async function confirmStored(db: Db): Promise<void> {
  await sql`select pg_logical_emit_message(true, 'lianshu', '')`.execute(db);
}

/** Whether this commitment was taken before, as what, and with which promise. */
export async function findKnown(
  db: Db | Tx,
  caseNumber: string,
  commitment: Uint8Array,
): Promise<KnownSignature | undefined> {
  const held = await db
    .selectFrom('held_signature')
    .select(['promise', 'reason'])
    .where('initiative', '=', caseNumber)
    .where('commitment', '=', commitment)
    .executeTakeFirst();
  if (held) return { heldFor: held.reason, promise: held.promise ?? '' };
  const signed = await db
    .selectFrom('joint_signature')
    .select('promise')
    .where('initiative', '=', caseNumber)
    .where('commitment', '=', commitment)
    .executeTakeFirst();
  return signed && { promise: signed.promise ?? '' };
}
