import type { VNode } from 'preact';
import { Bar, formatNumber, formatShare, type Language, VerifyCommand } from '../web/index.ts';
import { countOfDraft, type DraftMaterial, recountCommand } from './draft-view.ts';
import { proposalsMessages } from './proposals-messages.ts';

/**
 * The proposers of one draft: electronic + paper − excluded, all of the published checkpoint, which the number names
 * for `lianshu-verify`, and how anyone can make it again.
 */
export const DraftCountPanel = ({
  language,
  draft,
}: Readonly<{ language: Language; draft: DraftMaterial }>): VNode | null => {
  const t = proposalsMessages(language);
  const count = countOfDraft(draft);
  if (count === undefined) return null;
  const { required } = draft;
  const { size, root } = count.checkpoint;
  return (
    <section class="count" aria-labelledby="count-title">
      <h2 id="count-title" class="small-heading">
        {t.countTitle}
      </h2>
      <p class="count-number" data-size={size} data-root={root} data-count={draft.facts.draft}>
        {formatNumber(count.shown)}
      </p>
      {draft.facts.reopened !== undefined ? null : (
        <>
          <Bar value={count.shown} threshold={required} />
          <p class="figure-foot">
            <span>
              {t.countThreshold} {formatNumber(required)}
            </span>
            <span>{formatShare(count.shown, required)}</span>
          </p>
          <p class="hint">
            {count.shown >= required ? t.countReached : t.countMissing(required - count.shown)}
          </p>
        </>
      )}
      <dl class="sum">
        <div>
          <dt>{t.countElectronic}</dt>
          <dd>{formatNumber(count.electronic)}</dd>
        </div>
        <div>
          <dt>{t.countPaper}</dt>
          <dd>{`+ ${formatNumber(count.paper)}`}</dd>
        </div>
        <div>
          <dt>{t.countExcluded}</dt>
          <dd>{`− ${formatNumber(count.excluded)}`}</dd>
        </div>
        <div class="sum-total">
          <dt>{t.countShown}</dt>
          <dd>{`= ${formatNumber(count.shown)}`}</dd>
        </div>
      </dl>
      <p class="count-note">{draft.facts.reopened === undefined ? t.countNote : t.countBefore}</p>
      <details class="quiet-details">
        <summary>{t.countHow}</summary>
        <p>{t.countHowText}</p>
        <VerifyCommand language={language} command={recountCommand(draft)} />
      </details>
    </section>
  );
};
