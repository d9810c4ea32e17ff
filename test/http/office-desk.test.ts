/** One case's desk: what the law allows today, the forms, and everything a form may have wrong. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actsIn,
  fileCase,
  HEARING_NOTICE,
  newOfficer,
  OfficeBrowser,
  type TestOfficer,
  TICKED,
} from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9400';
const DAY_MS = 86_400_000;
let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;

const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
const meeting = () => ({ 'meeting.number': '600', 'meeting.date': today() });

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'office'], env: { LIANSHU_OFFICE_PORT: '0' } });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' });
  await shufen.signIn();
  await guoqiang.signIn();
  await fileCase(platform, CASE);
});
afterAll(() => platform?.close());

/** Prepares, signs and approves. */
async function enter(kind: string, fields: Readonly<Record<string, string>>): Promise<void> {
  const id = await shufen.prepare(CASE, kind, { on: today(), ...fields });
  for (const officer of [shufen, guoqiang]) {
    const page = await officer.sign(id);
    if (page.status !== 303) throw new Error(`${kind}: ${page.status} ${page.code ?? page.html}`);
  }
}

const namesOn = async (attribute: string) => {
  const { html } = await shufen.browser.get(`/cases/${CASE}`);
  return [...html.matchAll(new RegExp(`${attribute}="([\\w-]+)"`, 'g'))].map(([, name]) => name);
};

const wrong = (kind: string, fields: Readonly<Record<string, string>>) =>
  shufen.browser.post(`/cases/${CASE}/acts/${kind}`, { on: today(), ...TICKED, ...fields });

test('the register and the desk show the case, its stage and its term', async () => {
  const register = await shufen.browser.get('/');
  expect(register.html).toContain(`data-case="${CASE}"`);
  expect((await shufen.browser.get('/en')).html).toContain('Register of cases');
  expect(await namesOn('data-stage')).toEqual(['formal-check']);
  expect(await namesOn('data-duty')).toEqual(['review']);
  expect(await namesOn('data-act')).toEqual([
    'accepted',
    'refused-inadmissible',
    'withdrawn',
    'stopped',
    'suspended',
    'purpose-notice',
    'announcement',
  ]);
});

test.each([
  '/cases/9499',
  '/cases/x',
  '/cases/9400/acts/filed',
  '/cases/9400/acts/constructor',
  '/actions/x',
])('there is no %s', async (path) => expect((await shufen.browser.get(path)).status).toBe(404));

test('what is not for this desk is not entered by it', async () => {
  for (const kind of ['filed', 'switch', 'paper-filing', 'roster-filed', 'proposers-checked', 'toString'])
    expect((await shufen.browser.post(`/cases/${CASE}/acts/${kind}`, { on: today() })).status).toBe(404);
});

describe('the form', () => {
  test('asks for the meeting where the Commission decides in session', async () => {
    const page = await wrong('refused-inadmissible', { 'reasons.zh-Hant-TW': '人數不足。' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('href="#meeting.number"');
    expect(page.html).toContain('人數不足。');
    expect((await shufen.browser.get(`/cases/${CASE}/acts/refused-inadmissible`)).html).toContain(
      '委員會議決定',
    );
  });

  test('names each wrong field, keeps what was written, and escapes it', async () => {
    const page = await wrong('refused-inadmissible', {
      on: '2026-02-30',
      'reasons.zh-Hant-TW': '<script>alert(1)</script>',
      ...meeting(),
    });
    expect(page.status).toBe(422);
    expect(page.html).toContain('href="#on"');
    expect(page.html).not.toContain('<script>alert');
    expect(page.html).toContain('&lt;script>alert');
  });

  test('takes nothing that looks like a national ID', async () => {
    const page = await wrong('accepted', { 'reasons.zh-Hant-TW': '提案人 A123456789 之名冊。' });
    expect(page.status).toBe(422);
    expect(page.html).toContain('身分證字號');
    expect(page.html).not.toContain('data-action');
  });

  test('is refused by the law with article and what is possible', async () => {
    const early = await wrong('correction-ordered', {
      'grounds.0.ground': 'wording',
      'grounds.0.reasons.zh-Hant-TW': '二事項。',
      ...meeting(),
    });
    expect(early.status).toBe(422);
    expect(early.html).toContain('data-law="out-of-order"');
    const tomorrow = new Date(platform.clock.nowMs() + 2 * DAY_MS).toISOString().slice(0, 10);
    expect((await wrong('accepted', { on: tomorrow })).html).toContain('data-law="not-yet-the-day"');
    expect((await wrong('accepted', { on: '2026-01-01' })).html).toContain('data-law="out-of-order"');
  });

  test('is for signed-in officers: nothing waits after a stranger sends it', async () => {
    const page = await new OfficeBrowser(platform.running.officeUrl).post(`/cases/${CASE}/acts/accepted`, {
      on: today(),
    });
    expect(page.status).toBe(303);
    expect(await namesOn('data-action')).toEqual([]);
  });
});

describe('a review', () => {
  test('goes from acceptance to a correction order, a hearing first', async () => {
    await enter('accepted', { 'reasons.zh-Hant-TW': '形式要件齊備。' });
    expect(await namesOn('data-stage')).toEqual(['review']);
    expect(await namesOn('data-act')).toContain('hearing-notified');
    expect(await namesOn('data-not-yet')).toEqual(['hearing-held', 'correction-ordered', 'rejected']);
    const grounds = { 'grounds.0.ground': 'wording', 'grounds.0.reasons.zh-Hant-TW': '一案二事項。' };
    const first = await wrong('correction-ordered', { ...grounds, ...meeting() });
    expect(first.html).toContain('data-law="hearing-first"');
    expect(first.html).toContain('公民投票法 §10 IV');
    await enter('hearing-notified', { hearingOn: today(), place: '會議室', ...HEARING_NOTICE });
    await enter('hearing-held', {
      'disputedFacts.0.fact': '是否一事項',
      'disputedFacts.0.settled': '為二事項',
    });
    await enter('correction-ordered', { ...grounds, ...meeting() });
    expect(await namesOn('data-stage')).toEqual(['correction']);
    const acts = await actsIn(platform.database.pool, CASE);
    expect(acts.at(-2)?.body).toEqual({
      decides: 'correction',
      on: today(),
      grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '一案二事項。' } }],
      meeting: { number: '600', date: today() },
    });
    expect(acts.filter(({ kind }) => kind === 'approval')).toHaveLength(4);
  });

  test('an overdue duty is marked, with the days', async () => {
    platform.clock.moveBy(33 * DAY_MS);
    for (const officer of [shufen, guoqiang]) await officer.signIn();
    const { html } = await shufen.browser.get(`/cases/${CASE}`);
    expect(html).toMatch(/data-duty="correct" data-status="overdue"/);
    expect(html).toMatch(/逾期 · 已逾 \d+ 日/);
    expect(await namesOn('data-act')).toContain('rejected');
  });
});

test('an opinion is filed as a text; the entry names its digest and length', async () => {
  const other = '9401';
  await fileCase(platform, other);
  const { initiatives } = platform.running;
  const decide = (decides: string) =>
    initiatives.enter(other, { kind: 'decision', capacity: 'commission', body: { decides, on: today() } });
  for (const decides of ['accepted', 'conforming']) expect(await decide(decides)).toMatchObject({ ok: true });
  const act = async (kind: string, fields: Readonly<Record<string, string>>) => {
    const id = await shufen.prepare(other, kind, { on: today(), ...fields });
    for (const officer of [shufen, guoqiang]) expect((await officer.sign(id)).status).toBe(303);
    return id;
  };
  await act('opinion-requested', { agency: '經濟部' });
  expect((await shufen.browser.get(`/cases/${other}/acts/opinion-received`)).html).toContain(
    'value="經濟部"',
  );
  const long = await shufen.browser.post(`/cases/${other}/acts/opinion-received`, {
    on: today(),
    agency: '經濟部',
    text: '字'.repeat(1_999),
    ifPassed: '字',
    ifNotPassed: '字。',
    ...TICKED,
  });
  expect([long.status, long.html.includes('href="#text"')]).toEqual([422, true]);
  const parts = { text: '本部意見如下：可行。', ifPassed: '應修法。', ifNotPassed: '維持現制。' };
  const silent = await shufen.browser.post(`/cases/${other}/acts/opinion-received`, {
    ...{ on: today(), agency: '經濟部', ...parts, ...TICKED },
    ifNotPassed: '',
  });
  expect([silent.status, silent.html.includes('href="#ifNotPassed"')]).toEqual([422, true]);
  const id = await act('opinion-received', { agency: '經濟部', ...parts });
  const page = await guoqiang.browser.get(`/actions/${id}`);
  for (const part of Object.values(parts)) expect(page.html).toContain(part);
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    'select body from opinion_text where initiative = $1',
    [other],
  );
  const text = Buffer.from(rows[0]?.body ?? []).toString();
  expect(text).toContain('公投案不通過之法律效果\n維持現制。');
  const received = (await actsIn(platform.database.pool, other)).at(-2);
  expect(received).toMatchObject({
    capacity: 'agency',
    body: {
      step: 'received',
      agency: '經濟部',
      characters: 15,
      textDigest: createHash('sha256').update(text).digest('hex'),
    },
  });
});
