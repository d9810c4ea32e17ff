import type { VNode } from 'preact';
import { type AllowedAct, type CaseCourse, daysBetween, OUTCOME_NAMES, STAGE_NAMES } from '../law/index.ts';
import { type SupplementStanding, SupplementSum } from '../proposals/index.ts';
import { localPath, Notice } from '../web/index.ts';
import {
  Article,
  type ConsoleFrame,
  ConsoleLayout,
  consolePath,
  Day,
  publicAddress,
  speak,
} from './console-frame.tsx';
import type { LastDays } from './timeline.ts';

/** An act of the lead proposer that belongs to this stage: where its page is, and what it still waits for. */
export interface OfferedAct {
  readonly act: AllowedAct;
  readonly path: string;
}

export interface OverviewView {
  readonly course: CaseCourse;
  readonly acts: readonly OfferedAct[];
  readonly lastDays: LastDays | undefined;
  readonly mayAct: boolean;
  /** While proposers may be supplied electronically: under which draft, and how many there are. */
  readonly supplement: Readonly<{ draft: string; standing: SupplementStanding }> | undefined;
  /** Whether a list of deleted proposers waits for the one who looks. */
  readonly hasLetter: boolean;
}

/** `/console/:case`: where the case stands, what the lead proposer owes and may do, and until when. */
export const OverviewPage = ({
  frame,
  view,
}: Readonly<{ frame: ConsoleFrame; view: OverviewView }>): VNode => {
  const { language } = frame;
  const t = speak(language);
  const { course, acts, lastDays, mayAct, hasLetter } = view;
  const owed = course.duties.filter(
    ({ who, status }) => who === 'lead-proposer' && (status === 'open' || status === 'overdue'),
  );
  const others = course.duties.filter(
    ({ who, status }) => who !== 'lead-proposer' && (status === 'open' || status === 'overdue'),
  );
  const title = t('領銜人專區', 'Lead proposer’s console');
  return (
    <ConsoleLayout frame={frame} title={title} path="">
      <p>
        <a href={publicAddress(frame)}>{t('公開案件頁', 'Public page of the case')}</a>
      </p>
      {lastDays?.isNear === true && course.stage === 'signing' ? (
        <Notice kind="strong" title={t('連署期間將屆滿', 'The signing period is about to end')}>
          <p>
            {t(`剩 ${lastDays.daysLeft} 日。`, `${lastDays.daysLeft} days left. `)}
            <a href={consolePath(frame, '/timeline')}>
              {t(
                '請先讀：人數不足仍提出，與不提出，法律效果不同。',
                'Read first: filing with too few, and not filing, have different consequences.',
              )}
            </a>
          </p>
        </Notice>
      ) : null}
      {hasLetter ? (
        <Notice kind="strong" title={t('有一份刪除名單給您', 'A list of deleted proposers is here for you')}>
          <p data-letter>
            {t(
              '查對後被刪除的提案人及理由，只有您的金鑰能開啟：',
              'Who was deleted by the check, and why; your key alone opens it: ',
            )}
            <a href={consolePath(frame, '/deleted')}>{t('刪除名單', 'Deleted proposers')}</a>{' '}
            <Article language={language} text="公民投票法施行細則 §9" />
          </p>
        </Notice>
      ) : null}
      <dl class="facts">
        <dt>{t('目前階段', 'Stage')}</dt>
        <dd data-stage={course.stage}>
          <strong>{STAGE_NAMES[course.stage][language]}</strong>
        </dd>
        {course.outcome === undefined ? null : (
          <>
            <dt>{t('結果', 'Outcome')}</dt>
            <dd data-outcome={course.outcome.value}>
              <strong>{OUTCOME_NAMES[course.outcome.value][language]}</strong>{' '}
              <Day language={language} iso={course.outcome.on} />{' '}
              <Article language={language} text={course.outcome.citation} />
            </dd>
          </>
        )}
        {course.bars.map(({ bar, from, until }) => (
          <>
            <dt>{t('再提案之限制', 'Bar')}</dt>
            <dd data-bar={bar.after}>
              {bar.whom === 'the-original-proposers'
                ? t('原提案人就同一事項，', 'The original proposers, on the same matter: ')
                : t('同一事項，', 'The same matter: ')}
              <Day language={language} iso={from} /> – <Day language={language} iso={until} />{' '}
              <Article language={language} text={bar.citation} />
            </dd>
          </>
        ))}
      </dl>
      {view.supplement === undefined ? null : (
        <section aria-labelledby="supplement-title" data-supplement-of={view.supplement.draft}>
          <h2 id="supplement-title">{t('補提提案人', 'Supplement of proposers')}</h2>
          <p>
            {t(
              '草案已再開放簽署，文字與草案編號不變：',
              'The draft may be signed again, text and number unchanged: ',
            )}
            <a href={localPath(language, `/console/${view.supplement.draft}`)}>{view.supplement.draft}</a>
          </p>
          <SupplementSum language={language} standing={view.supplement.standing} />
        </section>
      )}
      <section aria-labelledby="owed-title">
        <h2 id="owed-title">{t('您應辦理', 'What you owe')}</h2>
        {owed.length === 0 ? <p>{t('目前沒有。', 'Nothing now.')}</p> : null}
        <ul class="plain-list">
          {owed.map((duty) => (
            <li key={duty.id} data-duty={duty.id} data-status={duty.status}>
              <strong>{duty.what[language]}</strong>
              {duty.due === undefined ? null : (
                <>
                  {t('：至 ', ': until ')}
                  <Day language={language} iso={duty.due} />
                  {t(
                    `（剩 ${daysBetween(course.today, duty.due)} 日，例假日不順延）`,
                    ` (${daysBetween(course.today, duty.due)} days left; a weekend does not extend it)`,
                  )}
                </>
              )}{' '}
              <Article language={language} text={duty.citation} />
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="now-title">
        <h2 id="now-title">{t('現在可以做什麼', 'What can be done now')}</h2>
        {acts.length === 0 ? (
          <p>{t('目前沒有領銜人得為之行為。', 'No act of the lead proposer now.')}</p>
        ) : null}
        <ul class="plain-list">
          {acts.map(({ act, path }) => (
            <li key={`${act.kind}${path}`} data-act={act.kind} data-waits={act.waitsFor?.code}>
              <strong>
                {mayAct && act.waitsFor === undefined ? (
                  <a href={consolePath(frame, path)}>{act.name[language]}</a>
                ) : (
                  act.name[language]
                )}
              </strong>{' '}
              {act.until === undefined ? null : (
                <>
                  {t('至 ', 'until ')}
                  <Day language={language} iso={act.until} />{' '}
                </>
              )}
              <Article language={language} text={act.citation} />
              <br />
              <span class="hint">{(act.waitsFor?.instead ?? act.allowedWhen)[language]}</span>
            </li>
          ))}
        </ul>
      </section>
      <section aria-labelledby="others-title">
        <h2 id="others-title">{t('機關應辦理', 'What authorities owe')}</h2>
        {others.length === 0 ? <p>{t('目前沒有。', 'Nothing now.')}</p> : null}
        <ul class="plain-list">
          {others.map((duty) => (
            <li key={`${duty.id}${duty.agency ?? ''}`} data-status={duty.status}>
              {duty.what[language]}
              {duty.agency === undefined ? null : <span lang="zh-Hant-TW">{`（${duty.agency}）`}</span>}
              {duty.due === undefined ? null : (
                <>
                  {t('：至 ', ': until ')}
                  <Day language={language} iso={duty.due} />
                </>
              )}
              {duty.status === 'overdue' ? <strong>{t('（已逾期）', ' (overdue)')}</strong> : null}{' '}
              <Article language={language} text={duty.citation} />
            </li>
          ))}
        </ul>
      </section>
    </ConsoleLayout>
  );
};
