import { toBase64Url } from '@lianshu/statement';
import { sql } from 'kysely';
import { type Db, inTransaction } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { PublicRecord, RecordEntry } from '../record/index.ts';
import type { SettledSeal } from '../sealer/index.ts';

/** A signature that waits for its identity or its revocation to be decided. */
export interface WaitingSignature {
  readonly caseNumber: string;
  readonly act: 'joint-signature' | 'proposal-signature';
  readonly commitment: Uint8Array;
  readonly transaction: string;
  readonly holdKeyId: string;
  readonly ciphertext: Uint8Array;
  readonly receivedAtMs: number;
  readonly promise: string | null;
  /** Of its `held` entry: grows with the order of storing. */
  readonly entryId: bigint;
  /** Position of its `held` entry in the log; only what is logged can be settled. */
  readonly index: number;
}

/** The oldest waiting signatures whose `held` entry is in the log, from the one after `after` on. */
export async function listWaiting(
  db: Db,
  limit: number,
  after?: Pick<WaitingSignature, 'entryId'>,
): Promise<readonly WaitingSignature[]> {
  const rows = await db
    .selectFrom('held_signature as h')
    .innerJoin('entry as e', 'e.id', 'h.entry_id')
    .select([
      'h.initiative',
      'h.act',
      'h.commitment',
      'h.tx',
      'h.hold_key_id',
      'h.ciphertext',
      'h.received_at',
      'h.promise',
      'e.id',
      'e.seq',
    ])
    .where('h.settled_at', 'is', null)
    .where('e.seq', 'is not', null)
    .where('e.id', '>', after?.entryId ?? 0n)
    .orderBy('e.id')
    .limit(limit)
    .execute();
  return rows.flatMap((row) =>
    row.ciphertext && row.seq !== null
      ? [
          {
            caseNumber: row.initiative,
            act:
              row.act === 'proposal-signature'
                ? ('proposal-signature' as const)
                : ('joint-signature' as const),
            commitment: row.commitment,
            transaction: row.tx,
            holdKeyId: row.hold_key_id,
            ciphertext: row.ciphertext,
            receivedAtMs: row.received_at.epochMilliseconds,
            promise: row.promise,
            entryId: row.id,
            index: Number(row.seq),
          },
        ]
      : [],
  );
}

export type Settlement =
  | { readonly outcome: 'counted'; readonly sealed: SettledSeal }
  | { readonly outcome: 'refused'; readonly code: string };

/** Where a test may stop settling, in its order; each is named after what has just been done. */
export const SETTLE_STEPS = ['settle-locked', 'settle-tagged', 'settle-entered', 'settle-committed'] as const;

/** Runs at each step; throwing there is a crash there. */
export type AtSettleStep = (step: (typeof SETTLE_STEPS)[number]) => Promise<void>;

/**
 * Settles one held signature: its row, its tag and its `settled` entry in one transaction. A person who signed
 * with another card meanwhile is refused here with `E_ALREADY_SIGNED`; the unique index decides. The ciphertext
 * goes with the settlement. Undefined when another process settled it first.
 */
export async function settle(
  db: Db,
  record: Pick<PublicRecord, 'appendMany' | 'reserve'>,
  waiting: WaitingSignature,
  settlement: Settlement,
  nowMs: number,
  atStep: AtSettleStep = async () => undefined,
): Promise<Settlement['outcome'] | undefined> {
  const became = await inTransaction(db, async (tx) => {
    const locked = await tx
      .selectFrom('held_signature')
      .select('settled_at')
      .where('initiative', '=', waiting.caseNumber)
      .where('commitment', '=', waiting.commitment)
      .forUpdate()
      .executeTakeFirst();
    if (!locked || locked.settled_at) return undefined;
    await atStep('settle-locked');
    const [entryId = 0n] = await record.reserve(tx, 1);
    const { caseNumber, act, index } = waiting;

    let code = settlement.outcome === 'refused' ? settlement.code : undefined;
    if (settlement.outcome === 'counted') {
      const { sealed } = settlement;
      for (const epoch of sealed.epochs)
        await tx
          .insertInto('epoch_key')
          .values({
            epoch_id: epoch.epochId,
            initiative: caseNumber,
            part: epoch.part,
            wrapped: epoch.wrapped,
          })
          .onConflict((conflict) => conflict.doNothing())
          .execute();
      const inserted = await tx
        .insertInto('joint_signature')
        .values({
          initiative: caseNumber,
          act,
          tag: sealed.duplicateTag,
          tx: waiting.transaction,
          commitment: waiting.commitment,
          evidence_epoch: sealed.evidence.epochId,
          evidence_place: sealed.evidence.place,
          evidence: sealed.evidence.ciphertext,
          roster_epoch: sealed.rosterRecord.epochId,
          roster_place: sealed.rosterRecord.place,
          roster: sealed.rosterRecord.ciphertext,
          received_at: utcIso(waiting.receivedAtMs),
          entry_id: entryId,
          lead_mark: sealed.leadMark ?? null,
        })
        .onConflict((conflict) => conflict.doNothing())
        .returning('entry_id')
        .executeTakeFirst();
      if (!inserted) code = 'E_ALREADY_SIGNED';
    }
    await atStep('settle-tagged');

    await tx
      .updateTable('held_signature')
      .set({
        settled_at: utcIso(Math.max(nowMs, waiting.receivedAtMs)),
        outcome: code === undefined ? 'counted' : 'refused',
        code: code ?? null,
        ciphertext: null,
      })
      .where('initiative', '=', caseNumber)
      .where('commitment', '=', waiting.commitment)
      .execute();
    const common = { v: 1, kind: 'settled', act, case: caseNumber, index } as const;
    const entry: RecordEntry =
      settlement.outcome === 'counted' && code === undefined
        ? { ...common, outcome: 'counted', tag: toBase64Url(settlement.sealed.publicTag) }
        : { ...common, outcome: 'refused', code: code ?? 'E_FORMAT' };
    await record.appendMany(tx, [entry], [entryId]);
    await atStep('settle-entered');
    return code === undefined ? 'counted' : 'refused';
  });
  if (became !== undefined) await atStep('settle-committed');
  return became;
}

/** Hold keys of past days that protect nothing any more. */
export async function listSpentHoldKeys(db: Db): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('held_signature')
    .select('hold_key_id')
    .groupBy('hold_key_id')
    .having(sql<boolean>`bool_and(settled_at is not null)`)
    .execute();
  return rows.map(({ hold_key_id }) => hold_key_id);
}
