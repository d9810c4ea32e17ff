/** Sessions of the workspace: how they end, how many there are, and what refusals in a row do. */
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { accountOf, errorsOn, signedInLead, signInByCard, WorkspaceBrowser } from '../builders/workspace.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
const MINUTE = 60_000;
const { zhiming, jiahao, meiling } = cast;
const home = (browser: WorkspaceBrowser) => browser.get('/');

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['public', 'sequencer', 'jobs', 'workspace'] });
});
afterAll(() => platform?.close());

test('five refusals in a row lock a number for fifteen minutes where they came from, and nobody else', async () => {
  const browser = new WorkspaceBrowser(platform);
  const [wrong, other] = [{ nationalId: cast.yating.nationalId }, { nationalId: cast.chenghan.nationalId }];
  for (let i = 0; i < 5; i++)
    expect((await signInByCard(platform, browser, zhiming, wrong)).status).toBe(403);
  const locked = await signInByCard(platform, browser, cast.yating);
  expect([locked.status, errorsOn(locked)[0]?.[1]]).toEqual([429, expect.stringContaining('十五分鐘')]);
  expect((await home(browser)).status).toBe(303);
  expect((await signInByCard(platform, browser, zhiming, other)).status).toBe(403);
  expect((await signInByCard(platform, browser, cast.chenghan)).status).toBe(303);
  platform.clock.moveBy(16 * MINUTE);
  expect((await signInByCard(platform, browser, cast.yating)).status).toBe(303);
});

describe('a session', () => {
  test('ends after fifteen idle minutes, not before', async () => {
    const browser = await signedInLead(platform, zhiming);
    for (let i = 0; i < 3; i++) {
      platform.clock.moveBy(14 * MINUTE);
      expect((await browser.get('/sessions')).status).toBe(200);
    }
    platform.clock.moveBy(16 * MINUTE);
    const page = await browser.get('/sessions');
    expect([page.status, page.location]).toEqual([303, '/sign-in?next=%2Fsessions&note=again']);
    expect(browser.cookies.has('workspace')).toBe(false);
  });

  test('ends when its browser signs in as somebody else, and with the ninth of its account', async () => {
    const browser = await signedInLead(platform, meiling);
    const secret = browser.cookies.get('workspace') ?? '';
    expect((await signInByCard(platform, browser, jiahao)).status).toBe(303);
    const kept = new WorkspaceBrowser(platform);
    kept.cookies.set('workspace', secret);
    expect((await home(kept)).status).toBe(303);
    const oldest = await signedInLead(platform, meiling);
    for (let i = 0; i < 7; i++) await signedInLead(platform, meiling);
    expect((await home(oldest)).status).toBe(200);
    await signedInLead(platform, meiling);
    expect((await home(oldest)).status).toBe(303);
    const { rows } = await platform.database.pool.query(
      'select 1 from account_session where ended_at is not null and name_proof is not null',
    );
    expect(rows).toEqual([]);
  });

  test('is listed, and ended by its account and no other', async () => {
    const [one, two] = [await signedInLead(platform, zhiming), await signedInLead(platform, zhiming)];
    const names = [
      ...(await one.get('/sessions')).html.matchAll(/name="session" value="([0-9a-f]{64})"/g),
    ].map(([, name]) => name ?? '');
    expect(names).toHaveLength(2);
    const other = await signedInLead(platform, jiahao);
    for (const session of names) await other.post('/sessions', { session });
    expect((await two.get('/sessions')).status).toBe(200);
    await one.post('/sessions', { session: names[0] ?? '' });
    expect((await two.get('/sessions')).status).toBe(303);
    expect((await one.post('/sessions', { session: 'x' })).code).toBe('malformed-input');
    await one.post('/sign-out', {});
    expect((await home(one)).status).toBe(303);
  });
});

test('what an access code opened is closed with the code, in the session that runs', async () => {
  await platform.openCase('9902');
  const browser = await signedInLead(platform, meiling);
  const account = await accountOf(platform, browser);
  const { pool } = platform.database;
  await pool.query(`update account_session set e_system = '9902' where account = $1`, [account]);
  const sees = async () => (await browser.get('/console/9902')).status;
  const on = new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
  const enter = (step: 'issued' | 'ended', capacity: 'commission' | 'lead-proposer') =>
    platform.running.initiatives.enter('9902', { kind: 'access-code', capacity, body: { step, on } });
  expect(await sees()).toBe(404);
  expect(await enter('ended', 'commission')).toMatchObject({ ok: true });
  expect(await enter('issued', 'lead-proposer')).toMatchObject({ ok: true });
  await pool.query(
    `insert into access_code (initiative, serial, salt, hash, issued_at)
     select '9902', 1, decode(repeat('00', 16), 'hex'), decode(repeat('00', 32), 'hex'), min(began_at)
     from account_session where account = $1`,
    [account],
  );
  expect(await sees()).toBe(200);
  expect(await enter('ended', 'commission')).toMatchObject({ ok: true });
  expect(await sees()).toBe(404);
  expect((await home(browser)).status).toBe(200);
});
