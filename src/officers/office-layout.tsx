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

const surfaceOf = (site: OfficeSite, language: Language): SignedInSurface => {
  const t = officersMessages(language);
  return {
    surface: 'office',
    siteName: t.siteName,
    demoBanner: site.demo ? t.demoBanner : undefined,
    iconPath:
      '<path d="M9 11h14M9 16h14M9 21h9" stroke="#55224f" stroke-width="2.4" stroke-linecap="round"/>',
    css: site.assets.css,
    signOut: t.signOut,
    footer: t.footer,
    publicSite: { url: site.publicUrl, text: t.publicSite },
  };
};

/** The frame of every page of the office. */
export const OfficeLayout = ({
  frame: { site, language, path, who },
  script,
  ...page
}: OfficeLayoutProps): VNode => {
  const t = officersMessages(language);
  const waiting = who?.waiting ? `${t.waitingNav} (${who.waiting})` : t.waitingNav;
  return (
    <SignedInLayout
      language={language}
      path={path}
      site={surfaceOf(site, language)}
      nav={[
        ['register', '/', t.registerNav],
        ['waiting', '/waiting', waiting],
        ['platform', '/platform', t.platformNav],
        ['officers', '/officers', t.officersNav],
        ['sessions', '/sessions', t.sessionsNav],
      ]}
      who={who && <span lang="zh-Hant-TW">{who.label}</span>}
      scripts={script && [script]}
      {...page}
    />
  );
};

/** A refusal as a page: what happened, on what basis, what to do. */
export function renderOfficeProblem(site: OfficeSite, document: ProblemDocument, language: Language): string {
  const title = problemTitle(document, webMessages(language).notFoundTitle);
  const back = officersMessages(language).registerNav;
  return renderPage(
    <OfficeLayout frame={{ site, language, path: '/' }} title={title} erroneous>
      <SignedInProblem language={language} document={document} title={title} back={back} />
    </OfficeLayout>,
  );
}
