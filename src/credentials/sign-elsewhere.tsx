import type { VNode } from 'preact';
import { describedBy, Field, type Language } from '../web/index.ts';
import { cardStepWords } from './card-step-words.ts';

/** The exact bytes as a link that every browser saves without asking the server again. */
export const statementHref = (text: string): string =>
  `data:application/octet-stream;base64,${Buffer.from(text, 'utf8').toString('base64')}`;

/** How a statement in `input` is signed with the card outside a browser, into `output`. */
export const SigningCommand = ({ input, output }: Readonly<{ input: string; output: string }>): VNode => (
  <pre class="command">
    <code>{`openssl cms -sign -binary -nodetach -md sha256 -outform DER \\\n  -in ${input} -signer card.pem \\\n  -provider pkcs11 -provider default -inkey "pkcs11:type=private" -out ${output}`}</code>
  </pre>
);

/** The field of a signed file. */
export const SignatureFileField = ({
  language,
  label,
  error,
  required,
}: Readonly<{ language: Language; label: string; error: string | undefined; required?: boolean }>): VNode => (
  <Field id="signature" label={label} error={error} language={language}>
    <input
      id="signature"
      name="signature"
      type="file"
      required={required}
      accept=".p7m,.p7s,.p7,application/pkcs7-mime,application/pkcs7-signature"
      aria-describedby={describedBy('signature', { error: error !== undefined })}
    />
  </Field>
);

/** The way without card component or script, in the same form as `CardStep`: download the statement, sign it, upload. */
export const SignElsewhere = ({
  language,
  statement,
  name,
  error,
  words,
}: Readonly<{
  language: Language;
  statement: string;
  /** Of the file, `lianshu-login`. */
  name: string;
  error: string | undefined;
  words: Readonly<{ elsewhereDownload: string; downloadStatement: string; uploadButton: string }>;
}>): VNode => {
  const t = cardStepWords(language);
  return (
    <details class="quiet-details" id="elsewhere" open>
      <summary>{t.elsewhere}</summary>
      <ol>
        <li>
          <p>{words.elsewhereDownload}</p>
          <p>
            <a class="button button-quiet" href={statementHref(statement)} download={`${name}.txt`}>
              {words.downloadStatement}
            </a>
          </p>
        </li>
        <li>
          <p>{t.elsewhereSign}</p>
          <SigningCommand input={`${name}.txt`} output={`${name.replace('lianshu-', '')}.p7m`} />
        </li>
        <li>
          <p>{t.elsewhereUpload}</p>
          <SignatureFileField language={language} label={t.signatureFile} error={error} />
          <button class="button" type="submit" id="upload">
            {words.uploadButton}
          </button>
        </li>
      </ol>
    </details>
  );
};
