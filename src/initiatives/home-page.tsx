import type { VNode } from 'preact';
import { type PastCase, PastCaseRows } from '../past-cases/index.ts';
import type { WitnessCount } from '../record/index.ts';
import {
  Bar,
  DateText,
  formatNumber,
  formatShare,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
  Phrases,
  type Stage,
  stageWords,
  webMessages,
} from '../web/index.ts';
import { witnessedSentence } from './case-count.tsx';
import { initiativesMessages } from './initiatives-messages.ts';

/** A case that takes signatures today, as the list shows it. Counts are those of the published checkpoint. */
export type OpenCaseView = Readonly<{
  caseNumber: string;
  title: Localised;
  stage: Stage;
  /** Last day of the signing period. */
  lastDay: string;
  daysLeft: number;
  verified: number;
  threshold: number;
  /** True where the text was written for the demonstration: shows 示範文字，非公告主文. */
  demonstrationText: boolean;
}>;

/** A closed case with its outcome; `reported` is a press figure, never shown as ours. */
export type ClosedCaseView = Readonly<{
  caseNumber: string;
  title: Localised;
  closedOn: string;
  /** Absent where no source confirms it: the page then says 未確認. */
  outcome?: Localised;
  verified?: number;
  reported?: number;
  threshold: number;
}>;

/** A case between filing and signing: its stage in words and the nearest term. */
export type BeforeCaseView = Readonly<{
  caseNumber: string;
  title: Localised;
  stage: Localised;
  demonstrationText: boolean;
  due?: Readonly<{ what: Localised; on: string; daysLeft: number; isLate: boolean }>;
}>;

/**
 * What the home page shows. Requires both lists in the order of their case numbers: the order is neutral and
 * never depends on counts. With `search`, the lists hold what was found.
 */
export type HomeView = Readonly<{
  open: readonly OpenCaseView[];
  before: readonly BeforeCaseView[];
  closed: readonly ClosedCaseView[];
  /** Votes held outside this platform, of those found. */
  past?: Readonly<{ cases: readonly PastCase[]; today: string }>;
  /** The checkpoint all counts come from, where the record has witnesses. */
  checkpoint?: Readonly<{ size: number; witnessed: WitnessCount }>;
  search?: Readonly<{ query: string }>;
  /** Where lead proposers draft; absent where none is served. */
  workspaceUrl?: string | undefined;
}>;

/** `/`: what this is in one sentence, three doors, the search field and the neutral list of cases. */
export const HomePage = ({ frame, view }: Readonly<{ frame: PageFrame; view: HomeView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const to = (path: string): string => localPath(language, path);
  const found = view.open.length + view.before.length + view.closed.length + (view.past?.cases.length ?? 0);
  return (
    <Layout frame={frame} description={t.lede}>
      {view.search === undefined ? (
        <div class="hero">
          <div class="wrap">
            <h1 class="phrased display">
              <Phrases text={t.headline} />
            </h1>
            <p class="lede">{t.lede}</p>
            <ul class="doors">
              <li>
                <a class="door" href="#open">
                  <span class="door-title">{t.doorSign}</span>
                  <span>{t.doorSignText}</span>
                </a>
              </li>
              <li>
                <a class="door" href={to('/receipts')}>
                  <span class="door-title">{t.doorReceipt}</span>
                  <span>{t.doorReceiptText}</span>
                </a>
              </li>
              <li>
                <a class="door" href={to('/drafts')}>
                  <span class="door-title">{t.doorPropose}</span>
                  <span>{t.doorProposeText}</span>
                </a>
                {view.workspaceUrl === undefined ? null : (
                  <a class="door-more" href={`${view.workspaceUrl}${to('/')}`}>
                    {t.doorDraft}
                  </a>
                )}
              </li>
            </ul>
          </div>
        </div>
      ) : null}
      <div class="wrap">
        <search>
          <form class="search" method="get" action={to('/')}>
            <label for="q">{t.searchLabel}</label>
            <div class="search-row">
              <input
                id="q"
                name="q"
                type="search"
                value={view.search?.query ?? ''}
                aria-describedby="q-hint"
                maxLength={80}
                autocomplete="off"
              />
              <button type="submit" class="button button-quiet">
                {t.searchButton}
              </button>
            </div>
            <p class="hint" id="q-hint">
              {t.searchHint}
            </p>
          </form>
        </search>
        {view.search === undefined ? null : (
          <>
            <h1 class="result-title">{t.searchResult(view.search.query, found)}</h1>
            {found === 0 ? <p>{t.noneFound}</p> : null}
            <p>
              <a href={to('/')}>{t.searchAll}</a>
            </p>
          </>
        )}
        {view.search !== undefined && view.open.length === 0 ? null : (
          <section class="cases" id="open" aria-labelledby="open-title">
            <h2 id="open-title">{t.openTitle}</h2>
            <p class="hint">{t.openNote}</p>
            {view.checkpoint === undefined ? null : (
              <p class="hint" data-witnessed={view.checkpoint.witnessed.isWitnessed ? 'yes' : 'no'}>
                {witnessedSentence(language, view.checkpoint.size, view.checkpoint.witnessed)}{' '}
                <a href={to('/witnesses')}>{t.witnessesLink}</a>
              </p>
            )}
            {view.open.length === 0 ? <p>{t.noOpen}</p> : null}
            <ol class="case-list">
              {view.open.map((each) => (
                <OpenCase key={each.caseNumber} frame={frame} view={each} />
              ))}
            </ol>
          </section>
        )}
        {view.before.length === 0 ? null : (
          <section class="cases" id="before" aria-labelledby="before-title">
            <h2 id="before-title" class="phrased">
              <Phrases text={t.beforeTitle} />
            </h2>
            <ol class="case-list">
              {view.before.map((each) => (
                <BeforeCase key={each.caseNumber} frame={frame} view={each} />
              ))}
            </ol>
          </section>
        )}
        {view.closed.length === 0 ? null : (
          <section class="cases" id="closed" aria-labelledby="closed-title">
            <h2 id="closed-title">{t.closedTitle}</h2>
            <ol class="case-list">
              {view.closed.map((each) => (
                <ClosedCase key={each.caseNumber} frame={frame} view={each} />
              ))}
            </ol>
          </section>
        )}
        {view.past === undefined || view.past.cases.length === 0 ? null : (
          <section class="cases" id="past" aria-labelledby="past-title">
            <h2 id="past-title" class="phrased">
              <Phrases text={t.pastTitle} />
            </h2>
            <PastCaseRows language={language} cases={view.past.cases} today={view.past.today} withDay />
          </section>
        )}
        <p>
          <a href={to('/past-cases')}>{t.pastLink}</a>
        </p>
      </div>
    </Layout>
  );
};

const OpenCase = ({ frame, view }: Readonly<{ frame: PageFrame; view: OpenCaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const words = stageWords[view.stage];
  return (
    <li class="case-row">
      <div class="case-head">
        <p class="case-meta">
          <span class="case-number">{t.caseNumber(view.caseNumber)}</span>
          <span class="stage-chip">
            <span class="stage-chip-sign" lang="zh-Hant-TW" aria-hidden="true">
              {words.sign}
            </span>
            {words.word[language]}
          </span>
          <span>{t.daysLeft(view.daysLeft)}</span>
          {view.demonstrationText ? <span class="tag">{webMessages(language).demoText}</span> : null}
        </p>
        <h3>
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>{view.title[language]}</a>
        </h3>
        <p class="hint">
          {t.until} <DateText language={language} iso={view.lastDay} />
        </p>
      </div>
      <div class="case-figure">
        <p class="figure">
          <span class="figure-label">{t.verifiedCount}</span>
          <strong>{formatNumber(view.verified)}</strong>
        </p>
        <Bar value={view.verified} threshold={view.threshold} />
        <p class="figure-foot">
          <span>{t.ofThreshold(view.threshold)}</span>
          <span>{formatShare(view.verified, view.threshold)}</span>
        </p>
      </div>
    </li>
  );
};

const BeforeCase = ({ frame, view }: Readonly<{ frame: PageFrame; view: BeforeCaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  return (
    <li class="case-row">
      <div class="case-head">
        <p class="case-meta">
          <span class="case-number">{t.caseNumber(view.caseNumber)}</span>
          <span class="stage-chip">{view.stage[language]}</span>
          {view.demonstrationText ? <span class="tag">{webMessages(language).demoText}</span> : null}
        </p>
        <h3>
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>{view.title[language]}</a>
        </h3>
        {view.due === undefined ? null : (
          <p class="hint">
            {view.due.what[language]} · {t.dutyUntil} <DateText language={language} iso={view.due.on} />
            {view.due.isLate ? ` · ${t.dutyState.overdue}` : t.dutyDaysLeft(view.due.daysLeft)}
          </p>
        )}
      </div>
    </li>
  );
};

const ClosedCase = ({ frame, view }: Readonly<{ frame: PageFrame; view: ClosedCaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const value = view.verified ?? view.reported;
  return (
    <li class="case-row case-row-closed">
      <div class="case-head">
        <p class="case-meta">
          <span class="case-number">{t.caseNumber(view.caseNumber)}</span>
          <span>
            {t.closedOn} <DateText language={language} iso={view.closedOn} />
          </span>
        </p>
        <h3>
          <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>{view.title[language]}</a>
        </h3>
      </div>
      <div class="case-figure">
        <p class="outcome">
          <span class="figure-label">{t.outcome}</span>
          <strong>{view.outcome?.[language] ?? t.unconfirmed}</strong>
        </p>
        {value === undefined ? null : (
          <p class="figure-foot">
            <span>
              {formatNumber(value)} / {formatNumber(view.threshold)}
              {view.verified === undefined ? <span class="remark">{t.pressFigure}</span> : null}
            </span>
          </p>
        )}
      </div>
    </li>
  );
};
