import type { ComponentChildren, VNode } from 'preact';
import {
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
} from '../web/index.ts';
import { subscriptionMessages } from './subscription-messages.ts';

/** The case a page is about. */
export type FollowedCase = Readonly<{ caseNumber: string; title: Localised }>;

const Frame = ({
  frame,
  of,
  title,
  switchPath,
  erroneous = false,
  children,
}: Readonly<{
  frame: PageFrame;
  of: FollowedCase | undefined;
  title: string;
  switchPath?: string;
  erroneous?: boolean;
  children: ComponentChildren;
}>): VNode => {
  const { language } = frame;
  const t = subscriptionMessages(language);
  return (
    <Layout
      frame={frame}
      title={title}
      current="initiatives"
      erroneous={erroneous}
      {...(switchPath === undefined ? {} : { switchPath })}
    >
      <div class="wrap prose">
        {of === undefined ? null : (
          <p class="case-meta">
            <a href={localPath(language, `/initiatives/${of.caseNumber}`)}>
              {t.caseNumber(of.caseNumber)} {of.title[language]}
            </a>
          </p>
        )}
        {children}
      </div>
    </Layout>
  );
};

/** `/initiatives/:case/follow`: asks for an address and says what becomes of it. Nothing typed is lost on an error. */
export const FollowPage = ({
  frame,
  of,
  typed = '',
  errors = [],
}: Readonly<{
  frame: PageFrame;
  of: FollowedCase;
  typed?: string;
  errors?: readonly FieldError[];
}>): VNode => {
  const { language } = frame;
  const t = subscriptionMessages(language);
  const errorOf = (field: string): string | undefined =>
    errors.find((error) => error.field === field)?.message;
  const [addressError, consentError] = [errorOf('address'), errorOf('consent')];
  return (
    <Frame frame={frame} of={of} title={t.title} erroneous={errors.length > 0}>
      <h1>{t.title}</h1>
      <ErrorSummary language={language} errors={errors} />
      <p class="lede">{t.lede}</p>
      <p>{t.apart}</p>
      <form method="post" action={localPath(language, `/initiatives/${of.caseNumber}/follow`)} noValidate>
        <Field id="address" label={t.address} hint={t.addressHint} error={addressError} language={language}>
          <input
            id="address"
            name="address"
            type="email"
            autocomplete="email"
            inputMode="email"
            spellcheck={false}
            maxLength={254}
            required
            value={typed}
            aria-describedby={describedBy('address', { hint: true, error: addressError !== undefined })}
            aria-invalid={addressError === undefined ? undefined : 'true'}
          />
        </Field>
        <div class={consentError === undefined ? 'field' : 'field field-erroneous'}>
          {consentError === undefined ? null : (
            <p class="field-error" id="consent-error">
              {consentError}
            </p>
          )}
          <label class="choice" for="consent">
            <input
              id="consent"
              name="consent"
              type="checkbox"
              value="yes"
              required
              aria-describedby={describedBy('consent', { error: consentError !== undefined })}
            />{' '}
            {t.consent}
          </label>
        </div>
        <p class="buttons">
          <button class="button" type="submit">
            {t.submit}
          </button>
        </p>
      </form>
      <section aria-labelledby="notice-title">
        <h2 id="notice-title">{t.noticeTitle}</h2>
        <dl class="facts">
          {t.notice.map(([term, text]) => (
            <>
              <dt>{term}</dt>
              <dd>{text}</dd>
            </>
          ))}
        </dl>
      </section>
    </Frame>
  );
};

/** One sentence after an act, or instead of one. */
export const FollowAnswerPage = ({
  frame,
  of,
  title,
  text,
  hint,
  switchPath,
}: Readonly<{
  frame: PageFrame;
  of?: FollowedCase | undefined;
  title: string;
  text: string;
  hint?: string;
  switchPath?: string;
}>): VNode => {
  const t = subscriptionMessages(frame.language);
  return (
    <Frame frame={frame} of={of} title={title} {...(switchPath === undefined ? {} : { switchPath })}>
      <h1>{title}</h1>
      <p class="lede">{text}</p>
      {hint === undefined ? null : <p class="hint">{hint}</p>}
      {of === undefined ? null : (
        <p>
          <a href={localPath(frame.language, `/initiatives/${of.caseNumber}`)}>{t.back(of.caseNumber)}</a>
        </p>
      )}
    </Frame>
  );
};

/** What a link of a mail leads to: one button. A mail program that opens links by itself changes nothing. */
export const FollowStepPage = ({
  frame,
  of,
  title,
  text,
  button,
}: Readonly<{ frame: PageFrame; of: FollowedCase; title: string; text: string; button: string }>): VNode => (
  <Frame frame={frame} of={of} title={title}>
    <h1>{title}</h1>
    <p class="lede">{text}</p>
    <form method="post">
      <p class="buttons">
        <button class="button" type="submit">
          {button}
        </button>
      </p>
    </form>
  </Frame>
);
