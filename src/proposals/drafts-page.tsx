import type { VNode } from 'preact';
import {
  Bar,
  DateText,
  formatNumber,
  formatShare,
  Layout,
  localPath,
  type PageFrame,
  webMessages,
} from '../web/index.ts';
import { countOfDraft, type DraftMaterial, daysLeftOf, takesProposals } from './draft-view.ts';
import { proposalsMessages } from './proposals-messages.ts';

/** `/drafts`: every draft by number, those that collect first; the order never depends on counts. */
export const DraftsPage = ({
  frame,
  drafts,
  workspaceUrl,
}: Readonly<{
  frame: PageFrame;
  drafts: readonly DraftMaterial[];
  /** Where one drafts a proposal; absent where this house does not tell. */
  workspaceUrl?: string | undefined;
}>): VNode => {
  const t = proposalsMessages(frame.language);
  const collecting = drafts.filter(takesProposals);
  const ended = drafts.filter((draft) => !takesProposals(draft));
  return (
    <Layout frame={frame} title={t.listTitle} description={t.listLede}>
      <div class="wrap">
        <header class="case-title">
          <h1>{t.listTitle}</h1>
        </header>
        <p class="lede">{t.listLede}</p>
        {workspaceUrl === undefined ? null : (
          <p>
            <a href={`${workspaceUrl}${localPath(frame.language, '/')}`}>{t.draftYourOwn}</a>
          </p>
        )}
        <section class="cases" aria-labelledby="collecting-title">
          <h2 id="collecting-title">{t.collectingTitle}</h2>
          {collecting.length === 0 ? <p>{t.none}</p> : null}
          <ol class="case-list">
            {collecting.map((draft) => (
              <DraftRow key={draft.facts.draft} frame={frame} draft={draft} />
            ))}
          </ol>
        </section>
        {ended.length === 0 ? null : (
          <section class="cases" aria-labelledby="ended-title">
            <h2 id="ended-title">{t.endedTitle}</h2>
            <ol class="case-list">
              {ended.map((draft) => (
                <DraftRow key={draft.facts.draft} frame={frame} draft={draft} />
              ))}
            </ol>
          </section>
        )}
      </div>
    </Layout>
  );
};

const DraftRow = ({ frame, draft }: Readonly<{ frame: PageFrame; draft: DraftMaterial }>): VNode => {
  const { language } = frame;
  const t = proposalsMessages(language);
  const { facts, state } = draft;
  const { opened, closed } = facts;
  const count = countOfDraft(draft);
  const isCollecting = takesProposals(draft);
  const { supplement } = draft;
  return (
    <li class={isCollecting ? 'case-row' : 'case-row case-row-closed'}>
      <div class="case-head">
        <p class="case-meta">
          <span class="case-number">{t.draftNumber(facts.draft)}</span>
          <span class="stage-chip">{state === 'collecting' ? t.collecting : t.states[state]}</span>
          {isCollecting ? <span>{t.daysLeft(daysLeftOf(draft))}</span> : null}
          {opened.isInvented ? <span class="tag">{webMessages(language).demoText}</span> : null}
        </p>
        <h3>
          <a href={localPath(language, `/drafts/${facts.draft}`)}>{opened.subject[language]}</a>
        </h3>
        <p class="hint">
          {closed?.case === undefined ? (
            <>
              {t.until} <DateText language={language} iso={draft.lastDay} />
            </>
          ) : (
            <a href={localPath(language, `/initiatives/${closed.case}`)}>{t.filedAs(closed.case)}</a>
          )}
        </p>
      </div>
      {count === undefined ? null : (
        <div class="case-figure">
          <p class="figure">
            <span class="figure-label">{t.countTitle}</span>
            <strong>{formatNumber(supplement?.total ?? count.shown)}</strong>
          </p>
          <Bar value={supplement?.total ?? count.shown} threshold={draft.required} />
          <p class="figure-foot">
            <span>
              {t.countThreshold} {formatNumber(draft.required)}
            </span>
            <span>{formatShare(supplement?.total ?? count.shown, draft.required)}</span>
          </p>
        </div>
      )}
    </li>
  );
};
