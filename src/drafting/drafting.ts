import { toBase64Url } from '@lianshu/statement';
import type { Db, Tx } from '../platform/db/index.ts';
import { inTransaction } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';
import {
  type CommentPart,
  countComments,
  type DraftComment,
  insertComment,
  listComments,
  setResolved,
} from './comment-store.ts';
import { type DraftMerge, mergeDrafts } from './draft-merge.ts';
import {
  countDrafts,
  type Draft,
  type DraftVersion,
  deleteDraft,
  findDraft,
  findDraftVersion,
  insertDraft,
  insertDraftVersion,
  listDrafts,
  listVersions,
  lockDraft,
  newestTexts,
  type VersionHead,
} from './draft-store.ts';
import { type DraftText, EMPTY_DRAFT, isSameText } from './draft-text.ts';
import type { Members, Person, Role } from './workspace.ts';

/** A draft as one of its people sees it. */
export interface OpenDraft {
  readonly draft: Draft;
  readonly role: Role;
  /** Undefined before the first text was saved. */
  readonly newest: DraftVersion | undefined;
}

/** What became of a text that was sent to be saved. Only `saved` changed anything. */
export type SaveOutcome =
  | Readonly<{ kind: 'saved'; version: number }>
  | Readonly<{ kind: 'unchanged' }>
  /** Somebody saved meanwhile: their text, and what both together might be. */
  | Readonly<{ kind: 'conflict'; newest: DraftVersion; merge: DraftMerge }>
  | Readonly<{ kind: 'frozen'; draftNumber: string }>
  | Readonly<{ kind: 'full' }>;

/** 草擬: private drafts. Who is not one of a draft's people is told the same as of a draft that does not exist. */
export interface Drafting {
  list(person: Person): Promise<readonly OpenDraft[]>;
  /** A new, empty draft; undefined when the person may not lead or leads too many. */
  create(person: Person): Promise<string | undefined>;
  open(person: Person, id: string): Promise<OpenDraft | undefined>;
  version(draft: Draft, version: number): Promise<DraftVersion | undefined>;
  versions(draft: Draft): Promise<readonly VersionHead[]>;
  /** Saves the next version if `base` is still the newest. Undefined: no such draft for this person. */
  save(person: Person, id: string, base: number, text: DraftText): Promise<SaveOutcome | undefined>;
  /** A new draft that begins with this one's version; only its lead proposer's. */
  copy(person: Person, id: string, version: number): Promise<string | undefined>;
  /** Deletes the draft, its versions and comments, and ends its people's mandates. Not once it was frozen. */
  remove(person: Person, id: string): Promise<boolean>;
  comments(draft: Draft): Promise<readonly DraftComment[]>;
  comment(
    person: Person,
    id: string,
    comment: Readonly<{ version: number; part: CommentPart; body: string }>,
  ): Promise<'written' | 'full' | undefined>;
  /** Settles a comment or opens it again. */
  settle(person: Person, id: string, comment: string, isResolved: boolean): Promise<boolean>;
}

export interface DraftingDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly members: Members;
}

const MOST_DRAFTS = 50;
const MOST_VERSIONS = 5_000;
const MOST_COMMENTS = 5_000;
const ID = /^[A-Za-z0-9_-]{16}$/;

export function createDrafting({ db, clock, random, members }: DraftingDeps): Drafting {
  const newId = (): string => toBase64Url(random.bytes(12));

  async function roleOf(person: Person, draft: Draft): Promise<Role | undefined> {
    if (draft.lead === person.id) return 'lead';
    return (await members.draftsOf(person)).includes(draft.id) ? 'co-drafter' : undefined;
  }

  /** The draft, if this person is one of its people. */
  async function ofPerson(person: Person, id: string): Promise<{ draft: Draft; role: Role } | undefined> {
    const draft = ID.test(id) ? await findDraft(db, id) : undefined;
    const role = draft && (await roleOf(person, draft));
    return draft && role && { draft, role };
  }

  /** Who a version or comment is by: a lead proposer has no label, so that no name is kept with it. */
  const labelOf = (person: Person, role: Role) => (role === 'lead' ? undefined : person.label);

  async function saveIn(
    tx: Tx,
    person: Person,
    role: Role,
    { id, base, text }: Readonly<{ id: string; base: number; text: DraftText }>,
  ): Promise<SaveOutcome | undefined> {
    const draft = await lockDraft(tx, id);
    if (draft === undefined) return undefined;
    if (draft.frozen !== undefined) return { kind: 'frozen', draftNumber: draft.frozen.draftNumber };
    const newest = await findDraftVersion(tx, id, draft.newest);
    if (isSameText(newest?.text ?? EMPTY_DRAFT, text)) return { kind: 'unchanged' };
    if (newest !== undefined && base !== newest.version) {
      const from = base < newest.version ? await findDraftVersion(tx, id, base) : undefined;
      return { kind: 'conflict', newest, merge: mergeDrafts(from?.text ?? EMPTY_DRAFT, newest.text, text) };
    }
    if (draft.newest >= MOST_VERSIONS) return { kind: 'full' };
    const version = draft.newest + 1;
    await insertDraftVersion(tx, id, {
      version,
      author: person.id,
      authorLabel: labelOf(person, role),
      savedAtMs: clock.nowMs(),
      text,
    });
    return { kind: 'saved', version };
  }

  return {
    async list(person) {
      const drafts = await listDrafts(db, person.id, await members.draftsOf(person));
      const texts = await newestTexts(
        db,
        drafts.map(({ id }) => id),
      );
      return drafts.map((draft) => ({
        draft,
        role: draft.lead === person.id ? 'lead' : 'co-drafter',
        newest: texts.get(draft.id),
      }));
    },

    async create(person) {
      if (person.kind !== 'card') return undefined;
      const id = newId();
      return inTransaction(db, async (tx) => {
        if ((await countDrafts(tx, person.id)) >= MOST_DRAFTS) return undefined;
        await insertDraft(tx, { id, lead: person.id, atMs: clock.nowMs() });
        return id;
      });
    },

    async open(person, id) {
      const found = await ofPerson(person, id);
      return found && { ...found, newest: await findDraftVersion(db, id, found.draft.newest) };
    },

    version: (draft, version) => findDraftVersion(db, draft.id, version),
    versions: (draft) => listVersions(db, draft.id),

    async save(person, id, base, text) {
      const found = await ofPerson(person, id);
      return found && inTransaction(db, (tx) => saveIn(tx, person, found.role, { id, base, text }));
    },

    async copy(person, id, version) {
      const found = await ofPerson(person, id);
      if (found?.role !== 'lead') return undefined;
      const copy = newId();
      return inTransaction(db, async (tx) => {
        const from = await findDraftVersion(tx, id, version);
        if (from === undefined || (await countDrafts(tx, person.id)) >= MOST_DRAFTS) return undefined;
        const savedAtMs = clock.nowMs();
        await insertDraft(tx, { id: copy, lead: person.id, atMs: savedAtMs, copiedFrom: id });
        await insertDraftVersion(tx, copy, {
          version: 1,
          author: person.id,
          authorLabel: undefined,
          savedAtMs,
          text: from.text,
        });
        return copy;
      });
    },

    async remove(person, id) {
      const found = await ofPerson(person, id);
      if (found?.role !== 'lead') return false;
      const isGone = await inTransaction(db, async (tx) => {
        const draft = await lockDraft(tx, id);
        if (draft === undefined || draft.frozen !== undefined) return false;
        await deleteDraft(tx, id);
        return true;
      });
      if (isGone) for (const { account } of await members.listOf(id)) await members.end(id, account);
      return isGone;
    },

    comments: (draft) => listComments(db, draft.id),

    async comment(person, id, { version, part, body }) {
      const found = await ofPerson(person, id);
      if (found === undefined) return undefined;
      const { role } = found;
      return inTransaction(db, async (tx) => {
        const draft = await lockDraft(tx, id);
        if (draft === undefined || version < 1 || version > draft.newest) return undefined;
        if ((await countComments(tx, id)) >= MOST_COMMENTS) return 'full';
        await insertComment(tx, id, {
          id: newId(),
          version,
          part,
          author: person.id,
          authorLabel: labelOf(person, role),
          writtenAtMs: clock.nowMs(),
          body,
        });
        return 'written';
      });
    },

    async settle(person, id, comment, isResolved) {
      const found = await ofPerson(person, id);
      if (found === undefined || !ID.test(comment)) return false;
      const byLabel = labelOf(person, found.role);
      return setResolved(db, id, comment, isResolved ? { atMs: clock.nowMs(), byLabel } : undefined);
    },
  };
}
