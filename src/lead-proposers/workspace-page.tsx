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
import type { Account } from './account.ts';
import { workspaceMessages } from './workspace-messages.ts';

/** What every page of the workspace needs to know about the installation. */
export interface WorkspaceSite {
  readonly demo: boolean;
  /** Host name with port as in the address bar. */
  readonly host: string;
  /** The public site, without a slash at its end; empty where nobody told. */
  readonly publicUrl: string;
  readonly assets: Readonly<{ css: AssetLink; signInScript: AssetLink; passkeyScript: AssetLink }>;
}

export interface WorkspaceFrame {
  readonly site: WorkspaceSite;
  readonly language: Language;
  /** The path both languages share. */
  readonly path: string;
  /** Who is signed in; undefined before. */
  readonly account: Account | undefined;
}

export type WorkspacePageProps = Readonly<{
  frame: WorkspaceFrame;
  title: string;
  /** Which entry of the navigation is this page. */
  current?: 'home' | 'drafts' | 'console' | 'sessions' | undefined;
  scripts?: readonly AssetLink[];
  /** Whether the page shows errors of a form: its title says so. */
  erroneous?: boolean;
  /** Where the other language's version is, when that is not the same path. */
  switchPath?: string | undefined;
  children: ComponentChildren;
}>;

/** 工作臺: the frame of every page of the workspace, with a colour bar that the public site has not. */
export const WorkspacePage = ({
  frame,
  title,
  current,
  scripts,
  erroneous,
  switchPath,
  children,
}: WorkspacePageProps): VNode => {
  const { site, language, account } = frame;
  const path = switchPath ?? frame.path;
  const t = workspaceMessages(language);
  const web = webMessages(language);
  const to = (target: string) => localPath(language, target);
  const other = languages.find((one) => one !== language) ?? language;
  const nav = (key: WorkspacePageProps['current'], target: string, text: string): VNode => (
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
        {scripts?.map((script) => (
          <script key={script.href} type="module" src={script.href} integrity={script.integrity} />
        ))}
      </head>
      <body class="workspace">
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
            {account === undefined ? null : (
              <nav aria-label={web.navigation}>
                <ul>
                  {nav('home', '/', t.homeNav)}
                  {nav('drafts', '/drafts', t.draftsNav)}
                  {nav('console', '/console', t.consoleNav)}
                  {nav('sessions', '/sessions', t.sessionsNav)}
                </ul>
              </nav>
            )}
            {account === undefined ? null : (
              <form method="post" action={to('/sign-out')} class="who">
                <AccountName language={language} label={account.label} />
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
            {site.publicUrl === '' ? null : (
              <p>
                <a href={`${site.publicUrl}${to('/')}`}>{t.publicSite}</a>
              </p>
            )}
          </div>
        </footer>
      </body>
    </html>
  );
};

const ICON = `data:image/svg+xml,${encodeURIComponent(
  '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32"><rect width="32" height="32" rx="5" fill="#fff" stroke="#55224f" stroke-width="3"/>' +
    '<path d="M9 23l2-6L21 7l4 4-10 10z" fill="none" stroke="#55224f" stroke-width="2.4" stroke-linejoin="round"/></svg>',
)}`;

/** An account's own name is a label somebody typed, or the one it was given with a short code. */
const AccountName = ({ language, label }: Readonly<{ language: Language; label: string }>): VNode => {
  const given = /^領銜人帳號 ([A-Z0-9]+)$/.exec(label);
  return language === 'en' && given !== null ? (
    <span>{`Lead proposer ${given[1]}`}</span>
  ) : (
    <span lang="zh-Hant-TW">{label}</span>
  );
};

/** A refusal as a page: what happened, on what basis, what to do. */
export function renderWorkspaceProblem(
  site: WorkspaceSite,
  document: ProblemDocument,
  language: Language,
): string {
  const web = webMessages(language);
  const isNotFound = document.status === 404 && document.code === 'not-found';
  const title = isNotFound ? workspaceMessages(language).notYours : document.title;
  return renderPage(
    <WorkspacePage frame={{ site, language, path: '/', account: undefined }} title={title} erroneous>
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
            {workspaceMessages(language).homeNav}
          </a>
        </p>
      </div>
    </WorkspacePage>,
  );
}
