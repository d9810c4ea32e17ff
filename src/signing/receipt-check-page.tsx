import { RECEIPT_TEXTS } from '@lianshu/verify';
import type { VNode } from 'preact';
import {
  describedBy,
  ErrorSummary,
  Field,
  type FieldError,
  Layout,
  localPath,
  type PageFrame,
} from '../web/index.ts';
import { receiptMessages } from './receipt-messages.ts';
import { receiptQrMessages } from './receipt-qr-messages.ts';

/** The verdict on one file, in the page's language; the server fills it when there is no script. */
export type ReceiptVerdictView = Readonly<{
  outcome: 'proven' | 'not-proven' | 'promise';
  /** One sentence: what is proved, or why not. */
  sentence: string;
  /** What it does not prove. */
  notProved: string;
  facts: readonly Readonly<{ term: string; text: string }>[];
  demo: boolean;
}>;

/** What the check page needs: the keys it verifies with, and a verdict after an upload. */
export type ReceiptCheckView = Readonly<{
  /** Verifier keys of the log and of promises (`name+hash+key`, c2sp.org/signed-note), one per line. */
  verifierKeys: string;
  /** The command line of the independent tool. */
  command: string;
  verdict?: ReceiptVerdictView;
  errors?: readonly FieldError[];
}>;

/**
 * `/receipts`: verified in the browser by the same package as the command line; without script the form posts the
 * file (`multipart/form-data`, field `receipt`) and the server answers with this page and a verdict.
 */
export const ReceiptCheckPage = ({
  frame,
  view,
}: Readonly<{ frame: PageFrame; view: ReceiptCheckView }>): VNode => {
  const { language } = frame;
  const t = receiptMessages(language);
  const error = view.errors?.find((each) => each.field === 'receipt')?.message;
  return (
    <Layout
      frame={frame}
      title={t.checkTitle}
      current="receipts"
      script={frame.site.assets.receiptCheckScript}
      erroneous={error !== undefined}
    >
      <div class="wrap prose">
        <h1>{t.checkTitle}</h1>
        <ErrorSummary language={language} errors={view.errors ?? []} />
        {view.verdict === undefined ? null : <Verdict frame={frame} verdict={view.verdict} />}
        <p class="lede" data-script hidden>
          {t.checkIntro}
        </p>
        <p class="lede" data-no-script>
          {t.checkIntroNoScript}
        </p>
        <form
          id="check"
          class="drop"
          method="post"
          encType="multipart/form-data"
          action={localPath(language, '/receipts')}
          data-keys={view.verifierKeys}
          data-texts={JSON.stringify(RECEIPT_TEXTS[language])}
          data-terms={JSON.stringify(t.terms)}
        >
          <Field id="receipt" label={t.fileLabel} error={error} language={language}>
            <input
              id="receipt"
              name="receipt"
              type="file"
              required
              aria-describedby={describedBy('receipt', { error: error !== undefined })}
            />
          </Field>
          <p class="hint" data-script hidden>
            {t.fileHint}
          </p>
          <p data-no-script>
            <button class="button" type="submit">
              {t.checkButton}
            </button>
          </p>
        </form>
        <section class="verdict" role="status" aria-live="polite" tabIndex={-1} data-verdict hidden>
          <h2 data-headline>{t.checkTitle}</h2>
          <p data-demo hidden>
            <span class="tag">{t.demoReceipt}</span>
          </p>
          <p data-sentence />
          <dl class="facts facts-small" data-facts />
          <p class="hint" data-not-proved />
        </section>
        <h2>{t.cliTitle}</h2>
        <p>{t.cliText}</p>
        <pre class="command">
          <code>{view.command}</code>
        </pre>
        <ul>
          <li>
            <a href={localPath(language, '/receipts/sheet')}>{receiptQrMessages(language).link}</a>
          </li>
          <li>
            <a href="/lianshu-verify.html" download>
              {t.cliPage}
            </a>
          </li>
          <li>
            <a href="/v1/keys">{t.cliKeys}</a>
          </li>
        </ul>
        <p class="hint">{t.cliKeysText}</p>
      </div>
    </Layout>
  );
};

const Verdict = ({ frame, verdict }: Readonly<{ frame: PageFrame; verdict: ReceiptVerdictView }>): VNode => {
  const t = receiptMessages(frame.language);
  const title = { proven: t.proven, 'not-proven': t.notProven, promise: t.promise }[verdict.outcome];
  return (
    <section class={`verdict verdict-${verdict.outcome}`} role="status" tabIndex={-1} autofocus>
      <h2>{title}</h2>
      {verdict.demo ? (
        <p>
          <span class="tag">{t.demoReceipt}</span>
        </p>
      ) : null}
      <p>{verdict.sentence}</p>
      <dl class="facts facts-small">
        {verdict.facts.map((fact) => (
          <>
            <dt key={fact.term}>{fact.term}</dt>
            <dd>
              <span class="break">{fact.text}</span>
            </dd>
          </>
        ))}
      </dl>
      {verdict.outcome === 'proven' ? <p class="hint">{verdict.notProved}</p> : null}
    </section>
  );
};
