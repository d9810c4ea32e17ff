import type { VNode } from 'preact';
import { pinResetAddress } from '../credentials/index.ts';
import { describedBy, Field, type Language, webMessages } from '../web/index.ts';
import type { EntranceMessages } from './entrance-messages.ts';
import { LOGIN_CARD_FAILURES } from './sign-in-words.ts';

/** The step with the card in the reader; the island shows it. Its PIN field has no name: no submission carries it. */
export const CardStep = ({ language, t }: Readonly<{ language: Language; t: EntranceMessages }>): VNode => (
  <div data-script hidden>
    <div class="last-try" data-last-try hidden>
      <p class="notice-title">{t.lastTryTitle}</p>
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
        {t.cardButton}
      </button>
    </p>
    <p role="status" class="busy">
      <span data-busy="card" hidden>
        {t.busyCard}
      </span>
      <span data-busy="sending" hidden>
        {t.busySending}
      </span>
    </p>
    <section class="error-summary failure" role="alert" tabIndex={-1} data-failure hidden>
      <h3>{t.failureTitle}</h3>
      <p data-cause />
      <p>
        <strong>{t.failureNext}</strong>
        <span data-next />
      </p>
      <p class="buttons">
        {Object.entries(t.act).map(([act, text]) => (
          <button key={act} class="button" type="button" data-button={act} hidden>
            {text}
          </button>
        ))}
      </p>
      <p class="hint">
        {t.failureCode} <code data-code /> <code class="break" data-technical />
      </p>
      {LOGIN_CARD_FAILURES.map(([code, failure]) => (
        <data
          key={code}
          data-failure-code={code}
          data-failure-cause={failure.cause[language]}
          data-failure-next={failure.next[language]}
          data-failure-act={failure.act}
        />
      ))}
    </section>
  </div>
);

/** The exact bytes as a link that every browser saves without asking the server again. */
const fileHref = (text: string): string =>
  `data:application/octet-stream;base64,${Buffer.from(text, 'utf8').toString('base64')}`;

/** The way without script: download the statement, sign it elsewhere, upload. */
export const Elsewhere = ({
  language,
  statement,
  error,
  t,
}: Readonly<{
  language: Language;
  statement: string;
  error: string | undefined;
  t: EntranceMessages;
}>): VNode => {
  return (
    <details class="quiet-details" id="elsewhere" open>
      <summary>{t.elsewhere}</summary>
      <ol>
        <li>
          <p>{t.elsewhereDownload}</p>
          <p>
            <a class="button button-quiet" href={fileHref(statement)} download="lianshu-login.txt">
              {t.downloadStatement}
            </a>
          </p>
        </li>
        <li>
          <p>{t.elsewhereSign}</p>
          <pre class="command">
            <code>
              {
                'openssl cms -sign -binary -nodetach -md sha256 -outform DER \\\n  -in lianshu-login.txt -signer card.pem \\\n  -provider pkcs11 -provider default -inkey "pkcs11:type=private" -out login.p7m'
              }
            </code>
          </pre>
        </li>
        <li>
          <p>{t.elsewhereUpload}</p>
          <Field id="signature" label={t.signatureFile} error={error} language={language}>
            <input
              id="signature"
              name="signature"
              type="file"
              accept=".p7m,.p7s,.p7,application/pkcs7-mime,application/pkcs7-signature"
              aria-describedby={describedBy('signature', { error: error !== undefined })}
            />
          </Field>
          <button class="button" type="submit" id="upload">
            {t.uploadButton}
          </button>
        </li>
      </ol>
    </details>
  );
};
