import type { VNode } from 'preact';
import { Layout, type LightState, Lights, localPath, type PageFrame } from '../web/index.ts';
import { receiptMessages } from './receipt-messages.ts';
import { isProposal } from './what-is-signed.ts';

/** What the server answers to an upload, for the person's eyes only: it is shown once and not stored. */
export type SignedView = Readonly<{
  caseNumber: string;
  /** Base64url of `L`. */
  commitment: string;
  outcome: 'included' | 'held' | 'waiting';
  /** The receipt, or the promise until there is one. */
  file: Readonly<{ name: string; text: string }>;
}>;

const href = (text: string): string =>
  `data:application/octet-stream;base64,${Buffer.from(text, 'utf8').toString('base64')}`;

/** The answer to a signature without script: the receipt to save now, or the promise that stands for it. */
export const SignedPage = ({ frame, view }: Readonly<{ frame: PageFrame; view: SignedView }>): VNode => {
  const { language } = frame;
  const t = receiptMessages(language, view.caseNumber);
  const words = {
    included: { title: t.doneTitle, text: t.doneText, light: t.lightText.includedOn, state: 'on' },
    held: { title: t.doneHeld, text: t.heldText, light: t.lightText.includedHeld, state: 'waiting' },
    waiting: {
      title: t.doneWaiting,
      text: t.waitingText,
      light: t.lightText.includedWaiting,
      state: 'waiting',
    },
  } as const satisfies Record<
    SignedView['outcome'],
    { title: string; text: string; light: string; state: LightState }
  >;
  const { title, text, light, state } = words[view.outcome];
  return (
    <Layout frame={frame} title={title} switchPath={`/receipts/${view.commitment}`}>
      <article class="wrap prose receipt">
        <h1>{title}</h1>
        <p class="lede">{text}</p>
        <Lights
          lights={[
            { key: 'received', state: 'on', title: t.lights.received, text: t.lightText.receivedOn },
            { key: 'included', state, title: t.lights.included, text: light },
            { key: 'witnessed', state: 'off', title: t.lights.witnessed, text: t.lightText.witnessedWaiting },
          ]}
        />
        <p class="buttons print-hidden">
          <a class="button" href={href(view.file.text)} download={view.file.name}>
            {view.outcome === 'included' ? t.download : t.downloadPromise}
          </a>
        </p>
        <p>{t.unsaved}</p>
        <p class="hint">{t.technically}</p>
        <p>
          <a href={localPath(language, `/receipts/${view.commitment}`)}>{t.publicPage}</a>
        </p>
        {frame.site.sendsMail && !isProposal(view.caseNumber) ? (
          <p>
            <a href={localPath(language, `/initiatives/${view.caseNumber}/follow`)}>{t.follow}</a>
          </p>
        ) : null}
      </article>
    </Layout>
  );
};
