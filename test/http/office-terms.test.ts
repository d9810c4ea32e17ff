/** What authorities owe, what a closure moves, what is published by rule, and what lead proposers hand in. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestDesk } from '../builders/desk.ts';
import type { TestPlatform } from '../platform.ts';

const DAY_MS = 86_400_000;
let desk: TestDesk;
let platform: TestPlatform;

beforeAll(async () => {
  desk = await TestDesk.open();
  platform = desk.platform;
});
afterAll(() => platform?.close());

describe('what authorities owe', () => {
  test('an overdue review is shown to everybody, with its article', async () => {
    const of = await desk.newCase();
    await desk.enter(of, 'accepted', { on: desk.day() });
    const open = await desk.read('/duties?state=open');
    expect(open.text).toContain(`data-duty-state="open" data-case="${of}"`);
    platform.clock.moveBy(61 * DAY_MS);
    await desk.signInBoth();
    const late = await desk.read('/en/duties?state=overdue');
    expect(late.text).toContain(`data-duty-state="overdue" data-case="${of}"`);
    expect(late.text).toContain('Referendum Act §10 III');
  });

  test('a closure on the last day moves it for every case alike, and says so', async () => {
    const [one, two] = [await desk.newCase(), await desk.newCase()];
    const due = async (of: string) =>
      (await platform.running.initiatives.course(of))?.duties.at(-1)?.due ?? '';
    const last = await due(one);
    const source = { 'source.label': '人事行政總處', 'source.href': 'https://example.org/closure' };
    const early = await desk.refusal('/platform/acts/closure', { day: last, place: '臺北市', ...source });
    expect(early.law).toBe('not-yet-the-day');
    expect(early.html).toContain('選罷免法 §5'.slice(2));
    // The last day itself, at 23:59:59 in Taipei.
    platform.clock.standAt(Date.parse(`${last}T23:59:59+08:00`));
    await desk.signInBoth();
    await desk.enter('', 'closure', { day: last, place: '臺北市', ...source });
    for (const of of [one, two]) expect((await due(of)) > last).toBe(true);
    platform.clock.standAt(Date.parse(`${last}T00:00:00+08:00`) + DAY_MS);
    for (const of of [one, two])
      expect((await platform.running.initiatives.course(of))?.duties.at(-1)?.status).toBe('open');
    const page = await desk.read('/duties?state=extended');
    expect(page.text).toContain(`data-case="${one}"`);
    expect(page.text).toContain('自');
    platform.clock.letGo();
  });
});

test('an affidavit handed in and the paper format collected are recorded, in their order', async () => {
  const of = await desk.newCase();
  const { initiatives } = platform.running;
  const on = desk.day();
  const enterAs = (
    kind: string,
    capacity: 'commission' | 'registry',
    body: Readonly<Record<string, string | number>>,
  ) => initiatives.enter(of, { kind, capacity, body: { on, ...body } });
  for (const decides of ['accepted', 'conforming']) await enterAs('decision', 'commission', { decides });
  const early = await desk.refusal(`/cases/${of}/acts/collected`, { on });
  expect([early.status, early.law]).toEqual([422, 'out-of-order']);
  await enterAs('check-request', 'commission', { of: 'proposers', sent: 1_955 });
  const counted = { of: 'proposers', received: 1_955, valid: 1_955, required: 1_955 };
  await initiatives.enter(of, {
    kind: 'check-result',
    capacity: 'registry',
    body: { on, ...counted, excluded: {} },
  });
  await desk.enter(of, 'applied-for-system', { on });
  expect((await desk.refusal(`/cases/${of}/acts/applied-for-system`, { on })).law).toBe('already-done');
  await desk.enter(of, 'notified-to-collect', { on });
  expect((await desk.refusal(`/cases/${of}/acts/code-ended`, { on })).law).toBeDefined();
  await desk.enter(of, 'collected', { on });
  const course = await initiatives.course(of);
  expect([course?.stage, course?.refused]).toEqual(['signing', []]);
  // The collection fixed the six months: it is not among what may be corrected.
  expect((await desk.shufen.browser.get(`/cases/${of}`)).html).not.toContain('/acts/collected?replaces=');
});

test('automatic notices are the same for every case, at the same moments', async () => {
  const firstDay = 9_600;
  for (const [i, daysAgo] of [170, 100].entries()) {
    await platform.running.initiatives.register({
      caseNumber: String(firstDay + i),
      filed: {
        subject: { 'zh-Hant-TW': `公示案${i}`, en: `Notice case ${i}` },
        leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
        subjectMatter: 'principle',
        rulePack: 'tw.referendum.national@2025-12-03',
        origin: 'here',
      },
      collectedOn: desk.day(-daysAgo),
      mode: 'electronic',
      text: { heading: [], mainText: '你是否同意？', reasons: ['一。'] },
    });
  }
  const page = await desk.read('/notices');
  for (const text of ['案號 9600：連署開始', '案號 9601：連署開始', '案號 9600：連署期間剩 30 日'])
    expect(page.text).toContain(text);
  expect(page.text).not.toContain('案號 9601：連署期間剩 30 日');
  // The templates that every case shares, with their blanks in words.
  expect(page.text).toContain('〔門檻〕');
  const english = (await desk.read('/en/notices')).text;
  for (const text of ['Case 9600: signing opens', '[threshold]']) expect(english).toContain(text);
  for (const text of [page.text, english]) expect(text).not.toContain('{threshold}');
  expect((await desk.read('/notices.atom')).text).toContain('案號 9600：連署開始');
});

test('a closure on the last day of signing lets people sign until the next working day ends', async () => {
  const of = '9650';
  await platform.openCase(of, 20);
  const { initiatives } = platform.running;
  const lastDay = async () => (await initiatives.findCase(of))?.material.facts.opened?.lastDay ?? '';
  const last = await lastDay();
  platform.clock.standAt(Date.parse(`${last}T10:00:00+08:00`));
  await desk.signInBoth();
  await desk.enter('', 'closure', {
    ...{ day: last, place: '臺北市', 'source.label': '人事行政總處', 'source.href': 'https://example.org/c' },
  });
  const moved = await lastDay();
  expect(moved > last).toBe(true);
  expect([0, 6]).not.toContain(new Date(`${moved}T00:00:00Z`).getUTCDay());
  const { rows } = await platform.database.pool.query<{ at: { epochMilliseconds: number } }>(
    'select closes_at as at from initiative where number = $1',
    [of],
  );
  expect(rows[0]?.at.epochMilliseconds).toBe(Date.parse(`${moved}T00:00:00+08:00`) + DAY_MS);
  // Midnight after the first last day: the page, the law and intake agree that signing goes on.
  platform.clock.standAt(Date.parse(`${last}T00:00:00+08:00`) + DAY_MS);
  expect(await initiatives.findSignable(of)).toMatchObject({ lastDay: moved });
  expect((await initiatives.course(of))?.stage).toBe('signing');
  platform.clock.standAt(Date.parse(`${moved}T00:00:00+08:00`) + DAY_MS);
  expect(await initiatives.findSignable(of)).toBe('closed');
  expect((await initiatives.course(of))?.outcome?.value).toBe('deemed-abandoned');
  platform.clock.letGo();
});
