import type { ComponentChildren, VNode } from 'preact';
import type { Language, ProblemDocument } from '../platform/http/problem.ts';
import { localPath } from './language.ts';
import { PageShell } from './page-shell.tsx';
import { Refusal } from './refusal.tsx';
import type { AssetLink } from './site.ts';
import { webMessages } from './web-messages.ts';

/** What tells one surface behind a sign-in from another, in the page's language. */
export type SignedInSurface = Readonly<{
  surface: 'office' | 'workspace';
  siteName: string;
  /** Only in a demonstration. */
  demoBanner: string | undefined;
  /** What its icon draws on the framed ground, as SVG. */
  iconPath: string;
  css: AssetLink;
  signOut: string;
  footer: string;
  /** Where the public site is; undefined where nobody told. */
  publicSite: Readonly<{ url: string; text: string }> | undefined;
}>;

export type SignedInLayoutProps = Readonly<{
  language: Language;
  /** The path both languages share. */
  path: string;
  site: SignedInSurface;
  title: string;
  /** The surface's parts: key, path and name. */
  nav: readonly (readonly [key: string, path: string, text: string])[];
  /** Which part this page is of. */
  current?: string | undefined;
  /** The name of who is signed in; undefined before. */
  who: ComponentChildren | undefined;
  scripts?: readonly AssetLink[] | undefined;
  /** Whether the page shows errors of a form: its title says so. */
  erroneous?: boolean | undefined;
  children: ComponentChildren;
}>;

/**
 * The frame of every page behind a sign-in: a colour bar of the surface's own, so that it is never taken for the public
 * site, and no entry in any search engine.
 */
export const SignedInLayout = ({
  language,
  path,
  site,
  title,
  nav,
  current,
  who,
  scripts = [],
  erroneous,
  children,
}: SignedInLayoutProps): VNode => (
  <PageShell
    language={language}
    path={path}
    title={`${title}${language === 'en' ? ' | ' : '｜'}${site.siteName}`}
    erroneous={erroneous}
    head={<meta name="robots" content="noindex" />}
    icon={`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#fff" stroke="#55224f" stroke-width="3"/>${site.iconPath}</svg>`}
    css={site.css}
    scripts={scripts}
    surface={site.surface}
    banners={
      site.demoBanner === undefined ? [] : [{ mark: webMessages(language).demoMark, text: site.demoBanner }]
    }
    brand={<span>{site.siteName}</span>}
    nav={(who === undefined ? [] : nav).map(([key, target, text]) => ({
      href: localPath(language, target),
      text,
      isCurrent: key === current,
    }))}
    who={
      who === undefined ? null : (
        <form method="post" action={localPath(language, '/sign-out')} class="who">
          {who}
          <button type="submit" class="link-button">
            {site.signOut}
          </button>
        </form>
      )
    }
    footer={
      <>
        <p>{site.footer}</p>
        {site.publicSite === undefined ? null : (
          <p>
            <a href={`${site.publicSite.url}${localPath(language, '/')}`}>{site.publicSite.text}</a>
          </p>
        )}
      </>
    }
  >
    {children}
  </PageShell>
);

/** The content of such a page when it refuses; what does not exist has a sentence of the surface's own. */
export const SignedInProblem = ({
  language,
  document,
  title,
  back,
}: Readonly<{ language: Language; document: ProblemDocument; title: string; back: string }>): VNode => {
  const { code, next, legalBasis, instance } = document;
  return (
    <Refusal
      language={language}
      problem={{
        code,
        title,
        ...(next === undefined ? {} : { next }),
        ...(legalBasis === undefined ? {} : { legalBasis }),
      }}
      requestId={instance.replace('urn:uuid:', '')}
      back={{ href: localPath(language, '/'), text: back }}
    />
  );
};

/** The title of that page: `notFound` where the page does not exist, the refusal's own sentence otherwise. */
export const problemTitle = (document: ProblemDocument, notFound: string): string =>
  document.status === 404 && document.code === 'not-found' ? notFound : document.title;
