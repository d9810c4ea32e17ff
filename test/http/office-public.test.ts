/** What officers enter, as everybody reads it: announcements, corrections, opinions, duties, switches, closures. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actsIn,
  fileCase,
  HEARING_NOTICE,
  newOfficer,
  type TestOfficer,
  TICKED,
} from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const DAY_MS = 86_400_000;
let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
let next = 9_500;

const dayOf = (ms: number) => new Date(ms + 8 * 3_600_000).toISOString().slice(0, 10);
const today = () => dayOf(platform.clock.nowMs());
const inDays = (days: number) => dayOf(platform.clock.nowMs() + days * DAY_MS);
const meeting = () => ({ 'meeting.number': '600', 'meeting.date': today() });
const read = async (path: string) => {
  const response = await fetch(`${platform.url}${path}`);
  return { status: response.status, text: await response.text() };
};

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['sequencer', 'public', 'office'],
    env: { LIANSHU_OFFICE_PORT: '0' },
  });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' });
  await signInBoth();
});
afterAll(() => platform?.close());

async function signInBoth(): Promise<void> {
  for (const officer of [shufen, guoqiang]) await officer.signIn();
}

async function newCase(): Promise<string> {
  const caseNumber = String(next++);
  await fileCase(platform, caseNumber);
  return caseNumber;
}

/** Prepares, signs, approves; waits until it has its position. Gives the entry's index. */
async function enter(of: string, kind: string, fields: Readonly<Record<string, string>>): Promise<number> {
  const id = await shufen.prepare(of, kind, fields);
  for (const officer of [shufen, guoqiang]) {
    const page = await officer.sign(id);
    if (page.status !== 303) throw new Error(`${kind}: ${page.status} ${page.code ?? page.html}`);
  }
  const { pool } = platform.database;
  await expect
    .poll(async () => (await pool.query('select 1 from entry where seq is null')).rowCount, {
      timeout: 10_000,
    })
    .toBe(0);
  const { rows } = await pool.query<{ seq: string }>(
    `select e.seq from proposed_action a join entry e on e.id = a.entry_id where a.id = $1`,
    [id],
  );
  return Number(rows[0]?.seq);
}

const refusal = async (path: string, fields: Readonly<Record<string, string>>) => {
  const page = await shufen.browser.post(path, { ...TICKED, ...fields });
  const [, law] = /data-law="([\w-]+)"/.exec(page.html) ?? [];
  return { status: page.status, law, html: page.html };
};

describe('an announcement', () => {
  const words = {
    article: '公民投票法 §13 III',
    'title.zh-Hant-TW': '查對作業說明',
    'title.en': 'How checks are made',
  };

  test('to all is public in both languages and in the feed, with its article', async () => {
    const index = await enter('', 'announcement', {
      ...words,
      on: today(),
      'text.zh-Hant-TW': '各機關辦理中。',
    });
    const zh = await read('/announcements');
    expect(zh.text).toContain(`data-announcement="${index}"`);
    expect(zh.text).toContain('查對作業說明');
    expect(zh.text).toContain('公民投票法 §13 III');
    expect((await read('/en/announcements')).text).toContain('How checks are made');
    expect((await read('/announcements.atom')).text).toContain('<title>查對作業說明</title>');
  });

  test('is replaced by another that says why; both stay', async () => {
    const index = await enter('', 'announcement', { ...words, on: today(), 'text.zh-Hant-TW': '三十日內。' });
    const mend = `/platform/acts/announcement?replaces=${index}`;
    const form = await shufen.browser.get(mend);
    expect(form.html).toContain('三十日內。');
    const silent = await refusal('/platform/acts/announcement', {
      ...{ ...words, on: today(), 'text.zh-Hant-TW': '六十日內。', replaces: String(index) },
    });
    expect([silent.status, silent.html.includes('href="#why.zh-Hant-TW"')]).toEqual([422, true]);
    await enter('', 'announcement', {
      ...{ ...words, on: today(), 'text.zh-Hant-TW': '六十日內。', replaces: String(index) },
      'why.zh-Hant-TW': '期間誤植。',
    });
    const page = await read('/announcements');
    for (const text of ['三十日內。', '六十日內。', `取代第 ${index} 件`, '期間誤植。'])
      expect(page.text).toContain(text);
    const again = await refusal('/platform/acts/announcement', {
      ...{ ...words, on: today(), 'text.zh-Hant-TW': '九十日內。', replaces: String(index) },
      'why.zh-Hant-TW': '再改。',
    });
    expect(again.law).toBe('already-done');
  });

  test('of a day to come is refused', async () => {
    const early = await refusal('/platform/acts/announcement', {
      ...{ ...words, on: inDays(1), 'text.zh-Hant-TW': '預告。' },
    });
    expect(early.law).toBe('not-yet-the-day');
  });
});

describe('a correction of an entry', () => {
  test('stands in its place before the law, says why, and leaves the former where it is', async () => {
    const of = await newCase();
    const wrong = await enter(of, 'accepted', { on: today(), 'reasons.zh-Hant-TW': '形式要件齊備。' });
    await enter(of, 'hearing-notified', {
      on: today(),
      hearingOn: inDays(7),
      place: '甲室',
      ...HEARING_NOTICE,
    });
    // The same decision with its reasons mended; a later act already stands on it.
    await enter(of, 'accepted', {
      ...{ on: today(), replaces: String(wrong), 'reasons.zh-Hant-TW': '形式要件齊備，人數足額。' },
      'why.zh-Hant-TW': '漏載人數。',
    });
    const acts = await actsIn(platform.database.pool, of);
    expect(acts.filter(({ kind }) => kind === 'decision')).toHaveLength(2);
    const course = await platform.running.initiatives.course(of);
    expect([course?.stage, course?.refused]).toEqual(['review', []]);
    const page = await read(`/initiatives/${of}`);
    for (const text of ['漏載人數。', `/entries/${wrong}">`]) expect(page.text).toContain(text);
  });

  test('may not break what came after it', async () => {
    const of = await newCase();
    const accepted = await enter(of, 'accepted', { on: today() });
    await enter(of, 'hearing-notified', {
      on: today(),
      hearingOn: inDays(7),
      place: '甲室',
      ...HEARING_NOTICE,
    });
    const broken = await refusal(`/cases/${of}/acts/retraction`, {
      ...{ on: today(), replaces: String(accepted), 'why.zh-Hant-TW': '誤登。' },
    });
    expect([broken.status, broken.law]).toEqual([422, 'out-of-order']);
    expect(broken.html).toContain('請先更正該件');
  });

  test('a retraction leaves nothing before the law', async () => {
    const of = await newCase();
    const accepted = await enter(of, 'accepted', { on: today() });
    const mistaken = { on: today(), replaces: String(accepted), 'why.zh-Hant-TW': '應登他案。' };
    await enter(of, 'retraction', mistaken);
    expect((await platform.running.initiatives.course(of))?.stage).toBe('formal-check');
    expect((await refusal(`/cases/${of}/acts/retraction`, mistaken)).law).toBe('already-done');
    await enter(of, 'accepted', { on: today() });
  });

  test.each(['0', '999999', 'x'])(
    'of entry %s, which is none of this case, has no form',
    async (replaces) => {
      const of = await newCase();
      expect((await shufen.browser.get(`/cases/${of}/acts/accepted?replaces=${replaces}`)).status).toBe(404);
    },
  );
});

test('an opinion is public under its digest; an amendment is a new version with its change shown', async () => {
  const of = await newCase();
  await enter(of, 'accepted', { on: today() });
  await enter(of, 'found-conforming', { on: today(), ...meeting() });
  const amended = {
    on: today(),
    agency: '經濟部',
    text: '可行。',
    ifPassed: '應修法。',
    ifNotPassed: '維持現制。',
  };
  expect((await refusal(`/cases/${of}/acts/opinion-amended`, amended)).law).toBe('too-early');
  await enter(of, 'opinion-requested', { on: today(), agency: '經濟部' });
  await enter(of, 'opinion-received', amended);
  await enter(of, 'opinion-amended', { ...amended, text: '尚屬可行。' });
  const digests = (await actsIn(platform.database.pool, of))
    .filter(({ kind }) => kind === 'opinion')
    .flatMap(({ body }) => (typeof body['textDigest'] === 'string' ? [body['textDigest']] : []));
  expect(new Set(digests).size).toBe(2);
  const [first, second] = digests;
  expect((await read(`/initiatives/${of}/opinions/${first}.txt`)).text).toContain(
    '公投案通過之法律效果\n應修法。',
  );
  expect((await read(`/initiatives/${of}/opinions/${'0'.repeat(64)}.txt`)).status).toBe(404);
  const change = await read(`/initiatives/${of}/opinions/compare?from=${first}&to=${second}`);
  expect(change.status).toBe(200);
  expect(change.text).toMatch(/<ins>/);
});

test('a purpose that others may have fulfilled is told; signing is not stopped by it', async () => {
  const of = await newCase();
  await enter(of, 'purpose-notice', {
    on: today(),
    'summary.zh-Hant-TW': '憲法法庭作成判決。',
    'source.label': '憲法法庭',
    'source.href': 'https://example.org/judgment',
  });
  const page = await read(`/initiatives/${of}`);
  expect(page.text).toContain('目的已實現？');
  expect((await platform.running.initiatives.course(of))?.outcome).toBeUndefined();
  const stop = await refusal(`/cases/${of}/acts/stopped`, { on: today(), notice: '' });
  expect(stop.html).toContain('href="#notice"');
});

describe('a switch', () => {
  const on = (fields: Readonly<Record<string, string>>) => ({
    ...{ name: 'electronic-proposal', state: 'on', from: today(), citation: '示範公告' },
    ...fields,
  });

  test('needs what it rests on, and does not reach back', async () => {
    const path = '/platform/acts/switch';
    const byDefault = await refusal(path, on({ status: 'project-default' }));
    expect([byDefault.law, byDefault.html.includes('公民投票法 §9 VI')]).toEqual(['too-early', true]);
    expect((await refusal(path, on({ status: 'cited', from: inDays(-1) }))).law).toBe('too-late');
    expect((await refusal(path, on({ status: 'project-default', name: 'reflection-period' }))).law).toBe(
      'out-of-order',
    );
  });

  test('is public with its state and citation; without an entry it is off', async () => {
    expect((await read('/switches')).text).toContain('data-switch="mobile-certificate" data-on="no"');
    await enter('', 'switch', on({ status: 'demonstration' }));
    const page = await read('/switches');
    expect(page.text).toContain('data-switch="electronic-proposal" data-on="yes"');
    expect(page.text).toContain('示範公告');
    await enter('', 'switch', on({ status: 'cited', state: 'off', from: inDays(3), citation: '停止試辦' }));
    expect((await read('/switches')).text).toContain('data-switch="electronic-proposal" data-on="yes"');
  });
});

describe('what authorities owe', () => {
  test('an overdue review is shown to everybody, with its article', async () => {
    const of = await newCase();
    await enter(of, 'accepted', { on: today() });
    const open = await read('/duties?state=open');
    expect(open.text).toContain(`data-duty-state="open" data-case="${of}"`);
    platform.clock.moveBy(61 * DAY_MS);
    await signInBoth();
    const late = await read('/en/duties?state=overdue');
    expect(late.text).toContain(`data-duty-state="overdue" data-case="${of}"`);
    expect(late.text).toContain('公民投票法 §10 III');
  });

  test('a closure on the last day moves it for every case alike, and says so', async () => {
    const [one, two] = [await newCase(), await newCase()];
    const due = async (of: string) =>
      (await platform.running.initiatives.course(of))?.duties.at(-1)?.due ?? '';
    const last = await due(one);
    const source = { 'source.label': '人事行政總處', 'source.href': 'https://example.org/closure' };
    const early = await refusal('/platform/acts/closure', { day: last, place: '臺北市', ...source });
    expect(early.law).toBe('not-yet-the-day');
    expect(early.html).toContain('選罷免法 §5'.slice(2));
    // The last day itself, at 23:59:59 in Taipei.
    platform.clock.standAt(Date.parse(`${last}T23:59:59+08:00`));
    await signInBoth();
    await enter('', 'closure', { day: last, place: '臺北市', ...source });
    for (const of of [one, two]) expect((await due(of)) > last).toBe(true);
    platform.clock.standAt(Date.parse(`${last}T00:00:00+08:00`) + DAY_MS);
    for (const of of [one, two])
      expect((await platform.running.initiatives.course(of))?.duties.at(-1)?.status).toBe('open');
    const page = await read('/duties?state=extended');
    expect(page.text).toContain(`data-case="${one}"`);
    expect(page.text).toContain('自');
    platform.clock.letGo();
  });
});

test('an affidavit handed in and the paper format collected are recorded, in their order', async () => {
  const of = await newCase();
  const { initiatives } = platform.running;
  const on = today();
  const enterAs = (
    kind: string,
    capacity: 'commission' | 'registry',
    body: Readonly<Record<string, string | number>>,
  ) => initiatives.enter(of, { kind, capacity, body: { on, ...body } });
  for (const decides of ['accepted', 'conforming']) await enterAs('decision', 'commission', { decides });
  const early = await refusal(`/cases/${of}/acts/collected`, { on });
  expect([early.status, early.law]).toEqual([422, 'out-of-order']);
  await enterAs('check-request', 'commission', { of: 'proposers', sent: 1_955 });
  const counted = { of: 'proposers', received: 1_955, valid: 1_955, required: 1_955 };
  await initiatives.enter(of, {
    kind: 'check-result',
    capacity: 'registry',
    body: { on, ...counted, excluded: {} },
  });
  await enter(of, 'applied-for-system', { on });
  expect((await refusal(`/cases/${of}/acts/applied-for-system`, { on })).law).toBe('already-done');
  await enter(of, 'notified-to-collect', { on });
  expect((await refusal(`/cases/${of}/acts/code-ended`, { on })).law).toBeDefined();
  await enter(of, 'collected', { on });
  const course = await initiatives.course(of);
  expect([course?.stage, course?.refused]).toEqual(['signing', []]);
  // The collection fixed the six months: it is not among what may be corrected.
  expect((await shufen.browser.get(`/cases/${of}`)).html).not.toContain('/acts/collected?replaces=');
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
      collectedOn: inDays(-daysAgo),
      mode: 'electronic',
      text: { heading: [], mainText: '你是否同意？', reasons: ['一。'] },
    });
  }
  const page = await read('/notices');
  for (const text of ['案號 9600：連署開始', '案號 9601：連署開始', '案號 9600：連署期間剩 30 日'])
    expect(page.text).toContain(text);
  expect(page.text).not.toContain('案號 9601：連署期間剩 30 日');
  expect(page.text).toContain('{threshold}');
  expect((await read('/en/notices')).text).toContain('Case 9600: signing opens');
  expect((await read('/notices.atom')).text).toContain('案號 9600：連署開始');
});

test('a closure on the last day of signing lets people sign until the next working day ends', async () => {
  const of = '9650';
  await platform.openCase(of, 20);
  const { initiatives } = platform.running;
  const lastDay = async () => (await initiatives.findCase(of))?.material.facts.opened?.lastDay ?? '';
  const last = await lastDay();
  platform.clock.standAt(Date.parse(`${last}T10:00:00+08:00`));
  await signInBoth();
  await enter('', 'closure', {
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
