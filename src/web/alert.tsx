import type { ComponentChildren, VNode } from 'preact';
import type { Localised } from './language.ts';

/**
 * What did not work, at the top of a page: takes the focus on load (`autofocus` on a focusable region needs no script).
 * `id` is of its title.
 */
export const Alert = ({
  id,
  title,
  level = 2,
  data,
  children,
}: Readonly<{
  id: string;
  title: ComponentChildren;
  level?: 1 | 2;
  data?: Readonly<Record<`data-${string}`, string | number>>;
  children?: ComponentChildren;
}>): VNode => (
  <section class="error-summary" role="alert" tabIndex={-1} autofocus aria-labelledby={id} {...data}>
    {level === 1 ? <h1 id={id}>{title}</h1> : <h2 id={id}>{title}</h2>}
    {children}
  </section>
);

/** What the law says against an act: the article, and what is possible instead, and when. */
export const RefusedByLaw = ({
  language,
  title,
  code,
  article,
  instead,
}: Readonly<{
  language: keyof Localised;
  title: string;
  code: string;
  article: Localised;
  instead: Localised;
}>): VNode => (
  <Alert id="law-title" title={title} data={{ 'data-law': code }}>
    <p>
      <strong class="article">{article[language]}</strong>
    </p>
    <p>{instead[language]}</p>
  </Alert>
);
