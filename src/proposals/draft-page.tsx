import type { VNode } from 'preact';
import { WhoMayPart } from '../initiatives/index.ts';
import { citation, rulePack, whoMay } from '../law/index.ts';
import { DateText, Layout, localPath, Notice, type PageFrame, Phrases, webMessages } from '../web/index.ts';
import { DraftCountPanel } from './draft-count.tsx';
import { Course, type Part, Text } from './draft-parts.tsx';
import { collectMonthsOf, type DraftMaterial, daysLeftOf, takesProposals } from './draft-view.ts';
import { proposalsMessages } from './proposals-messages.ts';
import { SupplementPanel } from './supplement-panel.tsx';

/** `/drafts/:draft`: one address per draft, readable without logging in and without script. */
export const DraftPage = ({ frame, draft }: Readonly<{ frame: PageFrame; draft: DraftMaterial }>): VNode => {
  const { language } = frame;
  const t = proposalsMessages(language);
  const { opened, draft: number } = draft.facts;
  const part = { frame, draft, t };
  return (
    <Layout frame={frame} title={`${t.draftNumber(number)} ${opened.subject[language]}`}>
      <div class="wrap case">
        <header class="case-title">
          <p class="case-meta">
            <a href={localPath(language, '/drafts')}>{t.backToList}</a>
            <span class="case-number">{t.draftNumber(number)}</span>
            {opened.isInvented ? <span class="tag">{webMessages(language).demoText}</span> : null}
          </p>
          <h1>
            <Phrases text={opened.subject[language]} />
          </h1>
        </header>
        <Allowed {...part} />
        <div class="columns">
          <div class="column-intro">
            <Problem {...part} />
          </div>
          <div class="column-side">
            {takesProposals(draft) ? <SignCall {...part} /> : <Ended {...part} />}
            <SupplementPanel language={language} draft={draft} />
            <DraftCountPanel language={language} draft={draft} />
          </div>
          <div class="column-main">
            <Text {...part} />
            <Facts {...part} />
            <Course {...part} />
          </div>
        </div>
      </div>
    </Layout>
  );
};

/** What allows electronic proposals; a demonstration says plainly that nothing does yet. */
const Allowed = ({ frame, draft, t }: Part): VNode => {
  const { opened: first, reopened } = draft.facts;
  const { allowedBy } = reopened ?? first;
  return (
    <Notice kind="strong" title={t.allowedBy}>
      <p>
        <strong>{allowedBy[frame.language]}</strong>
      </p>
      {frame.site.demo ? <p>{t.notAllowedYet}</p> : null}
    </Notice>
  );
};

const Problem = ({ frame, draft, t }: Part): VNode | null => {
  const { plainWords, leadProposer } = draft.facts.opened;
  if (plainWords === undefined) return null;
  return (
    <section aria-labelledby="problem-title">
      <h2 id="problem-title">{t.problem}</h2>
      <p class="byline">
        {plainWords.author === 'platform' ? t.problemEditorial : t.problemBy(leadProposer[frame.language])}
      </p>
      <p class="lede">{plainWords.text[frame.language]}</p>
    </section>
  );
};

const SignCall = ({ frame, draft, t }: Part): VNode => {
  const { language } = frame;
  const { opened, draft: number } = draft.facts;
  const may = whoMay(rulePack(opened.rulePack), 'propose', draft.lastDay);
  return (
    <section class="sign-call" aria-label={t.signTitle}>
      <a class="button button-large" href={localPath(language, `/drafts/${number}/sign`)}>
        {t.signButton}
      </a>
      <p class="sign-call-term">
        <strong>{t.daysLeft(daysLeftOf(draft))}</strong>
        {' · '}
        {t.until} <DateText language={language} iso={draft.lastDay} />
      </p>
      <p class="hint">{t.signNeeds}</p>
      {may === undefined ? null : <WhoMayPart language={language} view={may} />}
      {opened.helpContact === undefined ? null : (
        <p class="hint">
          {t.helpContact}
          {language === 'en' ? ': ' : '：'}
          {opened.helpContact[language]}
        </p>
      )}
    </section>
  );
};

const Ended = ({ frame, draft, t }: Part): VNode => {
  const { closed } = draft.facts;
  const state = draft.state === 'collecting' ? 'ended' : draft.state;
  return (
    <section class="closing" aria-labelledby="closing-title">
      <h2 id="closing-title">{t.states[state]}</h2>
      {closed?.case === undefined ? null : (
        <p class="closing-outcome">
          <a href={localPath(frame.language, `/initiatives/${closed.case}`)}>{t.filedAs(closed.case)}</a>
        </p>
      )}
      {closed === undefined ? null : (
        <p>
          <DateText language={frame.language} iso={closed.at} clock />
        </p>
      )}
    </section>
  );
};

const Facts = ({ frame, draft, t }: Part): VNode => {
  const { language } = frame;
  const { opened } = draft.facts;
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{t.facts}</h2>
      <dl class="facts">
        <dt>{t.leadProposer}</dt>
        <dd>{opened.leadProposer[language]}</dd>
        <dt>{t.kind}</dt>
        <dd>{t.matters[opened.subjectMatter]}</dd>
        <dt>{t.thresholdFact}</dt>
        <dd>
          {t.people(draft.required)}
          <p class="hint">
            {t.thresholdText(draft.electors)}
            {language === 'en' ? '; ' : '；'}
            {t.onFilingDay} <span class="article">{citation(draft.citation)[language]}</span>
          </p>
        </dd>
        <dt>{t.period}</dt>
        <dd>
          <DateText language={language} iso={opened.firstDay} />
          {t.to}
          <DateText language={language} iso={opened.lastDay} />
          <p class="hint">{t.periodDefault(collectMonthsOf(draft))}</p>
        </dd>
      </dl>
    </section>
  );
};
