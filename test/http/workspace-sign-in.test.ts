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
    const { rows: sessions } = await platform.database.pool.query(
      `select encode(id_sha256, 'hex') as name, name_proof from account_session`,
    );
    // Nothing in a log names a person, a session or what opens one.
    const log = platform.serverLog.join('') + platform.sealerLog.join('');
    const secrets = [...first.cookies.values(), ...sessions.map(({ name }) => name)];
    for (const bytes of [
      ...rows.map(({ person }) => person),
      ...sessions.map(({ name_proof }) => name_proof),
    ])
      for (const form of ['hex', 'base64', 'base64url'] as const)
        secrets.push(Buffer.from(bytes).toString(form));
    for (const secret of secrets) expect(log).not.toContain(secret);
    const kept = JSON.stringify(rows) + log + page.html;
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
    for (const headers of [
      {},
      { origin: 'null' },
      { 'sec-fetch-site': 'none' },
      { 'sec-fetch-site': 'cross-site' },
      { 'sec-fetch-site': 'same-site', origin: platform.running.workspaceUrl },
    ]) {
      const silent = await fetch(`${platform.running.workspaceUrl}/sign-out`, { method: 'POST', headers });
      expect([silent.status, (await silent.json()).code]).toEqual([403, 'foreign-origin']);
    }
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
