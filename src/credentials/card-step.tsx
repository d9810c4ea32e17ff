import type { ComponentChildren, VNode } from 'preact';
import { Field, type Language, webMessages } from '../web/index.ts';
import { type CardFailure, pinResetAddress } from './card-failures.ts';
import { cardStepWords } from './card-step-words.ts';

/** The stop before a card locks: the island shows it, and the button waits for the person's own word. */
export const LastTry = ({
  language,
  words,
}: Readonly<{
  language: Language;
  words: Readonly<{
    lastTryTitle: string;
    lastTryText?: string;
    lastTryLink: string;
    lastTryConsent: string;
  }>;
}>): VNode => (
  <div class="last-try" data-last-try hidden>
    <p class="notice-title">{words.lastTryTitle}</p>
    {words.lastTryText === undefined ? null : <p>{words.lastTryText}</p>}
    <p>
      <a href={pinResetAddress} target="_blank" rel="noopener noreferrer">
        {words.lastTryLink}
        {webMessages(language).newWindow}
      </a>
    </p>
    <p class="method">
      <input type="checkbox" id="last-try" />
      <label for="last-try">{words.lastTryConsent}</label>
    </p>
  </div>
);

/** The PIN's field. It has no name: no submission carries it. */
export const PinField = ({
  language,
  words,
}: Readonly<{ language: Language; words: Readonly<{ pin: string; pinHint: string }> }>): VNode => (
  <Field id="pin" label={words.pin} hint={words.pinHint} language={language}>
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
);

/** The words of every failure, as attributes by code: the island picks by code and holds no sentence. */
export const FailureWords = ({
  language,
  failures,
}: Readonly<{
  language: Language;
  failures: readonly (readonly [code: string, failure: CardFailure])[];
}>): VNode => (
  <>
    {failures.map(([code, failure]) => (
      <data
        key={code}
        data-failure-code={code}
        data-failure-cause={failure.cause[language]}
        data-failure-next={failure.next[language]}
        data-failure-act={failure.act}
        data-failure-help={failure.help}
      />
    ))}
  </>
);

/** What is offered to the card: the exact text, and where the component listens on this computer. */
export type CardOffer = Readonly<{ statement: string; transaction: string; cardComponent: string }>;

/** The form that `signCardForm` drives; `hidden` are the fields it sends, those it fills in among them. */
export const CardForm = ({
  action,
  labelledBy,
  offer,
  hidden,
  isUpload,
  children,
}: Readonly<{
  action: string;
  labelledBy: string;
  offer: CardOffer;
  hidden: Readonly<Record<string, string>>;
  /** Whether it came back because of an uploaded file: that way stays open. */
  isUpload: boolean;
  children: ComponentChildren;
}>): VNode => (
  <form
    class="step"
    id="card"
    method="post"
    encType="multipart/form-data"
    action={action}
    autocomplete="off"
    aria-labelledby={labelledBy}
    data-component={offer.cardComponent}
    data-statement={offer.statement}
    data-transaction={offer.transaction}
    data-upload={isUpload ? '' : undefined}
  >
    {Object.entries(hidden).map(([name, value]) => (
      <input key={name} type="hidden" name={name} value={value} />
    ))}
    {children}
  </form>
);

/** What the step says of the act at hand. */
export type CardStepAct = Readonly<{
  button: string;
  busySending: string;
  failureTitle: string;
  failures: readonly (readonly [code: string, failure: CardFailure])[];
}>;

/** The step with the card in the reader, in a form that `signCardForm` drives; the island shows it. */
export const CardStep = ({ language, act }: Readonly<{ language: Language; act: CardStepAct }>): VNode => {
  const words = cardStepWords(language);
  return (
    <div data-script hidden>
      <LastTry language={language} words={words} />
      <PinField language={language} words={words} />
      <p class="buttons">
        <button class="button button-large" type="button" data-act="card">
          {act.button}
        </button>
      </p>
      <p role="status" class="busy">
        <span data-busy="card" hidden>
          {words.busyCard}
        </span>
        <span data-busy="sending" hidden>
          {act.busySending}
        </span>
      </p>
      <section class="error-summary failure" role="alert" tabIndex={-1} data-failure hidden>
        <h3>{act.failureTitle}</h3>
        <p data-cause />
        <p>
          <strong>{words.failureNext}</strong>
          <span data-next />
        </p>
        <p class="buttons">
          {Object.entries(words.act).map(([button, text]) => (
            <button key={button} class="button" type="button" data-button={button} hidden>
              {text}
            </button>
          ))}
        </p>
        <p class="hint">
          {words.failureCode} <code data-code /> <code class="break" data-technical />
        </p>
        <FailureWords language={language} failures={act.failures} />
      </section>
    </div>
  );
};
