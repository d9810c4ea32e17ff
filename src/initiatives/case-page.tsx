import type { VNode } from 'preact';
import type { WhoMay } from '../law/index.ts';
import {
  DateText,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
  Phrases,
  SeriesChart,
  type SeriesPoint,
  StageRibbon,
  type StageView,
  webMessages,
} from '../web/index.ts';
import { Closing, type ClosingView } from './case-closing.tsx';
import { CaseCount, type CaseCountView } from './case-count.tsx';
import { CaseCourse } from './case-course.tsx';
import type { CoursePart } from './case-course-view.ts';
import { CaseDelivered, deliveredBy } from './case-delivered.tsx';
import { caseMessages } from './case-messages.ts';
import { CaseNext, type DutyView, type SuspensionView } from './case-next.tsx';
import type { NextActView } from './case-next-acts.ts';
import { CaseShare, type ShareView } from './case-share.tsx';
import { type AgencyOpinionView, CaseTexts, type CaseTextView } from './case-texts.tsx';
import type { DeliveredBody, PlainWords } from './initiative-facts.ts';
import { initiativesMessages } from './initiatives-messages.ts';
import { WhoMayPart } from './who-may-part.tsx';

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
  problem?: PlainWords;
  /** All ten stages in their order. */
  stages: readonly StageView[];
  /** Present where it was delivered under §§14–16: nobody proposed or signs it. */
  delivered?: DeliveredBody;
  text?: CaseTextView;
  opinions: readonly AgencyOpinionView[];
  /** False where what came before the collection is not in this record. */
  isWhole: boolean;
  /** Whether there are two texts or more to compare. */
  isComparable: boolean;
  /** The proposers of a case that was filed from a draft. */
  proposers?: Readonly<{ draft: string; electronic: number; paper: number }>;
  /** The draft under which proposers are supplied, while the term for that runs. */
  suppliedBy?: string;
  period?: Readonly<{ firstDay: string; lastDay: string }>;
  /** Present exactly while the case takes signatures. */
  signing?: Readonly<{ daysLeft: number; helpContact?: Localised; whoMay?: WhoMay | undefined }>;
  /** Present when signing has ended, or the case has. */
  closing?: ClosingView;
  /** Absent until signing has opened: there is nothing to count. */
  count?: CaseCountView;
  series?: Readonly<{ origin: 'record' | 'press'; points: readonly SeriesPoint[] }>;
  /** What is owed now, by whom and until when. */
  duties: readonly DutyView[];
  /** What may bring the case on, where no term runs. */
  nextActs?: readonly NextActView[];
  /** Present while litigation or a court's order suspends the case. */
  suspension?: SuspensionView;
  course: CoursePart;
  share: ShareView;
  /** False for cases that ran before this platform: the course is then said to come from public reports. */
  recorded: boolean;
}>;

/** Behind the day on which the lead proposer amended the plain words; the reason follows. */
const wordsAmended: Localised = {
  'zh-Hant-TW': '領銜人修改本段白話說明（公告之主文與理由書不變）。理由：',
  en: 'the lead proposer amended these words (the announced text stays as it is). Reason: ',
};

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
                {view.problem.amended === undefined ? null : (
                  <p class="hint" data-amended>
                    <DateText language={language} iso={view.problem.amended.at} /> {wordsAmended[language]}
                    {view.problem.amended.why[language]}
                  </p>
                )}
              </section>
            )}
            {view.delivered === undefined ? null : (
              <CaseDelivered language={language} delivered={view.delivered} />
            )}
            {view.recorded ? (
              <CaseNext
                language={language}
                duties={view.duties}
                acts={view.nextActs ?? []}
                suspension={view.suspension}
                suppliedBy={view.suppliedBy}
              />
            ) : null}
          </div>
          <div class="column-side">
            {view.signing === undefined ? null : <SignCall frame={frame} view={view} />}
            {view.closing === undefined ? null : <Closing language={language} closing={view.closing} />}
            {view.count === undefined ? null : (
              <CaseCount language={language} caseNumber={view.caseNumber} view={view.count} />
            )}
            <CaseShare language={language} caseNumber={view.caseNumber} share={view.share} />
          </div>
          <div class="column-main">
            <CaseTexts
              frame={frame}
              caseNumber={view.caseNumber}
              text={view.text}
              opinions={view.opinions}
              recorded={view.recorded}
              isWhole={view.isWhole}
              isDelivered={view.delivered !== undefined}
              isComparable={view.isComparable}
            />
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
            <CaseFacts frame={frame} view={view} />
            <CaseCourse
              language={language}
              caseNumber={view.caseNumber}
              part={view.course}
              recorded={view.recorded}
            />
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
      {view.signing.whoMay === undefined ? null : (
        <WhoMayPart language={language} view={view.signing.whoMay} />
      )}
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

const CaseFacts = ({ frame, view }: Readonly<{ frame: PageFrame; view: CaseView }>): VNode => {
  const { language } = frame;
  const t = initiativesMessages(language);
  return (
    <section aria-labelledby="facts-title">
      <h2 id="facts-title">{t.facts}</h2>
      <dl class="facts">
        <dt>{view.delivered === undefined ? t.leadProposer : deliveredBy[language]}</dt>
        <dd>{view.leadProposer[language]}</dd>
        {view.proposers === undefined ? null : (
          <>
            <dt>{caseMessages(language).proposers}</dt>
            <dd>
              {caseMessages(language).proposersOf(view.proposers.electronic, view.proposers.paper)}{' '}
              <a href={localPath(language, `/drafts/${view.proposers.draft}`)}>
                {caseMessages(language).draftLink(view.proposers.draft)}
              </a>
            </dd>
          </>
        )}
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
