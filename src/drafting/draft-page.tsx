import type { VNode } from 'preact';
import { taipeiTimestamp } from '../platform/time.ts';
import { type Language, localPath, Notice } from '../web/index.ts';
import { Author, type DraftFrame, DraftShell, draftTitle } from './draft-frame.tsx';
import type { DraftHints } from './draft-hints.ts';
import { FIELD_LABELS } from './draft-labels.ts';
import type { VersionHead } from './draft-store.ts';
import { draftingMessages } from './drafting-messages.ts';
import type { LikeCase } from './like-cases.ts';
import { CountLine, DraftFields, Findings, LikeCases, SavedAt } from './text-parts.tsx';

export type DraftView = Readonly<{
  versions: readonly VersionHead[];
  hints: DraftHints | undefined;
  like: readonly LikeCase[];
  note?: 'saved' | 'unchanged';
}>;

/** `/drafts/:id`: the newest text, what the law says of its length and wording, similar cases, all versions. */
export const DraftPage = ({ frame, view }: Readonly<{ frame: DraftFrame; view: DraftView }>): VNode => {
  const { language, open } = frame;
  const { draft, newest } = open;
  const t = draftingMessages(language);
  return (
    <DraftShell frame={frame} title={draftTitle(language, open)}>
      {view.note === undefined ? null : (
        <Notice>
          <p role="status">
            {newest === undefined
              ? t.nothingWritten
              : view.note === 'saved'
                ? t.saved(newest.version)
                : t.unchanged}
          </p>
        </Notice>
      )}
      {newest === undefined ? (
        <>
          <p>{t.emptyDraft}</p>
          <p>
            <a class="button" href={localPath(language, `/drafts/${draft.id}/edit`)}>
              {t.begin}
            </a>
          </p>
        </>
      ) : (
        <>
          <section aria-labelledby="current-title">
            <h2 id="current-title">{t.current}</h2>
            <p class="hint">
              {t.version(newest.version)} · <Author language={language} label={newest.authorLabel} /> ·{' '}
              <SavedAt language={language} iso={taipeiTimestamp(newest.savedAtMs)} />
              {draft.copiedFrom === undefined ? null : ` · ${t.copiedFrom}`}
            </p>
            <DraftFields language={language} text={newest.text} />
          </section>
          {view.hints === undefined ? null : (
            <section aria-labelledby="hints-title">
              <h2 id="hints-title">{t.hints}</h2>
              <p class="hint">{t.hintsNote}</p>
              {view.hints.counts.map((count) => (
                <div key={count.part}>
                  <h3>{FIELD_LABELS[count.part][language]}</h3>
                  <CountLine language={language} count={count} />
                </div>
              ))}
              <Findings language={language} findings={view.hints.findings} text={newest.text} />
            </section>
          )}
          <section aria-labelledby="like-title">
            <h2 id="like-title">{t.like}</h2>
            <p class="hint">{t.likeNote}</p>
            <LikeCases language={language} cases={view.like} publicUrl={frame.publicUrl} />
          </section>
          <Versions language={language} draft={draft.id} versions={view.versions} />
        </>
      )}
      {open.role === 'lead' && draft.frozen === undefined ? (
        <p>
          <a href={localPath(language, `/drafts/${draft.id}/delete`)}>{t.remove}</a>
        </p>
      ) : null}
    </DraftShell>
  );
};

const Versions = ({
  language,
  draft,
  versions,
}: Readonly<{ language: Language; draft: string; versions: readonly VersionHead[] }>): VNode => {
  const t = draftingMessages(language);
  return (
    <section aria-labelledby="versions-title">
      <h2 id="versions-title">{t.versions}</h2>
      {versions.length < 2 ? null : (
        <CompareForm
          language={language}
          draft={draft}
          versions={versions}
          a={versions[1]?.version ?? 1}
          b={versions[0]?.version ?? 1}
        />
      )}
      <ol class="workspace-list" reversed>
        {versions.map(({ version, authorLabel, savedAtMs }) => (
          <li key={version} data-version={version}>
            <a href={localPath(language, `/drafts/${draft}/versions/${version}`)}>{t.version(version)}</a>{' '}
            <span class="hint">
              <Author language={language} label={authorLabel} /> ·{' '}
              <SavedAt language={language} iso={taipeiTimestamp(savedAtMs)} />
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
};

/** Chooses any two versions. */
export const CompareForm = ({
  language,
  draft,
  versions,
  a,
  b,
}: Readonly<{
  language: Language;
  draft: string;
  versions: readonly Pick<VersionHead, 'version'>[];
  a: number;
  b: number;
}>): VNode => {
  const t = draftingMessages(language);
  const choose = (name: 'a' | 'b', chosen: number, label: string): VNode => (
    <div class="field">
      <label for={name}>{label}</label>
      <select id={name} name={name}>
        {versions.map(({ version }) => (
          <option key={version} value={version} selected={version === chosen}>
            {t.version(version)}
          </option>
        ))}
      </select>
    </div>
  );
  return (
    <form method="get" action={localPath(language, `/drafts/${draft}/compare`)} class="compare-form">
      {choose('a', a, t.compareFrom)}
      {choose('b', b, t.compareTo)}
      <button type="submit" class="button button-quiet">
        {t.compare}
      </button>
    </form>
  );
};
