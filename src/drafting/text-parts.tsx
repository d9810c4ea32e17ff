import type { VNode } from 'preact';
import { type CountedCluster, citation, type LintFinding, UNCOUNTED_MARKS } from '../law/index.ts';
import { DateText, formatNumber, type Language, localPath } from '../web/index.ts';
import { excerptOf, type PartCount } from './draft-hints.ts';
import { FIELD_LABELS, GROUND_LABELS, MATTER_LABELS } from './draft-labels.ts';
import { DRAFT_FIELDS, type DraftField, type DraftText, type Matter, paragraphsOf } from './draft-text.ts';
import { draftingMessages } from './drafting-messages.ts';
import type { LikeCase } from './like-cases.ts';

const CHINESE_FIELDS: ReadonlySet<DraftField> = new Set([
  'subjectZh',
  'mainText',
  'reasons',
  'problemZh',
  'helpZh',
]);

/** The language a field's text is in. */
export const fieldLanguage = (field: DraftField): string => (CHINESE_FIELDS.has(field) ? 'zh-Hant-TW' : 'en');

/** One version's fields for reading; what is empty is left out. */
export const DraftFields = ({ language, text }: Readonly<{ language: Language; text: DraftText }>): VNode => (
  <dl class="facts draft-fields">
    {DRAFT_FIELDS.filter((field) => text[field] !== '').map((field) => (
      <>
        <dt>{FIELD_LABELS[field][language]}</dt>
        <dd data-field={field}>
          {field === 'matter' ? (
            MATTER_LABELS[text.matter as Matter]?.[language]
          ) : (
            <div class="draft-text" lang={fieldLanguage(field)}>
              {paragraphsOf(text[field]).map((paragraph, i) => (
                <p key={i}>{paragraph}</p>
              ))}
            </div>
          )}
        </dd>
      </>
    ))}
  </dl>
);

/** The official count beside its limit, and which characters it counts. In a form, `isLive`, a script keeps it up to date. */
export const CountLine = ({
  language,
  count,
  isLive = false,
}: Readonly<{ language: Language; count: PartCount; isLive?: boolean }>): VNode => {
  const t = draftingMessages(language);
  const most = formatNumber(count.most);
  const note =
    count.state === 'near'
      ? t.countNear
      : count.state === 'over'
        ? t.countOver(count.counted - count.most)
        : '';
  const live = {
    'data-marks': [...UNCOUNTED_MARKS].join(''),
    'data-most': count.most,
    'data-template': t.countOf('{n}', most),
    'data-template-all': t.withPunctuation('{n}'),
    'data-near': t.countNear,
    'data-over': t.countOverLive,
  };
  return (
    <div class="draft-count" data-count={count.part} data-state={count.state} {...(isLive ? live : {})}>
      <p>
        <strong data-counted>{t.countOf(formatNumber(count.counted), most)}</strong>{' '}
        <span class="hint">
          <span data-with-punctuation>{t.withPunctuation(formatNumber(count.withPunctuation))}</span>
          {language === 'en' ? '; ' : '；'}
          <span>{citation(count.citation)[language]}</span>
        </span>
      </p>
      {note === '' && !isLive ? null : (
        <p class="draft-count-note" data-live-note aria-live={isLive ? 'polite' : undefined}>
          {note}
        </p>
      )}
      {count.hasSequences ? <p class="draft-count-note">{t.countSequences}</p> : null}
      {count.counted === 0 ? null : <CountMarks language={language} count={count} />}
    </div>
  );
};

/** Enough for twice what the law publishes. */
const MOST_MARKED = 4_000;

const CountMarks = ({ language, count }: Readonly<{ language: Language; count: PartCount }>): VNode => {
  const t = draftingMessages(language);
  return (
    <details class="draft-count-marks">
      <summary>{t.countMarks}</summary>
      <p class="hint">
        {t.countLegend} {t.countBasis} {count.clusters.length > MOST_MARKED ? t.countCut : ''}
      </p>
      <p class="marked" lang="zh-Hant-TW">
        {runsOf(count.clusters.slice(0, MOST_MARKED), count.most).map(({ kind, text }, i) =>
          kind === 'over' ? (
            <s key={i}>{text}</s>
          ) : kind === 'counted' ? (
            <u key={i}>{text}</u>
          ) : (
            <span key={i}>{text}</span>
          ),
        )}
      </p>
    </details>
  );
};

/** Neighbouring characters of the same kind together. */
function runsOf(
  clusters: readonly CountedCluster[],
  most: number,
): readonly Readonly<{ kind: 'counted' | 'over' | 'free'; text: string }>[] {
  const runs: { kind: 'counted' | 'over' | 'free'; text: string }[] = [];
  let counted = 0;
  for (const { text, counts } of clusters) {
    if (counts) counted += 1;
    const kind = counted > most ? 'over' : counts ? 'counted' : 'free';
    const last = runs.at(-1);
    if (last?.kind === kind) last.text += text;
    else runs.push({ kind, text });
  }
  return runs;
}

const MOST_FINDINGS = 40;

/** Every hint with its rule, its place, its reason and its article. */
export const Findings = ({
  language,
  findings,
  text,
}: Readonly<{ language: Language; findings: readonly LintFinding[]; text: DraftText }>): VNode => {
  const t = draftingMessages(language);
  if (findings.length === 0) return <p>{t.noFindings}</p>;
  return (
    <>
      <ul class="findings">
        {findings.slice(0, MOST_FINDINGS).map((finding, i) => (
          <Finding key={i} language={language} finding={finding} text={text} />
        ))}
      </ul>
      {findings.length > MOST_FINDINGS ? <p>{t.moreFindings(findings.length - MOST_FINDINGS)}</p> : null}
    </>
  );
};

const Finding = ({
  language,
  finding,
  text,
}: Readonly<{ language: Language; finding: LintFinding; text: DraftText }>): VNode => {
  const t = draftingMessages(language);
  const excerpt = excerptOf(finding, text);
  const part = FIELD_LABELS[finding.part === 'question' ? 'mainText' : 'reasons'][language];
  return (
    <li data-rule={finding.rule}>
      <p>
        <span class="tag">{finding.rule}</span> {finding.message[language]}
      </p>
      <p class="hint">
        {part}
        {excerpt === undefined ? null : (
          <span lang="zh-Hant-TW">
            {'：'}
            {excerpt.before}
            <mark>{excerpt.words}</mark>
            {excerpt.after}
          </span>
        )}
      </p>
      <p class="hint">
        <span>{citation(finding.citation)[language]}</span>
        {finding.mayBecome === undefined
          ? null
          : ` · ${t.mayBecome}${language === 'en' ? ': ' : '：'}${GROUND_LABELS[finding.mayBecome]?.[language] ?? finding.mayBecome}`}
      </p>
    </li>
  );
};

/** Similar cases, with the bar that runs where there is one (rule L14). */
export const LikeCases = ({
  language,
  cases,
  publicUrl,
}: Readonly<{ language: Language; cases: readonly LikeCase[]; publicUrl: string }>): VNode => {
  const t = draftingMessages(language);
  if (cases.length === 0) return <p>{t.noLike}</p>;
  return (
    <ul class="findings">
      {cases.map((each) => (
        <li key={each.caseNumber} data-like={each.caseNumber}>
          <p>
            <a href={`${publicUrl}${localPath(language, each.path)}`}>
              {each.label?.[language] ?? each.caseNumber} {each.title[language]}
            </a>{' '}
            <span class="hint">
              {each.stage[language]} · {t.likeness(each.likeness)}
            </span>
          </p>
          {each.shared.length === 0 ? null : (
            <p class="hint">
              {t.likeShared}
              {language === 'en' ? ': ' : '：'}
              <span lang="zh-Hant-TW">{each.shared.join('、')}</span>
            </p>
          )}
          {each.bar === undefined ? null : (
            <p data-rule="L14">
              <span class="tag">L14</span> {t.likeBar[each.bar.whom](each.bar.until, each.bar.isLatest)}{' '}
              <span class="hint">{citation(each.bar.citation)[language]}</span>
            </p>
          )}
        </li>
      ))}
    </ul>
  );
};

/** An instant, told to the minute. */
export const SavedAt = ({ language, iso }: Readonly<{ language: Language; iso: string }>): VNode => (
  <DateText language={language} iso={iso} clock />
);
