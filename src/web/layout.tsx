import type { ComponentChildren, VNode } from 'preact';
import { renderToString } from 'preact-render-to-string';
import { localPath } from './language.ts';
import { type NavEntry, PageShell } from './page-shell.tsx';
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

/** The frame of every page of the public site. */
export const Layout = ({ frame, children, ...page }: LayoutProps): VNode => {
  const { site, language, path } = frame;
  const t = webMessages(language);
  const title = page.title === undefined ? `${t.siteName}｜${t.siteTagline}` : `${page.title}｜${t.siteName}`;
  const to = (target: string): string => localPath(language, target);
  const nav = (key: LayoutProps['current'], target: string, text: string): NavEntry => ({
    href: to(target),
    text,
    isCurrent: page.current === key,
  });
  return (
    <PageShell
      language={language}
      path={page.switchPath ?? path}
      title={language === 'en' ? title.replace('｜', ' | ') : title}
      erroneous={page.erroneous}
      head={
        <>
          {page.description === undefined ? null : <meta name="description" content={page.description} />}
          {site.demo ? <meta name="robots" content="noindex" /> : null}
          <meta name="theme-color" content="#55224f" />
        </>
      }
      icon={ICON}
      css={site.assets.css}
      scripts={page.script === undefined ? [] : [page.script]}
      banners={[
        ...(site.demo ? [{ mark: t.demoMark, text: t.demoBanner }] : []),
        ...(site.isReadOnly
          ? [{ mark: t.readOnlyMark, text: t.readOnlyBanner, role: 'status' as const }]
          : []),
      ]}
      brand={
        <>
          <Seal />
          <span>{t.siteName}</span>
        </>
      }
      nav={[
        nav('initiatives', '/#open', t.navInitiatives),
        nav('receipts', '/receipts', t.navReceipts),
        nav('how', '/how-it-works', t.navHow),
      ]}
      footer={<Footer frame={frame} />}
    >
      {children}
    </PageShell>
  );
};

const Footer = ({ frame: { site, language } }: Readonly<{ frame: PageFrame }>): VNode => {
  const t = webMessages(language);
  const to = (target: string): string => localPath(language, target);
  const links: readonly (readonly [string, string])[] = [
    [to('/how-it-works'), t.navHow],
    [to('/break-it'), t.footerBreakIt],
    [to('/privacy'), t.footerPrivacy],
    [to('/accessibility'), t.footerAccessibility],
    [to('/past-cases'), t.footerPastCases],
    [to('/announcements'), t.footerAnnouncements],
    [to('/duties'), t.footerDuties],
    [to('/notices'), t.footerNotices],
    [to('/switches'), t.footerSwitches],
    [to('/law'), t.footerLaw],
    [to('/witnesses'), t.footerWitnesses],
    ['/log/checkpoint', t.footerLog],
    [to('/api'), t.footerApi],
  ];
  return (
    <>
      <p>
        {t.footerAbout}
        {site.demo ? `${language === 'en' ? ' ' : ''}${t.footerDemo}` : ''}
      </p>
      <nav aria-label={t.footerLinks}>
        <ul>
          {links.map(([href, text]) => (
            <li key={href}>
              <a href={href}>{text}</a>
            </li>
          ))}
          <li>
            <a href={site.sourceUrl ?? to('/source')} rel={site.sourceUrl && 'noreferrer'}>
              {t.footerSource}
            </a>
          </li>
        </ul>
      </nav>
    </>
  );
};

/** The seal as the page's icon. */
const ICON =
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#55224f"/>' +
  '<path d="M8 10.5h9M8 16h16M8 21.5h11m.5-12 2 2 3.5-4" fill="none" stroke="#fff" stroke-width="2.4" stroke-linecap="round"/></svg>';

const Seal = (): VNode => (
  <svg class="seal" viewBox="0 0 32 32" width="32" height="32" aria-hidden="true" focusable="false">
    <rect width="32" height="32" rx="5" />
    <path d="M8 10.5h9M8 16h16M8 21.5h11" />
    <path d="m19.5 9.5 2 2 3.5-4" />
  </svg>
);

/** The whole HTML document of a page, ready to send. */
export const renderPage = (page: VNode): string => `<!doctype html>${renderToString(page)}`;
