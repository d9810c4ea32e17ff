import type { VNode } from 'preact';
import { Bar, DateText, formatNumber, type Language, localPath, Notice } from '../web/index.ts';
import type { DraftMaterial } from './draft-view.ts';
import { supplementMessages } from './supplement-messages.ts';
import type { SupplementStanding } from './supplement-standing.ts';

/** The sum of a supplement against what is required: who passed before, and who proposed since. */
export const SupplementSum = ({
  language,
  standing,
}: Readonly<{ language: Language; standing: SupplementStanding }>): VNode => {
  const t = supplementMessages(language);
  const { valid, electronic, paper, total, required, missing } = standing;
  const row = (name: string, value: string, more = '') => (
    <div class={more}>
      <dt>{name}</dt>
      <dd>{value}</dd>
    </div>
  );
  return (
    <>
      <Bar value={total} threshold={required} />
      <dl class="sum" data-supplement={total} data-missing={missing}>
        {row(t.valid, formatNumber(valid))}
        {row(t.electronic, `+ ${formatNumber(electronic)}`)}
        {row(t.paper, `+ ${formatNumber(paper)}`)}
        {row(t.total, `= ${formatNumber(total)}`, 'sum-total')}
        {row(t.required, formatNumber(required))}
      </dl>
      <p class="hint">
        {t.missing(missing)} {t.judged}
      </p>
    </>
  );
};

/** What a draft's page says of its supplement; nothing where it was never opened again. */
export const SupplementPanel = ({
  language,
  draft,
}: Readonly<{ language: Language; draft: DraftMaterial }>): VNode | null => {
  const { reopened } = draft.facts;
  if (reopened === undefined) return null;
  const t = supplementMessages(language);
  const isOpen = draft.state === 'supplementing';
  return (
    <section aria-labelledby="supplement-title">
      <Notice kind="strong">
        <h2 id="supplement-title" class="small-heading">
          {t.title}
        </h2>
        <p>
          {isOpen ? t.lede(reopened.case) : t.over(reopened.case)}{' '}
          <a href={localPath(language, `/initiatives/${reopened.case}`)}>{t.toCase(reopened.case)}</a>
        </p>
        {isOpen ? (
          <p>
            {t.term}
            {language === 'en' ? ': ' : '：'}
            <DateText language={language} iso={reopened.firstDay} />
            {language === 'en' ? ' to ' : ' 至 '}
            <DateText language={language} iso={draft.lastDay} />
          </p>
        ) : null}
        {draft.supplement === undefined ? null : (
          <SupplementSum language={language} standing={draft.supplement} />
        )}
      </Notice>
    </section>
  );
};
