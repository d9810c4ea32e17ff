/** What officers enter, as everybody reads it: announcements, corrections, opinions, switches. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { TestDesk } from '../builders/desk.ts';
import { actsIn, HEARING_NOTICE } from '../builders/office.ts';
import type { TestPlatform } from '../platform.ts';

let desk: TestDesk;
let platform: TestPlatform;

beforeAll(async () => {
  desk = await TestDesk.open();
  platform = desk.platform;
});
afterAll(() => platform?.close());

describe('an announcement', () => {
  const words = {
    article: '公民投票法 §13 III',
    'title.zh-Hant-TW': '查對作業說明',
    'title.en': 'How checks are made',
  };

  test('to all is public in both languages and in the feed, with its article', async () => {
    const index = await desk.enter('', 'announcement', {
      ...words,
      on: desk.day(),
      'text.zh-Hant-TW': '各機關辦理中。',
    });
    const zh = await desk.read('/announcements');
    expect(zh.text).toContain(`data-announcement="${index}"`);
    expect(zh.text).toContain('查對作業說明');
    expect(zh.text).toContain('公民投票法 §13 III');
    expect((await desk.read('/en/announcements')).text).toContain('How checks are made');
    expect((await desk.read('/announcements.atom')).text).toContain('<title>查對作業說明</title>');
  });

  test('is replaced by another that says why; both stay', async () => {
    const index = await desk.enter('', 'announcement', {
      ...words,
      on: desk.day(),
      'text.zh-Hant-TW': '三十日內。',
    });
    const mend = `/platform/acts/announcement?replaces=${index}`;
    const form = await desk.shufen.browser.get(mend);
    expect(form.html).toContain('三十日內。');
    const silent = await desk.refusal('/platform/acts/announcement', {
      ...{ ...words, on: desk.day(), 'text.zh-Hant-TW': '六十日內。', replaces: String(index) },
    });
    expect([silent.status, silent.html.includes('href="#why.zh-Hant-TW"')]).toEqual([422, true]);
    await desk.enter('', 'announcement', {
      ...{ ...words, on: desk.day(), 'text.zh-Hant-TW': '六十日內。', replaces: String(index) },
      'why.zh-Hant-TW': '期間誤植。',
    });
    const page = await desk.read('/announcements');
    for (const text of ['三十日內。', '六十日內。', `取代第 ${index} 件`, '期間誤植。'])
      expect(page.text).toContain(text);
    const again = await desk.refusal('/platform/acts/announcement', {
      ...{ ...words, on: desk.day(), 'text.zh-Hant-TW': '九十日內。', replaces: String(index) },
      'why.zh-Hant-TW': '再改。',
    });
    expect(again.law).toBe('already-done');
  });

  test('of a day to come is refused', async () => {
    const early = await desk.refusal('/platform/acts/announcement', {
      ...{ ...words, on: desk.day(1), 'text.zh-Hant-TW': '預告。' },
    });
    expect(early.law).toBe('not-yet-the-day');
  });
});

describe('a correction of an entry', () => {
  test('stands in its place before the law, says why, and leaves the former where it is', async () => {
    const of = await desk.newCase();
    const wrong = await desk.enter(of, 'accepted', {
      on: desk.day(),
      'reasons.zh-Hant-TW': '形式要件齊備。',
    });
    await desk.enter(of, 'hearing-notified', {
      on: desk.day(),
      hearingOn: desk.day(7),
      place: '甲室',
      ...HEARING_NOTICE,
    });
    // The same decision with its reasons mended; a later act already stands on it.
    await desk.enter(of, 'accepted', {
      ...{ on: desk.day(), replaces: String(wrong), 'reasons.zh-Hant-TW': '形式要件齊備，人數足額。' },
      'why.zh-Hant-TW': '漏載人數。',
    });
    const acts = await actsIn(platform.database.pool, of);
    expect(acts.filter(({ kind }) => kind === 'decision')).toHaveLength(2);
    const course = await platform.running.initiatives.course(of);
    expect([course?.stage, course?.refused]).toEqual(['review', []]);
    const page = await desk.read(`/initiatives/${of}`);
    for (const text of ['漏載人數。', `/entries/${wrong}">`]) expect(page.text).toContain(text);
  });

  test('may not break what came after it', async () => {
    const of = await desk.newCase();
    const accepted = await desk.enter(of, 'accepted', { on: desk.day() });
    await desk.enter(of, 'hearing-notified', {
      on: desk.day(),
      hearingOn: desk.day(7),
      place: '甲室',
      ...HEARING_NOTICE,
    });
    const broken = await desk.refusal(`/cases/${of}/acts/retraction`, {
      ...{ on: desk.day(), replaces: String(accepted), 'why.zh-Hant-TW': '誤登。' },
    });
    expect([broken.status, broken.law]).toEqual([422, 'out-of-order']);
    expect(broken.html).toContain('請先更正該件');
  });

  test('a retraction leaves nothing before the law', async () => {
    const of = await desk.newCase();
    const accepted = await desk.enter(of, 'accepted', { on: desk.day() });
    const mistaken = { on: desk.day(), replaces: String(accepted), 'why.zh-Hant-TW': '應登他案。' };
    await desk.enter(of, 'retraction', mistaken);
    expect((await platform.running.initiatives.course(of))?.stage).toBe('formal-check');
    expect((await desk.refusal(`/cases/${of}/acts/retraction`, mistaken)).law).toBe('already-done');
    await desk.enter(of, 'accepted', { on: desk.day() });
  });

  test.each(['0', '999999', 'x'])(
    'of entry %s, which is none of this case, has no form',
    async (replaces) => {
      const of = await desk.newCase();
      expect((await desk.shufen.browser.get(`/cases/${of}/acts/accepted?replaces=${replaces}`)).status).toBe(
        404,
      );
    },
  );
});

test('an opinion is public under its digest; an amendment is a new version with its change shown', async () => {
  const of = await desk.newCase();
  await desk.enter(of, 'accepted', { on: desk.day() });
  await desk.enter(of, 'found-conforming', {
    on: desk.day(),
    ...{ 'meeting.number': '600', 'meeting.date': desk.day() },
  });
  const amended = {
    on: desk.day(),
    agency: '經濟部',
    text: '可行。',
    ifPassed: '應修法。',
    ifNotPassed: '維持現制。',
  };
  expect((await desk.refusal(`/cases/${of}/acts/opinion-amended`, amended)).law).toBe('too-early');
  await desk.enter(of, 'opinion-requested', { on: desk.day(), agency: '經濟部' });
  await desk.enter(of, 'opinion-received', amended);
  // What the agency wrote stands in the form: only what it changed is typed.
  const { html: form } = await desk.shufen.browser.get(`/cases/${of}/acts/opinion-amended`);
  for (const words of ['value="經濟部"', '應修法。']) expect(form).toContain(words);
  const amendment = await desk.enter(of, 'opinion-amended', { ...amended, text: '尚屬可行。' });
  const mending = await desk.shufen.browser.get(`/cases/${of}/acts/opinion-amended?replaces=${amendment}`);
  for (const words of ['value="經濟部"', '尚屬可行。', '維持現制。']) expect(mending.html).toContain(words);
  const digests = (await actsIn(platform.database.pool, of))
    .filter(({ kind }) => kind === 'opinion')
    .flatMap(({ body }) => (typeof body['textDigest'] === 'string' ? [body['textDigest']] : []));
  expect(new Set(digests).size).toBe(2);
  const [first, second] = digests;
  expect((await desk.read(`/initiatives/${of}/opinions/${first}.txt`)).text).toContain(
    '公投案通過之法律效果\n應修法。',
  );
  expect((await desk.read(`/initiatives/${of}/opinions/${'0'.repeat(64)}.txt`)).status).toBe(404);
  const change = await desk.read(`/initiatives/${of}/opinions/compare?from=${first}&to=${second}`);
  expect(change.status).toBe(200);
  expect(change.text).toMatch(/<ins>/);
});

test('a purpose that others may have fulfilled is told; signing is not stopped by it', async () => {
  const of = await desk.newCase();
  await desk.enter(of, 'purpose-notice', {
    on: desk.day(),
    'summary.zh-Hant-TW': '憲法法庭作成判決。',
    'source.label': '憲法法庭',
    'source.href': 'https://example.org/judgment',
  });
  const page = await desk.read(`/initiatives/${of}`);
  expect(page.text).toContain('目的已實現？');
  expect((await platform.running.initiatives.course(of))?.outcome).toBeUndefined();
  const stop = await desk.refusal(`/cases/${of}/acts/stopped`, { on: desk.day(), notice: '' });
  expect(stop.html).toContain('href="#notice"');
});

describe('a switch', () => {
  const on = (fields: Readonly<Record<string, string>>) => ({
    ...{ name: 'electronic-proposal', state: 'on', from: desk.day(), citation: '示範公告' },
    ...fields,
  });

  test('needs what it rests on, and does not reach back', async () => {
    const path = '/platform/acts/switch';
    const byDefault = await desk.refusal(path, on({ status: 'project-default' }));
    expect([byDefault.law, byDefault.html.includes('公民投票法 §9 VI')]).toEqual(['too-early', true]);
    expect((await desk.refusal(path, on({ status: 'cited', from: desk.day(-1) }))).law).toBe('too-late');
    // Not offered, and refused where somebody sends it all the same: nothing here asks it yet.
    for (const name of ['mobile-certificate', 'reflection-period']) {
      expect((await desk.refusal(path, on({ status: 'cited', name }))).law).toBe('out-of-order');
      expect(byDefault.html).not.toContain(`value="${name}"`);
    }
  });

  test('is public with its state and citation; without an entry it is off', async () => {
    for (const [path, says] of [
      ['/switches', '尚未建置，沒有作用'],
      ['/en/switches', 'not built here yet, has no effect'],
    ] as const) {
      const { text } = await desk.read(path);
      expect(text).toContain('data-switch="mobile-certificate" data-on="no" data-built="no"');
      expect(text.split(says)).toHaveLength(3);
    }
    await desk.enter('', 'switch', on({ status: 'demonstration' }));
    const page = await desk.read('/switches');
    expect(page.text).toContain('data-switch="electronic-proposal" data-on="yes"');
    expect(page.text).toContain('示範公告');
    await desk.enter(
      '',
      'switch',
      on({ status: 'cited', state: 'off', from: desk.day(3), citation: '停止試辦' }),
    );
    expect((await desk.read('/switches')).text).toContain('data-switch="electronic-proposal" data-on="yes"');
  });
});
