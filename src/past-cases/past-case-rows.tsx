import type { VNode } from 'preact';
import { citation } from '../law/index.ts';
import { Chinese, DateText, formatNumber, type Language } from '../web/index.ts';
import { barOfVote, judged, type PastCase } from './past-case.ts';
import { pastCasesMessages } from './past-cases-messages.ts';

/** Rows of past cases: figures, result and source of each. `today` decides which bars still run. */
export const PastCaseRows = ({
  language,
  cases,
  today,
  withDay = false,
}: Readonly<{
  language: Language;
  cases: readonly PastCase[];
  today: string;
  /** Where the rows do not stand under the day of their vote. */
  withDay?: boolean;
}>): VNode => (
  <ol class="case-list">
    {cases.map((one) => (
      <Row key={one.number} language={language} one={one} today={today} withDay={withDay} />
    ))}
  </ol>
);

const Row = ({
  language,
  one,
  today,
  withDay,
}: Readonly<{ language: Language; one: PastCase; today: string; withDay: boolean }>): VNode => {
  const t = pastCasesMessages(language);
  const figure = (value: bigint): string => formatNumber(Number(value));
  const bar = barOfVote(one);
  return (
    <li class="case-row case-row-closed" id={`case-${one.number}`} data-past-case={one.number}>
      <div class="case-head">
        <p class="case-meta">
          <span class="case-number">{t.number(one.number)}</span>
          {withDay ? <DateText language={language} iso={one.voteOn} /> : null}
        </p>
        <h3>
          <Chinese language={language} text={one.title} />
        </h3>
        <p class="hint">
          {t.proposer}
          {colon(language)}
          <Chinese language={language} text={one.leadProposer} />
        </p>
        <dl class="facts facts-small past-figures">
          {(
            [
              [t.yes, figure(one.yes)],
              [t.no, figure(one.no)],
              [t.invalid, figure(one.invalid)],
              [t.electors, figure(one.electors)],
              [t.turnout, `${(one.turnout / 100).toFixed(2)} %`],
            ] as const
          ).map(([term, value]) => (
            <div key={term}>
              <dt>{term}</dt>
              <dd>{value}</dd>
            </div>
          ))}
        </dl>
        {bar === undefined || bar.until < today ? null : (
          <p class="hint" data-bar={bar.until}>
            {t.barUntil} <DateText language={language} iso={bar.until} />
            {language === 'en' ? ` (${citation(bar.citation).en})` : `（${bar.citation}）`}
          </p>
        )}
        <p class="hint">
          {t.source}
          {colon(language)}
          <a href={one.source} rel="noreferrer">
            {new URL(one.source).hostname}
          </a>
        </p>
      </div>
      <div class="case-figure">
        <Result language={language} one={one} />
      </div>
    </li>
  );
};

const colon = (language: Language): string => (language === 'en' ? ': ' : '：');

const Result = ({ language, one }: Readonly<{ language: Language; one: PastCase }>): VNode => {
  const t = pastCasesMessages(language);
  const found = judged(one);
  const rule = found?.pack.parameters.passRule.value;
  const [had, needed] = [found?.verdict.had ?? 0n, found?.verdict.needed ?? 0n].map((value) =>
    formatNumber(Number(value)),
  ) as [string, string];
  return (
    <>
      <p class="outcome">
        <span class="figure-label">{t.outcome}</span>
        <strong>{(found?.verdict.passed ?? one.passed) ? t.passed : t.failed}</strong>
      </p>
      {found === undefined ? null : (
        <p class="hint">
          {rule?.kind === 'majority-and-turnout' ? t.neededTurnout(had, needed) : t.neededYes(had, needed)}
          {language === 'en' ? '; ' : '；'}
          {found.verdict.hasMajority ? t.majority : t.noMajority}
        </p>
      )}
    </>
  );
};
