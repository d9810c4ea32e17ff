/** 訂閱: the course of a case as an Atom feed (RFC 4287). Public entries only; who reads it is nobody's business. */
import type { Language, Localised } from '../web/index.ts';
import type { CourseEntryView } from './case-course.tsx';

/** What the feed is of. Entries newest first. */
export interface FeedCase {
  readonly caseNumber: string;
  readonly title: Localised;
  readonly entries: readonly CourseEntryView[];
  /** Absolute addresses of the case page and of the feed itself. */
  readonly url: string;
  readonly feedUrl: string;
  /** The platform's name as the author. */
  readonly author: string;
}

/** The feed's XML. Every value is escaped; ids stay the same when a text is mended. */
export function caseFeed(
  { caseNumber, title, entries, url, feedUrl, author }: FeedCase,
  language: Language,
): string {
  const newest = entries[0]?.on ?? '1970-01-01';
  const items = entries.map(({ on, what, detail, article, index }, i) => {
    const place = index === undefined ? `${on}-${entries.length - i}` : String(index);
    const text = [detail?.[language], article?.[language]].filter((part) => part !== undefined).join('\n');
    return [
      '  <entry>',
      `    <id>${escapeXml(`${url}#entry-${place}`)}</id>`,
      `    <title>${escapeXml(what[language])}</title>`,
      `    <updated>${on}T00:00:00+08:00</updated>`,
      `    <link rel="alternate" href="${escapeXml(url)}"/>`,
      `    <content type="text">${escapeXml(text)}</content>`,
      '  </entry>',
    ].join('\n');
  });
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `  <id>${escapeXml(url)}</id>`,
    `  <title>${escapeXml(`${caseNumber} ${title[language]}`)}</title>`,
    `  <updated>${newest}T00:00:00+08:00</updated>`,
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
