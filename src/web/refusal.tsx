import type { VNode } from 'preact';
import { Alert } from './alert.tsx';
import type { FieldError } from './forms.tsx';
import type { Language } from './language.ts';
import { webMessages } from './web-messages.ts';

/** One refusal in the page's language, as its problem document says it (RFC 9457). */
export type ProblemView = Readonly<{
  code: string;
  status?: number;
  /** One plain sentence of cause, which says first whether anything was signed. */
  title: string;
  /** The next act. */
  next?: string;
  /** The article on which the refusal rests. */
  legalBasis?: string;
  /** The number of the check in `LIANSHU-VP/1` that decided. */
  check?: number;
}>;

/** What to do next, and the facts of a refusal. `requestId` stands where people ask an office about it. */
export const ProblemFacts = ({
  language,
  problem,
  requestId,
}: Readonly<{ language: Language; problem: ProblemView; requestId?: string | undefined }>): VNode => {
  const t = webMessages(language);
  return (
    <>
      {problem.next === undefined ? null : (
        <>
          <h2>{t.next}</h2>
          <p>{problem.next}</p>
        </>
      )}
      <dl class="facts facts-small">
        <dt>{t.code}</dt>
        <dd>
          <code>{problem.code}</code>
        </dd>
        {problem.legalBasis === undefined ? null : (
          <>
            <dt>{t.legalBasis}</dt>
            <dd>{problem.legalBasis}</dd>
          </>
        )}
        {problem.check === undefined ? null : (
          <>
            <dt>{t.policyCheck}</dt>
            <dd>LIANSHU-VP/1 · {problem.check}</dd>
          </>
        )}
        {problem.status === undefined ? null : (
          <>
            <dt>{t.status}</dt>
            <dd>{problem.status}</dd>
          </>
        )}
        {requestId === undefined ? null : (
          <>
            <dt>{t.requestId}</dt>
            <dd>
              <code class="break">{requestId}</code>
            </dd>
          </>
        )}
      </dl>
    </>
  );
};

/** The content of a page that refuses: its sentence first, with the focus, then what to do, then the way back. */
export const Refusal = ({
  language,
  problem,
  requestId,
  errors = [],
  back,
}: Readonly<{
  language: Language;
  problem: ProblemView;
  requestId?: string;
  errors?: readonly FieldError[];
  back: Readonly<{ href: string; text: string }>;
}>): VNode => (
  <div class="wrap prose">
    <Alert id="refusal-title" title={problem.title} level={1}>
      {errors.length === 0 ? null : (
        <ul>
          {errors.map((error) => (
            <li key={error.field}>{error.message}</li>
          ))}
        </ul>
      )}
    </Alert>
    <ProblemFacts language={language} problem={problem} requestId={requestId} />
    <p>
      <a class="button" href={back.href}>
        {back.text}
      </a>
    </p>
  </div>
);
