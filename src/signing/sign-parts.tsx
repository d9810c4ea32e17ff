import type { VNode } from 'preact';
import type { SigningMessages } from './signing-messages.ts';

/** The heading of a step; it takes the focus when the step appears. */
export const Heading = ({ number, text }: Readonly<{ number: number; text: string }>): VNode => (
  <h2 tabIndex={-1}>
    <span class="step-number" aria-hidden="true">
      {number}
    </span>{' '}
    {text}
  </h2>
);

/** What is being done right now, one sentence at a time; the island shows it. */
export const Busy = ({
  t,
  keys,
}: Readonly<{ t: SigningMessages; keys: readonly (keyof SigningMessages['busy'])[] }>): VNode => (
  <span class="busy" role="status">
    {keys.map((key) => (
      <span key={key} data-busy={key} hidden>
        {t.busy[key]}
      </span>
    ))}
  </span>
);
