import type { VNode } from 'preact';
import { Layout } from './layout.tsx';
import { Markdown, markdownTitle } from './markdown.tsx';
import type { PageFrame } from './site.ts';

/** A page of long text from `content/` (how it works, privacy, accessibility). */
export const TextPage = ({
  frame,
  source,
  current,
}: Readonly<{ frame: PageFrame; source: string; current?: 'how' }>): VNode => (
  <Layout frame={frame} title={markdownTitle(source)} {...(current === undefined ? {} : { current })}>
    <article class="wrap prose">
      <Markdown source={source} />
    </article>
  </Layout>
);
