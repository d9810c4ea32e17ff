import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { localPath, otherLanguage } from './language.ts';
import type { AssetLink, PageFrame } from './site.ts';
import { webMessages } from './web-messages.ts';

/** What a page hands to {@link Layout} besides its frame. */
export type LayoutProps = Readonly<{
  frame: PageFrame;
  /** The part of the title before the site's name; none on the home page. */
  title?: string | undefined;
  description?: string;
  /** The navigation entry that is current. */
  current?: 'initiatives' | 'receipts' | 'how';
  /** The one script of this page; reading pages have none. */
  script?: AssetLink;
  /** False where the address only answers a form, so that the switch leads to `switchPath` instead. */
  switchPath?: string;
  /** Written before the title when a form came back with errors. */
  erroneous?: boolean;
  children: ComponentChildren;
}>;

/**
 * The frame of every page: skip link, 示範 banner, header, `main`, footer. It contains no inline script and no
 * inline style (`style-src 'self'; script-src 'self'`), and the language switch keeps the reader on the same page.
 */
export const Layout = ({ frame, children, ...page }: LayoutProps): VNode => {
  const { site, language, path } = frame;
  const t = webMessages(language);
  const title = page.title === undefined ? `${t.siteName}｜${t.siteTagline}` : `${page.title}｜${t.siteName}`;
  const to = (target: string): string => localPath(language, target);
  const other = otherLanguage(language);
  const nav = (key: LayoutProps['current'], target: string, text: string): VNode => (
    <li>
      <a href={to(target)} aria-current={page.current === key ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${page.erroneous ? t.errorPrefix : ''}${language === 'en' ? title.replace('｜', ' | ') : title}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        {page.description === undefined ? null : <meta name="description" content={page.description} />}
        {site.demo ? <meta name="robots" content="noindex" /> : null}
        <meta name="theme-color" content="#55224f" />
        <link rel="icon" href={icon} />
        <link rel="stylesheet" {...site.assets.css} />
        <link rel="alternate" hreflang={other} href={localPath(other, page.switchPath ?? path)} />
        {page.script === undefined ? null : (
          <script type="module" src={page.script.href} integrity={page.script.integrity} />
        )}
      </head>
      <body>
        <a class="skip" href="#main">
          {t.skip}
        </a>
        <header class="site-header">
          {site.demo ? (
            <p class="demo-banner">
              <strong>{t.demoMark}</strong> <span>{t.demoBanner}</span>
            </p>
          ) : null}
          {site.isReadOnly ? (
            <p class="demo-banner" role="status">
              <strong>{t.readOnlyMark}</strong> <span>{t.readOnlyBanner}</span>
            </p>
          ) : null}
          <div class="wrap">
            <a class="brand" href={to('/')}>
              <Seal />
              <span>{t.siteName}</span>
            </a>
            <nav aria-label={t.navigation}>
              <ul>
                {nav('initiatives', '/#open', t.navInitiatives)}
                {nav('receipts', '/receipts', t.navReceipts)}
                {nav('how', '/how-it-works', t.navHow)}
              </ul>
            </nav>
            <a
              class="language"
              href={localPath(other, page.switchPath ?? path)}
              lang={other}
              hreflang={other}
            >
              {t.otherLanguage}
            </a>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="wrap">
            <p>
              {t.footerAbout}
              {site.demo ? ` ${t.footerDemo}` : ''}
            </p>
            <nav aria-label={t.footerLinks}>
              <ul>
                <li>
                  <a href={to('/how-it-works')}>{t.navHow}</a>
                </li>
                <li>
                  <a href={to('/break-it')}>{t.footerBreakIt}</a>
                </li>
                <li>
                  <a href={to('/privacy')}>{t.footerPrivacy}</a>
                </li>
                <li>
                  <a href={to('/accessibility')}>{t.footerAccessibility}</a>
                </li>
                <li>
                  <a href={to('/announcements')}>{t.footerAnnouncements}</a>
                </li>
                <li>
                  <a href={to('/duties')}>{t.footerDuties}</a>
                </li>
                <li>
                  <a href={to('/notices')}>{t.footerNotices}</a>
                </li>
                <li>
                  <a href={to('/switches')}>{t.footerSwitches}</a>
                </li>
                <li>
                  <a href={to('/witnesses')}>{t.footerWitnesses}</a>
                </li>
                <li>
                  <a href="/log/checkpoint">{t.footerLog}</a>
                </li>
                <li>
                  <a href={to('/api')}>{t.footerApi}</a>
                </li>
                <li>
                  <a href={site.sourceUrl ?? to('/source')} rel={site.sourceUrl && 'noreferrer'}>
                    {t.footerSource}
                  </a>
                </li>
              </ul>
            </nav>
          </div>
        </footer>
      </body>
    </html>
  );
};

/** The seal as the page's icon, inside the page, so that no browser asks for one elsewhere. */
const icon = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#55224f"/>' +
    '<path d="M8 10.5h9M8 16h16M8 21.5h11m.5-12 2 2 3.5-4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>',
)}`;

const Seal = (): VNode => (
  <svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="5" />
    <path d="M8 10.5h9M8 16h16M8 21.5h11" />
    <path d="m19.5 9.5 2 2 3.5-4" />
  </svg>
);

/** The whole HTML document of a page, ready to send. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
