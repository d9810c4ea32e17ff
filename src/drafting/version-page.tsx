import type { VNode } from 'preact';
import { taipeiTimestamp } from '../platform/time.ts';
import { type Language, localPath } from '../web/index.ts';
import { CommentForm, CommentList, type CommentTry } from './comment-parts.tsx';
import type { DraftComment } from './comment-store.ts';
import { Author, type DraftFrame, DraftShell } from './draft-frame.tsx';
import type { DraftHints } from './draft-hints.ts';
import { FIELD_LABELS } from './draft-labels.ts';
import type { DraftVersion } from './draft-store.ts';
import { draftingMessages } from './drafting-messages.ts';
import { CountLine, DraftFields, SavedAt } from './text-parts.tsx';

export type VersionView = Readonly<{
  version: DraftVersion;
  hints: DraftHints;
  comments: readonly DraftComment[];
  /** A comment that was not taken: its text comes back. */
  tried?: CommentTry;
}>;

/** `/drafts/:id/versions/:n`: one version as it was saved, and what was said of it. */
export const VersionPage = ({ frame, view }: Readonly<{ frame: DraftFrame; view: VersionView }>): VNode => {
  const { language, open } = frame;
  const { version, hints } = view;
  const t = draftingMessages(language);
  const path = `/drafts/${open.draft.id}`;
  return (
    <DraftShell frame={frame} title={t.version(version.version)}>
      <p class="hint">
        <Author language={language} label={version.authorLabel} /> ·{' '}
        <SavedAt language={language} iso={taipeiTimestamp(version.savedAtMs)} />
      </p>
      <Links
        language={language}
        path={path}
        version={version.version}
        isFrozen={open.draft.frozen !== undefined}
      />
      <DraftFields language={language} text={version.text} />
      {hints.counts.map((count) => (
        <section key={count.part}>
          <h2>{FIELD_LABELS[count.part][language]}</h2>
          <CountLine language={language} count={count} />
        </section>
      ))}
      <section aria-labelledby="comments-title">
        <h2 id="comments-title">{t.commentsTitle}</h2>
        <p class="hint">{t.commentsLede}</p>
        <CommentList language={language} path={path} comments={view.comments} />
        <CommentForm language={language} path={path} version={version.version} tried={view.tried} />
      </section>
    </DraftShell>
  );
};

const Links = ({
  language,
  path,
  version,
  isFrozen,
}: Readonly<{ language: Language; path: string; version: number; isFrozen: boolean }>): VNode => {
  const t = draftingMessages(language);
  const to = (target: string) => localPath(language, `${path}${target}`);
  return (
    <ul class="inline-links">
      {version > 1 ? (
        <li>
          <a href={to(`/compare?a=${version - 1}&b=${version}`)}>{t.compareTitle(version - 1, version)}</a>
        </li>
      ) : null}
      {isFrozen ? null : (
        <li>
          <a href={to(`/edit?from=${version}`)}>{t.editFrom}</a>
        </li>
      )}
      <li>
        <a href={to(`/versions/${version}.txt`)}>{t.export}</a>
      </li>
    </ul>
  );
};
