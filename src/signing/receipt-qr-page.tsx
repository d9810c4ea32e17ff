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
import { entryNumber } from './receipt-messages.ts';
import type { ReceiptSheet } from './receipt-qr.ts';
import { receiptQrMessages } from './receipt-qr-messages.ts';

/** `GET /receipts/sheet`: asks for the file. A receipt opens its entry, so it travels in a body, never in an address. */
export const ReceiptQrForm = ({
  frame,
  errors = [],
}: Readonly<{ frame: PageFrame; errors?: readonly FieldError[] }>): VNode => {
  const { language } = frame;
  const t = receiptQrMessages(language);
  const error = errors.find((each) => each.field === 'receipt')?.message;
  return (
    <Layout
      frame={frame}
      title={t.title}
      current="receipts"
      switchPath="/receipts/sheet"
      erroneous={error !== undefined}
    >
      <div class="wrap prose">
        <h1>{t.title}</h1>
        <ErrorSummary language={language} errors={errors} />
        <p class="lede">{t.intro}</p>
        <p class="notice">{t.sent}</p>
        <form method="post" encType="multipart/form-data" action={localPath(language, '/receipts/sheet')}>
          <Field id="receipt" label={t.fileLabel} error={error} language={language}>
            <input
              id="receipt"
              name="receipt"
              type="file"
              required
              aria-describedby={describedBy('receipt', { error: error !== undefined })}
            />
          </Field>
          <p>
            <button class="button" type="submit">
              {t.button}
            </button>
          </p>
        </form>
      </div>
    </Layout>
  );
};

/** The answer: one A4 page with the code (11 cm in print) and the same receipt as text beneath. No script. */
export const ReceiptQrPage = ({
  frame,
  sheet,
}: Readonly<{ frame: PageFrame; sheet: ReceiptSheet }>): VNode => {
  const { language } = frame;
  const { code, facts, cosigners } = sheet;
  const t = receiptQrMessages(language, facts.caseNumber);
  return (
    <Layout frame={frame} title={t.sheetTitle} current="receipts" switchPath="/receipts/sheet">
      <article class="wrap prose sheet">
        <h1>{t.sheetTitle}</h1>
        <p>{t.sheetIntro}</p>
        <svg
          class="qr"
          viewBox={`0 0 ${code.size} ${code.size}`}
          role="img"
          aria-label={t.codeLabel}
          shape-rendering="crispEdges"
        >
          <rect width={code.size} height={code.size} fill="#fff" />
          <path d={code.path} stroke="#000" />
        </svg>
        <dl class="facts facts-small">
          <dt>{t.caseLabel}</dt>
          <dd>{facts.caseNumber}</dd>
          <dt>{t.log}</dt>
          <dd class="break">{facts.origin}</dd>
          <dt>{t.entry}</dt>
          <dd>
            {entryNumber(facts.index)} / {entryNumber(facts.size)}
          </dd>
          <dt>{t.commitment}</dt>
          <dd>
            <code class="break">{facts.commitment}</code>
          </dd>
          <dt>{t.cosigned}</dt>
          <dd class="break">{cosigners.length === 0 ? t.none : cosigners.join(', ')}</dd>
        </dl>
        <h2>{t.how}</h2>
        <ol>
          {t.steps.map((step) => (
            <li key={step}>{step}</li>
          ))}
        </ol>
        <p class="hint">
          {t.dense} {t.form}
        </p>
        <details class="print-hidden">
          <summary>{t.text}</summary>
          <pre class="statement">{sheet.receipt}</pre>
        </details>
        <pre class="print-only" aria-hidden="true">
          {sheet.receipt}
        </pre>
        <p class="print-hidden">
          <a href={localPath(language, '/receipts/sheet')}>{t.again}</a>
        </p>
      </article>
    </Layout>
  );
};
