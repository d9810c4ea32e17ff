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

const nominationOn = (html: string) => ({
  id: /data-nomination="([\w-]{16})"/.exec(html)?.[1] ?? '',
  digest: /data-digest[^>]*>([0-9a-f]{64})</.exec(html)?.[1] ?? '',
});

async function nominate(label: string): Promise<Readonly<{ id: string; digest: string }>> {
  expect((await shufen.browser.post('/officers/nominations', { label, untilOn: '' })).status).toBe(303);
  return nominationOn((await guoqiang.browser.get('/officers')).html);
}

describe('a further officer', () => {
  test('is proposed by one and approved by another; the link works once', async () => {
    const { id, digest } = await nominate('承辦丙');
    const page = await guoqiang.browser.get('/officers');
    const answer = guoqiang.passkey.assert(askedOn(page));
    const done = await guoqiang.browser.post(`/officers/nominations/${id}`, { digest, answer });
    expect(done.status).toBe(200);
    const [, token = ''] = /\/enrol\/([\w-]{43})/.exec(done.html) ?? [];
    const [url, browser] = [platform.running.officeUrl, new OfficeBrowser(platform.running.officeUrl)];
    const passkey = new SoftwarePasskey(url, 'ES256');
    const enrol = await browser.get(`/enrol/${token}`);
    const registered = await browser.post(`/enrol/${token}`, { answer: passkey.register(askedOn(enrol)) });
    expect(registered.status).toBe(303);
    expect((await browser.get(`/enrol/${token}`)).code).toBe('invite-unknown');
    const again = { digest, answer: guoqiang.passkey.assert(askedOn(page)) };
    expect((await guoqiang.browser.post(`/officers/nominations/${id}`, again)).code).toBe('action-ended');
    expect((await shufen.browser.get('/officers')).html).toContain('data-officer="承辦丙"');
  });

  test('is not made by the one who proposed, by a signature over something else, or without one', async () => {
    const { id, digest } = await nominate('承辦丁');
    const path = `/officers/nominations/${id}`;
    const asked = askedOn(await guoqiang.browser.get('/officers'));
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
        `insert into entry (kind, initiative, is_act, body) values ('decision', '9700', true, '{}')`,
      ),
    ).toBe('allowed'));
});
