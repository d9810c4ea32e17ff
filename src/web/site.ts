import type { Language } from './language.ts';

/** An asset of the build with its Subresource Integrity value; without one, the browser does not compare. */
export type AssetLink = Readonly<{ href: string; integrity?: string }>;

/**
 * What every page needs to know about the installation. `demo` puts the 示範 banner on the page and keeps it out
 * of search engines. Asset addresses are given whole, so that the build may put a digest into them.
 */
export type Site = Readonly<{
  demo: boolean;
  /** True while the record takes no entries: every page says so. A getter where it changes. */
  isReadOnly?: boolean;
  /** Where the source code of this installation can be read; a page of our own says what is known otherwise. */
  sourceUrl?: string | undefined;
  /** Whether this installation sends mail to who follows a case. */
  sendsMail?: boolean;
  /** The host that must stand in the address bar, as people see it (`127.0.0.1:8080`, `lianshu.example`). */
  host: string;
  assets: Readonly<{ css: AssetLink; signScript: AssetLink; receiptCheckScript: AssetLink }>;
}>;

/** Where a page stands: the site, the reader's language and the path that both languages share. */
export type PageFrame = Readonly<{ site: Site; language: Language; path: string }>;
