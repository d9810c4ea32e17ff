/** `lianshu officers`: links, mandates, and what it refuses. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { runOfficers } from '../../src/officers-command.ts';
import { readConfig } from '../../src/platform/config.ts';
import { askedOn, OfficeBrowser } from '../builders/office.ts';
import { SoftwarePasskey } from '../builders/software-passkey.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'office'], env: { LIANSHU_OFFICE_PORT: '0' } });
});
afterAll(() => platform?.close());

async function officers(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  const config = readConfig({ LIANSHU_OFFICE_ORIGIN: platform.running.officeUrl });
  await runOfficers(
    config,
    () => platform.database.url,
    args,
    (line) => lines.push(line),
  );
  return lines.join('\n');
}

const day = (days: number) => new Date(Date.now() + days * 86_400_000).toISOString().slice(0, 10);

test('a printed link enrols; ending the mandate ends what its officer may do at once', async () => {
  const url = platform.running.officeUrl;
  const printed = await officers('invite', '--label', '承辦甲', '--until', day(30));
  const [link = ''] = /http:\S+$/.exec(printed) ?? [];
  expect(link).toMatch(new RegExp(`^${url}/enrol/[\\w-]{43}$`));
  expect(await officers('list')).toMatch(
    /^承辦甲 {2}commission \d{4}-\d\d-\d\d – \d{4}-\d\d-\d\d {2}未登記 no passkey yet$/,
  );

  const browser = new OfficeBrowser(url);
  const passkey = new SoftwarePasskey(url);
  const { pathname } = new URL(link);
  await browser.post(pathname, { answer: passkey.register(askedOn(await browser.get(pathname))) });
  expect(await officers('list')).toMatch(/有金鑰 passkey$/);
  const signIn = async () =>
    browser.post('/sign-in', { answer: passkey.assert(askedOn(await browser.get('/sign-in'))) });
  expect((await signIn()).status).toBe(303);

  // The link is nowhere in the database, only its digest.
  const { rows } = await platform.database.pool.query(
    'select officer_invite::text as row from officer_invite',
  );
  expect(JSON.stringify(rows)).not.toContain(pathname.split('/')[2]);

  expect(await officers('end-mandate', '--label', '承辦甲')).toContain('承辦甲');
  expect((await browser.post('/sessions', {})).status).toBe(303);
  expect((await browser.get('/')).status).toBe(303);
  expect((await signIn()).code).toBe('sign-in-refused');
  const { rows: events } = await platform.database.pool.query<{ body: Uint8Array }>(
    "select body from entry where kind = 'key-event' order by id",
  );
  const bodies = events.map(({ body: bytes }) => JSON.parse(Buffer.from(bytes).toString()).body);
  expect(bodies.filter(({ sha256 }) => sha256 === passkey.keySha256)).toMatchObject([
    { event: 'in-use' },
    { event: 'destroyed', purpose: 'officer-mandate:commission' },
  ]);
  await expect(officers('end-mandate', '--label', '承辦甲')).rejects.toThrow('no running mandate');
});

test.each([
  [['invite'], '--label'],
  [['invite', '--label', 'x'], '--label'],
  [['invite', '--label', '承辦乙', '--capacity', 'president'], '--capacity'],
  [['invite', '--label', '承辦乙', '--until', '2027-02-30'], '--until'],
  [['invite', '--label', '承辦乙', '--hours', '999'], '--hours'],
  [['end-mandate', '--label', '承辦辰'], 'no running mandate'],
])('refuses %j', async (args, named) => {
  await expect(officers(...args)).rejects.toThrow(named);
});

test.each([[[]], [['--help']], [['other']]])('prints its help for %j', async (args) => {
  expect(await officers(...args)).toContain('lianshu officers invite --label LABEL');
});

test('a new link voids the one before', async () => {
  const linkOf = (printed: string) => new URL(/http:\S+$/.exec(printed)?.[0] ?? '').pathname;
  const [first, second] = [
    linkOf(await officers('invite', '--label', '承辦巳')),
    linkOf(await officers('invite', '--label', '承辦巳')),
  ];
  const browser = new OfficeBrowser(platform.running.officeUrl);
  expect((await browser.get(first)).code).toBe('invite-unknown');
  expect((await browser.get(second)).status).toBe(200);
});

test('each code of a refusal has its page', async () => {
  for (const [path, words] of [
    ['/problems/same-officer-twice', '須由二位承辦人員核可'],
    ['/en/problems/officer-locked', 'locked for 15 minutes'],
  ] as const) {
    const page = await new OfficeBrowser(platform.running.officeUrl).get(path);
    expect([page.status, page.html.includes(words)]).toEqual([200, true]);
  }
  expect((await new OfficeBrowser(platform.running.officeUrl).get('/problems/none')).status).toBe(404);
});

test('every page of the office is guarded as the public ones are, and kept by nobody', async () => {
  for (const path of ['/sign-in', '/en/sign-in', '/enrol/x', '/nothing']) {
    const { headers } = await fetch(`${platform.running.officeUrl}${path}`, {
      headers: { accept: 'text/html' },
    });
    expect(headers.get('content-security-policy')).toContain("default-src 'none'");
    expect(headers.get('cache-control')).toBe('no-store');
    expect(headers.get('x-frame-options')).toBe('DENY');
    expect(headers.get('cross-origin-opener-policy')).toBe('same-origin');
  }
});
