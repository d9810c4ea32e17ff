import type { VNode } from 'preact';
import { DateText, type Language, type Localised, localPath, Notice } from '../web/index.ts';
import { caseMessages } from './case-messages.ts';
import type { NextActView } from './case-next-acts.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** Who owes what, until when, under which article. `daysLeft` only while the term runs. */
export type DutyView = Readonly<{
  who: Localised;
  what: Localised;
  article: Localised;
  /** Whether an authority owes it, not the lead proposer. */
  isAuthority: boolean;
  state: 'open' | 'overdue' | 'waived';
  due?: string;
  daysLeft?: number;
  /** Only when overdue or waived: days since the last day. */
  daysLate?: number;
  /** Where the term is not the plain text of the law. */
  mark?: 'unconfirmed' | 'project-default';
}>;

/** 停止: since when, and whether terms stand still meanwhile, which is not the plain text of the law. */
export type SuspensionView = Readonly<{
  from: string;
  isHolding: boolean;
  mark?: 'unconfirmed' | 'project-default';
}>;

/** 接下來: what is due next and from whom; an authority that is late is shown as late. */
export const CaseNext = ({
  language,
  duties,
  acts,
  suspension,
  suppliedBy,
}: Readonly<{
  language: Language;
  duties: readonly DutyView[];
  acts: readonly NextActView[];
  suspension: SuspensionView | undefined;
  /** While proposers may be supplied: the draft under which they sign. */
  suppliedBy?: string | undefined;
}>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  return (
    <section aria-labelledby="next-title" class="next-duties">
      <h2 id="next-title">{t.nextTitle}</h2>
      {suspension === undefined ? null : (
        <Notice kind="strong">
          <p data-suspended={suspension.from}>
            <strong>{c.suspended}</strong> {c.suspendedSince}{' '}
            <DateText language={language} iso={suspension.from} />
            {'　'}
            <span class="article">{c.suspendedArticle}</span>
          </p>
          {suspension.isHolding ? (
            <p>
              {c.suspendedTerms}
              {suspension.mark === undefined ? null : <span class="tag">{t.dutyMark[suspension.mark]}</span>}
            </p>
          ) : null}
        </Notice>
      )}
      {suppliedBy === undefined ? null : (
        <p data-supplied-by={suppliedBy}>
          {c.suppliedBy} <a href={localPath(language, `/drafts/${suppliedBy}`)}>{c.draftLink(suppliedBy)}</a>
        </p>
      )}
      {duties.length === 0 && acts.length === 0 ? <p class="hint">{t.nextNone}</p> : null}
      {acts.length === 0 ? null : (
        <>
          <p class="hint">{c.nextActs}</p>
          <ul class="duties">
            {acts.map(({ what, who, article }) => (
              <li key={what.en} class="duty duty-open" data-next-act={what.en}>
                <p>
                  <strong>{what[language]}</strong>
                </p>
                <p class="course-meta">
                  <span>{c.nextBy(who[language])}</span>
                  <span>{article[language]}</span>
                </p>
              </li>
            ))}
          </ul>
        </>
      )}
      <ul class="duties">
        {duties.map((duty) => (
          <li key={`${duty.what.en}${duty.due ?? ''}${duty.who.en}`} class={`duty duty-${duty.state}`}>
            <p>
              <strong>{duty.what[language]}</strong>{' '}
              {duty.state === 'open' ? null : <span class="tag">{t.dutyState[duty.state]}</span>}
            </p>
            <p class="course-meta">
              <span>{t.dutyBy(duty.who[language])}</span>
              {duty.due === undefined ? (
                <span>{t.dutyTermUnknown}</span>
              ) : (
                <span>
                  {t.dutyUntil} <DateText language={language} iso={duty.due} />
                  {duty.daysLeft === undefined ? '' : t.dutyDaysLeft(duty.daysLeft)}
                  {duty.daysLate === undefined ? '' : c.dutyLate(duty.daysLate)}
                </span>
              )}
              <span>{duty.article[language]}</span>
              {duty.mark === undefined ? null : <span>{t.dutyMark[duty.mark]}</span>}
            </p>
            {duty.state === 'overdue' && duty.isAuthority ? (
              <p>{c.dutyLateText(duty.who[language])}</p>
            ) : null}
          </li>
        ))}
      </ul>
    </section>
  );
};
