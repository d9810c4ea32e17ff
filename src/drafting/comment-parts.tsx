import type { VNode } from 'preact';
import { taipeiTimestamp } from '../platform/time.ts';
import { describedBy, ErrorSummary, Field, type Language, localPath, QuotingChinese } from '../web/index.ts';
import type { CommentPart, DraftComment } from './comment-store.ts';
import { Author, type DraftFrame, DraftShell } from './draft-frame.tsx';
import { FIELD_LABELS } from './draft-labels.ts';
import { DRAFT_FIELDS } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import { SavedAt } from './text-parts.tsx';

export const MOST_COMMENT = 2_000;

/** A comment that was not taken, and why. */
export type CommentTry = Readonly<{
  body: string;
  part: CommentPart;
  fault: 'missing' | 'too-long' | 'full';
}>;

const partName = (language: Language, part: CommentPart): string =>
  part === 'all' ? draftingMessages(language).aboutAll : FIELD_LABELS[part][language];

/** Comments, oldest first, each with the one thing to do about it. */
export const CommentList = ({
  language,
  path,
  comments,
}: Readonly<{ language: Language; path: string; comments: readonly DraftComment[] }>): VNode => {
  const t = draftingMessages(language);
  if (comments.length === 0) return <p>{t.noComments}</p>;
  return (
    <ul class="workspace-list">
      {comments.map((comment) => (
        <Comment key={comment.id} language={language} path={path} comment={comment} />
      ))}
    </ul>
  );
};

const Comment = ({
  language,
  path,
  comment,
}: Readonly<{ language: Language; path: string; comment: DraftComment }>): VNode => {
  const t = draftingMessages(language);
  const { id, version, part, authorLabel, writtenAtMs, body, resolved } = comment;
  return (
    <li id={`c-${id}`} data-comment={id} data-resolved={resolved === undefined ? 'no' : 'yes'}>
      <p class="hint">
        <Author language={language} label={authorLabel} /> ·{' '}
        <SavedAt language={language} iso={taipeiTimestamp(writtenAtMs)} /> ·{' '}
        <a href={localPath(language, `${path}/versions/${version}`)}>{t.onVersion(version)}</a> · {t.about}{' '}
        {partName(language, part)}
      </p>
      <div class="draft-text" lang="zh-Hant-TW">
        {body.split('\n').map((line, i) => (
          <p key={i}>{line}</p>
        ))}
      </div>
      <form method="post" action={localPath(language, `${path}/comments/${id}`)} class="comment-state">
        <span class="tag">{resolved === undefined ? t.open : t.resolved}</span>{' '}
        {resolved === undefined ? null : (
          <span class="hint">
            <QuotingChinese language={language} text={t.resolvedBy(resolved.byLabel ?? t.lead)} />{' '}
          </span>
        )}
        <button
          type="submit"
          class="link-button"
          name="state"
          value={resolved === undefined ? 'resolved' : 'open'}
        >
          {resolved === undefined ? t.resolve : t.reopen}
        </button>
      </form>
    </li>
  );
};

/** Writes a comment on one version. */
export const CommentForm = ({
  language,
  path,
  version,
  tried,
}: Readonly<{
  language: Language;
  path: string;
  version: number;
  tried: CommentTry | undefined;
}>): VNode => {
  const t = draftingMessages(language);
  const error =
    tried === undefined
      ? undefined
      : { missing: t.commentMissing, 'too-long': t.commentLong(MOST_COMMENT), full: t.commentFull }[
          tried.fault
        ];
  return (
    <form method="post" action={localPath(language, `${path}/comments`)} novalidate>
      <ErrorSummary
        language={language}
        errors={error === undefined ? [] : [{ field: 'body', message: error }]}
      />
      <input type="hidden" name="version" value={version} />
      <Field id="part" label={t.about} language={language}>
        <select id="part" name="part">
          <option value="all">{t.aboutAll}</option>
          {DRAFT_FIELDS.map((field) => (
            <option key={field} value={field} selected={tried?.part === field}>
              {FIELD_LABELS[field][language]}
            </option>
          ))}
        </select>
      </Field>
      <Field id="body" label={t.comment} error={error} language={language}>
        <textarea
          id="body"
          name="body"
          rows={4}
          autocomplete="off"
          aria-describedby={describedBy('body', { error: error !== undefined })}
        >
          {tried?.body ?? ''}
        </textarea>
      </Field>
      <p class="buttons">
        <button type="submit" class="button">
          {t.write}
        </button>
      </p>
    </form>
  );
};

/** `/drafts/:id/comments`: everything that was said, what is open first. */
export const CommentsPage = ({
  frame,
  comments,
}: Readonly<{ frame: DraftFrame; comments: readonly DraftComment[] }>): VNode => {
  const { language, open } = frame;
  const t = draftingMessages(language);
  const path = `/drafts/${open.draft.id}`;
  const settled = comments.filter(({ resolved }) => resolved !== undefined);
  return (
    <DraftShell frame={frame} title={t.commentsTitle}>
      <p class="hint">{t.commentsLede}</p>
      <h2>{t.open}</h2>
      <CommentList
        language={language}
        path={path}
        comments={comments.filter(({ resolved }) => resolved === undefined)}
      />
      {settled.length === 0 ? null : (
        <>
          <h2>{t.resolved}</h2>
          <CommentList language={language} path={path} comments={settled} />
        </>
      )}
      {open.newest === undefined ? null : (
        <>
          <h2>{`${t.write}${language === 'en' ? ' ' : '：'}${t.onVersion(open.newest.version)}`}</h2>
          <CommentForm language={language} path={path} version={open.newest.version} tried={undefined} />
        </>
      )}
    </DraftShell>
  );
};
