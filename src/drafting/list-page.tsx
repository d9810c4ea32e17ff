import type { VNode } from 'preact';
import { taipeiTimestamp } from '../platform/time.ts';
import { type Language, localPath } from '../web/index.ts';
import { draftTitle } from './draft-frame.tsx';
import type { OpenDraft } from './drafting.ts';
import { draftingMessages } from './drafting-messages.ts';
import { SavedAt } from './text-parts.tsx';

/** `/drafts`: every draft of the person who asks. */
export const DraftListPage = ({
  language,
  drafts,
  mayLead,
  isFull,
}: Readonly<{
  language: Language;
  drafts: readonly OpenDraft[];
  mayLead: boolean;
  /** A new draft was refused: there are too many. */
  isFull: boolean;
}>): VNode => {
  const t = draftingMessages(language);
  return (
    <div class="wrap drafting">
      <h1>{t.listTitle}</h1>
      <p class="lede">{t.listLede}</p>
      {isFull ? (
        <section class="error-summary" role="alert" tabIndex={-1} autofocus>
          <p>{t.full}</p>
        </section>
      ) : null}
      {mayLead ? (
        <form method="post" action={localPath(language, '/drafts')}>
          <button type="submit" class="button">
            {t.newDraft}
          </button>
        </form>
      ) : (
        <p class="hint">{t.newDraftNote}</p>
      )}
      {drafts.length === 0 ? (
        <p>{t.none}</p>
      ) : (
        <ul class="workspace-list">
          {drafts.map((each) => (
            <DraftRow key={each.draft.id} language={language} open={each} />
          ))}
        </ul>
      )}
    </div>
  );
};

const DraftRow = ({ language, open }: Readonly<{ language: Language; open: OpenDraft }>): VNode => {
  const t = draftingMessages(language);
  const { draft, role, newest } = open;
  return (
    <li data-draft={draft.id}>
      <h2 class="row-title">
        <a href={localPath(language, `/drafts/${draft.id}`)}>{draftTitle(language, open)}</a>
      </h2>
      <p class="hint">
        {t.yourRole[role]} · {t.versionCount(draft.newest)}
        {newest === undefined ? null : (
          <>
            {' · '}
            {t.savedAt} <SavedAt language={language} iso={taipeiTimestamp(newest.savedAtMs)} />
          </>
        )}
      </p>
      {draft.frozen === undefined ? null : (
        <p>
          <span class="tag">{t.collecting(draft.frozen.draftNumber)}</span>
        </p>
      )}
    </li>
  );
};
