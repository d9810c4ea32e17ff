import type { VNode } from 'preact';
import { cardFailures, FailureWords, pinResetAddress } from '../credentials/index.ts';
import { type PageFrame, webMessages } from '../web/index.ts';
import { ofProposal } from './proposal-words.ts';
import type { SigningMessages } from './signing-messages.ts';
import { isProposal } from './what-is-signed.ts';

const PROPOSAL_CARD_FAILURES = ofProposal(cardFailures);

/** The one place where a failure appears, with the words of every failure of the browser's side as attributes. */
export const Failure = ({
  t,
  language,
  number,
}: Readonly<{ t: SigningMessages; language: PageFrame['language']; number: string }>): VNode => (
  <section class="error-summary failure" role="alert" tabIndex={-1} data-failure hidden>
    <h2>
      {Object.entries(t.standing).map(([key, text]) => (
        <span key={key} data-standing={key} hidden>
          {text}
        </span>
      ))}
    </h2>
    <p data-cause />
    <p data-first hidden>
      {t.firstSigned}
      <strong data-first-time />
    </p>
    <p>
      <strong>{t.failureNext}</strong>
      <span data-next />{' '}
      <a data-help target="_blank" rel="noopener noreferrer" href={pinResetAddress} hidden>
        moica.nat.gov.tw{webMessages(language).newWindow}
      </a>
    </p>
    <p class="buttons">
      {Object.entries(t.act).map(([act, text]) => (
        <button
          key={act}
          class="button"
          type="button"
          data-button={act}
          data-act={act === 'back' ? undefined : act}
          data-go={act === 'back' ? 'who' : undefined}
          hidden
        >
          {text}
        </button>
      ))}
    </p>
    <details class="quiet-details">
      <summary>
        {t.failureCode} <code data-code />
      </summary>
      <p class="hint">
        {t.failureTechnical}
        {language === 'en' ? ': ' : '：'}
        <code class="break" data-technical />
      </p>
    </details>
    <FailureWords
      language={language}
      failures={Object.entries(isProposal(number) ? PROPOSAL_CARD_FAILURES : cardFailures)}
    />
  </section>
);
