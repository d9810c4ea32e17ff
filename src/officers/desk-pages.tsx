import type { VNode } from 'preact';
import { CAPACITY_NAMES, type CaseCourse, citation, type Duty, STAGE_NAMES } from '../law/index.ts';
import { DateText, type Language, type Localised, localPath, Notice } from '../web/index.ts';
import { ActionList, type ActNames } from './action-list.tsx';
import type { Action } from './actions.ts';
import { LAST_SIGNING_DAY } from './desk-messages.ts';
import { type DeskActView, type DeskView, daysFrom, nextDuty, OUTCOME_UNCONFIRMED } from './desk-view.ts';
import { MendList, type MendRow } from './mend-list.tsx';
import { type OfficeFrame, OfficeLayout } from './office-layout.tsx';
import { officersMessages } from './officers-messages.ts';

export interface RegisterRow {
  readonly caseNumber: string;
  readonly subject: Localised;
  readonly course: CaseCourse;
  /** How it ended, as far as the record knows. */
  readonly outcome: Localised | undefined;
  readonly waiting: number;
}

/** `/`: every case, where it stands and what is due next. */
export const RegisterPage = ({
  frame,
  rows,
}: Readonly<{ frame: OfficeFrame; rows: readonly RegisterRow[] }>): VNode => {
  const { language } = frame;
  const t = officersMessages(language);
  return (
    <OfficeLayout frame={frame} title={t.registerTitle} current="register">
      <div class="wrap office-page">
        <h1>{t.registerTitle}</h1>
        <p class="lede">{t.registerLede}</p>
        {rows.length === 0 ? <p>{t.noCases}</p> : null}
        <ul class="case-list">
          {rows.map((row) => {
            const due = nextDuty(row.course);
            return (
              <li key={row.caseNumber} class="case-row" data-case={row.caseNumber}>
                <div>
                  <h2 class="row-title">
                    <a href={localPath(language, `/cases/${row.caseNumber}`)}>{row.subject[language]}</a>
                  </h2>
                  <p class="case-meta">
                    <span class="case-number">{t.deskOf(row.caseNumber)}</span>
                    <span>{(row.outcome ?? STAGE_NAMES[row.course.stage])[language]}</span>
                    {row.waiting === 0 ? null : <strong class="tag">{t.waitingCount(row.waiting)}</strong>}
                  </p>
                </div>
                <p class="row-due">
                  {due?.due === undefined ? (
                    <span class="hint">{`${t.nextDue}${language === 'en' ? ': ' : '：'}${t.noDue}`}</span>
                  ) : (
                    <>
                      <span class="hint">{due.what[language]}</span>
                      <DateText language={language} iso={due.due} />
                      <br />
                      <Remaining language={language} duty={due} today={row.course.today} />
                    </>
                  )}
                </p>
              </li>
            );
          })}
        </ul>
      </div>
    </OfficeLayout>
  );
};

const Remaining = ({
  language,
  duty: { due, status },
  today,
}: Readonly<{ language: Language; duty: Duty; today: string }>): VNode | null => {
  const t = officersMessages(language);
  if (due === undefined) return null;
  const days = daysFrom(today, due);
  if (status === 'overdue')
    return (
      <strong class="overdue">
        {t.overdueMark} · {t.daysLate(-days)}
      </strong>
    );
  return status === 'open' ? <span>{t.daysLeft(days)}</span> : null;
};

const STATUS = {
  open: 'statusOpen',
  met: 'statusMet',
  overdue: 'statusOverdue',
  waived: 'statusWaived',
  lapsed: 'statusLapsed',
} as const;

/** `/cases/:case`: one case's desk. */
export const DeskPage = ({
  frame,
  view,
}: Readonly<{
  frame: OfficeFrame;
  view: DeskView &
    Readonly<{
      caseNumber: string;
      subject: Localised;
      course: CaseCourse;
      actions: readonly Action[];
      names: ActNames;
      /** Of the actions, those that can no longer be entered. */
      dead: ReadonlySet<string>;
      outcome: Localised | undefined;
      /** Whether this case has proposers to check: one that was reviewed elsewhere has none. */
      hasProposers: boolean;
      mend: readonly MendRow[];
    }>;
}>): VNode => {
  const { language, site } = frame;
  const t = officersMessages(language);
  const { course, caseNumber } = view;
  const isLate = course.duties.some(({ status, who }) => status === 'overdue' && who !== 'lead-proposer');
  return (
    <OfficeLayout
      frame={frame}
      title={`${t.deskOf(caseNumber)} ${view.subject[language]}`}
      current="register"
    >
      <div class="wrap office-page">
        <p class="case-meta">
          <span class="case-number">{t.deskOf(caseNumber)}</span>
          <a href={`${site.publicUrl}${localPath(language, `/initiatives/${caseNumber}`)}`}>{t.viewPublic}</a>
          {view.hasProposers ? (
            <a href={localPath(language, `/cases/${caseNumber}/proposers`)}>{t.checkProposers}</a>
          ) : null}
        </p>
        <h1>{view.subject[language]}</h1>
        <dl class="facts">
          <dt>{t.stage}</dt>
          <dd data-stage={course.stage}>
            <strong>{STAGE_NAMES[course.stage][language]}</strong>
            {course.since === undefined ? null : (
              <>
                {language === 'en' ? ', ' : '，'}
                {`${t.since} `}
                <DateText language={language} iso={firstDayOf(course, course.since)} />
                <LastDay language={language} course={course} />
              </>
            )}
          </dd>
          {view.outcome === undefined ? null : (
            <>
              <dt>{t.outcome}</dt>
              <dd>
                <strong>{view.outcome[language]}</strong>{' '}
                {course.outcome === undefined || view.outcome === OUTCOME_UNCONFIRMED ? null : (
                  <span class="article">{citation(course.outcome.citation)[language]}</span>
                )}
              </dd>
            </>
          )}
        </dl>
        {course.isSuspended ? (
          <Notice kind="strong">
            <p>{t.suspended}</p>
          </Notice>
        ) : null}
        {view.actions.length === 0 ? null : (
          <section aria-labelledby="waiting-title">
            <h2 id="waiting-title">{t.actionsWaiting}</h2>
            <ActionList frame={frame} actions={view.actions} names={view.names} dead={view.dead} />
          </section>
        )}
        <section aria-labelledby="duties-title">
          <h2 id="duties-title">{t.duties}</h2>
          {isLate ? <p class="hint">{t.overdueNote}</p> : null}
          <Duties language={language} course={course} />
        </section>
        <section aria-labelledby="acts-title">
          <h2 id="acts-title">{t.actsNow}</h2>
          <p class="hint">{t.actsNowNote}</p>
          {view.now.length === 0 ? <p>{t.noneNow}</p> : null}
          <ul class="office-list">
            {view.now.map((act) => (
              <li key={act.kind} class="office-act" data-act={act.kind}>
                <ActHead language={language} act={act} today={course.today} />
                <a
                  class="button button-quiet"
                  href={localPath(language, `/cases/${caseNumber}/acts/${act.kind}`)}
                >
                  {t.prepare}
                  <span class="visually-hidden">
                    {language === 'en' ? ': ' : '：'}
                    {act.name[language]}
                  </span>
                </a>
              </li>
            ))}
          </ul>
        </section>
        {view.notYet.length === 0 ? null : (
          <section aria-labelledby="not-yet-title">
            <h2 id="not-yet-title">{t.actsNotYet}</h2>
            <ul class="office-list">
              {view.notYet.map((act) => (
                <li key={act.kind} data-not-yet={act.kind}>
                  <ActHead language={language} act={act} today={course.today} />
                  <p>
                    {act.refusal.instead[language]}{' '}
                    <span class="article">{citation(act.refusal.citation)[language]}</span>
                  </p>
                </li>
              ))}
            </ul>
          </section>
        )}
        {view.others.length === 0 ? null : (
          <section aria-labelledby="others-title">
            <h2 id="others-title">{t.actsOthers}</h2>
            <ul>
              {view.others.map((act) => (
                <li key={act.kind}>
                  {act.by.map((who) => CAPACITY_NAMES[who][language]).join(language === 'en' ? ', ' : '、')}
                  {language === 'en' ? ': ' : '：'}
                  {act.name[language]} <span class="article">{citation(act.citation)[language]}</span>
                </li>
              ))}
            </ul>
          </section>
        )}
        <MendList language={language} rows={view.mend} back={`/cases/${caseNumber}`} />
      </div>
    </OfficeLayout>
  );
};

/** The day a stage runs from: signing opens on the day after the collection. */
const firstDayOf = ({ stage, signing }: CaseCourse, since: string): string =>
  stage === 'signing' ? (signing?.firstDay ?? since) : since;

/** Of a case whose signing was its end: the last day, which the public page tells. */
const LastDay = ({
  language,
  course,
}: Readonly<{ language: Language; course: CaseCourse }>): VNode | null => {
  const last =
    course.stage === 'ended' && course.outcome?.at === 'signing' ? course.signing?.lastDay : undefined;
  return last === undefined ? null : (
    <>
      {language === 'en' ? ' (' : '（'}
      {`${LAST_SIGNING_DAY[language]} `}
      <DateText language={language} iso={last} />
      {language === 'en' ? ')' : '）'}
    </>
  );
};

const ActHead = ({
  language,
  act,
  today,
}: Readonly<{ language: Language; act: DeskActView; today: string }>): VNode => {
  const t = officersMessages(language);
  return (
    <div>
      <h3>
        {act.name[language]} {act.isInSession ? <span class="tag">{t.inSession}</span> : null}
      </h3>
      <p class="case-meta">
        <span>{citation(act.citation)[language]}</span>
        {act.until === undefined ? null : (
          <span>
            {`${t.until} `}
            <DateText language={language} iso={act.until} />{' '}
            <strong>{t.daysLeft(daysFrom(today, act.until))}</strong>
          </span>
        )}
      </p>
    </div>
  );
};

const Duties = ({ language, course }: Readonly<{ language: Language; course: CaseCourse }>): VNode => {
  const t = officersMessages(language);
  if (course.duties.length === 0) return <p>{t.noDuties}</p>;
  return (
    <ul class="office-list">
      {course.duties.toReversed().map((duty) => (
        <li key={`${duty.id}${duty.from}${duty.agency ?? ''}`} data-duty={duty.id} data-status={duty.status}>
          <h3>
            {duty.what[language]} <span class="tag">{t[STATUS[duty.status]]}</span>
          </h3>
          <dl class="facts facts-small">
            <dt>{t.who}</dt>
            <dd>
              {CAPACITY_NAMES[duty.who][language]}
              {duty.agency === undefined ? null : <span lang="zh-Hant-TW">{`（${duty.agency}）`}</span>}
            </dd>
            <dt>{t.due}</dt>
            <dd>
              {duty.due === undefined ? t.termUnknown : <DateText language={language} iso={duty.due} />}{' '}
              <Remaining language={language} duty={duty} today={course.today} />
            </dd>
            <dt>{t.basis}</dt>
            <dd>{citation(duty.citation)[language]}</dd>
          </dl>
        </li>
      ))}
    </ul>
  );
};
