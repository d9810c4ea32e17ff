import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { BoundSheet } from './sheets-digest.ts';

/** A sheet as the house knows it: where it lies in the binder, and nothing of whom it names. */
export interface StoredSheet {
  readonly row: number;
  readonly number: string;
  readonly township: string;
  readonly sheet: number;
  /** Whether a batch sheet names it, whether that was entered, and whether a check deleted it since. */
  readonly state: 'typed' | 'batched' | 'entered' | 'deleted';
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

const stateOf = (row: Readonly<Record<'batch' | 'entered_at' | 'deleted_at', unknown>>) =>
  row.deleted_at !== null
    ? 'deleted'
    : row.batch === null
      ? 'typed'
      : row.entered_at === null
        ? 'batched'
        : 'entered';

/** The sheets of a draft or case in the order of their binders. */
export async function listSheets(db: Db | Tx, number: string): Promise<readonly StoredSheet[]> {
  const rows = await db
    .selectFrom('paper_proposer as p')
    .leftJoin('paper_batch as b', 'b.id', 'p.batch')
    .select(['p.id', 'p.township', 'p.sheet', 'p.deleted_at', 'b.id as batch', 'b.entered_at'])
    .where('p.initiative', '=', number)
    .orderBy('p.township')
    .orderBy('p.sheet')
    .execute();
  return rows.map((row) => ({
    row: Number(row.id),
    number,
    township: row.township,
    sheet: row.sheet,
    state: stateOf(row),
  }));
}

/** A sheet with what binds it. */
export interface TypedRow extends BoundSheet {
  readonly row: number;
}

type Row = Readonly<{ id: bigint }> & BoundSheet;

const boundRows = (rows: readonly Row[]): readonly TypedRow[] =>
  rows.map(({ id, ...sheet }) => ({ row: Number(id), ...sheet }));

/** The sheets that no batch names yet, locked: until COMMIT none of them is taken back or named by another. */
export async function lockTyped(tx: Tx, number: string): Promise<readonly TypedRow[]> {
  const rows = await tx
    .selectFrom('paper_proposer')
    .select(['id', 'township', 'sheet', 'sealed'])
    .where('initiative', '=', number)
    .where('batch', 'is', null)
    .forUpdate()
    .execute();
  return boundRows(rows);
}

/** Closes a batch over exactly these sheets. */
export async function insertBatch(
  tx: Tx,
  number: string,
  batch: Readonly<{ body: Uint8Array; rows: readonly number[]; atMs: number }>,
): Promise<void> {
  const { id } = await tx
    .insertInto('paper_batch')
    .values({ initiative: number, body: batch.body, closed_at: utcIso(batch.atMs), entered_at: null })
    .returning('id')
    .executeTakeFirstOrThrow();
  await tx
    .updateTable('paper_proposer')
    .set({ batch: id })
    .where('id', 'in', batch.rows.map(BigInt))
    .where('batch', 'is', null)
    .execute();
}

/** The closed batch with this body that was not entered yet, locked, and the sheets it names. */
export async function lockBatch(
  tx: Tx,
  number: string,
  body: Uint8Array,
): Promise<Readonly<{ id: bigint; sheets: readonly TypedRow[] }> | undefined> {
  const batch = await tx
    .selectFrom('paper_batch')
    .select('id')
    .where('initiative', '=', number)
    .where('body', '=', body)
    .where('entered_at', 'is', null)
    .forUpdate()
    .executeTakeFirst();
  return batch && { id: batch.id, sheets: await sheetsOfBatch(tx, batch.id) };
}

async function sheetsOfBatch(db: Db | Tx, batch: bigint): Promise<readonly TypedRow[]> {
  const rows = await db
    .selectFrom('paper_proposer')
    .select(['id', 'township', 'sheet', 'sealed'])
    .where('batch', '=', batch)
    .orderBy('township')
    .orderBy('sheet')
    .execute();
  return boundRows(rows);
}

/** The sheets that the newest batch with this body names, entered or not. */
export async function sheetsNamedBy(
  db: Db,
  number: string,
  body: Uint8Array,
): Promise<readonly TypedRow[] | undefined> {
  const batch = await db
    .selectFrom('paper_batch')
    .select('id')
    .where('initiative', '=', number)
    .where('body', '=', body)
    .orderBy('id', 'desc')
    .limit(1)
    .executeTakeFirst();
  return batch && sheetsOfBatch(db, batch.id);
}

export async function markBatchEntered(tx: Tx, batch: bigint, atMs: number): Promise<void> {
  await tx
    .updateTable('paper_batch')
    .set({ entered_at: utcIso(atMs) })
    .where('id', '=', batch)
    .execute();
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

/** Marks sheets as deleted by a check. For which reason is not kept: the lead proposer's letter tells it. */
export async function markDeleted(tx: Tx, rows: readonly number[], atMs: number): Promise<void> {
  if (rows.length === 0) return;
  await tx
    .updateTable('paper_proposer')
    .set({ deleted_at: utcIso(atMs) })
    .where('id', 'in', rows.map(BigInt))
    .where('deleted_at', 'is', null)
    .execute();
}
