import type { VNode } from 'preact';
import {
  DateText,
  type Language,
  type Localised,
  localPath,
  Notice,
  OriginalText,
  type PageFrame,
  TextDigest,
} from '../web/index.ts';
import { QuotingChinese } from '../web/text.tsx';
import { deliveredTexts } from './case-delivered.tsx';
import { caseMessages } from './case-messages.ts';
import { initiativesMessages } from './initiatives-messages.ts';

/** The published text of a case: what the digest in every statement refers to. */
export type CaseTextView = Readonly<{
  mainText: string;
  /** Marked as a translation in the English page; the Chinese always stands first. */
  mainTextTranslation?: string;
  /** Paragraphs of the statement of reasons. */
  reasons: readonly string[];
  reasonsTranslation?: readonly string[];
  version: number;
  publishedOn: string;
  /** 64 hex digits of the exact file at `fileHref`. */
  digest: string;
  fileHref: string;
}>;

/** What an agency was asked and said, under its own name (公投法 §10 VIII). */
export type AgencyOpinionView = Readonly<{
  agency: Localised;
  state: 'asked' | 'received' | 'waived';
  due?: string;
  /** Only of a received one: the text that stands. */
  text?: Readonly<{
    receivedOn: string;
    /** How often it was amended. */
    amendments: number;
    paragraphs: readonly string[];
    fileHref: string;
    digest: string;
    /** What the last amendment changed. */
    changeHref?: string;
  }>;
}>;

export type CaseTextsProps = Readonly<{
  frame: PageFrame;
  caseNumber: string;
  text: CaseTextView | undefined;
  opinions: readonly AgencyOpinionView[];
  /** False for cases told from public reports: nobody was asked here. */
  recorded: boolean;
  /** False for a case whose review is not in this record: nobody knows here whom the authority asked. */
  isWhole: boolean;
  /** A case that was delivered: no agency is asked, and nothing is signed. */
  isDelivered?: boolean;
  /** Whether there are two texts to compare. */
  isComparable: boolean;
}>;

/** 主文, then 理由書 and 機關意見書 in two equal columns, each under its own name. */
export const CaseTexts = (props: CaseTextsProps): VNode => {
  const { frame, caseNumber, text, opinions, recorded } = props;
  const { language } = frame;
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  if (text === undefined)
    return (
      <section aria-labelledby="main-text-title">
        <h2 id="main-text-title">{t.mainText}</h2>
        <Notice>
          <p>{t.noText}</p>
        </Notice>
      </section>
    );
  return (
    <>
      <section aria-labelledby="main-text-title">
        <h2 id="main-text-title">{t.mainText}</h2>
        <OriginalText
          language={language}
          paragraphs={[text.mainText]}
          translation={text.mainTextTranslation === undefined ? undefined : [text.mainTextTranslation]}
          remark={t.translation}
          isQuestion
        />
      </section>
      <section aria-labelledby="sides-title">
        <h2 id="sides-title">{recorded ? t.sides : t.reasons}</h2>
        <div class={recorded ? 'sides sides-two' : 'sides'}>
          <article aria-labelledby={recorded ? 'reasons-title' : undefined}>
            {recorded ? <h3 id="reasons-title">{t.reasons}</h3> : null}
            <OriginalText
              language={language}
              paragraphs={text.reasons}
              translation={text.reasonsTranslation}
              remark={t.translation}
            />
          </article>
          {recorded ? (
            <article aria-labelledby="opinions-title">
              <h3 id="opinions-title">{t.opinions}</h3>
              {opinions.length === 0 ? (
                <p class="hint">
                  {props.isDelivered === true
                    ? deliveredTexts.opinions[language]
                    : props.isWhole
                      ? c.opinionNone
                      : c.opinionUnknown}
                </p>
              ) : null}
              {opinions.map((opinion) => (
                <Opinion key={opinion.agency['zh-Hant-TW']} language={language} opinion={opinion} />
              ))}
            </article>
          ) : null}
        </div>
        {recorded ? <p class="hint">{c.debateLater}</p> : null}
        <dl class="facts facts-small">
          <dt>{t.published}</dt>
          <dd>
            <DateText language={language} iso={text.publishedOn} /> · {t.version(text.version)}
          </dd>
          <TextDigest
            words={props.isDelivered === true ? { ...t, digestHelp: deliveredTexts.digest[language] } : t}
            digest={text.digest}
          />
        </dl>
        <p>
          <a href={text.fileHref} download>
            {t.download}
          </a>
          {props.isComparable ? (
            <>
              {' · '}
              <a href={localPath(language, `/initiatives/${caseNumber}/texts/compare`)}>{c.compareAny}</a>
            </>
          ) : null}
        </p>
      </section>
    </>
  );
};

const Opinion = ({
  language,
  opinion,
}: Readonly<{ language: Language; opinion: AgencyOpinionView }>): VNode => {
  const t = initiativesMessages(language);
  const c = caseMessages(language);
  const { agency, text, state, due } = opinion;
  if (text === undefined)
    return (
      <p class="hint">
        {state === 'waived' ? c.opinionWaived(agency[language]) : c.opinionAsked(agency[language])}
        {state === 'asked' && due !== undefined ? (
          <>
            {' '}
            {c.opinionDue} <DateText language={language} iso={due} />
          </>
        ) : null}
      </p>
    );
  return (
    <section aria-label={t.opinionFrom(agency[language])}>
      <p class="byline">
        <QuotingChinese language={language} text={t.opinionFrom(agency[language])} /> · {c.opinionReceived}{' '}
        <DateText language={language} iso={text.receivedOn} />
        {text.amendments === 0 ? '' : ` · ${c.opinionAmended(text.amendments)}`}
      </p>
      <div lang="zh-Hant-TW" class="long-text">
        {text.paragraphs.map((paragraph) => (
          <p key={paragraph}>{paragraph}</p>
        ))}
      </div>
      <p>
        <a href={text.fileHref} download>
          {t.opinionDownload}
        </a>
        {text.changeHref === undefined ? null : (
          <>
            {' · '}
            <a href={localPath(language, text.changeHref)}>{c.opinionChange}</a>
          </>
        )}
      </p>
      <p class="hint">
        {t.digest} <code class="break">{text.digest}</code>
      </p>
    </section>
  );
};
