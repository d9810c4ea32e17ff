/** What comes on paper is recorded by officers; and everything they enter is checked again by `lianshu-verify`. */
import { createHash } from 'node:crypto';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { CHECKLISTS } from '../../src/officers/desk-checklists.ts';
import { monitored } from '../builders/monitor.ts';
import { actsIn, askedOn, fileCase, newOfficer, type TestOfficer, TICKED } from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const DAY_MS = 86_400_000;
let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;

const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
const meeting = () => ({ 'meeting.number': '600', 'meeting.date': today() });
const ground = { 'grounds.0.ground': 'wording', 'grounds.0.reasons.zh-Hant-TW': '文義不明。' };

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['sequencer', 'public', 'office'],
    env: { LIANSHU_OFFICE_PORT: '0' },
    witnesses: 3,
  });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' }, 'EdDSA');
  for (const officer of [shufen, guoqiang]) await officer.signIn();
});
afterAll(() => platform?.close());

async function enter(of: string, kind: string, fields: Readonly<Record<string, string>> = {}) {
  const id = await shufen.prepare(of, kind, { on: today(), ...fields });
  for (const officer of [shufen, guoqiang]) {
    const page = await officer.sign(id);
    if (page.status !== 303) throw new Error(`${kind}: ${page.status} ${page.code ?? page.html}`);
  }
  return id;
}
const lawOn = async (of: string, kind: string, fields: Readonly<Record<string, string>> = {}) => {
  const page = await shufen.browser.post(`/cases/${of}/acts/${kind}`, { on: today(), ...TICKED, ...fields });
  const [, law] = /data-law="([\w-]+)"/.exec(page.html) ?? [];
  return [page.status, law];
};
const stage = async (of: string) => (await platform.running.initiatives.course(of))?.stage;

const PROPOSAL = {
  'subject.zh-Hant-TW': '紙本提案',
  'subject.en': 'A proposal on paper',
  'leadProposer.zh-Hant-TW': '林示例（虛構）',
  'leadProposer.en': 'Lin Shih-li (invented)',
  subjectMatter: 'policy',
  'onPaper.proposers': '1980',
  mainText: '你是否同意紙本提案之主文？',
  reasonsText: '一、理由。\n二、又一理由。',
};

describe('a proposal filed on paper', () => {
  test('becomes a case under the next number, with exactly the text that two officers signed', async () => {
    await fileCase(platform, '9810');
    const id = await enter('', 'paper-filing', PROPOSAL);
    expect((await shufen.browser.get(`/actions/${id}`)).html).toContain('data-receipt="9811"');
    expect(await stage('9811')).toBe('formal-check');
    const acts = await actsIn(platform.database.pool, '9811');
    expect(acts.map(({ kind }) => kind)).toEqual(['initiative-filed', 'version', 'approval']);
    const file = await (await fetch(`${platform.url}/initiatives/9811/texts/1.txt`)).text();
    const digest = createHash('sha256').update(file).digest('hex');
    expect(file).toContain('二、又一理由。');
    expect(acts[0]).toMatchObject({
      capacity: 'lead-proposer',
      body: { onPaper: { textDigest: digest, proposers: 1980 } },
    });
    expect(acts[1]?.body['textDigest']).toBe(digest);
  });

  test('is published without what is beyond the limit, as both officers read before they sign', async () => {
    const mainText = `你是否同意${'字'.repeat(95)}超過的字？`;
    const long = { on: today(), ...PROPOSAL, mainText };
    const ticks = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'].map((n) => [`check.${n}`, 'yes']);
    const lines = CHECKLISTS['paper-filing']?.length ?? 0;
    const unread = Object.fromEntries(ticks.slice(0, lines));
    const asked = await shufen.browser.post('/platform/acts/paper-filing', { ...long, ...unread });
    expect([asked.status, asked.html.includes(`href="#check.${lines}"`)]).toEqual([422, true]);
    expect(asked.html).toContain('超過部分不予公布（公民投票法 §9）');
    expect(asked.html).toContain('「超過的字？」');
    const id = await shufen.prepare('', 'paper-filing', long);
    expect((await guoqiang.browser.get(`/actions/${id}`)).html).toContain('「超過的字？」');
    for (const officer of [shufen, guoqiang]) await officer.sign(id);
    const { html } = await shufen.browser.get(`/actions/${id}`);
    const [, of = ''] = /data-receipt="(\d+)"/.exec(html) ?? [];
    const file = await (await fetch(`${platform.url}/initiatives/${of}/texts/1.txt`)).text();
    expect(file).toContain(`${'字'.repeat(95)}\n`);
    expect(file).not.toContain('超過的字');
    const [filed] = await actsIn(platform.database.pool, of);
    const textDigest = createHash('sha256').update(file).digest('hex');
    expect(filed?.body).toMatchObject({ onPaper: { textDigest } });
  });

  test('does not take a number that was given meanwhile', async () => {
    const id = await shufen.prepare('', 'paper-filing', { on: today(), ...PROPOSAL });
    await shufen.sign(id);
    const page = await guoqiang.browser.get(`/actions/${id}`);
    const [, digest = ''] = /name="digest" value="([0-9a-f]{64})"/.exec(page.html) ?? [];
    await fileCase(platform, '9813');
    const answer = guoqiang.passkey.assert(askedOn(page));
    const late = await guoqiang.browser.post(`/actions/${id}`, { digest, answer });
    expect([late.status, late.html.includes('9813')]).toEqual([409, true]);
  });
});

describe('on paper, in the lead proposer’s capacity', () => {
  test('a correction in time is a new version; a second order is refused', async () => {
    const of = '9820';
    await fileCase(platform, of);
    await enter(of, 'accepted');
    expect(await lawOn(of, 'corrected', { mainText: '甲', reasonsText: '乙' })).toEqual([
      422,
      'out-of-order',
    ]);
    const { initiatives } = platform.running;
    for (const step of [
      { step: 'notified', on: today(), hearingOn: today(), place: '甲室' },
      { step: 'held', on: today(), disputedFacts: [], recordings: [] },
    ])
      await initiatives.enter(of, { kind: 'hearing', capacity: 'commission', body: step });
    await enter(of, 'correction-ordered', { ...ground, ...meeting() });
    await enter(of, 'corrected', { mainText: '你是否同意補正後之主文？', reasonsText: '一、補正。' });
    expect(await stage(of)).toBe('review');
    const text = await (await fetch(`${platform.url}/initiatives/${of}/texts/2.txt`)).text();
    expect(text).toContain('你是否同意補正後之主文？');
    expect(await lawOn(of, 'correction-ordered', { ...ground, ...meeting() })).toEqual([422, 'only-once']);
  });

  test('a correction after thirty days is refused, with what is to be done instead', async () => {
    const of = '9821';
    await fileCase(platform, of);
    await enter(of, 'accepted');
    const { initiatives } = platform.running;
    for (const step of [
      { step: 'notified', on: today(), hearingOn: today(), place: '甲室' },
      { step: 'held', on: today(), disputedFacts: [], recordings: [] },
    ])
      await initiatives.enter(of, { kind: 'hearing', capacity: 'commission', body: step });
    await enter(of, 'correction-ordered', { ...ground, ...meeting() });
    platform.clock.moveBy(31 * DAY_MS);
    for (const officer of [shufen, guoqiang]) await officer.signIn();
    expect(await lawOn(of, 'corrected', { mainText: '甲', reasonsText: '乙' })).toEqual([422, 'too-late']);
  });

  test('a withdrawal needs half of the proposers, whose number is the record’s', async () => {
    const of = '9822';
    await fileCase(platform, of, { draft: 'D00009', electronic: 1_950, paper: 5 });
    const { html } = await shufen.browser.get(`/cases/${of}/acts/withdrawn`);
    expect(html).toContain('提案人 1955 人，同意者須達 978 人');
    expect(html).not.toContain('name="proposers"');
    expect(await lawOn(of, 'withdrawn', { agreeing: '977' })).toEqual([422, 'not-enough-agree']);
    expect(await lawOn(of, 'withdrawn', { agreeing: '977', proposers: '1000' })).toEqual([
      422,
      'not-enough-agree',
    ]);
    const body = { on: today(), agreeing: 977, proposers: 1_000 };
    const forged = { kind: 'withdrawal', capacity: 'lead-proposer', body } as const;
    expect(await platform.running.initiatives.judge(of, forged)).toMatchObject({ code: 'wrong-figure' });
    await enter(of, 'withdrawn', { agreeing: '978' });
    const acts = await actsIn(platform.database.pool, of);
    expect(acts.find(({ kind }) => kind === 'withdrawal')?.body).toEqual({
      on: today(),
      agreeing: 978,
      proposers: 1_955,
    });
    expect((await platform.running.initiatives.course(of))?.outcome?.value).toBe('withdrawn');
    expect(await lawOn(of, 'accepted')).toEqual([422, 'case-ended']);
  });
});

test('a form that is not wholly ticked is not put before anybody', async () => {
  await fileCase(platform, '9830');
  const page = await shufen.browser.post('/cases/9830/acts/accepted', { on: today(), 'check.0': 'yes' });
  expect([page.status, page.html.includes('href="#check.1"')]).toEqual([422, true]);
  const id = await shufen.prepare('9830', 'accepted', { on: today() });
  expect((await guoqiang.browser.get(`/actions/${id}`)).html).toContain('data-checklist');
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    'select body from proposed_action where id = $1',
    [id],
  );
  expect(Buffer.from(rows[0]?.body ?? []).toString()).not.toContain('check');
});

test('outsiders find every approval right: of cases, of none, of what replaced another', async () => {
  const title = { article: '公民投票法 §17', 'title.zh-Hant-TW': '公告', 'text.zh-Hant-TW': '內容。' };
  await enter('', 'announcement', title);
  const { pool } = platform.database;
  const newest = async () =>
    (
      await pool.query<{ seq: string | null }>(
        "select seq from entry where kind = 'announcement' order by id desc limit 1",
      )
    ).rows[0]?.seq ?? null;
  await expect.poll(newest, { timeout: 20_000 }).not.toBeNull();
  const replaces = String(await newest());
  await enter('', 'announcement', {
    ...title,
    replaces,
    'why.zh-Hant-TW': '漏字。',
    'why.en': 'A word was missing.',
  });
  const out = await monitored(platform);
  expect(out).not.toContain('approval-wrong');
  // The hearings above were entered without two officers, and are told as that; nothing else is.
  expect(out.match(/approval-missing \d+/g) ?? []).toHaveLength(4);
});
