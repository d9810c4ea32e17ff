import type { VNode } from 'preact';
import { Lights, localPath, type PageFrame } from '../web/index.ts';
import { receiptMessages } from './receipt-messages.ts';
import { isProposal } from './what-is-signed.ts';

/**
 * The receipt in place, after signing: hidden until the island has something to show. Every variant of every
 * sentence is here; the island only chooses (`data-outcome`, `data-light-text`).
 */
export const ReceiptStep = ({
  frame,
  caseNumber,
}: Readonly<{ frame: PageFrame; caseNumber: string }>): VNode => {
  const { language } = frame;
  const t = receiptMessages(language, caseNumber);
  return (
    <section class="step receipt" data-step="receipt" aria-live="polite" hidden>
      <h2 tabIndex={-1}>
        <span data-outcome="included" hidden>
          {t.doneTitle}
        </span>
        <span data-outcome="held" hidden>
          {t.doneHeld}
        </span>
        <span data-outcome="waiting" hidden>
          {t.doneWaiting}
        </span>
      </h2>
      <p class="lede">
        <span data-outcome="included" hidden>
          {t.doneText}
        </span>
        <span data-outcome="held" hidden>
          {t.heldText}
        </span>
        <span data-outcome="waiting" hidden>
          {t.waitingText}
        </span>
      </p>
      <Lights
        lights={[
          { key: 'received', state: 'on', title: t.lights.received, text: t.lightText.receivedOn },
          { key: 'included', state: 'on', title: t.lights.included, text: t.lightText.includedOn },
          {
            key: 'included-waiting',
            state: 'waiting',
            title: t.lights.included,
            text: t.lightText.includedWaiting,
          },
          {
            key: 'included-held',
            state: 'waiting',
            title: t.lights.included,
            text: t.lightText.includedHeld,
          },
          { key: 'witnessed', state: 'off', title: t.lights.witnessed, text: t.lightText.witnessedWaiting },
        ]}
      />
      <p class="buttons print-hidden">
        <a class="button" data-receipt-file href="#sign">
          <span data-outcome="included" hidden>
            {t.download}
          </span>
          <span data-outcome="held" hidden>
            {t.downloadPromise}
          </span>
          <span data-outcome="waiting" hidden>
            {t.downloadPromise}
          </span>
        </a>
        <button class="button button-quiet" type="button" data-act="print">
          {t.print}
        </button>
      </p>
      <p class="notice notice-strong print-hidden" data-unsaved>
        {t.unsaved}
      </p>
      <div role="status">
        <p class="notice print-hidden" data-saved hidden>
          {t.saved}
        </p>
      </div>
      <dl class="facts facts-small">
        <dt>{t.caseLabel}</dt>
        <dd>{caseNumber}</dd>
        <dt>{t.receivedAt}</dt>
        <dd data-fact="received">–</dd>
        <dt>{t.index}</dt>
        <dd data-fact="index">–</dd>
        <dt>{t.size}</dt>
        <dd data-fact="size">–</dd>
        <dt>{t.commitment}</dt>
        <dd>
          <code class="break" data-fact="commitment" />
        </dd>
      </dl>
      <p class="hint">{t.technically}</p>
      <ul class="print-hidden">
        <li>
          <a data-public-page href={localPath(language, '/receipts')} target="_blank" rel="noopener">
            {t.publicPage}
          </a>
        </li>
        <li>
          <a href={localPath(language, '/receipts')} target="_blank" rel="noopener">
            {t.checkLink}
          </a>
        </li>
        {frame.site.sendsMail && !isProposal(caseNumber) ? (
          <li>
            <a href={localPath(language, `/initiatives/${caseNumber}/follow`)} target="_blank" rel="noopener">
              {t.follow}
            </a>
          </li>
        ) : null}
        <li>
          <a href={localPath(language, isProposal(caseNumber) ? '/drafts' : '/#open')}>{t.another}</a>
        </li>
      </ul>
    </section>
  );
};
