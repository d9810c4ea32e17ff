import type { VNode } from 'preact';
import { CardForm, CardStep, NationalIdEntry, SignElsewhere } from '../credentials/index.ts';
import { assertionOptions, PasskeyStep } from '../passkeys/index.ts';
import {
  DateText,
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  localPath,
  Notice,
} from '../web/index.ts';
import { type EntranceMessages, entranceMessages } from './entrance-messages.ts';
import { SIGN_IN_WORDS } from './sign-in-words.ts';
import { type WorkspaceFrame, WorkspacePage } from './workspace-page.tsx';

export interface SignInView {
  readonly token: string;
  /** The exact statement to be signed. */
  readonly statement: string;
  readonly transaction: string;
  readonly expiresAt: string;
  /** Origin of the card component on the person's computer. */
  readonly cardComponent: string;
  readonly passkey: Readonly<{ rpId: string; challenge: string }>;
  /** Where to go afterwards: a path of this site. */
  readonly next: string;
  readonly note?: 'again' | 'registered' | undefined;
  /** What was typed beside the number, which is never printed into a page again. */
  readonly eSystem: Readonly<{ caseNumber: string }>;
  readonly errors: readonly FieldError[];
}

/** `/sign-in`: by card or by passkey. One page without script; the island adds the card's step. */
export const SignInPage = ({ frame, view }: Readonly<{ frame: WorkspaceFrame; view: SignInView }>): VNode => {
  const { language, site } = frame;
  const t = entranceMessages(language);
  return (
    <WorkspacePage
      frame={frame}
      title={t.signInTitle}
      scripts={[site.assets.signInScript, site.assets.passkeyScript]}
      erroneous={view.errors.length > 0}
    >
      <div class="wrap sign">
        <h1>{t.signInTitle}</h1>
        {view.note === undefined ? null : (
          <Notice kind="strong">
            <p role="status">{view.note === 'again' ? t.signInAgain : t.registered}</p>
          </Notice>
        )}
        <ErrorSummary language={language} errors={view.errors} />
        <p class="lede">{t.signInLede}</p>
        <p class="notice notice-strong address">
          {t.addressBefore}
          <strong class="mono">{site.host}</strong>
          {t.addressAfter}
        </p>
        <ByCard frame={frame} view={view} t={t} />
        <section class="step" aria-labelledby="passkey-title">
          <h2 id="passkey-title">{t.passkeyTitle}</h2>
          <p>{t.passkeyText}</p>
          <PasskeyStep
            language={language}
            action={localPath(language, '/sign-in/passkey')}
            verb="get"
            options={assertionOptions(view.passkey.rpId, view.passkey.challenge)}
            button={t.passkeyButton}
            hidden={{ next: view.next }}
          />
        </section>
        <p class="hint">{t.signInIdle}</p>
      </div>
    </WorkspacePage>
  );
};

type Parts = Readonly<{ frame: WorkspaceFrame; view: SignInView; t: EntranceMessages }>;

const errorOf = (view: SignInView, field: string): string | undefined =>
  view.errors.find((each) => each.field === field)?.message;

const ByCard = ({ frame, view, t }: Parts): VNode => {
  const { language } = frame;
  return (
    <CardForm
      action={localPath(language, '/sign-in')}
      labelledBy="card-title"
      offer={view}
      hidden={{ token: view.token, next: view.next, envelope: '', certificate: '' }}
      isUpload={errorOf(view, 'signature') !== undefined}
    >
      <h2 id="card-title">{t.cardTitle}</h2>
      <p>{t.cardText}</p>
      <NationalIdEntry
        language={language}
        words={SIGN_IN_WORDS.nationalIdWords(language)}
        error={errorOf(view, 'national-id')}
      />
      <ESystem frame={frame} view={view} t={t} />
      <h3 id="statement-title">{t.statement}</h3>
      <pre class="statement" lang="zh-Hant-TW">
        {view.statement}
      </pre>
      {t.statementNote === '' ? null : <p class="hint">{t.statementNote}</p>}
      <p class="hint">
        {t.statementUntil}{' '}
        <strong>
          <DateText language={language} iso={view.expiresAt} clock />
        </strong>
      </p>
      <CardStep
        language={language}
        act={{
          button: t.cardButton,
          busySending: t.busySending,
          failureTitle: t.failureTitle,
          failures: SIGN_IN_WORDS.cardFailures,
        }}
      />
      <SignElsewhere
        language={language}
        statement={view.statement}
        name="lianshu-login"
        error={errorOf(view, 'signature')}
        words={t}
      />
    </CardForm>
  );
};

/** Case and access code: only for who enters the e-system of a case. */
const ESystem = ({ frame, view, t }: Parts): VNode => {
  const { language } = frame;
  const [caseError, codeError] = [errorOf(view, 'case'), errorOf(view, 'code')];
  const isOpen = view.eSystem.caseNumber !== '' || caseError !== undefined || codeError !== undefined;
  return (
    <details class="quiet-details" open={isOpen}>
      <summary>{t.eSystem}</summary>
      <p class="hint">{t.eSystemText}</p>
      <Field id="case" label={t.eSystemCase} error={caseError} language={language}>
        <input
          id="case"
          name="case"
          type="text"
          inputMode="numeric"
          maxLength={8}
          value={view.eSystem.caseNumber}
          aria-describedby={describedBy('case', { error: caseError !== undefined })}
        />
      </Field>
      <Field id="code" label={t.eSystemCode} hint={t.eSystemCodeHint} error={codeError} language={language}>
        <input
          id="code"
          name="code"
          type="text"
          class="mono"
          maxLength={40}
          autocapitalize="characters"
          spellcheck={false}
          aria-describedby={describedBy('code', { hint: true, error: codeError !== undefined })}
        />
      </Field>
    </details>
  );
};
