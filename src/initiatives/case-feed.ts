/** 訂閱: the course of a case as an Atom feed (RFC 4287). Public entries only; who reads it is nobody's business. */
import type { Language, Localised } from '../web/index.ts';
import type { CourseEntryView } from './case-course.tsx';

/** What the feed is of. Entries newest first. */
export interface FeedCase {
  readonly caseNumber: string;
  readonly title: Localised;
  readonly entries: readonly CourseEntryView[];
  /** When the case was filed: the feed's date as long as it has no entry. */
  readonly since: string;
  /** Absolute addresses of the case page and of the feed itself. */
  readonly url: string;
  readonly feedUrl: string;
  /** The platform's name as the author. */
  readonly author: string;
}

/** The feed's XML. Every value is escaped; ids stay the same when a text is mended. */
export function caseFeed(
  { caseNumber, title, entries, since, url, feedUrl, author }: FeedCase,
  language: Language,
): string {
  // What waits for its place in the log has no lasting name yet: it comes with its number.
  const logged = entries.filter(({ isPending }) => isPending !== true);
  const newest = logged.reduce((last, { at }) => (at > last ? at : last), since);
  const items = logged.map(({ id, at, on, what, detail, article, index, replacedBy }) => {
    const day = on === at.slice(0, 10) ? undefined : on;
    const mended = replacedBy?.index === undefined ? undefined : `→ ${replacedBy.index}`;
    const text = [day, detail?.[language], article?.[language], mended].filter((part) => part !== undefined);
    return [
      '  <entry>',
      `    <id>${escapeXml(`${url}#${id}`)}</id>`,
      `    <title>${escapeXml(what[language])}</title>`,
      `    <updated>${escapeXml(at)}</updated>`,
      `    <link rel="alternate" type="text/html" href="${escapeXml(index === undefined ? `${url}#${id}` : `${url}/entries/${index}`)}"/>`,
      `    <content type="text">${escapeXml(text.join('\n'))}</content>`,
      '  </entry>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `  <id>${escapeXml(url)}</id>`,
    `  <title>${escapeXml(`${caseNumber} ${title[language]}`)}</title>`,
    `  <updated>${escapeXml(newest)}</updated>`,
    `  <author><name>${escapeXml(author)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(feedUrl)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeXml(url)}"/>`,
    ...items,
    '</feed>',
    '',
  ].join('\n');
}

const ESCAPES: Readonly<Record<string, string>> = {
  '&': '&amp;',
  '<': '&lt;',
  '>': '&gt;',
  '"': '&quot;',
  "'": '&apos;',
};

/** XML 1.0 knows no control characters but tab and line ends; others are left out. */
const escapeXml = (text: string): string =>
  text
    .replace(/[^\t\n\r\u{20}-\u{D7FF}\u{E000}-\u{FFFD}\u{10000}-\u{10FFFF}]/gu, '')
    .replace(/[&<>"']/g, (character) => ESCAPES[character] ?? character);
