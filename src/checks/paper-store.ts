import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';

/** A sheet as the house knows it: where it lies in the binder, and nothing of whom it names. */
export interface StoredSheet {
  readonly row: number;
  readonly number: string;
  readonly township: string;
  readonly sheet: number;
  /** Whether a batch sheet names it, and whether that was entered. */
  readonly state: 'typed' | 'batched' | 'entered';
  readonly reason: string | undefined;
}

/** Stores a sealed sheet; false when this township has one of this number already. */
export async function insertSheet(
  db: Db,
  sheet: Readonly<{ number: string; township: string; sheet: number; sealed: Uint8Array; atMs: number }>,
): Promise<boolean> {
  const done = await db
    .insertInto('paper_proposer')
    .values({
      initiative: sheet.number,
      township: sheet.township,
      sheet: sheet.sheet,
      sealed: sheet.sealed,
      registered_at: utcIso(sheet.atMs),
      batch: null,
      deleted_at: null,
      reason: null,
    })
    .onConflict((conflict) => conflict.columns(['initiative', 'township', 'sheet']).doNothing())
    .executeTakeFirst();
  return done.numInsertedOrUpdatedRows === 1n;
}

/** Takes back a sheet that no batch names: it was typed wrongly and is typed again. */
export async function deleteSheet(db: Db, number: string, row: number): Promise<boolean> {
  const done = await db
    .deleteFrom('paper_proposer')
    .where('id', '=', BigInt(row))
    .where('initiative', '=', number)
    .where('batch', 'is', null)
    .executeTakeFirst();
  return done.numDeletedRows === 1n;
}

/** The sheets of a draft or case in the order of their binders. */
export async function listSheets(db: Db | Tx, number: string): Promise<readonly StoredSheet[]> {
  const rows = await db
    .selectFrom('paper_proposer as p')
    .leftJoin('paper_batch as b', 'b.id', 'p.batch')
    .select(['p.id', 'p.township', 'p.sheet', 'p.reason', 'b.id as batch', 'b.entered_at'])
    .where('p.initiative', '=', number)
    .orderBy('p.township')
    .orderBy('p.sheet')
    .execute();
  return rows.map((row) => ({
    row: Number(row.id),
    number,
    township: row.township,
    sheet: row.sheet,
    state: row.batch === null ? 'typed' : row.entered_at === null ? 'batched' : 'entered',
    reason: row.reason ?? undefined,
  }));
}

/** Closes a batch over every sheet that none names yet. */
export async function insertBatch(tx: Tx, number: string, body: Uint8Array, atMs: number): Promise<void> {
  const { id } = await tx
    .insertInto('paper_batch')
    .values({ initiative: number, body, closed_at: utcIso(atMs), entered_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('paper_proposer')
    .set({ batch: id })
    .where('initiative', '=', number)
    .where('batch', 'is', null)
    .execute();
}

/** Marks the oldest batch with this body as entered; false when there is none. */
export async function markBatchEntered(
  tx: Tx,
  number: string,
  body: Uint8Array,
  atMs: number,
): Promise<boolean> {
  const waiting = await tx
    .selectFrom('paper_batch')
    .select('id')
    .where('initiative', '=', number)
    .where('body', '=', body)
    .where('entered_at', 'is', null)
    .orderBy('id')
    .limit(1)
    .forUpdate()
    .executeTakeFirst();
  if (waiting === undefined) return false;
  await tx
    .updateTable('paper_batch')
    .set({ entered_at: utcIso(atMs) })
    .where('id', '=', waiting.id)
    .execute();
  return true;
}

/** Bodies of closed batches that were not entered. */
export async function waitingBatches(db: Db, number: string): Promise<readonly Uint8Array[]> {
  const rows = await db
    .selectFrom('paper_batch')
    .select('body')
    .where('initiative', '=', number)
    .where('entered_at', 'is', null)
    .orderBy('id')
    .execute();
  return rows.map(({ body }) => body);
}

/** A sheet that is part of the proposal: entered, and not deleted by a check. */
export interface SealedSheet {
  readonly row: number;
  readonly number: string;
  readonly township: string;
  readonly sheet: number;
  readonly sealed: Uint8Array;
  readonly enteredAtMs: number;
}

/** Every sheet of these rolls that counts until a check says otherwise. */
export async function standingSheets(
  db: Db | Tx,
  numbers: readonly string[],
): Promise<readonly SealedSheet[]> {
  if (numbers.length === 0) return [];
  const rows = await db
    .selectFrom('paper_proposer as p')
    .innerJoin('paper_batch as b', 'b.id', 'p.batch')
    .select(['p.id', 'p.initiative', 'p.township', 'p.sheet', 'p.sealed', 'b.entered_at'])
    .where('p.initiative', 'in', numbers)
    .where('p.deleted_at', 'is', null)
    .where('b.entered_at', 'is not', null)
    .orderBy('p.id')
    .execute();
  return rows.flatMap((row) =>
    row.entered_at === null
      ? []
      : [
          {
            row: Number(row.id),
            number: row.initiative,
            township: row.township,
            sheet: row.sheet,
            sealed: row.sealed,
            enteredAtMs: row.entered_at.epochMilliseconds,
          },
        ],
  );
}

/** Marks sheets as deleted by a check, each for its reason. */
export async function markDeleted(
  tx: Tx,
  deleted: readonly (readonly [row: number, reason: string])[],
  atMs: number,
): Promise<void> {
  if (deleted.length === 0) return;
  const rows = deleted.map(([row]) => row);
  const reasons = deleted.map(([, reason]) => reason);
  await sql`
    update paper_proposer p set deleted_at = ${utcIso(atMs)}, reason = d.reason
    from unnest(${rows}::bigint[], ${reasons}::text[]) as d (id, reason)
    where p.id = d.id and p.deleted_at is null`.execute(tx);
}
