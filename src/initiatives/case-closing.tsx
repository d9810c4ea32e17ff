import type { VNode } from 'preact';
import type { CaseRetention } from '../law/index.ts';
import { DateText, type Language, type Localised } from '../web/index.ts';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** How a case ended, or where it stands after its signing has closed. */
export type ClosingView = Readonly<{
  /** Last day of signing; absent where signing never opened. */
  closedOn?: string;
  outcome?: Localised;
  /** What the outcome means, in a sentence. */
  meaning?: Localised;
  endedOn?: string;
  /** The stage when it ended. */
  at?: Localised;
  by?: 'lapse' | 'decision';
  consequence?: Localised;
  article?: Localised;
  /** Who may not file the same matter again, and until when. */
  bars?: readonly Readonly<{
    whom: keyof ReturnType<typeof caseMessages>['barWhom'];
    until: string;
    article: Localised;
  }>[];
  /** How long the electronic records are kept. */
  retention?: Pick<CaseRetention, 'from' | 'until' | 'mark'> & Readonly<{ article: Localised }>;
  /** Where a case stands that has no outcome yet. */
  stage?: Localised;
}>;

/** What became of the case: shown in the place of the call to sign. */
export const Closing = ({
  language,
  closing,
}: Readonly<{ language: Language; closing: ClosingView }>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const isOpenStill = closing.outcome === undefined && closing.stage !== undefined;
  return (
    <section class="closing" aria-labelledby="closing-title">
      <h2 id="closing-title">
        {isOpenStill || closing.endedOn === undefined ? c.signingEndedTitle : c.endedTitle}
      </h2>
      <p class="closing-outcome">
        {closing.outcome?.[language] ??
          (closing.stage === undefined
            ? `${t.outcome}${language === 'en' ? ': ' : '：'}${t.unconfirmed}`
            : c.standsAtText(closing.stage[language]))}
      </p>
      {closing.meaning === undefined ? null : <p>{closing.meaning[language]}</p>}
      <dl class="facts">
        {closing.closedOn === undefined ? null : (
          <>
            <dt>{t.closedOn}</dt>
            <dd>
              <DateText language={language} iso={closing.closedOn} />
            </dd>
          </>
        )}
        {closing.endedOn === undefined ? null : (
          <>
            <dt>{c.endedOn}</dt>
            <dd>
              <DateText language={language} iso={closing.endedOn} />
            </dd>
          </>
        )}
        {closing.at === undefined ? null : (
          <>
            <dt>{c.endedWhile}</dt>
            <dd>{closing.at[language]}</dd>
          </>
        )}
        {closing.by === undefined ? null : (
          <>
            <dt>{c.how}</dt>
            <dd>{c.endedBy[closing.by]}</dd>
          </>
        )}
        {closing.consequence === undefined && closing.article !== undefined ? (
          <>
            <dt>{c.basis}</dt>
            <dd>{closing.article[language]}</dd>
          </>
        ) : null}
        {closing.consequence === undefined ? null : (
          <>
            <dt>{t.consequence}</dt>
            <dd>
              {closing.consequence[language]}
              {closing.article === undefined ? null : (
                <span class="article">{closing.article[language]}</span>
              )}
            </dd>
          </>
        )}
        {(closing.bars ?? []).map(({ whom, until, article }) => (
          <>
            <dt>{c.bars}</dt>
            <dd>
              {c.bar(c.barWhom[whom], until)}
              <span class="article">{article[language]}</span>
            </dd>
          </>
        ))}
        {closing.retention === undefined ? null : (
          <>
            <dt>{c.retention}</dt>
            <dd>
              {closing.retention.until === undefined
                ? c.keptWhileSued(closing.retention.from)
                : c.keptUntil(closing.retention.from, closing.retention.until)}{' '}
              {c.retentionMark[closing.retention.mark]}
              <span class="article">{closing.retention.article[language]}</span>
            </dd>
          </>
        )}
      </dl>
    </section>
  );
};
