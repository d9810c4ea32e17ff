/** 同一事項: whose proposers are barred is in the order that two officers sign, in public, and what the registry compares. */
import { cast, citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test, vi } from 'vitest';
import { type CheckHouse, startCheckHouse } from '../builders/check-house.ts';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { actsIn } from '../builders/office.ts';
import { sign } from '../builders/signer.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: CheckHouse;
let caseNumber: string;
const ABANDONED = '9904';
const BARRED = citizen(6_001);

beforeAll(async () => {
  house = await startCheckHouse();
  const { platform, checks } = house;
  const { initiatives, proposals } = platform.running;
  // Collected on 2026-02-28: abandoned from 2026-09-01, its proposers barred for two years.
  await initiatives.register({
    caseNumber: ABANDONED,
    filed: {
      subject: { 'zh-Hant-TW': '先前之案', en: 'An earlier case' },
      leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
      subjectMatter: 'principle',
      rulePack: 'tw.referendum.national@2025-12-03',
      origin: 'here',
      isInvented: true,
    },
    collectedOn: '2026-02-28',
    mode: 'paper-and-electronic',
    text: { heading: ['示範文字，非公告主文'], mainText: '你是否同意先前之案？', reasons: ['一、測試。'] },
  });
  const { township, name, address, nationalId } = house.residentOf(BARRED);
  await checks.paper.register(ABANDONED, { township, sheet: 1, name, address, nationalId });
  await checks.paper.closeBatch(ABANDONED, false);
  // It was entered when that case was filed.
  await platform.database.pool.query('update paper_batch set entered_at = closed_at where initiative = $1', [
    ABANDONED,
  ]);
  const draft = await openDraft(platform);
  for (const person of [cast.jiahao, BARRED]) expect((await sign(platform, person, draft)).status).toBe(201);
  await house.enter(draft, 'paper-proposers', { count: String(PROPOSERS_NEEDED), includesLead: 'no' });
  const filed = await proposals.file(draft);
  if (!filed.ok) throw new Error(filed.refusal.code);
  caseNumber = filed.receipt.caseNumber;
  await house.enter(caseNumber, 'accepted');
  await house.enter(caseNumber, 'found-conforming', {
    'meeting.number': '601',
    'meeting.date': house.today(),
  });
  await house.published();
});
afterAll(() => house?.close());

const order = (barred?: readonly string[], letter?: string) => ({
  kind: 'check-request',
  capacity: 'commission' as const,
  body: {
    of: 'proposers',
    on: house.today(),
    sent: 2,
    ...(barred === undefined ? {} : { barred: [...barred] }),
    ...(letter === undefined ? {} : { letter }),
  },
});
const enter = (act: ReturnType<typeof order>) =>
  house.checks.entering(house.platform.running.initiatives).enter(caseNumber, act);

test('an order that does not say it, or names a case that is none, is not entered', async () => {
  expect(await enter(order())).toMatchObject({
    ok: false,
    refusal: { code: 'out-of-order', citation: '公民投票法 §12 IV；施行細則 §9 II' },
  });
  expect(await enter(order(['9001']))).toMatchObject({ ok: false, refusal: { code: 'changed-since' } });
  // Nor one that would seal the letter about deleted proposers to a key that the lead proposer did not give.
  expect(await enter(order([ABANDONED], 'ab'.repeat(32)))).toMatchObject({
    ok: false,
    refusal: { code: 'changed-since', citation: '公民投票法施行細則 §9' },
  });
  expect((await actsIn(house.platform.database.pool, caseNumber)).map(({ kind }) => kind)).not.toContain(
    'check-request',
  );
});

test('what one officer ticks both sign, everybody reads, and the registry compares', async () => {
  const [shufen, guoqiang] = house.officers;
  const page = await shufen.browser.get(`/cases/${caseNumber}/proposers`);
  expect(page.html).toContain(`name="barred-${ABANDONED}"`);
  const { location } = await shufen.browser.post(`/cases/${caseNumber}/proposers/order`, {
    [`barred-${ABANDONED}`]: 'yes',
  });
  const said = `原提案人受二年限制之案件：${ABANDONED}`;
  expect((await guoqiang.browser.get(location ?? '')).html).toContain(said);
  await house.bothSign(location);
  const acts = await actsIn(house.platform.database.pool, caseNumber);
  expect(acts.findLast(({ kind }) => kind === 'check-request')?.body).toMatchObject({ barred: [ABANDONED] });
  await house.published();
  const read = async () => (await fetch(`${house.platform.url}/initiatives/${caseNumber}`)).text();
  await vi.waitFor(async () => expect(await read()).toContain(said), { timeout: 30_000, interval: 250 });
  // One check at a time.
  expect(await enter(order([ABANDONED]))).toMatchObject({ refusal: { code: 'already-done' } });
  // Nobody says it again when the roster is sent.
  expect((await shufen.browser.get(`/cases/${caseNumber}/proposers`)).html).toContain('data-barred');
  for (const step of ['send', 'ask', 'result']) expect((await house.step(caseNumber, step)).status).toBe(303);
  const result = (await actsIn(house.platform.database.pool, caseNumber)).findLast(
    ({ kind }) => kind === 'check-result',
  );
  expect(result?.body).toMatchObject({ received: 2, valid: 1, excluded: { 'barred-proposer': 1 } });
});

test('a result stands, and the order it rests on; neither is replaced, nothing is overwritten', async () => {
  await house.published();
  const { pool } = house.platform.database;
  const bytes = async () =>
    (await pool.query('select seq, body from entry where initiative = $1 order by seq', [caseNumber])).rows;
  const before = await bytes();
  const acts = await house.platform.running.initiatives.findCase(caseNumber);
  const index = (kind: string) => acts?.acts.findLast((act) => act.kind === kind)?.index ?? -1;
  const result = (await actsIn(pool, caseNumber)).findLast(({ kind }) => kind === 'check-result');
  const why = { 'zh-Hant-TW': '更正' };
  const replacing = [
    { ...order([]), replaces: index('check-request'), why },
    {
      kind: 'check-result',
      capacity: 'registry' as const,
      body: result?.body as never,
      replaces: index('check-result'),
      why,
    },
  ];
  const initiatives = house.checks.entering(house.platform.running.initiatives);
  expect(await initiatives.enter(caseNumber, replacing[0] as never)).toMatchObject({
    refusal: { code: 'already-done' },
  });
  expect(await initiatives.enter(caseNumber, replacing[1] as never)).toMatchObject({ ok: false });
  expect(await initiatives.judge(caseNumber, replacing[1] as never)).toMatchObject({
    code: 'out-of-order',
    citation: '平台規則：更正以新件取代並敘明理由，不得覆寫',
  });
  expect(await bytes()).toEqual(before);
});
