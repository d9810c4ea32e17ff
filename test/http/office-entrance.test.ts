/** Coming in: links, passkeys, sessions, mandates, locks. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedOn, inviteToken, newOfficer, OfficeBrowser, type TestOfficer } from '../builders/office.ts';
import { SoftwarePasskey } from '../builders/software-passkey.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let shufen: TestOfficer;
const MINUTE = 60_000;
const office = () => platform.running.officeUrl;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'office'], env: { LIANSHU_OFFICE_PORT: '0' } });
  shufen = await newOfficer(platform, { label: '承辦甲' });
});
afterAll(() => platform?.close());

const PAGES = [
  '/',
  '/waiting',
  '/sessions',
  '/cases/9901',
  '/cases/9901/acts/accepted',
  '/actions/AAAAAAAAAAAAAAAA',
];

test.each(PAGES.flatMap((path) => [path, path === '/' ? '/en' : `/en${path}`]))(
  '%s is for officers only',
  async (path) => {
    const page = await new OfficeBrowser(office()).get(path);
    expect(page.status).toBe(303);
    expect(page.location).toMatch(path.startsWith('/en') ? /^\/en\/sign-in\?/ : /^\/sign-in\?/);
    const posted = await new OfficeBrowser(office()).post(path === '/' ? '/sessions' : path, {});
    expect([303, 404]).toContain(posted.status);
  },
);

describe('the link', () => {
  test('is used once', async () => {
    const token = await inviteToken(platform, { label: '承辦丙' });
    const browser = new OfficeBrowser(office());
    const page = await browser.get(`/enrol/${token}`);
    expect(page.html).toContain('承辦丙');
    const answer = new SoftwarePasskey(office()).register(askedOn(page));
    expect((await browser.post(`/enrol/${token}`, { answer })).status).toBe(303);
    expect((await browser.post(`/enrol/${token}`, { answer })).code).toBe('invite-unknown');
    expect((await browser.get(`/enrol/${token}`)).code).toBe('invite-unknown');
  });

  test('expires, and nobody guesses one', async () => {
    const token = await inviteToken(platform, { label: '承辦丁', validMs: 10 });
    platform.clock.moveBy(20);
    const browser = new OfficeBrowser(office());
    for (const other of [token, 'x', 'A'.repeat(43)])
      expect([other, (await browser.get(`/enrol/${other}`)).code]).toEqual([other, 'invite-unknown']);
  });

  test.each([
    ['without user verification', { isUnverified: true }],
    ['for another origin', { origin: 'https://elsewhere.invalid' }],
    ['over another challenge', { challenge: 'AAAA' }],
  ])('takes no passkey %s', async (_, flaws) => {
    const token = await inviteToken(platform, { label: '承辦戊' });
    const browser = new OfficeBrowser(office());
    const asked = askedOn(await browser.get(`/enrol/${token}`));
    const wrong = new SoftwarePasskey(office()).register(asked, flaws);
    expect((await browser.post(`/enrol/${token}`, { answer: wrong })).code).toBe('passkey-refused');
    // The link is still good for the right one.
    expect((await browser.get(`/enrol/${token}`)).status).toBe(200);
  });

  test.each(['', '{', 'null', '[]', JSON.stringify({ id: 'A' }), 'x'.repeat(30_000)])(
    'takes nothing that is no answer (%#)',
    async (answer) => {
      const token = await inviteToken(platform, { label: '承辦己' });
      const browser = new OfficeBrowser(office());
      expect((await browser.post(`/enrol/${token}`, { answer })).code).toBe('passkey-refused');
    },
  );

  test('one passkey belongs to one officer', async () => {
    const token = await inviteToken(platform, { label: '承辦庚' });
    const browser = new OfficeBrowser(office());
    const answer = shufen.passkey.register(askedOn(await browser.get(`/enrol/${token}`)));
    expect((await browser.post(`/enrol/${token}`, { answer })).code).toBe('passkey-refused');
    expect((await browser.get(`/enrol/${token}`)).status).toBe(200);
  });
});

test('each key is told to the public, without a name', async () => {
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    "select body from entry where kind = 'key-event'",
  );
  const texts = rows.map(({ body }) => Buffer.from(body).toString());
  const own = texts.find((text) => text.includes(shufen.passkey.keySha256)) ?? '';
  expect(JSON.parse(own)).toMatchObject({
    capacity: 'operator',
    body: {
      event: 'in-use',
      purpose: 'officer-mandate:commission',
      sha256: shufen.passkey.keySha256,
      publicKey: shufen.passkey.spki,
    },
  });
  expect(texts.join('')).not.toMatch(/承辦[甲-龜]?[甲丙丁戊己庚辛壬癸]/);
});

describe('signing in', () => {
  test('gives a fresh session each time, in a cookie scripts cannot read', async () => {
    const browser = new OfficeBrowser(office());
    const asked = askedOn(await browser.get('/sign-in'));
    const response = await fetch(`${office()}/sign-in`, {
      method: 'POST',
      headers: { origin: new URL(office()).origin },
      redirect: 'manual',
      body: new URLSearchParams({ answer: shufen.passkey.assert(asked), next: '//elsewhere.invalid' }),
    });
    expect([response.status, response.headers.get('location')]).toEqual([303, '/']);
    expect(response.headers.get('set-cookie')).toMatch(
      /^office=[\w-]{43}; Path=\/; HttpOnly; SameSite=Strict$/,
    );
    await shufen.signIn();
    const first = shufen.browser.cookie;
    await shufen.signIn();
    expect(shufen.browser.cookie).not.toBe(first);
    const stolen = new OfficeBrowser(office());
    stolen.cookie = first;
    expect((await stolen.get('/')).status).toBe(303);
  });

  test('answers each challenge once', async () => {
    const browser = new OfficeBrowser(office());
    const answer = shufen.passkey.assert(askedOn(await browser.get('/sign-in')));
    expect((await browser.post('/sign-in', { answer })).status).toBe(303);
    expect((await browser.post('/sign-in', { answer })).code).toBe('challenge-expired');
  });

  test('does not take a challenge that is old, or made for something else', async () => {
    const browser = new OfficeBrowser(office());
    const answer = shufen.passkey.assert(askedOn(await browser.get('/sign-in')));
    platform.clock.moveBy(6 * MINUTE);
    expect((await browser.post('/sign-in', { answer })).code).toBe('challenge-expired');
    const token = await inviteToken(platform, { label: '承辦辛' });
    const other = shufen.passkey.assert(askedOn(await browser.get(`/enrol/${token}`)));
    expect((await browser.post('/sign-in', { answer: other })).code).toBe('challenge-expired');
  });

  test('refuses an unknown passkey, one that did not verify its user, another origin, a forged signature, a copy', async () => {
    const stranger = new SoftwarePasskey(office());
    const browser = new OfficeBrowser(office());
    const asked = askedOn(await browser.get('/sign-in'));
    expect((await browser.post('/sign-in', { answer: stranger.assert(asked) })).code).toBe('sign-in-refused');
    const officer = await newOfficer(platform, { label: '承辦壬' });
    await officer.signIn();
    for (const flaws of [
      { isUnverified: true },
      { origin: 'http://localhost:1' },
      { isForged: true },
      { counter: 1 },
    ])
      expect([flaws, (await officer.signIn(flaws)).code]).toEqual([flaws, 'sign-in-refused']);
    expect((await officer.signIn({ counter: 50 })).status).toBe(303);
  });

  test('locks for fifteen minutes after five failures in a row', async () => {
    const officer = await newOfficer(platform, { label: '承辦癸' });
    for (let i = 0; i < 5; i++)
      expect((await officer.signIn({ isForged: true })).code).toBe('sign-in-refused');
    expect((await officer.signIn()).code).toBe('officer-locked');
    platform.clock.moveBy(14 * MINUTE);
    expect((await officer.signIn()).code).toBe('officer-locked');
    platform.clock.moveBy(MINUTE);
    expect((await officer.signIn()).status).toBe(303);
  });

  test('needs a mandate that holds today', async () => {
    const day = (days: number) =>
      new Date(platform.clock.nowMs() + days * 86_400_000).toISOString().slice(0, 10);
    const past = await newOfficer(platform, { label: '承辦子', fromOn: day(-9), untilOn: day(-2) });
    const coming = await newOfficer(platform, { label: '承辦丑', fromOn: day(2) });
    expect((await past.signIn()).code).toBe('mandate-ended');
    expect((await coming.signIn()).code).toBe('mandate-ended');
  });

  test('takes no form from another origin', async () => {
    const foreign = await shufen.browser.post('/sign-out', {}, { origin: 'https://elsewhere.invalid' });
    expect(foreign.code).toBe('foreign-origin');
  });
});

describe('a session', () => {
  test('ends after fifteen idle minutes, not before', async () => {
    await shufen.signIn();
    for (let i = 0; i < 3; i++) {
      platform.clock.moveBy(14 * MINUTE);
      expect((await shufen.browser.get('/sessions')).status).toBe(200);
    }
    platform.clock.moveBy(16 * MINUTE);
    const page = await shufen.browser.get('/sessions');
    expect([page.status, page.location]).toEqual([303, '/sign-in?next=%2Fsessions&note=again']);
    expect(shufen.browser.cookie).toBeUndefined();
  });

  test('is listed, and ended by its officer and no other', async () => {
    await shufen.signIn();
    const second = new OfficeBrowser(office());
    await second.post('/sign-in', { answer: shufen.passkey.assert(askedOn(await second.get('/sign-in'))) });
    const page = await shufen.browser.get('/sessions');
    const names = [...page.html.matchAll(/name="session" value="([0-9a-f]{64})"/g)].map(
      ([, name]) => name ?? '',
    );
    expect(names).toHaveLength(2);
    const other = await newOfficer(platform, { label: '承辦寅' });
    await other.signIn();
    for (const session of names) await other.browser.post('/sessions', { session });
    expect((await second.get('/sessions')).status).toBe(200);
    const [newest = ''] = names;
    expect((await shufen.browser.post('/sessions', { session: newest })).status).toBe(303);
    expect((await second.get('/sessions')).status).toBe(303);
    expect((await shufen.browser.get('/sessions')).status).toBe(200);
    expect((await shufen.browser.post('/sessions', { session: 'x' })).code).toBe('malformed-input');
  });

  test('ends by signing out, and when another passkey takes the place of its own', async () => {
    const officer = await newOfficer(platform, { label: '承辦卯' });
    await officer.signIn();
    await officer.browser.post('/sign-out', {});
    expect((await officer.browser.get('/')).status).toBe(303);
    await officer.signIn();
    await newOfficer(platform, { label: '承辦卯' });
    expect((await officer.browser.get('/')).status).toBe(303);
    expect((await officer.signIn()).code).toBe('sign-in-refused');
  });
});
