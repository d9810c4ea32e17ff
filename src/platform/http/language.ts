import type { Language } from './problem.ts';

/** Chinese lives at `/…`, English at `/en/…`; the address alone decides, so every page can be cached. */
export function languageOf(url: string): Language {
  return url === '/en' || url.startsWith('/en/') || url.startsWith('/en?') ? 'en' : 'zh-Hant-TW';
}

/** The path without its language prefix, and with its query. */
export function withoutLanguage(url: string): string {
  return languageOf(url) === 'en' ? url.replace(/^\/en\/?/, '/') : url;
}

/** For programs, which have no language in their address: the first of `Accept-Language` that we speak. */
export function acceptedLanguage(header: string | undefined): Language {
  for (const part of (header ?? '').slice(0, 200).split(',')) {
    const tag = part.trim().toLowerCase();
    if (tag.startsWith('zh')) return 'zh-Hant-TW';
    if (tag.startsWith('en')) return 'en';
  }
  return 'zh-Hant-TW';
}

/** The months in English, January first: dates are written without `Intl`, which costs a page of many rows too much. */
export const ENGLISH_MONTHS: readonly string[] = [
  'January',
  'February',
  'March',
  'April',
  'May',
  'June',
  'July',
  'August',
  'September',
  'October',
  'November',
  'December',
];
