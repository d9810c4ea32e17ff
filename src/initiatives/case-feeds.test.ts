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

describe('feed of a case', () => {
  const feed = (entries: Parameters<typeof caseFeed>[0]['entries']) =>
    caseFeed(
      {
        caseNumber: '9901',
        title,
        entries,
        url: 'https://example.invalid/initiatives/9901',
        feedUrl: 'https://example.invalid/initiatives/9901/feed.atom',
        author: '連署 Lianshu',
      },
      'en',
    );

  it('escapes everything and keeps ids by the place in the log', () => {
    const xml = feed([
      {
        on: '2026-03-01',
        what: { 'zh-Hant-TW': '甲', en: 'A <b> & "c"\u0007' },
        index: 17,
        article: { 'zh-Hant-TW': '§1', en: '§1' },
      },
    ]);
    expect(xml).toContain('<title>A &lt;b&gt; &amp; &quot;c&quot;</title>');
    expect(xml).toContain('<id>https://example.invalid/initiatives/9901#entry-17</id>');
    expect(xml).toContain('<updated>2026-03-01T00:00:00+08:00</updated>');
  });

  it('is a whole feed without entries', () => {
    expect(feed([])).toContain('</feed>');
  });
});
