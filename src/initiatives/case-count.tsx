import type { VNode } from 'preact';
import type { WitnessCount } from '../record/index.ts';
import {
  Bar,
  DateText,
  formatNumber,
  formatShare,
  type Language,
  localPath,
  VerifyCommand,
} from '../web/index.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/**
 * The count of one case. `record` figures derive from one published checkpoint; `press` is what newspapers
 * reported about a case that ran before the platform; `none` where no source confirms a number.
 */
export type CaseCountView = Readonly<{ threshold: number }> &
  (
    | Readonly<{
        origin: 'record';
        /** Paper is not collected: its row is left out. */
        electronicOnly?: boolean;
        electronic: number;
        /** Absent until the raw count 清查: paper counts only from then on. */
        paper?: number;
        excluded: number;
        checkpoint: Readonly<{ size: number; root: string; at?: string }>;
        /** Who has cosigned that checkpoint; absent where the record has no witnesses. */
        witnessed?: WitnessCount;
        /** The command that recounts this number from public files. */
        recountCommand: string;
      }>
    | Readonly<{
        origin: 'press';
        reported: number;
        on: string;
        source: Readonly<{ label: string; href: string }>;
      }>
    | Readonly<{ origin: 'none' }>
  );

/** The count panel: electronic + paper − excluded = shown, and how anyone can make the number again. */
export const CaseCount = ({
  language,
  caseNumber,
  view,
}: Readonly<{ language: Language; caseNumber: string; view: CaseCountView }>): VNode => {
  const t = initiativesMessages(language);
  const shown =
    view.origin === 'record'
      ? view.electronic + (view.paper ?? 0) - view.excluded
      : view.origin === 'press'
        ? view.reported
        : undefined;
  return (
    <section class="count" aria-labelledby="count-title">
      <h2 id="count-title" class="small-heading">
        {t.countTitle}
      </h2>
      {shown === undefined ? (
        <p class="count-number count-unknown">{t.unconfirmed}</p>
      ) : (
        <>
          <p class="count-number" {...checkpointData(view)} data-count={caseNumber}>
            {formatNumber(shown)}
          </p>
          <Bar value={shown} threshold={view.threshold} />
        </>
      )}
      <p class="figure-foot">
        <span>
          {t.countThreshold} {formatNumber(view.threshold)}
        </span>
        {shown === undefined ? null : <span>{formatShare(shown, view.threshold)}</span>}
      </p>
      {view.origin === 'press' ? (
        <p class="hint">
          <DateText language={language} iso={view.on} />
          <br />
          {t.pressFigure}
          <br />
          <a href={view.source.href} rel="noreferrer">
            {`${t.source}${language === 'en' ? ': ' : '：'}${view.source.label}`}
          </a>
        </p>
      ) : null}
      {view.origin === 'record' ? <RecordCount language={language} view={view} shown={shown ?? 0} /> : null}
    </section>
  );
};

/** Which checkpoint the number is of, for programs: `lianshu-verify` compares the page with its own recount. */
const checkpointData = (view: CaseCountView): Readonly<Record<string, string | number>> =>
  view.origin === 'record' ? { 'data-size': view.checkpoint.size, 'data-root': view.checkpoint.root } : {};

/** At which checkpoint a number stands and by how many it is witnessed; never silent about too few. */
export function witnessedSentence(language: Language, size: number, witnessed: WitnessCount): string {
  const t = initiativesMessages(language);
  const { names, of, isWitnessed } = witnessed;
  return isWitnessed ? t.witnessed(size, names.length, of) : t.notYetWitnessed(size, names.length, of);
}

const RecordCount = ({
  language,
  view,
  shown,
}: Readonly<{
  language: Language;
  view: Extract<CaseCountView, { origin: 'record' }>;
  shown: number;
}>): VNode => {
  const t = initiativesMessages(language);
  return (
    <>
      <p class="hint">{shown >= view.threshold ? t.countReached : t.countMissing(view.threshold - shown)}</p>
      <dl class="sum">
        <div>
          <dt>{t.countElectronic}</dt>
          <dd>{formatNumber(view.electronic)}</dd>
        </div>
        {view.electronicOnly ? null : (
          <div>
            <dt>{t.countPaper}</dt>
            <dd>
              {view.paper === undefined ? (
                <span class="hint">{t.countPaperLater}</span>
              ) : (
                `+ ${formatNumber(view.paper)}`
              )}
            </dd>
          </div>
        )}
        <div>
          <dt>{t.countExcluded}</dt>
          <dd>{`− ${formatNumber(view.excluded)}`}</dd>
        </div>
        <div class="sum-total">
          <dt>{t.countShown}</dt>
          <dd>{`= ${formatNumber(shown)}`}</dd>
        </div>
      </dl>
      {view.witnessed === undefined ? null : (
        <p class="hint" data-witnessed={view.witnessed.isWitnessed ? 'yes' : 'no'}>
          {witnessedSentence(language, view.checkpoint.size, view.witnessed)}{' '}
          <a href={localPath(language, '/witnesses')}>{t.witnessesLink}</a>
        </p>
      )}
      <p class="count-note">{t.countTechnical}</p>
      <details class="quiet-details">
        <summary>{t.countHow}</summary>
        <p>{t.countHowText}</p>
        <VerifyCommand language={language} command={view.recountCommand} />
        <dl class="facts facts-small">
          {view.checkpoint.at === undefined ? null : (
            <>
              <dt>{t.countAt}</dt>
              <dd>
                <DateText language={language} iso={view.checkpoint.at} clock />
              </dd>
            </>
          )}
          <dt>{t.countCheckpoint}</dt>
          <dd>
            {t.countCheckpointValue(view.checkpoint.size)} <code>{view.checkpoint.root.slice(0, 12)}…</code>
            <br />
            <a href="/log/checkpoint">{t.countEntries}</a>
          </dd>
        </dl>
        {view.witnessed === undefined ? <p class="hint">{t.countWitness}</p> : null}
      </details>
    </>
  );
};
