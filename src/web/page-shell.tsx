import type { ComponentChildren, VNode } from 'preact';
import type { Language } from '../platform/http/problem.ts';
import { localPath, otherLanguage } from './language.ts';
import type { AssetLink } from './site.ts';
import { webMessages } from './web-messages.ts';

/** One entry of the navigation. */
export type NavEntry = Readonly<{ href: string; text: string; isCurrent: boolean }>;

/** A line above the header that stands on every page of a surface: 示範, or that the record is read-only. */
export type Banner = Readonly<{ mark: string; text: string; role?: 'status' }>;

export type PageShellProps = Readonly<{
  language: Language;
  /** The path where the language switch leads, without the language. */
  path: string;
  /** The whole of the tab's title, without the mark of errors. */
  title: string;
  /** Written before the title when a form came back with errors. */
  erroneous?: boolean | undefined;
  /** What this surface adds to the head. */
  head?: ComponentChildren;
  /** An SVG document: the icon stands in the page, so that no browser asks for one elsewhere. */
  icon: string;
  css: AssetLink;
  scripts: readonly AssetLink[];
  /** Which surface this is, for its colour bar; the public site has none. */
  surface?: 'office' | 'workspace' | undefined;
  banners: readonly Banner[];
  brand: ComponentChildren;
  /** None before anybody is signed in. */
  nav: readonly NavEntry[];
  /** Who is signed in, with the way out. */
  who?: ComponentChildren;
  footer: ComponentChildren;
  children: ComponentChildren;
}>;

/**
 * The frame of every page of every surface: skip link, banners, header, `main`, footer. It contains no inline script and
 * no inline style (`style-src 'self'; script-src 'self'`), and the language switch keeps the reader on the same page.
 */
export const PageShell = ({ language, path, children, ...page }: PageShellProps): VNode => {
  const t = webMessages(language);
  const other = otherLanguage(language);
  const inOther = localPath(other, path);
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${page.erroneous ? t.errorPrefix : ''}${page.title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {page.head}
        <link rel="icon" href={`data:image/svg+xml,${encodeURIComponent(page.icon)}`} />
        <link rel="stylesheet" {...page.css} />
        <link rel="alternate" hreflang={other} href={inOther} />
        {page.scripts.map((script) => (
          <script key={script.href} type="module" src={script.href} integrity={script.integrity} />
        ))}
      </head>
      <body class={page.surface}>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <header class="site-header">
          {page.banners.map(({ mark, text, role }) => (
            <p key={mark} class="demo-banner" role={role}>
              <strong>{mark}</strong> <span>{text}</span>
            </p>
          ))}
          <div class="wrap">
            <a class="brand" href={localPath(language, '/')}>
              {page.brand}
            </a>
            {page.nav.length === 0 ? null : (
              <nav aria-label={t.navigation}>
                <ul>
                  {page.nav.map(({ href, text, isCurrent }) => (
                    <li key={href}>
                      <a href={href} aria-current={isCurrent ? 'page' : undefined}>
                        {text}
                      </a>
                    </li>
                  ))}
                </ul>
              </nav>
            )}
            {page.who}
            <a class="language" href={inOther} lang={other} hreflang={other}>
              {t.otherLanguage}
            </a>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="wrap">{page.footer}</div>
        </footer>
      </body>
    </html>
  );
};
