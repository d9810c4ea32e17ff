import type { ComponentChildren, VNode } from 'preact';
import type { ProblemDocument } from '../platform/http/problem.ts';
import {
  type AssetLink,
  type Language,
  problemTitle,
  renderPage,
  SignedInLayout,
  SignedInProblem,
  type SignedInSurface,
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

const surfaceOf = (site: WorkspaceSite, language: Language): SignedInSurface => {
  const t = workspaceMessages(language);
  return {
    surface: 'workspace',
    siteName: t.siteName,
    demoBanner: site.demo ? t.demoBanner : undefined,
    iconPath:
      '<path d="M9 23l2-6L21 7l4 4-10 10z" fill="none" stroke="#55224f" stroke-width="2.4" stroke-linejoin="round"/>',
    css: site.assets.css,
    signOut: t.signOut,
    footer: t.footer,
    publicSite: site.publicUrl === '' ? undefined : { url: site.publicUrl, text: t.publicSite },
  };
};

/** 工作臺: the frame of every page of the workspace. */
export const WorkspacePage = ({
  frame: { site, language, account, path },
  switchPath,
  ...page
}: WorkspacePageProps): VNode => {
  const t = workspaceMessages(language);
  return (
    <SignedInLayout
      language={language}
      path={switchPath ?? path}
      site={surfaceOf(site, language)}
      nav={[
        ['home', '/', t.homeNav],
        ['drafts', '/drafts', t.draftsNav],
        ['console', '/console', t.consoleNav],
        ['sessions', '/sessions', t.sessionsNav],
      ]}
      who={account && <AccountName language={language} label={account.label} />}
      {...page}
    />
  );
};

/** The short code of a label that the house gave; undefined of one that somebody typed. */
export const givenCode = (label: string): string | undefined => /^領銜人帳號 ([A-Z0-9]+)$/.exec(label)?.[1];

/** An account's own name is a label somebody typed, or the one it was given with a short code. */
const AccountName = ({ language, label }: Readonly<{ language: Language; label: string }>): VNode => {
  const given = givenCode(label);
  const t = workspaceMessages(language);
  if (given === undefined) return <span lang="zh-Hant-TW">{label}</span>;
  return (
    <span title={t.codeExplained}>
      {language === 'en' ? `Lead proposer ${given} ` : label}
      <small class="code-mark">{t.codeMark}</small>
    </span>
  );
};

/** A refusal as a page: what happened, on what basis, what to do. */
export function renderWorkspaceProblem(frame: WorkspaceFrame, document: ProblemDocument): string {
  const { language } = frame;
  const t = workspaceMessages(language);
  const title = problemTitle(document, t.notYours);
  return renderPage(
    <WorkspacePage frame={frame} title={title} erroneous>
      <SignedInProblem language={language} document={document} title={title} back={t.homeNav} />
    </WorkspacePage>,
  );
}
