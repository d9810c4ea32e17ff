import type { VNode } from 'preact';
import { type Language, type Localised, localPath, webMessages } from '../web/index.ts';
import { type SigningMessages, signingMessages } from './signing-messages.ts';
import { pathOf } from './what-is-signed.ts';

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

/** The head of every page about signing one case: which case, whether its text is invented, and the page's title. */
export const CaseTitle = ({
  language,
  view,
  title,
}: Readonly<{
  language: Language;
  view: Readonly<{ caseNumber: string; title: Localised; demonstrationText: boolean }>;
  title: string;
}>): VNode => (
  <header class="case-title">
    <p class="case-meta">
      <a href={localPath(language, pathOf(view.caseNumber))}>{view.title[language]}</a>
      <span class="case-number">
        {signingMessages(language, view.caseNumber).caseNumber(view.caseNumber)}
      </span>
      {view.demonstrationText ? <span class="tag">{webMessages(language).demoText}</span> : null}
    </p>
    <h1>{title}</h1>
  </header>
);
