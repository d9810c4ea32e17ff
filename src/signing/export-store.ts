import type { Db } from '../platform/db/index.ts';

/** Which half of which roll. */
export interface SealedPart {
  readonly caseNumber: string;
  readonly act: 'joint-signature' | 'proposal-signature';
  readonly part: 'evidence' | 'roster';
}

const PAGE = 1_000;

/** Every epoch of one part, with its wrapped first key. */
export async function listWrappedEpochs(
  db: Db,
  { caseNumber, part }: SealedPart,
): Promise<readonly { readonly epochId: string; readonly wrapped: Uint8Array }[]> {
  const rows = await db
    .selectFrom('epoch_key')
    .select(['epoch_id', 'wrapped'])
    .where('initiative', '=', caseNumber)
    .where('part', '=', part)
    .orderBy('epoch_id')
    .execute();
  return rows.map((row) => ({ epochId: row.epoch_id, wrapped: row.wrapped }));
}

/**
 * Every record of one part, by commitment. The place within an epoch still tells the order of signing to whoever
 * holds the file, which is ciphertext: the hand-over seals the rows anew in random order (trust.md §3).
 */
export async function* listSealed(db: Db, { caseNumber, act, part }: SealedPart) {
  let after: Uint8Array = new Uint8Array(0);
  for (;;) {
    const rows = await db
      .selectFrom('joint_signature')
      .select([
        'commitment',
        'evidence_epoch',
        'evidence_place',
        'evidence',
        'roster_epoch',
        'roster_place',
        'roster',
      ])
      .where('initiative', '=', caseNumber)
      .where('act', '=', act)
      .where('commitment', '>', after)
      .orderBy('commitment')
      .limit(PAGE)
      .execute();
    for (const row of rows)
      yield part === 'evidence'
        ? {
            recordCommitment: row.commitment,
            epochId: row.evidence_epoch,
            place: row.evidence_place,
            ciphertext: row.evidence,
          }
        : {
            recordCommitment: row.commitment,
            epochId: row.roster_epoch,
            place: row.roster_place,
            ciphertext: row.roster,
          };
    const last = rows.at(-1);
    if (!last || rows.length < PAGE) return;
    after = last.commitment;
  }
}
