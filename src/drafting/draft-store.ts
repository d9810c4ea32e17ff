/** SQL on drafts and their versions. Nothing in these tables is public. */
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import { bodyOf, type DraftText, draftTextOf } from './draft-text.ts';

/** One draft, without its texts. */
export interface Draft {
  readonly id: string;
  /** Account of the lead proposer. */
  readonly lead: string;
  readonly createdAtMs: number;
  /** Number of the newest version; 0 before the first text was saved. */
  readonly newest: number;
  readonly copiedFrom: string | undefined;
  /** From when it collects proposers: the text of this version may not change any more. */
  readonly frozen: Readonly<{ version: number; atMs: number; draftNumber: string }> | undefined;
}

/** What one version is called by; its text is read apart. */
export interface VersionHead {
  readonly version: number;
  readonly author: string;
  /** Undefined: the lead proposer. */
  readonly authorLabel: string | undefined;
  readonly savedAtMs: number;
}

export interface DraftVersion extends VersionHead {
  readonly text: DraftText;
}

interface DraftRow {
  readonly id: string;
  readonly lead: string;
  readonly created_at: { readonly epochMilliseconds: number };
  readonly newest: number;
  readonly copied_from: string | null;
  readonly frozen_version: number | null;
  readonly frozen_at: { readonly epochMilliseconds: number } | null;
  readonly draft_number: string | null;
}

const draftOf = (row: DraftRow): Draft => ({
  id: row.id,
  lead: row.lead,
  createdAtMs: row.created_at.epochMilliseconds,
  newest: row.newest,
  copiedFrom: row.copied_from ?? undefined,
  frozen:
    row.frozen_version === null || row.frozen_at === null || row.draft_number === null
      ? undefined
      : {
          version: row.frozen_version,
          atMs: row.frozen_at.epochMilliseconds,
          draftNumber: row.draft_number,
        },
});

export async function findDraft(db: Db | Tx, id: string): Promise<Draft | undefined> {
  const row = await db.selectFrom('draft').selectAll().where('id', '=', id).executeTakeFirst();
  return row && draftOf(row);
}

/** Locks the draft's row: saving, freezing and deleting one draft come in turn. */
export async function lockDraft(tx: Tx, id: string): Promise<Draft | undefined> {
  const row = await tx.selectFrom('draft').selectAll().where('id', '=', id).forUpdate().executeTakeFirst();
  return row && draftOf(row);
}

/** Drafts that this account leads, and those of the given ids; newest first. */
export async function listDrafts(db: Db, lead: string, also: readonly string[]): Promise<readonly Draft[]> {
  const rows = await db
    .selectFrom('draft')
    .selectAll()
    .where((of) => of.or([of('lead', '=', lead), of('id', 'in', ['', ...also])]))
    .orderBy('created_at', 'desc')
    .orderBy('id')
    .execute();
  return rows.map(draftOf);
}

export async function countDrafts(db: Db | Tx, lead: string): Promise<number> {
  const row = await db
    .selectFrom('draft')
    .select((of) => of.fn.countAll<bigint>().as('n'))
    .where('lead', '=', lead)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function insertDraft(
  tx: Tx,
  draft: Readonly<{ id: string; lead: string; atMs: number; copiedFrom?: string }>,
): Promise<void> {
  await tx
    .insertInto('draft')
    .values({
      id: draft.id,
      lead: draft.lead,
      created_at: utcIso(draft.atMs),
      copied_from: draft.copiedFrom ?? null,
    })
    .execute();
}

/** Adds the next version of a locked draft. */
export async function insertDraftVersion(
  tx: Tx,
  draft: string,
  { version, author, authorLabel, savedAtMs, text }: DraftVersion,
): Promise<void> {
  await tx
    .insertInto('draft_version')
    .values({
      draft,
      version,
      author,
      author_label: authorLabel ?? null,
      saved_at: utcIso(savedAtMs),
      body: bodyOf(text),
    })
    .execute();
  await tx.updateTable('draft').set({ newest: version }).where('id', '=', draft).execute();
}

const HEAD = ['version', 'author', 'author_label', 'saved_at'] as const;

const headOf = (row: {
  version: number;
  author: string;
  author_label: string | null;
  saved_at: { epochMilliseconds: number };
}): VersionHead => ({
  version: row.version,
  author: row.author,
  authorLabel: row.author_label ?? undefined,
  savedAtMs: row.saved_at.epochMilliseconds,
});

export async function findDraftVersion(
  db: Db | Tx,
  draft: string,
  version: number,
): Promise<DraftVersion | undefined> {
  const row = await db
    .selectFrom('draft_version')
    .select([...HEAD, 'body'])
    .where('draft', '=', draft)
    .where('version', '=', version)
    .executeTakeFirst();
  return row && { ...headOf(row), text: draftTextOf(row.body) };
}

/** Every version, newest first, without its text. */
export async function listVersions(db: Db | Tx, draft: string): Promise<readonly VersionHead[]> {
  const rows = await db
    .selectFrom('draft_version')
    .select([...HEAD])
    .where('draft', '=', draft)
    .orderBy('version', 'desc')
    .execute();
  return rows.map(headOf);
}

/** The newest texts of several drafts, by draft. */
export async function newestTexts(
  db: Db | Tx,
  drafts: readonly string[],
): Promise<ReadonlyMap<string, DraftVersion>> {
  if (drafts.length === 0) return new Map();
  const rows = await db
    .selectFrom('draft_version')
    .innerJoin('draft', (join) =>
      join.onRef('draft.id', '=', 'draft_version.draft').onRef('draft.newest', '=', 'draft_version.version'),
    )
    .select(['draft.id', 'version', 'author', 'author_label', 'saved_at', 'body'])
    .where('draft.id', 'in', [...drafts])
    .execute();
  return new Map(rows.map((row) => [row.id, { ...headOf(row), text: draftTextOf(row.body) }] as const));
}

/** Freezes a locked draft at its newest version, under the number by which it is public. */
export async function freezeDraft(
  tx: Tx,
  draft: string,
  { version, atMs, draftNumber }: NonNullable<Draft['frozen']>,
): Promise<void> {
  await tx
    .updateTable('draft')
    .set({ frozen_version: version, frozen_at: utcIso(atMs), draft_number: draftNumber })
    .where('id', '=', draft)
    .execute();
}

/** Deletes a locked draft that was never frozen, with its versions and comments. */
export async function deleteDraft(tx: Tx, draft: string): Promise<void> {
  await tx.deleteFrom('draft').where('id', '=', draft).execute();
}
