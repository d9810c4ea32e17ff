import type { ComponentChildren, VNode } from 'preact';
import type { ProblemDocument } from '../platform/http/problem.ts';
import {
  type AssetLink,
  type Language,
  languages,
  localPath,
  renderPage,
  webMessages,
} from '../web/index.ts';
import { officersMessages } from './officers-messages.ts';

/** What every page of the office needs to know about the installation. */
export interface OfficeSite {
  readonly demo: boolean;
  /** The public site, where what is entered can be seen. */
  readonly publicUrl: string;
  readonly assets: Readonly<{ css: AssetLink; passkeyScript: AssetLink }>;
}

export interface OfficeFrame {
  readonly site: OfficeSite;
  readonly language: Language;
  /** The path both languages share. */
  readonly path: string;
  /** Who is signed in; undefined before. */
  readonly who?: Readonly<{ label: string; waiting: number }>;
}

export type OfficeLayoutProps = Readonly<{
  frame: OfficeFrame;
  title: string;
  current?: 'register' | 'waiting' | 'platform' | 'officers' | 'sessions';
  script?: AssetLink;
  erroneous?: boolean;
  children: ComponentChildren;
}>;

/** The frame of every page of the office: its own colour bar, so that it is never taken for the public site. */
export const OfficeLayout = ({
  frame,
  title,
  current,
  script,
  erroneous,
  children,
}: OfficeLayoutProps): VNode => {
  const { site, language, path, who } = frame;
  const t = officersMessages(language);
  const web = webMessages(language);
  const to = (target: string) => localPath(language, target);
  const other = languages.find((one) => one !== language) ?? language;
  const nav = (key: OfficeLayoutProps['current'], target: string, text: string): VNode => (
    <li>
      <a href={to(target)} aria-current={current === key ? 'page' : undefined}>
        {text}
      </a>
    </li>
  );
  return (
    <html lang={language}>
      <head>
        <meta charset="utf-8" />
        <title>{`${erroneous ? web.errorPrefix : ''}${title}${language === 'en' ? ' | ' : '｜'}${t.siteName}`}</title>
        <meta name="viewport" content="width=device-width, initial-scale=1" />
        <meta name="robots" content="noindex" />
        <link rel="icon" href={ICON} />
        <link rel="stylesheet" {...site.assets.css} />
        <link rel="alternate" hreflang={other} href={localPath(other, path)} />
        {script === undefined ? null : (
          <script type="module" src={script.href} integrity={script.integrity} />
        )}
      </head>
      <body class="office">
        <a class="skip" href="#main">
          {web.skip}
        </a>
        <header class="site-header">
          {site.demo ? (
            <p class="demo-banner">
              <strong>{web.demoMark}</strong> <span>{t.demoBanner}</span>
            </p>
          ) : null}
          <div class="wrap">
            <a class="brand" href={to('/')}>
              <span>{t.siteName}</span>
            </a>
            {who === undefined ? null : (
              <nav aria-label={web.navigation}>
                <ul>
                  {nav('register', '/', t.registerNav)}
                  {nav(
                    'waiting',
                    '/waiting',
                    who.waiting === 0 ? t.waitingNav : `${t.waitingNav} (${who.waiting})`,
                  )}
                  {nav('platform', '/platform', t.platformNav)}
                  {nav('officers', '/officers', t.officersNav)}
                  {nav('sessions', '/sessions', t.sessionsNav)}
                </ul>
              </nav>
            )}
            {who === undefined ? null : (
              <form method="post" action={to('/sign-out')} class="who">
                <span lang="zh-Hant-TW">{who.label}</span>
                <button type="submit" class="link-button">
                  {t.signOut}
                </button>
              </form>
            )}
            <a class="language" href={localPath(other, path)} lang={other} hreflang={other}>
              {web.otherLanguage}
            </a>
          </div>
        </header>
        <main id="main" tabIndex={-1}>
          {children}
        </main>
        <footer class="site-footer">
          <div class="wrap">
            <p>{t.footer}</p>
            <p>
              <a href={`${site.publicUrl}${to('/')}`}>{t.publicSite}</a>
            </p>
          </div>
        </footer>
      </body>
    </html>
  );
};

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#fff" stroke="#55224f" stroke-width="3"/>' +
    '<path d="M9 11h14M9 16h14M9 21h9" stroke="#55224f" stroke-width="2.4" stroke-linecap="round"/></svg>',
)}`;

/** A refusal as a page: what happened, on what basis, what to do. */
export function renderOfficeProblem(site: OfficeSite, document: ProblemDocument, language: Language): string {
  const web = webMessages(language);
  const title = document.status === 404 && document.code === 'not-found' ? web.notFoundTitle : document.title;
  return renderPage(
    <OfficeLayout frame={{ site, language, path: '/' }} title={title} erroneous>
      <div class="wrap prose">
        <section class="error-summary" role="alert" tabIndex={-1} autofocus aria-labelledby="refusal-title">
          <h1 id="refusal-title">{title}</h1>
        </section>
        {document.next === undefined ? null : (
          <>
            <h2>{web.next}</h2>
            <p>{document.next}</p>
          </>
        )}
        <dl class="facts facts-small">
          <dt>{web.code}</dt>
          <dd>
            <code>{document.code}</code>
          </dd>
          {document.legalBasis === undefined ? null : (
            <>
              <dt>{web.legalBasis}</dt>
              <dd>{document.legalBasis}</dd>
            </>
          )}
          <dt>{web.requestId}</dt>
          <dd>
            <code class="break">{document.instance.replace('urn:uuid:', '')}</code>
          </dd>
        </dl>
        <p>
          <a class="button" href={localPath(language, '/')}>
            {officersMessages(language).registerNav}
          </a>
        </p>
      </div>
    </OfficeLayout>,
  );
}
