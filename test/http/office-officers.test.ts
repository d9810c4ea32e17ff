/** A further officer needs two; and what the office's own database role may and may not do. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { askedOn, fileCase, newOfficer, OfficeBrowser, type TestOfficer } from '../builders/office.ts';
import { SoftwarePasskey } from '../builders/software-passkey.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'office'], env: { LIANSHU_OFFICE_PORT: '0' } });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' });
  await shufen.signIn();
  await guoqiang.signIn();
});
afterAll(() => platform?.close());

const attribute = (html: string, name: string) =>
  new RegExp(`data-${name}="([^"]+)"`).exec(html)?.[1]?.replaceAll('&quot;', '"') ?? '';
const hidden = (html: string, name: string) =>
  (new RegExp(`name="${name}" value="([^"]*)"`).exec(html)?.[1] ?? '').replaceAll('&quot;', '"');

/** The page on which the proposer is to sign. */
const fillIn = (label: string, more: Readonly<Record<string, string>> = {}) =>
  shufen.browser.post('/officers/nominations', { label, untilOn: '', ...more });

async function nominate(label: string, more: Readonly<Record<string, string>> = {}) {
  const page = await fillIn(label, more);
  const signed = { proposal: hidden(page.html, 'proposal'), answer: shufen.passkey.assert(askedOn(page)) };
  expect((await shufen.browser.post('/officers/nominations/sign', signed)).status).toBe(303);
  const seen = await guoqiang.browser.get('/officers');
  return {
    id: attribute(seen.html, 'nomination'),
    digest: hidden(seen.html, 'digest'),
    asked: askedOn(seen),
  };
}

/** Up to the link, as the proposer was shown it. */
async function linkFor(label: string, more: Readonly<Record<string, string>> = {}) {
  const { id, digest, asked } = await nominate(label, more);
  const path = `/officers/nominations/${id}`;
  const approval = { digest, answer: guoqiang.passkey.assert(asked) };
  expect((await guoqiang.browser.post(path, approval)).status).toBe(303);
  const shown = await shufen.browser.post(`${path}/link`, {});
  return { id, path, approval, token: /\/enrol\/([\w.-]{60})/.exec(shown.html)?.[1] ?? '' };
}

async function enrol(token: string) {
  const [url, browser] = [platform.running.officeUrl, new OfficeBrowser(platform.running.officeUrl)];
  const passkey = new SoftwarePasskey(url, 'ES256');
  const page = await browser.get(`/enrol/${token}`);
  const done = await browser.post(`/enrol/${token}`, { answer: passkey.register(askedOn(page)) });
  const signIn = async () =>
    browser.post('/sign-in', { answer: passkey.assert(askedOn(await browser.get('/sign-in'))) });
  return { browser, passkey, done, fingerprint: attribute(done.html, 'fingerprint'), signIn };
}

/** What the approver signs for a key, as their page has it. */
async function keyPage(officer: TestOfficer) {
  const page = await officer.browser.get('/officers');
  return {
    page,
    path: `/officers/nominations/${attribute(page.html, 'key')}`,
    digest: hidden(page.html, 'digest'),
  };
}

const keyEvents = async () => {
  const { rows } = await platform.database.pool.query<{ body: Uint8Array }>(
    "select body from entry where kind = 'key-event' order by id",
  );
  return rows.map(({ body }) => JSON.parse(Buffer.from(body).toString()).body);
};

describe('a further officer', () => {
  test('is signed by two; the proposer has the link, once; the key works when the approver has signed for it', async () => {
    const { path, approval, token } = await linkFor('承辦丙');
    expect((await guoqiang.browser.post(path, approval)).code).toBe('action-ended');
    expect((await shufen.browser.post(`${path}/link`, {})).code).toBe('link-shown');
    const before = await keyEvents();
    const newcomer = await enrol(token);
    expect(newcomer.done.status).toBe(200);
    expect(newcomer.fingerprint).toMatch(/^[0-9a-f]{64}$/);
    expect((await newcomer.browser.get(`/enrol/${token}`)).code).toBe('invite-unknown');
    expect((await newcomer.signIn()).code).toBe('sign-in-refused');
    expect(await keyEvents()).toEqual(before);
    const seen = await keyPage(guoqiang);
    expect(attribute(seen.page.html, 'fingerprint')).toBe(newcomer.fingerprint);
    const answer = guoqiang.passkey.assert(askedOn(seen.page));
    expect(
      (await guoqiang.browser.post(`${seen.path}/confirm`, { digest: seen.digest, answer })).status,
    ).toBe(303);
    const event = { event: 'in-use', sha256: newcomer.passkey.keySha256 };
    expect((await keyEvents()).slice(before.length)).toMatchObject([event]);
    expect((await newcomer.signIn()).status).toBe(303);
    expect((await newcomer.browser.get('/officers')).html).toContain('data-officer="承辦丙"');
  });

  test('whoever had the link, or never saw it, cannot make its key work', async () => {
    const { id, path, token } = await linkFor('承辦庚');
    expect((await guoqiang.browser.post(`${path}/link`, {})).code).toBe('not-found');
    // The proposer enrols a key of their own with the link they should have handed over.
    const own = await enrol(token);
    const seen = await keyPage(guoqiang);
    const asked = askedOn(seen.page);
    const proposers = { digest: seen.digest, answer: shufen.passkey.assert(asked) };
    expect((await shufen.browser.post(`${seen.path}/confirm`, proposers)).code).toBe('not-the-approver');
    const itself = { digest: seen.digest, answer: own.passkey.assert(asked) };
    expect((await guoqiang.browser.post(`${seen.path}/confirm`, itself)).code).toBe('approval-invalid');
    const wrong = { digest: 'f'.repeat(64), answer: guoqiang.passkey.assert(asked) };
    expect((await guoqiang.browser.post(`${seen.path}/confirm`, wrong)).code).toBe('action-changed');
    const nominations = { digest: seen.digest, answer: guoqiang.passkey.assert(asked) };
    expect((await guoqiang.browser.post(`/officers/nominations/${id}/confirm`, nominations)).code).toBe(
      'not-found',
    );
    expect((await own.signIn()).code).toBe('sign-in-refused');
    // No officer read a fingerprint out: the approver sets the key aside, and it never comes back.
    expect((await guoqiang.browser.post(`${seen.path}/withdraw`, {})).status).toBe(303);
    const late = { digest: seen.digest, answer: guoqiang.passkey.assert(asked) };
    expect((await guoqiang.browser.post(`${seen.path}/confirm`, late)).code).toBe('action-ended');
    expect((await own.signIn()).code).toBe('sign-in-refused');
    const { rows } = await platform.database.pool.query(
      "select 1 from officer join mandate on officer = officer.id where label = '承辦庚'",
    );
    expect(rows).toHaveLength(0);
  });

  test('does not take an existing label, unless what both sign says that it is replaced', async () => {
    expect((await fillIn('承辦乙')).code).toBe('label-taken');
    expect((await fillIn('承辦無', { replace: 'yes' })).code).toBe('label-taken');
    const page = await fillIn('承辦丙', { replace: 'yes' });
    expect(page.html).toContain('data-replaces');
    const { token } = await linkFor('承辦丙', { replace: 'yes' });
    const newcomer = await enrol(token);
    const before = await keyEvents();
    const seen = await keyPage(guoqiang);
    const answer = guoqiang.passkey.assert(askedOn(seen.page));
    await guoqiang.browser.post(`${seen.path}/confirm`, { digest: seen.digest, answer });
    expect((await keyEvents()).slice(before.length)).toMatchObject([
      { event: 'replaced' },
      { event: 'in-use', sha256: newcomer.passkey.keySha256 },
    ]);
    expect((await newcomer.signIn()).status).toBe(303);
  });

  test('is not proposed without the passkey, nor in words that were not shown', async () => {
    const page = await fillIn('承辦辛');
    const proposal = hidden(page.html, 'proposal');
    const sign = (fields: Readonly<Record<string, string>>) =>
      shufen.browser.post('/officers/nominations/sign', { proposal, answer: '', ...fields });
    expect((await sign({})).code).toBe('approval-invalid');
    const answer = shufen.passkey.assert(askedOn(page));
    expect((await sign({ proposal: proposal.replace('辛', '壬'), answer })).code).toBe(
      'approval-of-another-action',
    );
    expect((await sign({ proposal: `${proposal} `, answer })).code).toBe('action-changed');
    expect((await guoqiang.browser.get('/officers')).html).not.toContain('承辦辛');
  });

  test('is not made by the one who proposed, by a signature over something else, or without one', async () => {
    const { id, digest, asked } = await nominate('承辦丁');
    const path = `/officers/nominations/${id}`;
    const own = shufen.passkey.assert(asked);
    expect((await shufen.browser.post(path, { digest, answer: own })).code).toBe('same-officer-twice');
    const other = guoqiang.passkey.assert({ ...asked, challenge: 'A'.repeat(43) });
    expect((await guoqiang.browser.post(path, { digest, answer: other })).code).toBe(
      'approval-of-another-action',
    );
    expect((await guoqiang.browser.post(path, { digest, answer: '' })).code).toBe('approval-invalid');
    const changed = {
      digest: digest.replace(/^./, (c) => (c === '0' ? '1' : '0')),
      answer: guoqiang.passkey.assert(asked),
    };
    expect((await guoqiang.browser.post(path, changed)).code).toBe('action-changed');
    expect((await guoqiang.browser.post(`${path}/withdraw`, {})).code).toBe('not-found');
    expect((await shufen.browser.post(`${path}/link`, {})).code).toBe('not-found');
    expect((await shufen.browser.post(`${path}/withdraw`, {})).status).toBe(303);
    const { rows } = await platform.database.pool.query("select 1 from officer where label = '承辦丁'");
    expect(rows).toHaveLength(0);
  });

  test('needs a label and a day that can be', async () => {
    for (const [label, untilOn, field] of [
      ['', '', 'label'],
      ['x'.repeat(41), '', 'label'],
      ['承辦戊', '2020-01-01', 'untilOn'],
    ] as const) {
      const page = await shufen.browser.post('/officers/nominations', { label, untilOn });
      expect([page.status, page.html.includes(`href="#${field}"`)]).toEqual([422, true]);
    }
  });

  test('a signature over an act is none over a nomination', async () => {
    await fileCase(platform, '9700');
    const action = await guoqiang.prepare('9700', 'accepted', { on: today() });
    const { id, digest } = await nominate('承辦己');
    const asked = askedOn(await guoqiang.browser.get(`/actions/${action}`));
    const answer = guoqiang.passkey.assert(asked);
    expect((await guoqiang.browser.post(`/officers/nominations/${id}`, { digest, answer })).code).toBe(
      'approval-of-another-action',
    );
  });
});

describe('the office’s database role', () => {
  /** What the role may do, asked as the role. */
  async function asOffice(sql: string): Promise<string> {
    const client = await platform.database.pool.connect();
    try {
      await client.query('begin');
      await client.query('set local role lianshu_office');
      await client.query(sql);
      return 'allowed';
    } catch (error) {
      return (error as { code?: string }).code ?? 'failed';
    } finally {
      await client.query('rollback');
      client.release();
    }
  }

  test('is the one the office runs in', async () => {
    const { rows } = await platform.database.pool.query<{ n: string }>(
      "select count(*) as n from pg_stat_activity where application_name = 'lianshu office'",
    );
    expect(Number(rows[0]?.n)).toBeGreaterThan(0);
    expect(platform.serverLog.join()).not.toContain('single-role mode');
  });

  test.each([
    ['reads tags', 'select tag from joint_signature'],
    ['reads sealed evidence', 'select evidence from joint_signature'],
    ['reads held ciphertexts', 'select ciphertext from held_signature'],
    ['gives entries their index', 'update entry set seq = 1'],
    ['changes the log', "update log set origin = 'x'"],
    ['changes the condition of the record', "update record_condition set state = 'refused'"],
    ['reads accounts of lead proposers', 'select * from account'],
    ['makes a table', 'create table x (y int)'],
    [
      'enters a signature',
      `insert into entry (kind, initiative, is_act, body) values ('joint-signature', '9700', false, '{}')`,
    ],
    ['enters a day', `insert into entry (kind, is_act, body) values ('day', true, '{}')`],
  ])('it never %s', async (_what, sql) => expect(await asOffice(sql)).toBe('42501'));

  test('it enters acts', async () =>
    expect(
      await asOffice(
        `insert into entry (kind, initiative, is_act, body) values ('decision', '9700', true,
          '{"at":"2026-02-01T09:00:00+08:00","basis":"x","body":{},"capacity":"commission","case":"9700","kind":"decision","v":1}')`,
      ),
    ).toBe('allowed'));
});
