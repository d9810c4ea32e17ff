/** A collection with a wrong day, corrected at the desk while signing is open: the period, the page, the verifier. */
import { afterAll, beforeAll, expect, test } from 'vitest';
import { monitored } from '../builders/monitor.ts';
import { actsIn, fileCase, newOfficer, type TestOfficer } from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

const DAY_MS = 86_400_000;
const OF = '9840';
let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
const day = (ahead = 0) =>
  new Date(platform.clock.nowMs() + ahead * DAY_MS + 8 * 3_600_000).toISOString().slice(0, 10);

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['sequencer', 'public', 'office'],
    env: { LIANSHU_OFFICE_PORT: '0' },
    witnesses: 3,
  });
  await fileCase(platform, OF);
  const { initiatives } = platform.running;
  const on = day();
  const commission = (kind: string, body: object) => ({ kind, body, capacity: 'commission' }) as never;
  const lead = (kind: string, body: object) => ({ kind, body, capacity: 'lead-proposer' }) as never;
  const checked = { of: 'proposers', on, received: 1_960, valid: 1_956, required: 1_955, excluded: {} };
  for (const act of [
    commission('decision', { decides: 'accepted', on }),
    commission('decision', { decides: 'conforming', on, meeting: { number: '1', date: on } }),
    commission('check-request', { of: 'proposers', on, sent: 1_960 }),
    { kind: 'check-result', body: checked, capacity: 'registry' } as never,
    commission('notice-to-collect', { on }),
  ])
    expect(await initiatives.enter(OF, act)).toMatchObject({ ok: true });
  platform.clock.moveBy(2 * DAY_MS);
  for (const act of [lead('collection', { on: day(), mode: 'code' }), lead('signing-address', { on: day() })])
    expect(await initiatives.enter(OF, act)).toMatchObject({ ok: true });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' }, 'EdDSA');
  for (const officer of [shufen, guoqiang]) await officer.signIn();
});
afterAll(() => platform?.close());

const indexOf = async (kind: string) => {
  const { rows } = await platform.database.pool.query<{ seq: string | null }>(
    'select seq from entry where initiative = $1 and kind = $2 order by id desc limit 1',
    [OF, kind],
  );
  return rows[0]?.seq ?? undefined;
};

test('two officers give the right day; the period moves with it, and readers see both', async () => {
  await expect.poll(() => indexOf('opened'), { timeout: 20_000 }).toBeDefined();
  const replaces = String(await indexOf('collection'));
  const desk = await shufen.browser.get(`/cases/${OF}`);
  expect(desk.html).toContain(`/acts/collection-correction?replaces=${replaces}`);
  const form = await shufen.browser.get(`/cases/${OF}/acts/collection-correction?replaces=${replaces}`);
  expect(form.html).toContain(`value="${day()}"`);
  // Without an entry to replace there is no such form.
  expect((await shufen.browser.get(`/cases/${OF}/acts/collection-correction`)).status).toBe(404);
  const id = await shufen.prepare(OF, 'collection-correction', {
    replaces,
    on: day(-1),
    mode: 'code',
    'why.zh-Hant-TW': '收據所載為前一日。',
    'why.en': 'The receipt is of the day before.',
  });
  for (const officer of [shufen, guoqiang]) expect((await officer.sign(id)).status).toBe(303);
  const acts = await actsIn(platform.database.pool, OF);
  expect(acts.slice(-3).map(({ kind }) => kind)).toEqual(['collection', 'opened', 'approval']);
  expect(acts.at(-2)?.body).toMatchObject({ collectedOn: day(-1), firstDay: day() });
  const page = await (await fetch(`${platform.url}/en/initiatives/${OF}`)).text();
  expect(page).toContain('The receipt is of the day before.');
  const out = await monitored(platform);
  expect(out).not.toMatch(/opened-again|approval-wrong/);
  // Of what stands in the record only the acts before the officers came have no two signatures.
  expect(out).not.toContain('approval-missing');
});
