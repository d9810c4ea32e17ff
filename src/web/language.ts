import type { Language } from '../platform/http/problem.ts';

export type { Language, Localised } from '../platform/http/problem.ts';

/** All languages in the order of the language switch. */
export const languages: readonly Language[] = ['zh-Hant-TW', 'en'];

/** The address of `path` in `language`: Chinese stands at `/…`, English at `/en/…`. Requires `path` to start with `/`. */
export const localPath = (language: Language, path: string): string =>
  language === 'en' ? (path === '/' ? '/en/' : `/en${path}`) : path;

/** The other language, for the switch on every page. */
export const otherLanguage = (language: Language): Language => (language === 'en' ? 'zh-Hant-TW' : 'en');
