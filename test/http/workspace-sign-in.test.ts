/** Signing in to the workspace with the citizen certificate. */
import { cast, signStatement } from '@lianshu/simulators';
import { renderLoginStatement } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { offer, requestBody, send, sign } from '../builders/signer.ts';
import {
  accountOf,
  errorsOn,
  loginOn,
  makeLead,
  signedInLead,
  signedLogin,
  signInByCard,
  WorkspaceBrowser,
} from '../builders/workspace.ts';
import { cardOf, startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
const MINUTE = 60_000;
const { zhiming, jiahao, meiling } = cast;
const home = (browser: WorkspaceBrowser) => browser.get('/');

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['public', 'sequencer', 'jobs', 'workspace'],
    identityWaitMs: 400,
  });
  await platform.openCase('9901');
});
afterAll(() => platform?.close());

describe('a card signs in', () => {
  test('under a pseudonym, the same each time, and never by name or number', async () => {
    const first = await signedInLead(platform, zhiming);
    const page = await home(first);
    expect(page.status).toBe(200);
    expect(page.html).toMatch(/領銜人帳號 [2-9A-HJ-NP-Z]{4}/);
    const again = await signedInLead(platform, zhiming);
    expect(await accountOf(platform, again)).toBe(await accountOf(platform, first));
    const other = await signedInLead(platform, jiahao);
    expect(await accountOf(platform, other)).not.toBe(await accountOf(platform, first));
    const { rows } = await platform.database.pool.query('select * from account');
    const kept = JSON.stringify(rows) + platform.serverLog.join('') + platform.sealerLog.join('') + page.html;
    for (const { name, nationalId } of [zhiming, jiahao]) {
      expect(kept).not.toContain(nationalId);
      expect(kept).not.toContain(name);
    }
  });

  test('goes where it was sent, on this site only, and gets a new session each time', async () => {
    const browser = new WorkspaceBrowser(platform);
    const turned = await browser.get('/sessions');
    expect([turned.status, turned.location]).toEqual([303, '/sign-in?next=%2Fsessions']);
    const done = await signInByCard(platform, browser, zhiming, { next: '/sessions' });
    expect([done.status, done.location]).toEqual([303, '/sessions']);
    const before = browser.cookies.get('workspace') ?? '';
    expect((await signInByCard(platform, browser, zhiming, { next: '//elsewhere.invalid' })).location).toBe(
      '/',
    );
    expect(browser.cookies.get('workspace')).not.toBe(before);
    const stolen = new WorkspaceBrowser(platform);
    stolen.cookies.set('workspace', before);
    expect((await home(stolen)).status).toBe(303);
  });

  test('without script too: download, sign elsewhere, upload', async () => {
    const browser = new WorkspaceBrowser(platform);
    const page = await browser.get('/en/sign-in');
    const offered = loginOn(page);
    const [, file = ''] = /href="data:application\/octet-stream;base64,([^"]+)"/.exec(page.html) ?? [];
    expect(Buffer.from(file, 'base64').equals(offered.statement)).toBe(true);
    const signed = signStatement(await cardOf(platform, meiling), offered.statement, {
      form: 'cms-detached',
      nowMs: platform.clock.nowMs(),
      nonce: offered.transaction,
    });
    const fields = { nationalId: meiling.nationalId, token: offered.token, envelope: '', next: '/' };
    const done = await browser.send('/en/sign-in', fields, { signature: new Uint8Array(signed.signature) });
    expect([done.status, done.location]).toEqual([303, '/en/']);
  });

  test('names the site in the statement, and says that it is no signature', async () => {
    const { statement } = loginOn(await new WorkspaceBrowser(platform).get('/sign-in'));
    const text = new TextDecoder().decode(statement);
    expect(text).toContain(`網站：${new URL(platform.running.workspaceUrl).host}\n`);
    expect(text).toContain('本件不是提案書，也不是連署書');
  });
});

describe('nobody is signed in', () => {
  const refusedWith = async (browser: WorkspaceBrowser, page: Awaited<ReturnType<typeof home>>) => {
    expect((await home(browser)).status).toBe(303);
    return [page.status, ...errorsOn(page).map(([field, sentence]) => [field, sentence])];
  };

  test('by a login that was answered before', async () => {
    const browser = new WorkspaceBrowser(platform);
    const fields = signedLogin(
      platform,
      await cardOf(platform, zhiming),
      loginOn(await browser.get('/sign-in')),
    );
    const body = { nationalId: zhiming.nationalId, ...fields };
    expect((await browser.send('/sign-in', body)).status).toBe(303);
    browser.cookies.delete('workspace');
    const replayed = await browser.send('/sign-in', body);
    expect(await refusedWith(browser, replayed)).toMatchObject([
      409,
      ['national-id', expect.stringMatching(/過期、已用過/)],
    ]);
  });

  test('by one that was given to another browser, is old, or made up', async () => {
    const [browser, thief] = [new WorkspaceBrowser(platform), new WorkspaceBrowser(platform)];
    await thief.get('/sign-in');
    const offered = loginOn(await browser.get('/sign-in'));
    const fields = signedLogin(platform, await cardOf(platform, zhiming), offered);
    const body = { nationalId: zhiming.nationalId, ...fields };
    expect((await thief.send('/sign-in', body)).status).toBe(409);
    expect((await browser.send('/sign-in', { ...body, token: 'A'.repeat(75) })).status).toBe(409);
    platform.clock.moveBy(11 * MINUTE);
    expect((await browser.send('/sign-in', body)).status).toBe(409);
    expect((await home(browser)).status).toBe(303);
  });

  test('by a login for another site', async () => {
    const browser = new WorkspaceBrowser(platform);
    const offered = loginOn(await browser.get('/sign-in'));
    const [, signedAt = ''] = /簽署時間：(\S+)/.exec(new TextDecoder().decode(offered.statement)) ?? [];
    const { transaction } = offered;
    const statement = renderLoginStatement({ site: 'elsewhere.invalid', signedAt, transaction });
    const fields = signedLogin(platform, await cardOf(platform, zhiming), { ...offered, statement });
    const page = await browser.send('/sign-in', { nationalId: zhiming.nationalId, ...fields });
    expect(await refusedWith(browser, page)).toMatchObject([
      403,
      ['signature', expect.stringMatching(/^您沒有登入：/)],
    ]);
  });

  test('by a signature, nor is a signature given by a login', async () => {
    const browser = new WorkspaceBrowser(platform);
    const card = await cardOf(platform, zhiming);
    const joint = await offer(platform, '9901', zhiming.nationalId);
    const login = loginOn(await browser.get('/sign-in'));
    const asLogin = signedLogin(platform, card, { ...joint, token: login.token });
    const page = await browser.send('/sign-in', { nationalId: zhiming.nationalId, ...asLogin });
    expect(await refusedWith(browser, page)).toMatchObject([
      403,
      ['signature', expect.stringMatching(/^您沒有登入：/)],
    ]);

    const signed = signStatement(card, login.statement, {
      form: 'cms-attached',
      nonce: joint.transaction,
      nowMs: platform.clock.nowMs(),
    });
    const answer = await send(platform, '9901', { offered: joint, body: requestBody('9901', joint, signed) });
    expect([answer.status, answer.body['code']]).toEqual([422, 'E_CONTENT_MISMATCH']);
    expect((await sign(platform, zhiming, '9901')).status).toBe(201);
  });

  test('by a wrong number, somebody else’s, or none; what was typed beside it stays, the number never', async () => {
    const browser = new WorkspaceBrowser(platform);
    const wrong = await signInByCard(platform, browser, zhiming, {
      nationalId: 'A123456788',
      case: '9901',
      code: 'x',
    });
    expect(wrong.status).toBe(403);
    expect(errorsOn(wrong).map(([field]) => field)).toEqual(['national-id']);
    expect(wrong.html).toContain('value="9901"');
    expect(wrong.html).not.toContain('A123456788');
    const others = await signInByCard(platform, browser, zhiming, { nationalId: jiahao.nationalId });
    expect(others.status).toBe(403);
    expect(errorsOn(others)[0]?.[1]).not.toMatch(/連署/);
    const none = await signInByCard(platform, browser, zhiming, { nationalId: '', envelope: '' });
    expect([none.status, errorsOn(none).map(([field]) => field)]).toEqual([
      422,
      ['national-id', 'signature'],
    ]);
    const junk = await signInByCard(platform, browser, zhiming, { envelope: 'AAAA' });
    expect([junk.status, errorsOn(junk).map(([field]) => field)]).toEqual([403, ['signature']]);
    expect((await home(browser)).status).toBe(303);
  });

  test('while the identity service is silent; the same signed login passes when it speaks again', async () => {
    const browser = new WorkspaceBrowser(platform);
    const fields = signedLogin(
      platform,
      await cardOf(platform, zhiming),
      loginOn(await browser.get('/sign-in')),
    );
    const body = { nationalId: zhiming.nationalId, ...fields };
    platform.identity.state.fault = 'silent';
    try {
      const page = await browser.send('/sign-in', body);
      expect(await refusedWith(browser, page)).toMatchObject([
        503,
        ['national-id', expect.stringMatching(/沒有回應；您沒有登入/)],
      ]);
      const { rows } = await platform.database.pool.query('select 1 from held_signature');
      expect(rows).toEqual([]);
    } finally {
      platform.identity.state.fault = 'none';
    }
    expect((await browser.send('/sign-in', body)).status).toBe(303);
  });

  test('by a revoked card', async () => {
    const card = await cardOf(platform, cast.guoqiang);
    platform.authority.revoke(card);
    await platform.publishLists();
    const browser = new WorkspaceBrowser(platform);
    const page = await signInByCard(platform, browser, cast.guoqiang);
    expect(await refusedWith(browser, page)).toMatchObject([
      403,
      ['national-id', expect.stringMatching(/^您沒有登入：.*廢止/)],
    ]);
  });

  test('from another origin, and by what is no form of ours', async () => {
    const browser = new WorkspaceBrowser(platform);
    const foreign = await browser.post('/sign-in/passkey', {}, { origin: 'https://elsewhere.invalid' });
    expect(foreign.code).toBe('foreign-origin');
    expect((await browser.post('/sign-in', { token: 'x' })).code).toBe('malformed-input');
    expect((await browser.send('/sign-in', { nationalId: 'x'.repeat(500) })).code).toBe('malformed-input');
  });
});

describe('the access code of a case', () => {
  test('is asked for with its case, and a wrong one signs nobody in', async () => {
    const browser = new WorkspaceBrowser(platform);
    const half = await signInByCard(platform, browser, zhiming, { case: '9901' });
    expect([half.status, errorsOn(half).map(([field]) => field)]).toEqual([422, ['code']]);
    const noCase = await signInByCard(platform, browser, zhiming, { case: 'x', code: 'y' });
    expect([noCase.status, errorsOn(noCase).map(([field]) => field)]).toEqual([422, ['case']]);
    const wrong = await signInByCard(platform, browser, zhiming, { case: '9901', code: '7K3QF' });
    expect([wrong.status, errorsOn(wrong).map(([field]) => field)]).toEqual([403, ['code']]);
    expect((await home(browser)).status).toBe(303);
  });

  test('helps nobody but the lead proposer that the house knows', async () => {
    const lead = await signedInLead(platform, zhiming);
    await makeLead(platform, await accountOf(platform, lead), '9901');
    const page = await signInByCard(platform, new WorkspaceBrowser(platform), jiahao, {
      case: '9901',
      code: 'x',
    });
    expect([page.status, errorsOn(page).map(([field]) => field)]).toEqual([403, ['case']]);
  });
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
