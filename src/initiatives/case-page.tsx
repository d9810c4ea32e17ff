import type { VNode } from 'preact';
import {
  Chinese,
  DateText,
  Layout,
  type Localised,
  localPath,
  Notice,
  type PageFrame,
  Phrases,
  SeriesChart,
  type SeriesPoint,
  StageRibbon,
  type StageView,
  webMessages,
} from '../web/index.ts';
import { CaseCount, type CaseCountView } from './case-count.tsx';
import { CaseCourse, type CourseEntryView } from './case-course.tsx';
import { CaseNext, type DutyView } from './case-next.tsx';
import { initiativesMessages } from './initiatives-messages.ts';

/** The published text of a case: what the digest in every statement refers to. */
export type CaseTextView = Readonly<{
  mainText: string;
  /** Marked as a translation in the English page; the Chinese always stands first. */
  mainTextTranslation?: string;
  /** Paragraphs of the statement of reasons. */
  reasons: readonly string[];
  reasonsTranslation?: readonly string[];
  version: number;
  publishedOn: string;
  /** 64 hex digits of the exact file at `fileHref`. */
  digest: string;
  fileHref: string;
}>;

/** An opinion of an agency under its own name (公投法 §10 VIII). */
export type AgencyOpinionView = Readonly<{
  agency: Localised;
  receivedOn: string;
  paragraphs: readonly string[];
  fileHref?: string;
}>;

/** Everything the case page shows, as plain data. */
export type CaseView = Readonly<{
  caseNumber: string;
  title: Localised;
  kind: Localised;
  leadProposer: Localised;
  /** Known once roster format or access code was collected. */
  mode?: Localised;
  demonstrationText: boolean;
  /** Plain words; `author` says whose they are. Absent: the section is not shown. */
  problem?: Readonly<{ text: Localised; author: 'lead-proposer' | 'platform' }>;
  /** All ten stages in their order. */
  stages: readonly StageView[];
  text?: CaseTextView;
  opinions: readonly AgencyOpinionView[];
  period?: Readonly<{ firstDay: string; lastDay: string }>;
  /** Present exactly while the case takes signatures. */
  signing?: Readonly<{ daysLeft: number; helpContact?: Localised }>;
  /** Present exactly when signing has ended. */
  closing?: Readonly<{ closedOn: string; outcome?: Localised; consequence?: Localised; article?: Localised }>;
  /** Absent until signing has opened: there is nothing to count. */
  count?: CaseCountView;
  series?: Readonly<{ origin: 'record' | 'press'; points: readonly SeriesPoint[] }>;
  /** What is owed now, by whom and until when. */
  duties: readonly DutyView[];
  course: readonly CourseEntryView[];
  /** False for cases that ran before this platform: the course is then said to come from public reports. */
  recorded: boolean;
}>;

/** `/initiatives/:case`: one address per initiative, readable without logging in and without script. */
export const CasePage = ({ frame, view }: Readonly<{ frame: PageFrame; view: CaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  return (
    <Layout
      frame={frame}
      title={`${t.caseNumber(view.caseNumber)} ${view.title[language]}`}
      current="initiatives"
    >
      <div class="wrap case">
        <header class="case-title">
          <p class="case-meta">
            <a href={localPath(language, '/#open')}>{t.backToList}</a>
            <span class="case-number">{t.caseNumber(view.caseNumber)}</span>
            {view.demonstrationText ? <span class="tag">{webMessages(language).demoText}</span> : null}
          </p>
          <h1>
            <Phrases text={view.title[language]} />
          </h1>
        </header>
        <StageRibbon language={language} stages={view.stages} />
        <div class="columns">
          <div class="column-intro">
            {view.problem === undefined ? null : (
              <section aria-labelledby="problem-title">
                <h2 id="problem-title">{t.problem}</h2>
                <p class="byline">
                  {view.problem.author === 'platform'
                    ? t.problemEditorial
                    : t.problemBy(view.leadProposer[language])}
                </p>
                <p class="lede">{view.problem.text[language]}</p>
              </section>
            )}
          </div>
          <div class="column-side">
            {view.signing === undefined ? null : <SignCall frame={frame} view={view} />}
            {view.closing === undefined ? null : <Closing frame={frame} closing={view.closing} />}
            {view.count === undefined ? null : (
              <CaseCount language={language} caseNumber={view.caseNumber} view={view.count} />
            )}
          </div>
          <div class="column-main">
            <CaseText frame={frame} view={view} />
            {view.series === undefined ? null : (
              <SeriesChart
                language={language}
                title={t.chartTitle}
                provenance={view.series.origin === 'press' ? t.chartPress : t.chartRecord}
                points={view.series.points}
                threshold={view.count?.threshold ?? 0}
                thresholdLabel={t.threshold}
              />
            )}
            {view.recorded ? (
              <CaseNext
                language={language}
                duties={view.duties}
                calendarHref={localPath(language, `/initiatives/${view.caseNumber}/calendar.ics`)}
                feedHref={localPath(language, `/initiatives/${view.caseNumber}/feed.atom`)}
              />
            ) : null}
            <CaseFacts frame={frame} view={view} />
            <CaseCourse language={language} entries={view.course} recorded={view.recorded} />
          </div>
        </div>
      </div>
    </Layout>
  );
};

const SignCall = ({ frame, view }: Readonly<{ frame: PageFrame; view: CaseView }>): VNode | null => {
  const { language } = frame;
  const t = initiativesMessages(language);
  if (view.signing === undefined) return null;
  return (
    <section class="sign-call" aria-label={t.signTitle}>
      <a class="button button-large" href={localPath(language, `/initiatives/${view.caseNumber}/sign`)}>
        {t.signButton}
      </a>
      <p class="sign-call-term">
        <strong>{t.daysLeft(view.signing.daysLeft)}</strong>
        {view.period === undefined ? null : (
          <>
            {' · '}
            {t.until} <DateText language={language} iso={view.period.lastDay} />
          </>
        )}
      </p>
      <p class="hint">{t.signNeeds}</p>
      {view.signing.helpContact === undefined ? null : (
        <p class="hint">
          {t.helpContact}
          {language === 'en' ? ': ' : '：'}
          {view.signing.helpContact[language]}
        </p>
      )}
    </section>
  );
};

const Closing = ({
  frame,
  closing,
}: Readonly<{ frame: PageFrame; closing: NonNullable<CaseView['closing']> }>): VNode => {
  const t = initiativesMessages(frame.language);
  return (
    <section class="closing" aria-labelledby="closing-title">
      <h2 id="closing-title">{t.closedTitleCase}</h2>
      <p class="closing-outcome">
        {closing.outcome?.[frame.language] ??
          `${t.outcome}${frame.language === 'en' ? ': ' : '：'}${t.unconfirmed}`}
      </p>
      <dl class="facts">
        <dt>{t.closedOn}</dt>
        <dd>
          <DateText language={frame.language} iso={closing.closedOn} />
        </dd>
        {closing.consequence === undefined ? null : (
          <>
            <dt>{t.consequence}</dt>
            <dd>
              {closing.consequence[frame.language]}
              {closing.article === undefined ? null : (
                <span class="article">{closing.article[frame.language]}</span>
              )}
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};

const CaseText = ({ frame, view }: Readonly<{ frame: PageFrame; view: CaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  const { text } = view;
  if (text === undefined) {
    return (
      <section aria-labelledby="main-text-title">
        <h2 id="main-text-title">{t.mainText}</h2>
        <Notice>
          <p>{t.noText}</p>
        </Notice>
      </section>
    );
  }
  const translated = language === 'en' && text.mainTextTranslation !== undefined;
  return (
    <>
      <section aria-labelledby="main-text-title">
        <h2 id="main-text-title">{t.mainText}</h2>
        <blockquote class="main-text">
          <p>
            <Chinese language={language} text={text.mainText} />
          </p>
        </blockquote>
        {translated ? (
          <div class="translation">
            <p>{text.mainTextTranslation}</p>
            <p class="hint">{t.translation}</p>
          </div>
        ) : null}
      </section>
      <section aria-labelledby="sides-title">
        <h2 id="sides-title">{view.opinions.length === 0 ? t.reasons : t.sides}</h2>
        <div class={view.opinions.length === 0 ? 'sides' : 'sides sides-two'}>
          <article>
            {view.opinions.length === 0 ? null : <h3>{t.reasons}</h3>}
            <div lang="zh-Hant-TW" class="long-text">
              {text.reasons.map((paragraph) => (
                <p key={paragraph}>{paragraph}</p>
              ))}
            </div>
            {language === 'en' && text.reasonsTranslation !== undefined ? (
              <div class="translation">
                {text.reasonsTranslation.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
                <p class="hint">{t.translation}</p>
              </div>
            ) : null}
          </article>
          {view.opinions.map((opinion) => (
            <article key={opinion.agency.en}>
              <h3>{t.opinions}</h3>
              <p class="byline">
                {t.opinionFrom(opinion.agency[language])} ·{' '}
                <DateText language={language} iso={opinion.receivedOn} />
              </p>
              <div lang="zh-Hant-TW" class="long-text">
                {opinion.paragraphs.map((paragraph) => (
                  <p key={paragraph}>{paragraph}</p>
                ))}
              </div>
              {opinion.fileHref === undefined ? null : <a href={opinion.fileHref}>{t.opinionDownload}</a>}
            </article>
          ))}
        </div>
        <dl class="facts facts-small">
          <dt>{t.published}</dt>
          <dd>
            <DateText language={language} iso={text.publishedOn} /> · {t.version(text.version)}
          </dd>
          <dt>{t.digest}</dt>
          <dd>
            <code class="break">{text.digest}</code>
            <p class="hint">{t.digestHelp}</p>
          </dd>
        </dl>
        <p>
          <a href={text.fileHref} download>
            {t.download}
          </a>
          {text.version > 1 ? (
            <>
              {' · '}
              <a
                href={localPath(language, `/initiatives/${view.caseNumber}/texts/compare?to=${text.version}`)}
              >
                {t.compareLink}
              </a>
            </>
          ) : null}
        </p>
      </section>
    </>
  );
};

const CaseFacts = ({ frame, view }: Readonly<{ frame: PageFrame; view: CaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{t.facts}</h2>
      <dl class="facts">
        <dt>{t.leadProposer}</dt>
        <dd>{view.leadProposer[language]}</dd>
        <dt>{t.kind}</dt>
        <dd>{view.kind[language]}</dd>
        {view.mode === undefined ? null : (
          <>
            <dt>{t.mode}</dt>
            <dd>{view.mode[language]}</dd>
          </>
        )}
        {view.period === undefined ? null : (
          <>
            <dt>{t.signPeriod}</dt>
            <dd>
              <DateText language={language} iso={view.period.firstDay} />
              {language === 'en' ? ' to ' : ' 至 '}
              <DateText language={language} iso={view.period.lastDay} />
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};
