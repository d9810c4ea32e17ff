import { createHash } from 'node:crypto';
import { sql } from 'kysely';
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import { indexPart } from './case-grams-store.ts';

/** The period as the row holds it, in epoch milliseconds; `undefined` where nothing is set. */
export interface SigningPeriod {
  readonly caseNumber: string;
  readonly opensAtMs: number | undefined;
  /** First instant after the period. */
  readonly closesAtMs: number | undefined;
  readonly stoppedAtMs: number | undefined;
  readonly isClosed: boolean;
}

export interface TextVersion {
  readonly version: number;
  readonly mainText: string;
  /** Paragraphs of the statement of reasons, as they stand in the published file. */
  readonly reasons: readonly string[];
  /** Hex SHA-256 of the published file. */
  readonly digest: string;
  readonly publishedAtMs: number;
}

/** Every case, by number; not the drafts that collect proposers. */
export async function listPeriods(db: Db | Tx): Promise<readonly SigningPeriod[]> {
  const rows = await db
    .selectFrom('initiative')
    .select(['number', 'opens_at', 'closes_at', 'stopped_at', 'closed_at'])
    .where('number', 'not like', 'D%')
    .orderBy('number')
    .execute();
  return rows.map((row) => ({
    caseNumber: row.number,
    opensAtMs: row.opens_at?.epochMilliseconds,
    closesAtMs: row.closes_at?.epochMilliseconds,
    stoppedAtMs: row.stopped_at?.epochMilliseconds,
    isClosed: row.closed_at !== null,
  }));
}

export async function findPeriod(db: Db | Tx, caseNumber: string): Promise<SigningPeriod | undefined> {
  const row = await db
    .selectFrom('initiative')
    .select(['number', 'opens_at', 'closes_at', 'stopped_at', 'closed_at'])
    .where('number', '=', caseNumber)
    .executeTakeFirst();
  return (
    row && {
      caseNumber: row.number,
      opensAtMs: row.opens_at?.epochMilliseconds,
      closesAtMs: row.closes_at?.epochMilliseconds,
      stoppedAtMs: row.stopped_at?.epochMilliseconds,
      isClosed: row.closed_at !== null,
    }
  );
}

/** The newest published version of a case's text. */
export async function findVersion(db: Db | Tx, caseNumber: string): Promise<TextVersion | undefined> {
  const row = await db
    .selectFrom('initiative_version')
    .select(['version', 'main_text', 'text_file', 'text_sha256', 'published_at'])
    .where('initiative', '=', caseNumber)
    .orderBy('version', 'desc')
    .limit(1)
    .executeTakeFirst();
  return (
    row && {
      version: row.version,
      mainText: row.main_text,
      reasons: reasonsIn(row.text_file),
      digest: Buffer.from(row.text_sha256).toString('hex'),
      publishedAtMs: row.published_at.epochMilliseconds,
    }
  );
}

/** The exact bytes of one version. */
export async function findTextFile(
  db: Db | Tx,
  caseNumber: string,
  version: number,
): Promise<Uint8Array | undefined> {
  const row = await db
    .selectFrom('initiative_version')
    .select('text_file')
    .where('initiative', '=', caseNumber)
    .where('version', '=', version)
    .executeTakeFirst();
  return row?.text_file;
}

/** What the published file says after its line 理由書. */
function reasonsIn(file: Uint8Array): readonly string[] {
  const lines = new TextDecoder().decode(file).split('\n');
  const start = lines.indexOf(REASONS_HEADING);
  return start < 0 ? [] : lines.slice(start + 1).filter((line) => line !== '');
}

const REASONS_HEADING = '理由書';

/** The exact file that is published and whose digest every statement names. */
export function textFile(text: {
  readonly heading: readonly string[];
  readonly mainText: string;
  readonly reasons: readonly string[];
}): Uint8Array {
  const lines = [...text.heading, '主文', text.mainText, '', REASONS_HEADING, ...text.reasons];
  return new TextEncoder().encode(`${lines.join('\n')}\n`.normalize('NFC'));
}

/** Hex SHA-256 of the file that a text will be published as. */
export const textDigestOf = (text: Parameters<typeof textFile>[0]): string =>
  createHash('sha256').update(textFile(text)).digest('hex');

/** What intake needs of the versions: no file, in one indexed read. */
export async function listDigests(
  db: Db,
  caseNumber: string,
): Promise<readonly Readonly<{ digest: string; mainText: string }>[]> {
  const rows = await db
    .selectFrom('initiative_version')
    .select(['main_text', 'text_sha256'])
    .where('initiative', '=', caseNumber)
    .orderBy('version')
    .execute();
  return rows.map((row) => ({
    digest: Buffer.from(row.text_sha256).toString('hex'),
    mainText: row.main_text,
  }));
}

export interface NewInitiative {
  readonly caseNumber: string;
  /** The signing period, where it is fixed already. */
  readonly period?: Readonly<{ opensAtMs: number; closesAtMs: number }>;
  /** Already past when it is entered: it never takes a signature here. */
  readonly closedAtMs?: number;
}

/** Registers a case. `ON CONFLICT DO NOTHING`: false when the number is taken already. */
export async function insertInitiative(tx: Tx, initiative: NewInitiative): Promise<boolean> {
  const row = await tx
    .insertInto('initiative')
    .values({
      number: initiative.caseNumber,
      opens_at: initiative.period === undefined ? null : utcIso(initiative.period.opensAtMs),
      closes_at: initiative.period === undefined ? null : utcIso(initiative.period.closesAtMs),
      closed_at: initiative.closedAtMs === undefined ? null : utcIso(initiative.closedAtMs),
    })
    .onConflict((conflict) => conflict.doNothing())
    .returning('number')
    .executeTakeFirst();
  if (row) await sql`select create_signing_partition(${initiative.caseNumber})`.execute(tx);
  return row !== undefined;
}

/** @returns the hex digest that every statement on this version names */
export async function insertVersion(
  tx: Tx,
  version: Readonly<{
    caseNumber: string;
    version: number;
    mainText: string;
    file: Uint8Array;
    publishedAtMs: number;
  }>,
): Promise<string> {
  const digest = createHash('sha256').update(version.file).digest();
  await tx
    .insertInto('initiative_version')
    .values({
      initiative: version.caseNumber,
      version: version.version,
      main_text: version.mainText,
      text_file: version.file,
      text_sha256: new Uint8Array(digest),
      published_at: utcIso(version.publishedAtMs),
    })
    .execute();
  await indexText(tx, version.caseNumber, version.mainText, version.file);
  return digest.toString('hex');
}

/** What a search finds of a case is always its newest text. */
export async function indexText(
  db: Db | Tx,
  caseNumber: string,
  mainText: string,
  file: Uint8Array,
): Promise<void> {
  await indexPart(db, caseNumber, 'question', mainText);
  await indexPart(db, caseNumber, 'reasons', reasonsIn(file).join('\n'));
}

/** Cases (not drafts) whose period ended before `endedBeforeMs` and whose `closed` act is not entered yet. */
export async function listToClose(db: Db, endedBeforeMs: number): Promise<readonly string[]> {
  const rows = await db
    .selectFrom('initiative')
    .select('number')
    .where('number', 'not like', 'D%')
    .where('closed_at', 'is', null)
    .where(sql<boolean>`least(closes_at, coalesce(stopped_at, closes_at)) <= ${utcIso(endedBeforeMs)}`)
    .orderBy('number')
    .execute();
  return rows.map(({ number }) => number);
}

/**
 * Marks a case closed under the row's exclusive lock: it waits for every intake that holds the share lock, and
 * none after it is taken in. False when another process did it first.
 */
export async function markClosed(tx: Tx, caseNumber: string, atMs: number): Promise<boolean> {
  const row = await tx
    .updateTable('initiative')
    .set({ closed_at: utcIso(atMs) })
    .where('number', '=', caseNumber)
    .where('closed_at', 'is', null)
    .returning('number')
    .executeTakeFirst();
  return row !== undefined;
}

/** Locks a case's row against opening, closing, stopping and every other act; false when there is no such case. */
export async function lockInitiative(tx: Tx, caseNumber: string): Promise<boolean> {
  const row = await tx
    .selectFrom('initiative')
    .select('number')
    .where('number', '=', caseNumber)
    .forUpdate()
    .executeTakeFirst();
  return row !== undefined;
}

/** One lock for the numbers given at establishment, held until COMMIT. */
const ESTABLISHED_NUMBERS = 4_021_012;

/** Makes those who give a number wait for each other. */
export async function lockNumbers(tx: Tx): Promise<void> {
  await sql`select pg_advisory_xact_lock(${ESTABLISHED_NUMBERS})`.execute(tx);
}

/** Fixes the signing period of a locked case. */
export async function setPeriod(
  tx: Tx,
  caseNumber: string,
  { opensAtMs, closesAtMs }: Readonly<{ opensAtMs: number; closesAtMs: number }>,
): Promise<void> {
  await tx
    .updateTable('initiative')
    .set({ opens_at: utcIso(opensAtMs), closes_at: utcIso(closesAtMs) })
    .where('number', '=', caseNumber)
    .execute();
}

/** From here on a locked case takes no signature: withdrawn, stopped, or its roster filed. */
export async function stopSigning(tx: Tx, caseNumber: string, atMs: number): Promise<void> {
  await tx
    .updateTable('initiative')
    .set({ stopped_at: utcIso(atMs) })
    .where('number', '=', caseNumber)
    .where('stopped_at', 'is', null)
    .execute();
}

/** Opens a locked case again, for a supplement: what ended its signing no longer holds. */
export async function reopenSigning(
  tx: Tx,
  caseNumber: string,
  { opensAtMs, closesAtMs }: Readonly<{ opensAtMs: number; closesAtMs: number }>,
): Promise<void> {
  await tx
    .updateTable('initiative')
    .set({ opens_at: utcIso(opensAtMs), closes_at: utcIso(closesAtMs), stopped_at: null, closed_at: null })
    .where('number', '=', caseNumber)
    .execute();
}

/** When the first and the last signature of a case came, those that wait among them; undefined before the first. */
export async function receivedSpan(
  db: Db | Tx,
  caseNumber: string,
): Promise<Readonly<{ firstMs: number; lastMs: number }> | undefined> {
  const spans = await Promise.all(
    (['joint_signature', 'held_signature'] as const).map((table) =>
      db
        .selectFrom(table)
        .select((of) => [of.fn.min('received_at').as('first'), of.fn.max('received_at').as('last')])
        .where('initiative', '=', caseNumber)
        .executeTakeFirst(),
    ),
  );
  const times = spans.flatMap((span) => [span?.first, span?.last]).filter((time) => time != null);
  if (times.length === 0) return undefined;
  const ms = times.map((time) => time.epochMilliseconds);
  return { firstMs: Math.min(...ms), lastMs: Math.max(...ms) };
}

/** The number of the newest version of a case's text; 0 before the first. */
export async function newestVersion(tx: Tx, caseNumber: string): Promise<number> {
  const row = await tx
    .selectFrom('initiative_version')
    .select((of) => of.fn.max('version').as('version'))
    .where('initiative', '=', caseNumber)
    .executeTakeFirst();
  return row?.version ?? 0;
}
