import type { VNode } from 'preact';
import { NationalIdEntry } from '../credentials/index.ts';
import type { FieldError, PageFrame } from '../web/index.ts';
import { Busy, Heading } from './sign-parts.tsx';
import { signingMessages } from './signing-messages.ts';

/** Step 1: which address must stand in the bar, the method, the readiness test, the national ID. */
export const Who = ({
  frame,
  view,
}: Readonly<{
  frame: PageFrame;
  view: Readonly<{ caseNumber: string; errors?: readonly FieldError[] }>;
}>): VNode => {
  const { language, site } = frame;
  const t = signingMessages(language, view.caseNumber);
  const error = view.errors?.find((each) => each.field === 'national-id')?.message;
  return (
    <section class="step" data-step="who">
      <Heading number={1} text={t.steps[0] ?? ''} />
      <p class="notice notice-strong address">
        {t.addressBefore}
        <strong class="mono">{site.host}</strong>
        {t.addressAfter}
      </p>
      <fieldset class="methods">
        <legend>{t.method}</legend>
        <div class="method">
          <input
            type="radio"
            name="method"
            id="method-card"
            value="card"
            checked
            aria-describedby="method-card-needs"
          />
          <div>
            <label for="method-card">{t.methodCard}</label>
            <p class="hint" id="method-card-needs">
              {t.methodCardNeeds}
            </p>
          </div>
        </div>
        <div class="method method-closed">
          <input
            type="radio"
            name="method"
            id="method-phone"
            value="phone"
            disabled
            aria-describedby="method-phone-needs"
          />
          <div>
            <label for="method-phone">{t.methodPhone}</label>
            <p class="hint" id="method-phone-needs">
              {t.methodPhoneNeeds}
            </p>
          </div>
        </div>
      </fieldset>
      <div class="readiness" data-script hidden>
        <button
          type="button"
          class="button button-quiet"
          data-act="readiness"
          aria-describedby="readiness-hint"
        >
          {t.readiness}
        </button>
        <p class="hint" id="readiness-hint">
          {t.readinessHint}
        </p>
        <p role="status" class="readiness-result">
          <span data-ready="ok" hidden>
            {t.readyOk}
          </span>
          <span data-ready="no-reader" hidden>
            {t.readyNoReader}
          </span>
          <span data-ready="no-card" hidden>
            {t.readyNoCard}
          </span>
        </p>
      </div>
      <details class="quiet-details">
        <summary>{t.methodNone}</summary>
        <p>{t.methodNoneText}</p>
      </details>
      <NationalIdEntry language={language} words={t} error={error} />
      <p class="buttons" data-script hidden>
        <button class="button" type="button" data-act="what">
          {t.next1}
        </button>
        <Busy t={t} keys={['statement', 'readiness']} />
      </p>
    </section>
  );
};
