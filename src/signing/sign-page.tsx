import type { VNode } from 'preact';
import { LastTry, PinField } from '../credentials/index.ts';
import { WhoMayPart } from '../initiatives/index.ts';
import type { WhoMay } from '../law/index.ts';
import { actOfNumber } from '../record/index.ts';
import {
  Chinese,
  ErrorSummary,
  type FieldError,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
  Phrases,
  webMessages,
} from '../web/index.ts';
import { ReceiptStep } from './receipt-step.tsx';
import { Failure } from './sign-failure.tsx';
import { Busy, CaseTitle, Heading } from './sign-parts.tsx';
import { Who } from './sign-who.tsx';
import { type SigningMessages, signingMessages } from './signing-messages.ts';
import { pathOf, SEND_TO } from './what-is-signed.ts';

/** What the signing page shows and what its island compares the server's statement with. */
export type SignView = Readonly<{
  caseNumber: string;
  title: Localised;
  demonstrationText: boolean;
  mainText: string;
  mainTextTranslation?: string;
  /** 64 hex digits of the published text file. */
  textDigest: string;
  lastDay: string;
  /** Of a draft: what allows electronic proposals, or that nothing does yet. */
  allowedBy?: Localised;
  /** By which days a person counts; undefined where the pack does not know. */
  whoMay?: WhoMay | undefined;
  /** Origin of the card component on the signer's computer, `http://localhost:61161`. */
  cardComponent: string;
  /** A form that came back without script. The number typed is never printed into the page again. */
  errors?: readonly FieldError[];
}>;

/**
 * `/initiatives/:case/sign`: one form that works as one page without script, and that the island shows step by
 * step. Everything the island can say is in this markup already (hidden, or as attributes by failure code), so the
 * script holds no text. The PIN field has no name and is never part of a submission.
 */
export const SignPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: SignView }>): VNode => {
  const { language } = frame;
  const t = signingMessages(language, view.caseNumber);
  const path = pathOf(view.caseNumber);
  return (
    <Layout
      frame={frame}
      title={`${t.title}｜${view.title[language]}`}
      script={frame.site.assets.signScript}
      switchPath={`${path}/sign`}
      erroneous={(view.errors?.length ?? 0) > 0}
    >
      <form
        class="wrap sign"
        id="sign"
        method="post"
        action={localPath(language, `${path}/statement`)}
        autocomplete="off"
        data-case={view.caseNumber}
        data-offer={`/v1${path}/transactions`}
        data-send={`/v1${path}/${SEND_TO[actOfNumber(view.caseNumber)]}`}
        data-main-text={view.mainText}
        data-digest={view.textDigest}
        data-component={view.cardComponent}
        data-receipts={localPath(language, '/receipts')}
      >
        <CaseTitle language={language} view={view} title={t.title} />
        {view.allowedBy === undefined ? null : (
          <div class="notice notice-strong">
            <p class="notice-title">{t.allowedBy}</p>
            <p>{view.allowedBy[language]}</p>
          </div>
        )}
        {view.whoMay === undefined ? null : <WhoMayPart language={language} view={view.whoMay} />}
        <ErrorSummary language={language} errors={view.errors ?? []} />
        <ol class="steps" aria-label={t.stepsLabel} data-steps>
          {t.steps.map((step, index) => (
            <li key={step} data-for={['who', 'what', 'sign'][index]}>
              <span class="step-number">{index + 1}</span> {step}
            </li>
          ))}
        </ol>
        <Who frame={frame} view={view} />
        <What frame={frame} view={view} />
        <Sign frame={frame} t={t} />
        <Failure t={t} language={language} number={view.caseNumber} />
        <ReceiptStep frame={frame} caseNumber={view.caseNumber} />
        <div class="step no-script" data-no-script>
          <h2>{t.noScriptTitle}</h2>
          <p>{t.noScriptText}</p>
          <button class="button" type="submit">
            {t.noScriptButton}
          </button>
        </div>
      </form>
    </Layout>
  );
};

const What = ({ frame, view }: Readonly<{ frame: PageFrame; view: SignView }>): VNode => {
  const { language } = frame;
  const t = signingMessages(language, view.caseNumber);
  return (
    <section class="step" data-step="what">
      <Heading number={2} text={t.steps[1] ?? ''} />
      <p class="byline">{t.readText}</p>
      <blockquote class="main-text">
        <p>
          <Chinese language={language} text={view.mainText} />
        </p>
      </blockquote>
      {language === 'en' && view.mainTextTranslation !== undefined ? (
        <p class="translation hint">{view.mainTextTranslation}</p>
      ) : null}
      <p>
        <a
          href={localPath(language, `${pathOf(view.caseNumber)}#sides-title`)}
          target="_blank"
          rel="noopener"
        >
          {t.readReasons}
          {webMessages(language).newWindow}
        </a>
      </p>
      <h3>{t.notice}</h3>
      <dl class="facts notice-lines">
        {t.noticeLines.map(([term, text]) => (
          <>
            <dt key={term}>{term}</dt>
            <dd>{text}</dd>
          </>
        ))}
      </dl>
      <p class="notice">{t.noticeEligibility}</p>
      <p class="buttons" data-script hidden>
        <button class="button" type="button" data-go="sign">
          {t.next2}
        </button>
        <button class="button button-quiet" type="button" data-go="who">
          {t.back}
        </button>
      </p>
    </section>
  );
};

const Sign = ({ frame, t }: Readonly<{ frame: PageFrame; t: SigningMessages }>): VNode => {
  const { language } = frame;
  return (
    <section class="step" data-step="sign" data-script hidden>
      <Heading number={3} text={t.steps[2] ?? ''} />
      <h3 id="statement-title" class="phrased">
        <Phrases text={t.statement} />
      </h3>
      <pre class="statement" lang="zh-Hant-TW" data-statement />
      {t.statementTranslationNote === '' ? null : <p class="hint">{t.statementTranslationNote}</p>}
      <p class="buttons">
        <button class="link-button" type="button" data-act="copy">
          {t.copy}
        </button>
        <span role="status">
          <span data-copied hidden>
            {t.copied}
          </span>
        </span>
        <a data-statement-file download="statement.txt" href="#statement-title">
          {t.downloadStatement}
        </a>
      </p>
      <LastTry language={language} words={t} />
      <PinField language={language} words={t} />
      <p class="buttons">
        <button class="button button-large" type="button" data-act="card">
          {t.signButton}
        </button>
        <button class="button button-quiet" type="button" data-go="what">
          {t.back}
        </button>
      </p>
      <Busy t={t} keys={['card', 'sending']} />
    </section>
  );
};
