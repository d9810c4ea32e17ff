import { describe, expect, it } from 'vitest';
import { courseOf, type LegalEvent, rulePack } from '../law/index.ts';
import { caseCalendar } from './case-calendar.ts';
import { caseFeed } from './case-feed.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const title = {
  'zh-Hant-TW': '學校午餐，於校內；或鄰近廚房現場烹調之原則（示範文字）',
  en: 'Lunches, cooked; at school',
};

const calendar = (events: readonly LegalEvent[], language: 'zh-Hant-TW' | 'en' = 'zh-Hant-TW') =>
  caseCalendar(
    {
      caseNumber: '9901',
      title,
      course: courseOf(PACK, events, '2026-03-01'),
      url: 'https://example.invalid/initiatives/9901',
      host: 'example.invalid',
      stamp: '20260301T000000Z',
    },
    language,
  );

describe('calendar of a case', () => {
  const events: readonly LegalEvent[] = [
    { kind: 'entered-before-collection', on: '2026-02-20' },
    { kind: 'collected', on: '2026-02-28', mode: 'both' },
  ];

  it('has the opening and the last day as whole days, in both languages', () => {
    expect(calendar(events)).toContain('DTSTART;VALUE=DATE:20260301\r\nDTEND;VALUE=DATE:20260302');
    expect(calendar(events)).toContain('DTSTART;VALUE=DATE:20260831');
    expect(calendar(events, 'en').replaceAll('\r\n ', '')).toContain(
      'SUMMARY:9901 Lunches\\, cooked\\; at school: Signing ends',
    );
  });

  it('folds at 75 octets without cutting a character, and unfolds to the same', () => {
    const text = calendar(events);
    for (const line of text.split('\r\n')) expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
    expect(text).not.toContain('\uFFFD');
    expect(text.replaceAll('\r\n ', '')).toContain(
      'SUMMARY:9901 學校午餐，於校內；或鄰近廚房現場烹調之原則（示範文字）: 連署開始（零時）',
    );
    expect(text.replaceAll('\r\n', '')).not.toContain('\n');
  });

  it('tells the terms of the review, and none that nobody knows', () => {
    const filed = calendar([{ kind: 'filed', on: '2026-02-10' }]).replaceAll('\r\n ', '');
    expect(filed).toContain('UID:9901-review-2026-02-10@example.invalid');
    expect(filed).toContain('DTSTART;VALUE=DATE:20260411');
    expect(calendar([])).not.toContain('BEGIN:VEVENT');
  });
});

describe('calendars of many cases (RFC 5545)', () => {
  const agencies = ['教育部', '衛生福利部', '財政部;主計,總處\\', 'A'.repeat(60), '機關\u0007\n第二行'];
  const courses: readonly (readonly LegalEvent[])[] = [
    [{ kind: 'filed', on: '2026-02-10' }],
    [
      { kind: 'filed', on: '2026-02-10' },
      { kind: 'accepted', on: '2026-02-11' },
      ...agencies.map((agency) => ({ kind: 'opinion-requested', on: '2026-02-12', agency }) as LegalEvent),
    ],
    [
      { kind: 'entered-before-collection', on: '2026-02-20' },
      { kind: 'collected', on: '2026-02-28', mode: 'both' },
      { kind: 'url-obtained', on: '2026-02-28' },
    ],
  ];

  it.each(
    courses.flatMap((events, n) =>
      (['zh-Hant-TW', 'en'] as const).map((language) => ({ n, events, language })),
    ),
  )('holds for course $n in $language', ({ events, language }) => {
    const text = calendar(events, language);
    expect(text.endsWith('\r\n')).toBe(true);
    for (const line of text.split('\r\n')) {
      expect(Buffer.byteLength(line)).toBeLessThanOrEqual(75);
      expect(line, 'no control character but the tab').not.toMatch(/[^\P{Cc}\t]/u);
    }
    const lines = text.replaceAll('\r\n ', '').split('\r\n').filter(Boolean);
    for (const line of lines) expect(line).toMatch(/^[A-Z-]+(;[A-Z]+=[A-Z-]+)*:/);
    const begins = lines.filter((line) => line === 'BEGIN:VEVENT').length;
    const uids = lines.filter((line) => line.startsWith('UID:'));
    expect(uids).toHaveLength(begins);
    expect(new Set(uids).size, 'every event has a name of its own').toBe(begins);
    for (const name of ['DTSTAMP', 'DTSTART;VALUE=DATE', 'DTEND;VALUE=DATE', 'SUMMARY'])
      expect(lines.filter((line) => line.startsWith(`${name}:`))).toHaveLength(begins);
    for (const line of lines.filter((each) => each.startsWith('SUMMARY:')))
      expect(line.slice(8).replaceAll(/\\[\\;,n]/g, '')).not.toMatch(/[\\;,]/);
  });
});

describe('feed of a case', () => {
  const feed = (entries: Parameters<typeof caseFeed>[0]['entries']) =>
    caseFeed(
      {
        caseNumber: '9901',
        title,
        entries,
        since: '2026-02-10T09:00:00+08:00',
        url: 'https://example.invalid/initiatives/9901',
        feedUrl: 'https://example.invalid/initiatives/9901/feed.atom',
        author: '連署 Lianshu',
      },
      'en',
    );

  it('escapes everything and keeps ids by the place in the log', () => {
    const xml = feed([
      {
        id: 'entry-17',
        on: '2026-03-01',
        at: '2026-03-02T10:11:12+08:00',
        group: 'review',
        what: { 'zh-Hant-TW': '甲', en: 'A <b> & "c"\u0007' },
        index: 17,
        article: { 'zh-Hant-TW': '§1', en: '§1' },
      },
    ]);
    expect(xml).toContain('<title>A &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(xml).toContain('<id>https://example.invalid/initiatives/9901#entry-17</id>');
    expect(xml.match(/<updated>2026-03-02T10:11:12\+08:00<\/updated>/g)).toHaveLength(2);
    expect(xml).toContain('href="https://example.invalid/initiatives/9901/entries/17"');
  });

  it('is a whole feed without entries', () => {
    expect(feed([])).toContain('</feed>');
    expect(feed([])).toContain('<updated>2026-02-10T09:00:00+08:00</updated>');
  });
});
