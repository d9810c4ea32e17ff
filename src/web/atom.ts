/** An Atom feed (RFC 4287) of public items; who reads it is nobody's business. */
import type { Language } from './language.ts';

export interface AtomItem {
  /** Stays the same for ever, also when the text is mended. */
  readonly id: string;
  readonly title: string;
  readonly text: string;
  /** A legal day, or an instant with its offset. */
  readonly updated: string;
  readonly url: string;
}

export interface AtomFeed {
  readonly title: string;
  /** The platform's name, as the author. */
  readonly author: string;
  /** Absolute addresses of the page it is of, and of the feed itself. */
  readonly url: string;
  readonly feedUrl: string;
  readonly language: Language;
  /** A legal day, or an instant with its offset. */
  readonly updated: string;
  readonly items: readonly AtomItem[];
}

/** The XML. Every value is escaped. */
export function atomText({ title, author, url, feedUrl, language, updated, items }: AtomFeed): string {
  const entries = items.flatMap((item) => [
    '  <entry>',
    `    <id>${escapeXml(item.id)}</id>`,
    `    <title>${escapeXml(item.title)}</title>`,
    `    <updated>${escapeXml(instant(item.updated))}</updated>`,
    `    <link rel="alternate" type="text/html" href="${escapeXml(item.url)}"/>`,
    `    <content type="text">${escapeXml(item.text)}</content>`,
    '  </entry>',
  ]);
  return [
    '<?xml version="1.0" encoding="utf-8"?>',
    `<feed xmlns="http://www.w3.org/2005/Atom" xml:lang="${language}">`,
    `  <id>${escapeXml(url)}</id>`,
    `  <title>${escapeXml(title)}</title>`,
    `  <updated>${escapeXml(instant(updated))}</updated>`,
    `  <author><name>${escapeXml(author)}</name></author>`,
    `  <link rel="self" type="application/atom+xml" href="${escapeXml(feedUrl)}"/>`,
    `  <link rel="alternate" type="text/html" href="${escapeXml(url)}"/>`,
    ...entries,
    '</feed>',
    '',
  ].join('\n');
}

const instant = (day: string): string => (day.includes('T') ? day : `${day}T00:00:00+08:00`);

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
