import type { ComponentChildren, VNode } from 'preact';
import type { FieldError } from './forms.tsx';
import { localPath } from './language.ts';
import { Layout } from './layout.tsx';
import { ProblemFacts, type ProblemView, Refusal } from './refusal.tsx';
import type { PageFrame } from './site.ts';
import { webMessages } from './web-messages.ts';

const Plain = ({
  frame,
  title,
  children,
}: Readonly<{ frame: PageFrame; title: string; children: ComponentChildren }>): VNode => {
  const t = webMessages(frame.language);
  return (
    <Layout frame={frame} title={title}>
      <div class="wrap prose">
        <h1>{title}</h1>
        {children}
        <p>
          <a href={localPath(frame.language, '/')}>{t.backHome}</a>
        </p>
      </div>
    </Layout>
  );
};

/** 404. Says nothing about what was asked for, so that no typed address is repeated on the page. */
export const NotFoundPage = ({ frame }: Readonly<{ frame: PageFrame }>): VNode => {
  const t = webMessages(frame.language);
  return (
    <Plain frame={frame} title={t.notFoundTitle}>
      <p class="lede">{t.notFoundText}</p>
    </Plain>
  );
};

/** 500. Carries the request's number and nothing else about the fault. */
export const FaultPage = ({ frame, requestId }: Readonly<{ frame: PageFrame; requestId: string }>): VNode => {
  const t = webMessages(frame.language);
  return (
    <Plain frame={frame} title={t.faultTitle}>
      <p class="lede">{t.faultText}</p>
      <dl class="facts">
        <dt>{t.requestId}</dt>
        <dd>
          <code class="break">{requestId}</code>
          <p class="hint">{t.requestIdHelp}</p>
        </dd>
      </dl>
    </Plain>
  );
};

/** 503, with the seconds of `Retry-After` when they are known. */
export const UnavailablePage = ({
  frame,
  retryAfter,
}: Readonly<{ frame: PageFrame; retryAfter?: number }>): VNode => {
  const t = webMessages(frame.language);
  return (
    <Plain frame={frame} title={t.unavailableTitle}>
      <p class="lede">{t.unavailableText}</p>
      {retryAfter === undefined ? null : <p>{t.retryAfter(retryAfter)}</p>}
    </Plain>
  );
};

/** `/problems/:code`: what a code means and what to do next; the `type` of every problem document leads here. */
export const ProblemPage = ({
  frame,
  problem,
}: Readonly<{ frame: PageFrame; problem: ProblemView }>): VNode => (
  <Layout frame={frame} title={problem.title}>
    <div class="wrap prose">
      <h1>{problem.title}</h1>
      <ProblemFacts language={frame.language} problem={problem} />
    </div>
  </Layout>
);

/**
 * The answer to a refused request when its form is not shown again: the refusal's sentence first, with the
 * focus, then what to do, then the way back. `frame.path` is where the language switch may lead.
 */
export const RefusalPage = ({
  frame,
  problem,
  errors = [],
  back,
}: Readonly<{
  frame: PageFrame;
  problem: ProblemView;
  errors?: readonly FieldError[];
  back?: Readonly<{ href: string; text: string }>;
}>): VNode => (
  <Layout frame={frame} title={problem.title} erroneous>
    <Refusal
      language={frame.language}
      problem={problem}
      errors={errors}
      back={back ?? { href: localPath(frame.language, '/'), text: webMessages(frame.language).backHome }}
    />
  </Layout>
);
