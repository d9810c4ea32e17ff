/** A draft in the real workspace: a card leads it, a passkey helps, and it comes to stand in the public record. */
import { cast } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { enrolMember, signedInLead, WorkspaceBrowser } from '../builders/workspace.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const TEXT = {
  subjectZh: '學校午餐現場烹調',
  matter: 'principle',
  mainText: '你是否同意立法規定學校午餐應於校內廚房現場烹調？',
  reasons: '一、甲。\n二、乙。',
};
let platform: TestPlatform;

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'workspace'] });
});
afterAll(() => platform?.close());

test('from a card sign-in to a public draft number, with a co-drafter on the way', async () => {
  const lead = await signedInLead(platform, cast.zhiming);
  const made = await lead.post('/drafts', {});
  const [, draft = ''] = /^\/drafts\/([\w-]{16})\/edit$/.exec(made.location ?? '') ?? [];
  expect(draft).not.toBe('');
  const edit = `/drafts/${draft}/edit`;
  expect((await lead.post(edit, { base: '0', act: 'save', ...TEXT })).status).toBe(303);

  const invited = await lead.post(`/drafts/${draft}/people`, { label: '法律組' });
  const [, link = ''] = /data-invitation[^>]*>([^<]+)</.exec(invited.html) ?? [];
  const helper = await enrolMember(platform, link);
  expect((await helper.signIn()).status).toBe(303);
  expect((await helper.browser.get('/drafts')).html).toContain(draft);
  const changed = { ...TEXT, reasons: `${TEXT.reasons}\n三、丙。` };
  expect((await helper.browser.post(edit, { base: '1', act: 'save', ...changed })).status).toBe(303);
  expect((await helper.browser.get(`/drafts/${draft}/collect`)).status).toBe(404);
  expect((await lead.get(`/drafts/${draft}/people`)).html).not.toContain('邀請已發出');

  const confirm = { version: '2', nameZh: cast.zhiming.name, nameEn: 'Chih-ming', sure: 'yes' };
  expect((await helper.browser.post(`/drafts/${draft}/collect`, confirm)).status).toBe(404);
  for (const nameZh of [cast.jiahao.name, '範志铭', `${cast.zhiming.name}某`]) {
    const page = await lead.post(`/drafts/${draft}/collect`, { ...confirm, nameZh });
    expect(page.status).toBe(422);
    expect(page.html).toContain('與您登入所用自然人憑證上的姓名不同');
  }
  expect((await lead.post(`/drafts/${draft}/collect`, confirm)).location).toBe(`/drafts/${draft}`);
  const [, number = ''] = /\/drafts\/(D[0-9]{5})"/.exec((await lead.get(`/drafts/${draft}`)).html) ?? [];
  expect(number).toMatch(/^D\d{5}$/);
  expect((await lead.get(`/console/${number}`)).status).toBe(200);

  const { pool } = platform.database;
  const { rows } = await pool.query(
    `select mandate, kind from account_mandate join account on account.id = account where scope = $1 order by mandate`,
    [number],
  );
  expect(rows).toEqual([
    { mandate: 'co-drafter', kind: 'passkey' },
    { mandate: 'lead', kind: 'card' },
  ]);
  await expect
    .poll(
      async () => {
        const sequenced = await pool.query(
          `select convert_from(body, 'UTF8') as entry from entry where initiative = $1 and seq is not null`,
          [number],
        );
        return sequenced.rows.map(({ entry }) => JSON.parse(entry));
      },
      { timeout: 30_000 },
    )
    .toEqual([
      expect.objectContaining({
        kind: 'proposal-opened',
        body: expect.objectContaining({
          leadProposer: { 'zh-Hant-TW': '範志明（虛構）', en: 'Chih-ming 範志明 (invented)' },
        }),
      }),
    ]);
  const known = await pool.query(`select convert_from(body, 'UTF8') as entry from entry`);
  expect(known.rows.map(({ entry }) => entry).join()).not.toContain('法律組');
});

test('what was typed comes back when nobody is signed in any more', async () => {
  const page = await new WorkspaceBrowser(platform).post(`/drafts/${'A'.repeat(16)}/edit`, TEXT);
  expect(page.status).toBe(401);
  expect(page.html).toContain(TEXT.mainText);
});
