/** 補提提案人 electronically: the draft takes proposals again for the term of the supplement, once, on the same text. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { cast, citizen, type Person } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import { allowedActs } from '../../src/law/index.ts';
import { type CheckHouse, startCheckHouse } from '../builders/check-house.ts';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { actsIn } from '../builders/office.ts';
import { runVerifyAt } from '../builders/run-verify.ts';
import { type Answer, prepare, send, sign } from '../builders/signer.ts';
import { AUDIT_KIT, havePython, runPython } from '../conformance/audit-kit/python.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: CheckHouse;

beforeAll(async () => {
  house = await startCheckHouse();
});
afterAll(() => house?.close());

const proposals = () => house.platform.running.proposals;
const signs = (person: Person, draft: string): Promise<Answer> => sign(house.platform, person, draft);
const bodyOf = async (of: string, kind: string) =>
  (await actsIn(house.platform.database.pool, of)).findLast((act) => act.kind === kind)?.body;
const page = async (path: string) => (await fetch(`${house.platform.url}${path}`)).text();

/** Filed with enough by a count by hand, and found to have far too few. */
async function shortCase(
  people: readonly Person[],
): Promise<Readonly<{ draft: string; caseNumber: string }>> {
  const draft = await openDraft(house.platform);
  for (const person of people) expect((await signs(person, draft)).status).toBe(201);
  await house.enter(draft, 'paper-proposers', { count: String(PROPOSERS_NEEDED), includesLead: 'yes' });
  const filed = await proposals().file(draft);
  if (!filed.ok) throw new Error(filed.refusal.code);
  const { caseNumber } = filed.receipt;
  await house.enter(caseNumber, 'accepted');
  await house.enter(caseNumber, 'found-conforming', {
    'meeting.number': '601',
    'meeting.date': house.today(),
  });
  await house.published();
  await check(caseNumber);
  return { draft, caseNumber };
}

async function check(caseNumber: string): Promise<void> {
  for (const step of ['order', 'send', 'ask', 'result']) {
    const { status, html } = await house.step(caseNumber, step);
    expect(status, `${step} ${html}`).toBe(303);
  }
  await house.published();
}

describe('a supplement', () => {
  let draft: string;
  let caseNumber: string;

  beforeAll(async () => {
    ({ draft, caseNumber } = await shortCase([cast.jiahao, cast.ziqing, citizen(5_001)]));
  });

  test('opens with the order and no sooner, for the term of the law', async () => {
    expect((await proposals().find(draft))?.state).toBe('filed');
    await expect(signs(citizen(5_002), draft)).rejects.toThrow('E_INITIATIVE_CLOSED');
    await house.enter(caseNumber, 'proposer-supplement-ordered');
    const due = new Date(Date.parse(`${house.today()}T00:00:00Z`) + 30 * 86_400_000)
      .toISOString()
      .slice(0, 10);
    expect(await bodyOf(draft, 'proposal-reopened')).toMatchObject({
      case: caseNumber,
      firstDay: house.today(),
      lastDay: due,
      threshold: PROPOSERS_NEEDED,
      allowedBy: { 'zh-Hant-TW': expect.stringContaining('專案預設') },
    });
    expect(await proposals().find(draft)).toMatchObject({ state: 'supplementing', lastDay: due });
    expect(await proposals().supplement(draft)).toMatchObject({ valid: 2, electronic: 0, total: 2 });
  });

  test('takes new people, and whom the check excluded; nobody twice; on the same text', async () => {
    const [first, again] = [await signs(citizen(5_003), draft), await signs(citizen(5_003), draft)];
    expect(first.status).toBe(201);
    expect(again).toMatchObject({ status: 409, body: { code: 'E_ALREADY_SIGNED' } });
    // Passed the check before.
    expect((await signs(cast.jiahao, draft)).body).toMatchObject({ code: 'E_ALREADY_SIGNED' });
    expect((await signs(cast.ziqing, draft)).status).toBe(201);
    const { offered } = await prepare(house.platform, citizen(5_004), draft);
    const text = new TextDecoder().decode(offered.statement);
    expect(text).toContain(draft);
    expect(text).not.toContain(caseNumber);
    expect(text).toContain((await proposals().find(draft))?.text.digest);
    expect(await proposals().supplement(draft)).toMatchObject({ valid: 2, electronic: 2, total: 4, held: 0 });
  });

  test('is told on the pages of the draft and of the case', async () => {
    await house.published();
    await vi.waitFor(async () => expect(await page(`/drafts/${draft}`)).toContain('data-supplement="4"'), {
      timeout: 30_000,
      interval: 250,
    });
    for (const path of [`/drafts/${draft}`, `/en/drafts/${draft}`, `/initiatives/${caseNumber}`]) {
      const html = await page(path);
      expect(html, path).toContain(
        path.includes('drafts') ? `/initiatives/${caseNumber}` : `/drafts/${draft}`,
      );
    }
    expect(await page(`/en/drafts`)).toContain('Supplement');
    expect(await page(`/initiatives/${caseNumber}`)).toContain(`data-supplied-by="${draft}"`);
    expect(JSON.parse(await page(`/v1/drafts/${draft}`))).toMatchObject({
      state: 'supplementing',
      case: caseNumber,
      supplement: { valid: 2, electronic: 2, paper: 0, required: PROPOSERS_NEEDED },
    });
  });

  test('is no second collecting: neither filed, nor given up, nor filled with sheets of the draft', async () => {
    for (const act of [
      await proposals().file(draft),
      await proposals().close(draft, 'withdrawn'),
      await proposals().recordPaper(draft, { on: house.today(), count: 1, includesLead: false }),
    ])
      expect(act).toMatchObject({
        ok: false,
        refusal: { code: 'already-filed', citation: '公民投票法 §10 VII' },
      });
    expect(await proposals().closeExpired(0)).not.toContain(draft);
  });

  test('ends when it is filed, is checked with all who passed, and short again is the end', async () => {
    await house.enter(caseNumber, 'proposer-supplement-filed');
    expect(await bodyOf(draft, 'proposal-closed')).toEqual({ outcome: 'supplemented', case: caseNumber });
    expect((await proposals().find(draft))?.state).toBe('supplemented');
    await expect(signs(citizen(5_005), draft)).rejects.toThrow('E_INITIATIVE_CLOSED');
    await house.published();
    await check(caseNumber);
    // Too young on the day of the supplement as well.
    expect(await bodyOf(caseNumber, 'check-result')).toMatchObject({
      received: 4,
      valid: 3,
      excluded: { 'not-qualified': 1 },
      electronic: { received: 4, valid: 3 },
    });
    const course = await house.platform.running.initiatives.course(caseNumber);
    if (course === undefined) throw new Error('no case');
    const allowed = allowedActs(course).flatMap(({ kind, waitsFor }) =>
      waitsFor === undefined ? [kind] : [],
    );
    expect(allowed).toContain('rejected');
    expect(allowed).not.toContain('proposer-supplement-ordered');
    expect(allowed).not.toContain('notified-to-collect');
    expect((await proposals().find(draft))?.state).toBe('supplemented');
  });

  test('is what the verifier, its monitor and the audit kit read too', async () => {
    const { platform, folder, registry } = house;
    const { promiseKey } = await platform.sealer.health();
    const keys = [...platform.verifierKeys, promiseKey, registry.verifierKey].join('\n');
    writeFileSync(join(folder, 'keys.txt'), `${keys}\n`);
    const verify = runVerifyAt(platform, folder);
    const watch = [
      'monitor',
      '--once',
      '--state',
      'state.json',
      '--publish-every',
      '1',
      '--keys',
      'keys.txt',
    ];
    await vi.waitFor(async () => expect(await verify(...watch)).toEqual({ exit: 0, text: '' }), {
      timeout: 30_000,
      interval: 500,
    });
    for (const number of [draft, caseNumber]) {
      const { exit, text } = await verify('count', number, '--keys', 'keys.txt');
      expect(exit, text).toBe(0);
      expect(JSON.parse(text)).toMatchObject({ exclusions: [] });
    }
    if (!havePython()) return;
    const log = ['--log', `${platform.url}/log`, '--keys', join(folder, 'keys.txt'), '--json'];
    const kit = JSON.parse((await runPython([AUDIT_KIT, 'recount', draft, ...log], '')).toString());
    expect(kit).toMatchObject({ code: 'recounted', exclusions: [], anomalies: [] });
  });
});

test('ends with its last second, whatever was offered before, and what was not filed by then is rejected', async () => {
  const { clock, database } = house.platform;
  const { draft, caseNumber } = await shortCase([cast.jiahao]);
  await house.enter(caseNumber, 'proposer-supplement-ordered');
  const inTime = await prepare(house.platform, citizen(5_010), draft);
  const late = await prepare(house.platform, citizen(5_011), draft);
  const closesAt = Math.ceil((clock.nowMs() + 30_000) / 1_000) * 1_000;
  await database.pool.query('update initiative set closes_at = $2 where number = $1', [
    draft,
    new Date(closesAt).toISOString(),
  ]);
  clock.standAt(closesAt - 1_000);
  expect((await send(house.platform, draft, inTime)).status).toBe(201);
  clock.standAt(closesAt);
  expect((await send(house.platform, draft, late)).body).toMatchObject({ code: 'E_INITIATIVE_CLOSED' });
  clock.letGo();
  expect(await proposals().closeExpired(0)).toContain(draft);
  expect(await bodyOf(draft, 'proposal-closed')).toEqual({ outcome: 'lapsed', case: caseNumber });
  expect(await proposals().find(draft)).toMatchObject({ state: 'lapsed' });
  // The days of the case run on by the law: on the day after the last one nothing is filed any more.
  clock.moveBy(31 * 86_400_000);
  const act = {
    kind: 'supplement',
    capacity: 'lead-proposer',
    body: { of: 'proposers', step: 'filed', on: house.today() },
  } as const;
  expect(await house.platform.running.initiatives.judge(caseNumber, act)).toMatchObject({ code: 'too-late' });
});
