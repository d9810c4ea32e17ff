/** SQL on comments. A comment belongs to one version of one draft and goes with it. */
import type { Db, Tx } from '../platform/db/index.ts';
import { utcIso } from '../platform/time.ts';
import type { DraftField } from './draft-text.ts';

/** What a comment is about: one field of its version, or all of it. */
export type CommentPart = DraftField | 'all';

export interface DraftComment {
  readonly id: string;
  readonly version: number;
  readonly part: CommentPart;
  readonly author: string;
  /** Undefined: the lead proposer. */
  readonly authorLabel: string | undefined;
  readonly writtenAtMs: number;
  readonly body: string;
  /** When it was settled, and by whose label (undefined: the lead proposer). */
  readonly resolved: Readonly<{ atMs: number; byLabel: string | undefined }> | undefined;
}

/** Every comment of a draft, oldest first. */
export async function listComments(db: Db | Tx, draft: string): Promise<readonly DraftComment[]> {
  const rows = await db
    .selectFrom('draft_comment')
    .selectAll()
    .where('draft', '=', draft)
    .orderBy('written_at')
    .orderBy('id')
    .execute();
  return rows.map((row) => ({
    id: row.id,
    version: row.version,
    part: row.part as CommentPart,
    author: row.author,
    authorLabel: row.author_label ?? undefined,
    writtenAtMs: row.written_at.epochMilliseconds,
    body: row.body,
    resolved:
      row.resolved_at === null
        ? undefined
        : { atMs: row.resolved_at.epochMilliseconds, byLabel: row.resolved_by ?? undefined },
  }));
}

export async function countComments(db: Db | Tx, draft: string): Promise<number> {
  const row = await db
    .selectFrom('draft_comment')
    .select((of) => of.fn.countAll<bigint>().as('n'))
    .where('draft', '=', draft)
    .executeTakeFirstOrThrow();
  return Number(row.n);
}

export async function insertComment(
  tx: Tx,
  draft: string,
  comment: Omit<DraftComment, 'resolved'>,
): Promise<void> {
  await tx
    .insertInto('draft_comment')
    .values({
      id: comment.id,
      draft,
      version: comment.version,
      part: comment.part,
      author: comment.author,
      author_label: comment.authorLabel ?? null,
      written_at: utcIso(comment.writtenAtMs),
      body: comment.body,
    })
    .execute();
}

/** Settles a comment, or opens it again; false when the draft has no such comment. */
export async function setResolved(
  db: Db | Tx,
  draft: string,
  comment: string,
  resolved: DraftComment['resolved'],
): Promise<boolean> {
  const row = await db
    .updateTable('draft_comment')
    .set({
      resolved_at: resolved === undefined ? null : utcIso(resolved.atMs),
      resolved_by: resolved?.byLabel ?? null,
    })
    .where('draft', '=', draft)
    .where('id', '=', comment)
    .returning('id')
    .executeTakeFirst();
  return row !== undefined;
}
