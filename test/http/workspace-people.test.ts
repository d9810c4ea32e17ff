/** Who helps a lead proposer: invitations, passkeys, limited mandates and their end. */
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedOn } from '../builders/office.ts';
import { SoftwarePasskey } from '../builders/software-passkey.ts';
import {
  accountOf,
  enrolMember,
  errorsOn,
  makeLead,
  signedInLead,
  type TestMember,
  WorkspaceBrowser,
} from '../builders/workspace.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const CASE = '9901';
const DAY = 86_400_000;
const MINUTE = 60_000;
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'workspace'] });
  await platform.openCase(CASE);
  const lead = await signedInLead(platform, cast.zhiming);
  await makeLead(platform, await accountOf(platform, lead), CASE);
});
afterAll(() => platform?.close());

const zhiming = () => signedInLead(platform, cast.zhiming);
const dayIn = (days: number) =>
  new Date(platform.clock.nowMs() + days * DAY + 8 * 3_600_000).toISOString().slice(0, 10);

async function invite(label: string, mandate = 'assistant', until = ''): Promise<string> {
  const page = await (await zhiming()).post(`/members/${CASE}`, { label, mandate, until });
  const [, link = ''] = /<code class="break">([^<]+)<\/code>/.exec(page.html) ?? [];
  expect(link).toContain('/invitations/');
  return link;
}

/** As if a day had passed for what ends on one: a clock moved so far leaves no fresh revocation list for the cards. */
const yesterday = (table: string, column: string) =>
  platform.database.pool.query(
    `update ${table} set ${column} = ${column} - interval '8 days' where ${column} is not null`,
  );

async function member(label: string, until = ''): Promise<TestMember> {
  const enrolled = await enrolMember(platform, await invite(label, 'assistant', until));
  expect((await enrolled.signIn()).status).toBe(303);
  return enrolled;
}

const rowOf = async (label: string): Promise<string> =>
  (await (await zhiming()).get(`/members/${CASE}`)).html.split('<li>').find((row) => row.includes(label)) ??
  '';

describe('an invitation', () => {
  test('says who is invited for what, and is used once', async () => {
    const link = await invite('文宣組小安', 'assistant', dayIn(30));
    expect(await rowOf('文宣組小安')).toContain('邀請已送出，尚未登記');
    const path = new URL(link).pathname;
    const browser = new WorkspaceBrowser(platform);
    const page = await browser.get(path);
    for (const words of ['文宣組小安', '案號 9901', '協助者']) expect(page.html).toContain(words);
    const answer = new SoftwarePasskey(browser.url).register(askedOn(page));
    expect((await browser.post(path, { answer })).location).toBe('/sign-in?note=registered');
    expect((await browser.post(path, { answer })).code).toBe('invitation-unknown');
    expect((await browser.get(path)).code).toBe('invitation-unknown');
    expect(await rowOf('文宣組小安')).toContain('已登記通行金鑰');
  });

  test('expires after seven days, is withdrawn with its mandate, and nobody guesses one', async () => {
    const [old, ended] = [await invite('甲'), await invite('乙')];
    const [, account = ''] = /name="account" value="([^"]+)"/.exec(await rowOf('乙')) ?? [];
    await (await zhiming()).post(`/members/${CASE}/end`, { account });
    await yesterday('account_invite', 'expires_at');
    const browser = new WorkspaceBrowser(platform);
    for (const path of [
      new URL(old).pathname,
      new URL(ended).pathname,
      `/invitations/${'A'.repeat(43)}`,
      '/invitations/x',
    ])
      expect((await browser.get(path)).code).toBe('invitation-unknown');
  });

  test.each([
    ['without user verification', { isUnverified: true }],
    ['for another origin', { origin: 'https://elsewhere.invalid' }],
  ])('is not spent by a passkey made %s', async (_, flaws) => {
    const path = new URL(await invite('丙')).pathname;
    const browser = new WorkspaceBrowser(platform);
    const asked = askedOn(await browser.get(path));
    const bad = new SoftwarePasskey(browser.url).register(asked, flaws);
    expect((await browser.post(path, { answer: bad })).code).toBe('registration-refused');
    expect((await browser.get(path)).status).toBe(200);
  });

  test('keeps what was typed when a field is wrong, and never a national ID', async () => {
    const lead = await zhiming();
    const wrong = await lead.post(`/members/${CASE}`, {
      label: '小安',
      mandate: 'lead',
      until: '2026-13-01',
    });
    expect([wrong.status, errorsOn(wrong).map(([field]) => field)]).toEqual([
      422,
      ['mandate-assistant', 'until'],
    ]);
    expect(wrong.html).toContain('value="小安"');
    const personal = await lead.post(`/members/${CASE}`, { label: '小安 Ａ123456789', mandate: 'assistant' });
    expect(personal.status).toBe(422);
    expect(personal.html).not.toContain('123456789');
    for (const until of [dayIn(-1), dayIn(900)])
      expect((await lead.post(`/members/${CASE}`, { label: 'x', mandate: 'assistant', until })).status).toBe(
        422,
      );
  });
});

describe('somebody who helps', () => {
  test('signs in with the passkey alone, and may not invite', async () => {
    const helper = await member('小安');
    const page = await helper.browser.get('/');
    expect(page.html).toContain('小安');
    expect(page.html).toContain('協助者');
    expect(page.html).not.toContain(`/members/${CASE}`);
    expect((await helper.browser.get(`/members/${CASE}`)).code).toBe('not-yours');
    const post = await helper.browser.post(`/members/${CASE}`, { label: 'x', mandate: 'co-drafter' });
    expect(post.code).toBe('not-yours');
    expect((await (await signedInLead(platform, cast.jiahao)).get(`/members/${CASE}`)).code).toBe(
      'not-yours',
    );
  });

  test('is out when the mandate ends, or its last day is over', async () => {
    const [ended, expired] = [await member('丁'), await member('戊', dayIn(1))];
    const [, account = ''] = /name="account" value="([^"]+)"/.exec(await rowOf('丁')) ?? [];
    await (await zhiming()).post(`/members/${CASE}/end`, { account });
    expect((await ended.browser.get('/')).html).toContain('目前沒有進行中的案件');
    expect((await ended.signIn()).code).toBe('mandate-over');
    expect((await expired.signIn()).status).toBe(303);
    await yesterday('account_mandate', 'until_on');
    expect((await expired.signIn()).code).toBe('mandate-over');
  });

  test('is refused with another device, a forged answer, a copy, an old challenge', async () => {
    const helper = await member('己');
    const asked = askedOn(await helper.browser.get('/sign-in'));
    const stranger = new SoftwarePasskey(helper.browser.url).assert(asked);
    expect((await helper.browser.post('/sign-in/passkey', { answer: stranger })).code).toBe(
      'workspace-passkey-refused',
    );
    for (const flaws of [{ isForged: true }, { origin: 'http://localhost:1' }, { counter: 1 }])
      expect((await helper.signIn(flaws)).code).toBe('workspace-passkey-refused');
    expect((await helper.signIn({ counter: 60 })).status).toBe(303);
    const answer = helper.passkey.assert(askedOn(await helper.browser.get('/sign-in')));
    expect((await helper.browser.post('/sign-in/passkey', { answer })).status).toBe(303);
    expect((await helper.browser.post('/sign-in/passkey', { answer })).code).toBe('sign-in-expired');
    expect((await helper.browser.post('/sign-in/passkey', { answer: '{' })).code).toBe(
      'workspace-passkey-refused',
    );
  });

  test('is locked for fifteen minutes after five failures in a row', async () => {
    const helper = await member('庚');
    for (let i = 0; i < 5; i++)
      expect((await helper.signIn({ isForged: true })).code).toBe('workspace-passkey-refused');
    expect((await helper.signIn()).code).toBe('account-locked');
    platform.clock.moveBy(15 * MINUTE);
    expect((await helper.signIn()).status).toBe(303);
  });
});

test('whoever is removed from a private draft is out of the public draft and the case that came of it', async () => {
  const lead = await zhiming();
  const { location = '' } = await lead.post('/drafts', {});
  const [, id = ''] = /^\/drafts\/([\w-]{16})\/edit$/.exec(location) ?? [];
  const linkOf = async (label: string) => {
    const page = await lead.post(`/drafts/${id}/people`, { label });
    return /data-invitation[^>]*>([^<]+)</.exec(page.html)?.[1] ?? '';
  };
  const [staying, leaving] = [await enrolMember(platform, await linkOf('留')), await linkOf('走')];
  const gone = await enrolMember(platform, leaving);
  const late = await linkOf('未到');
  await staying.signIn();
  await gone.signIn();
  // As filing carries them on: the private draft, its number, the case.
  for (const scope of ['D09123', CASE])
    await platform.database.pool.query(
      `insert into account_mandate (account, scope, mandate, given_at)
       select account, $2, mandate, given_at from account_mandate where scope = $1`,
      [id, scope],
    );
  const sees = async (member: TestMember) => (await member.browser.get(`/console/${CASE}`)).status;
  expect([await sees(staying), await sees(gone)]).toEqual([200, 200]);
  const people = (await lead.get(`/drafts/${id}/people`)).html;
  for (const label of ['走', '未到']) {
    const [, account = ''] =
      new RegExp(`data-member="([\\w-]{16})"[^>]*><p><strong[^>]*>${label}<`).exec(people) ?? [];
    expect((await lead.post(`/drafts/${id}/people/end`, { account })).status).toBe(200);
  }
  expect([await sees(staying), await sees(gone)]).toEqual([200, 404]);
  expect((await gone.browser.get(`/drafts/${id}`)).status).toBe(404);
  expect((await gone.signIn()).code).toBe('mandate-over');
  expect((await new WorkspaceBrowser(platform).get(new URL(late).pathname)).code).toBe('invitation-unknown');
  const { rows } = await platform.database.pool.query(
    `select scope from account_mandate join account on account.id = account
     where label in ('走', '未到') and ended_at is null`,
  );
  expect(rows).toEqual([]);
});

test('every page is for people signed in only', async () => {
  const browser = new WorkspaceBrowser(platform);
  for (const path of ['/', '/sessions', '/drafts', '/console', `/console/${CASE}`, `/members/${CASE}`])
    for (const prefix of ['', '/en']) {
      const page = await browser.get(`${prefix}${path}`);
      expect([path, page.status, page.location?.startsWith(`${prefix}/sign-in?next=`)]).toEqual([
        path,
        303,
        true,
      ]);
    }
});

test('a page of somebody else says so, and keeps the navigation, only for who is signed in', async () => {
  const lead = await zhiming();
  const foreign = await lead.get('/en/console/9902');
  expect([foreign.status, foreign.html.includes('not of your account')]).toEqual([404, true]);
  expect(foreign.html).toContain('href="/en/sessions"');
  expect(foreign.html).toContain('class="language" href="/console/9902"');
  const nowhere = await new WorkspaceBrowser(platform).get('/nowhere');
  expect([nowhere.status, nowhere.html.includes('href="/sessions"')]).toEqual([404, false]);
});
