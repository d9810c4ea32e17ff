import type { VNode } from 'preact';
import { NationalIdField, SignatureFileField, SigningCommand, statementHref } from '../credentials/index.ts';
import { actOfNumber } from '../record/index.ts';
import {
  DateText,
  ErrorSummary,
  type FieldError,
  Layout,
  type Localised,
  localPath,
  type PageFrame,
} from '../web/index.ts';
import { CaseTitle } from './sign-parts.tsx';
import { signingMessages } from './signing-messages.ts';
import { pathOf, SEND_TO } from './what-is-signed.ts';

/** A statement issued to a browser without script, with what the upload must send back. */
export type StatementView = Readonly<{
  caseNumber: string;
  title: Localised;
  demonstrationText: boolean;
  statement: string;
  token: string;
  /** Base64url of the secret that the *server* made; the page says so. */
  receiptSecret: string;
  expiresAt: string;
  errors?: readonly FieldError[];
}>;

/**
 * The way without script: download the statement, sign it elsewhere, upload. The form posts
 * `multipart/form-data` with `nationalId`, `token`, `receiptSecret` and the file `signature` to
 * `/initiatives/:case/joint-signatures` or `/drafts/:draft/proposal-signatures`.
 */
export const StatementPage = ({
  frame,
  view,
}: Readonly<{ frame: PageFrame; view: StatementView }>): VNode => {
  const { language } = frame;
  const t = signingMessages(language, view.caseNumber);
  const path = pathOf(view.caseNumber);
  const error = (field: string): string | undefined =>
    view.errors?.find((each) => each.field === field)?.message;
  const name = `lianshu-${view.caseNumber}-statement.txt`;
  return (
    <Layout
      frame={frame}
      title={`${t.statementTitle}｜${view.title[language]}`}
      switchPath={`${path}/sign`}
      erroneous={(view.errors?.length ?? 0) > 0}
    >
      <div class="wrap sign">
        <CaseTitle language={language} view={view} title={t.statementTitle} />
        <ErrorSummary language={language} errors={view.errors ?? []} />
        <p>
          {t.statementIntro}{' '}
          <strong>
            <DateText language={language} iso={view.expiresAt} clock />
          </strong>
        </p>
        <section class="step">
          <h2>{t.statementStep1}</h2>
          <p>{t.statementStep1Text}</p>
          <pre class="statement" lang="zh-Hant-TW">
            {view.statement}
          </pre>
          {t.statementTranslationNote === '' ? null : <p class="hint">{t.statementTranslationNote}</p>}
          <p>
            <a class="button" href={statementHref(view.statement)} download={name}>
              {t.downloadStatement}
            </a>
          </p>
        </section>
        <section class="step">
          <h2>{t.statementStep2}</h2>
          <p>{t.statementStep2Text}</p>
          <SigningCommand input={name} output={`${view.caseNumber}.p7m`} />
        </section>
        <form
          class="step"
          method="post"
          encType="multipart/form-data"
          action={localPath(language, `${path}/${SEND_TO[actOfNumber(view.caseNumber)]}`)}
          autocomplete="off"
        >
          <h2>{t.statementStep3}</h2>
          <input type="hidden" name="token" value={view.token} />
          <input type="hidden" name="receiptSecret" value={view.receiptSecret} />
          <NationalIdField
            language={language}
            label={t.nationalId}
            hint={t.statementIdAgain}
            error={error('national-id')}
          />
          <SignatureFileField
            language={language}
            label={t.statementFile}
            error={error('signature')}
            required
          />
          <p class="notice">{t.statementSecret}</p>
          <button class="button" type="submit">
            {t.statementUpload}
          </button>
        </form>
      </div>
    </Layout>
  );
};
