import type { VNode } from 'preact';
import {
  Chinese,
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
  Phrases,
  webMessages,
} from '../web/index.ts';
import { cardFailures, pinResetAddress } from './card-failures.ts';
import { IdPad } from './id-pad.tsx';
import { ReceiptStep } from './receipt-step.tsx';
import { type SigningMessages, signingMessages } from './signing-messages.ts';

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
  const t = signingMessages(language);
  return (
    <Layout
      frame={frame}
      title={`${t.title}｜${view.title[language]}`}
      script={frame.site.assets.signScript}
      erroneous={(view.errors?.length ?? 0) > 0}
    >
      <form
        class="wrap sign"
        id="sign"
        method="post"
        action={localPath(language, `/initiatives/${view.caseNumber}/statement`)}
        autocomplete="off"
        data-case={view.caseNumber}
        data-main-text={view.mainText}
        data-digest={view.textDigest}
        data-component={view.cardComponent}
        data-receipts={localPath(language, '/receipts')}
      >
        <header class="case-title">
          <p class="case-meta">
            <a href={localPath(language, `/initiatives/${view.caseNumber}`)}>{view.title[language]}</a>
            <span class="case-number">{t.caseNumber(view.caseNumber)}</span>
            {view.demonstrationText ? <span class="tag">{webMessages(language).demoText}</span> : null}
          </p>
          <h1>{t.title}</h1>
        </header>
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
        <Sign frame={frame} />
        <Failure t={t} language={language} />
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

const Heading = ({ number, text }: Readonly<{ number: number; text: string }>): VNode => (
  <h2 tabIndex={-1}>
    <span class="step-number" aria-hidden="true">
      {number}
    </span>{' '}
    {text}
  </h2>
);

const Who = ({ frame, view }: Readonly<{ frame: PageFrame; view: SignView }>): VNode => {
  const { language, site } = frame;
  const t = signingMessages(language);
  const error = view.errors?.find((each) => each.field === 'national-id')?.message;
  return (
    <section class="step" data-step="who">
      <Heading number={1} text={t.steps[0] ?? ''} />
      <p class="notice notice-strong address">
        {t.addressBefore}
        <strong class="mono">{site.host}</strong>
        {t.addressAfter}
      </p>
      <fieldset class="methods">
        <legend>{t.method}</legend>
        <div class="method">
          <input
            type="radio"
            name="method"
            id="method-card"
            value="card"
            checked
            aria-describedby="method-card-needs"
          />
          <div>
            <label for="method-card">{t.methodCard}</label>
            <p class="hint" id="method-card-needs">
              {t.methodCardNeeds}
            </p>
          </div>
        </div>
        <div class="method method-closed">
          <input
            type="radio"
            name="method"
            id="method-phone"
            value="phone"
            disabled
            aria-describedby="method-phone-needs"
          />
          <div>
            <label for="method-phone">{t.methodPhone}</label>
            <p class="hint" id="method-phone-needs">
              {t.methodPhoneNeeds}
            </p>
          </div>
        </div>
      </fieldset>
      <div class="readiness" data-script hidden>
        <button
          type="button"
          class="button button-quiet"
          data-act="readiness"
          aria-describedby="readiness-hint"
        >
          {t.readiness}
        </button>
        <p class="hint" id="readiness-hint">
          {t.readinessHint}
        </p>
        <p role="status" class="readiness-result">
          <span data-ready="ok" hidden>
            {t.readyOk}
          </span>
          <span data-ready="no-reader" hidden>
            {t.readyNoReader}
          </span>
          <span data-ready="no-card" hidden>
            {t.readyNoCard}
          </span>
        </p>
      </div>
      <details class="quiet-details">
        <summary>{t.methodNone}</summary>
        <p>{t.methodNoneText}</p>
      </details>
      <Field id="national-id" label={t.nationalId} hint={t.nationalIdHint} error={error} language={language}>
        <input
          class="id-field mono"
          id="national-id"
          name="nationalId"
          type="text"
          required
          maxLength={20}
          autocomplete="off"
          autocapitalize="characters"
          autocorrect="off"
          spellcheck={false}
          aria-describedby={`${describedBy('national-id', { hint: true, error: error !== undefined })} id-status`}
        />
        <p class="id-status" id="id-status" role="status">
          <span class="id-ok" data-id="ok" hidden>
            {t.idOk}
          </span>
          {Object.entries(t.idFaults).map(([code, text]) => (
            <span key={code} data-id={code} hidden>
              {text}
            </span>
          ))}
        </p>
        <p class="hint" data-script hidden>
          {t.nationalIdPad}
        </p>
        <IdPad t={t} />
      </Field>
      <p class="buttons" data-script hidden>
        <button class="button" type="button" data-act="what">
          {t.next1}
        </button>
        <Busy t={t} keys={['statement', 'readiness']} />
      </p>
    </section>
  );
};

const What = ({ frame, view }: Readonly<{ frame: PageFrame; view: SignView }>): VNode => {
  const { language } = frame;
  const t = signingMessages(language);
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
          href={localPath(language, `/initiatives/${view.caseNumber}#sides-title`)}
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

const Sign = ({ frame }: Readonly<{ frame: PageFrame }>): VNode => {
  const { language } = frame;
  const t = signingMessages(language);
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
      <div class="last-try" data-last-try hidden>
        <p class="notice-title">{t.lastTryTitle}</p>
        <p>{t.lastTryText}</p>
        <p>
          <a href={pinResetAddress} target="_blank" rel="noopener noreferrer">
            {t.lastTryLink}
            {webMessages(language).newWindow}
          </a>
        </p>
        <p class="method">
          <input type="checkbox" id="last-try" />
          <label for="last-try">{t.lastTryConsent}</label>
        </p>
      </div>
      <Field id="pin" label={t.pin} hint={t.pinHint} language={language}>
        <input
          class="pin-field mono"
          id="pin"
          type="password"
          inputMode="numeric"
          autocomplete="off"
          minLength={6}
          maxLength={8}
          aria-describedby="pin-hint"
        />
      </Field>
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

const Busy = ({
  t,
  keys,
}: Readonly<{ t: SigningMessages; keys: readonly (keyof SigningMessages['busy'])[] }>): VNode => (
  <span class="busy" role="status">
    {keys.map((key) => (
      <span key={key} data-busy={key} hidden>
        {t.busy[key]}
      </span>
    ))}
  </span>
);

const Failure = ({
  t,
  language,
}: Readonly<{ t: SigningMessages; language: PageFrame['language'] }>): VNode => (
  <section class="error-summary failure" role="alert" tabIndex={-1} data-failure hidden>
    <h2>
      {Object.entries(t.standing).map(([key, text]) => (
        <span key={key} data-standing={key} hidden>
          {text}
        </span>
      ))}
    </h2>
    <p data-cause />
    <p data-first hidden>
      {t.firstSigned}
      <strong data-first-time />
    </p>
    <p>
      <strong>{t.failureNext}</strong>
      <span data-next />{' '}
      <a data-help target="_blank" rel="noopener noreferrer" href={pinResetAddress} hidden>
        moica.nat.gov.tw{webMessages(language).newWindow}
      </a>
    </p>
    <p class="buttons">
      {Object.entries(t.act).map(([act, text]) => (
        <button
          key={act}
          class="button"
          type="button"
          data-button={act}
          data-act={act === 'back' ? undefined : act}
          data-go={act === 'back' ? 'who' : undefined}
          hidden
        >
          {text}
        </button>
      ))}
    </p>
    <details class="quiet-details">
      <summary>
        {t.failureCode} <code data-code />
      </summary>
      <p class="hint">
        {t.failureTechnical}
        {language === 'en' ? ': ' : '：'}
        <code class="break" data-technical />
      </p>
    </details>
    {Object.entries(cardFailures).map(([code, failure]) => (
      <data
        key={code}
        data-failure-code={code}
        data-failure-cause={failure.cause[language]}
        data-failure-next={failure.next[language]}
        data-failure-act={failure.act}
        data-failure-help={failure.help}
      />
    ))}
  </section>
);
