/** 併稿: what to propose when two people changed the same version. Nothing is saved by it; a person decides. Pure. */
import { diffArrays } from 'diff';
import {
  DRAFT_FIELDS,
  type DraftField,
  type DraftText,
  PARAGRAPH_FIELDS,
  paragraphsOf,
} from './draft-text.ts';

/** How one field came to the text that is proposed. */
export interface FieldMerge {
  readonly field: DraftField;
  /**
   * `theirs`: only the other changed it; `merged`: both did, in different paragraphs; `conflict`: both did, and what
   * was typed here is kept. Fields that only this editor changed, or nobody, are not listed.
   */
  readonly kind: 'theirs' | 'merged' | 'conflict';
}

export interface DraftMerge {
  /** What the form shows next: nothing that was typed is lost. */
  readonly text: DraftText;
  readonly fields: readonly FieldMerge[];
}

/** Three texts of a draft: what both began from, what the other saved meanwhile, what was typed here. */
export function mergeDrafts(base: DraftText, theirs: DraftText, mine: DraftText): DraftMerge {
  const text: Record<DraftField, string> = { ...mine };
  const fields: FieldMerge[] = [];
  for (const field of DRAFT_FIELDS) {
    const [was, saved, typed] = [base[field], theirs[field], mine[field]];
    if (saved === was || saved === typed) continue;
    if (typed === was) {
      text[field] = saved;
      fields.push({ field, kind: 'theirs' });
      continue;
    }
    const merged = PARAGRAPH_FIELDS.has(field) ? mergeParagraphs(was, saved, typed) : undefined;
    if (merged !== undefined) text[field] = merged;
    fields.push({ field, kind: merged === undefined ? 'conflict' : 'merged' });
  }
  return { text, fields };
}

/** Paragraphs `from` up to `to` of the base, replaced. */
interface Edit {
  readonly from: number;
  readonly to: number;
  readonly paragraphs: readonly string[];
}

/** Texts with more changes than this are not merged by machine. */
const MOST_EDITS = 500;

/** Both sides' changes where they touch different paragraphs; undefined where they do not. */
export function mergeParagraphs(base: string, theirs: string, mine: string): string | undefined {
  const from = paragraphsOf(base);
  const [one, other] = [editsOf(from, paragraphsOf(theirs)), editsOf(from, paragraphsOf(mine))];
  if (one === undefined || other === undefined) return undefined;
  for (const a of one) for (const b of other) if (!isSameEdit(a, b) && meet(a, b)) return undefined;
  const edits = [...one, ...other.filter((b) => !one.some((a) => isSameEdit(a, b)))].sort(
    (a, b) => a.from - b.from || a.to - b.to,
  );
  const merged: string[] = [];
  let at = 0;
  for (const edit of edits) {
    merged.push(...from.slice(at, edit.from), ...edit.paragraphs);
    at = edit.to;
  }
  return [...merged, ...from.slice(at)].join('\n');
}

function editsOf(base: readonly string[], text: readonly string[]): readonly Edit[] | undefined {
  const changes = diffArrays([...base], [...text], { maxEditLength: MOST_EDITS });
  if (changes === undefined) return undefined;
  const edits: { from: number; to: number; paragraphs: string[] }[] = [];
  let at = 0;
  let open: (typeof edits)[number] | undefined;
  for (const { added, removed, value } of changes) {
    if (!added && !removed) {
      at += value.length;
      open = undefined;
      continue;
    }
    if (open === undefined) {
      open = { from: at, to: at, paragraphs: [] };
      edits.push(open);
    }
    if (removed) {
      at += value.length;
      open.to = at;
    } else open.paragraphs.push(...value);
  }
  return edits;
}

/** Neighbouring changes count as meeting: their order would be a guess. */
const meet = (a: Edit, b: Edit): boolean => a.from <= b.to && b.from <= a.to;

const isSameEdit = (a: Edit, b: Edit): boolean =>
  a.from === b.from && a.to === b.to && a.paragraphs.join('\n') === b.paragraphs.join('\n');
