/** The check of proposers: from typed sheets and real cards to exclusions in the public record, and the supplement. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openLetter } from '@lianshu/seal';
import { cast, citizen, type Person, type RegistryServer } from '@lianshu/simulators';
import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, test, vi } from 'vitest';
import type { Checks } from '../../src/checks/index.ts';
import { type CheckHouse, startCheckHouse } from '../builders/check-house.ts';
import { openDraft, PROPOSERS_NEEDED } from '../builders/draft.ts';
import { actsIn, type Page, type TestOfficer } from '../builders/office.ts';
import { runVerifyAt } from '../builders/run-verify.ts';
import { newKey } from '../builders/sealed-roll.ts';
import { sign } from '../builders/signer.ts';
import { AUDIT_KIT, havePython, runPython } from '../conformance/audit-kit/python.ts';
import type { TestPlatform } from '../platform.ts';

vi.setConfig({ testTimeout: 120_000, hookTimeout: 120_000 });

let house: CheckHouse;
let platform: TestPlatform;
let registry: RegistryServer;
let checks: Checks;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
let lead: Awaited<ReturnType<typeof newKey>>;
let draft: string;
let caseNumber: string;

const today = () => house.today();
const residentOf = (person: Person) => house.residentOf(person);
const bothSign = (location: string | undefined) => house.bothSign(location);
const enter = (of: string, kind: string, fields: Readonly<Record<string, string>> = {}) =>
  house.enter(of, kind, fields);
const published = () => house.published();

/** Electronic: counted, too young, dead, counted. */
const ELECTRONIC = [cast.jiahao, cast.ziqing, citizen(3_001), citizen(3_002)] as const;

const typed = (
  number: string,
  person: Person,
  sheet: number,
  written: Readonly<Record<string, string>> = {},
) => house.typeSheet(number, person, sheet, written);

beforeAll(async () => {
  house = await startCheckHouse();
  ({ platform, registry, checks } = house);
  [shufen, guoqiang] = house.officers;
  lead = await newKey();
  draft = await openDraft(platform);
  for (const person of ELECTRONIC) expect((await sign(platform, person, draft)).status).toBe(201);
  registry.register.trouble(citizen(3_001).nationalId, 'deceased', today());
});
afterAll(() => house?.close());

describe('paper proposers at the desk', () => {
  test('are typed by an officer alone, and what is wrong is said beside the field, with nothing lost', async () => {
    const browser = new (shufen.browser.constructor as new (url: string) => typeof shufen.browser)(
      platform.running.officeUrl,
    );
    expect((await browser.get(`/rolls/${draft}/paper`)).location).toContain('/sign-in');
    const wrong = await typed(draft, citizen(3_010), 1, { nationalId: 'Y290000000', township: '123' });
    expect(wrong.status).toBe(422);
    expect(wrong.html).toContain('href="#nationalId"');
    expect(wrong.html).toContain('href="#township"');
    expect(wrong.html).toContain(residentOf(citizen(3_010)).address);
    expect((await shufen.browser.get('/rolls/D09999/paper')).status).toBe(404);
    expect((await shufen.browser.get('/rolls/nonsense/paper')).status).toBe(404);
  });

  test('are sealed at once, taken back while no batch names them, and counted by a batch two officers sign', async () => {
    expect((await typed(draft, citizen(3_010), 1)).location).toContain('note=paperSaved');
    const again = await typed(draft, citizen(3_010), 1);
    expect(again.status).toBe(422);
    expect(again.html).toContain('href="#sheet"');
    const [first] = await checks.paper.list(draft);
    await shufen.browser.post(`/rolls/${draft}/paper/take-back`, { row: String(first?.row) });
    expect(await checks.paper.list(draft)).toEqual([]);

    await typed(draft, citizen(3_010), 1);
    await typed(draft, cast.jiahao, 2);
    await typed(draft, citizen(3_011), 3, { name: '範錯字' });
    await typed(draft, citizen(3_012), 4, {
      nationalId: `${citizen(3_012).nationalId.slice(0, 9)}X`,
      asWritten: 'yes',
    });
    const page = await shufen.browser.get(`/en/rolls/${draft}/paper`);
    expect(page.html).toContain('4 sheets are in no batch sheet yet');
    expect(page.html).not.toContain(citizen(3_010).nationalId);
    const prepared = (await shufen.browser.post(`/rolls/${draft}/paper/batch`, {})).location ?? '';
    const shown = await guoqiang.browser.get(`/en${prepared}`);
    const [, digest = ''] =
      /data-batch-sheets="4".*?<code class="break">([0-9a-f]{64})</s.exec(shown.html) ?? [];
    for (const { township, sheet } of await checks.paper.list(draft))
      expect(shown.html).toMatch(new RegExp(`data-township="${township}">Number: [\\d, ]*\\b${sheet}\\b`));
    await bothSign(prepared);
    expect((await checks.paper.list(draft)).map(({ state }) => state)).toEqual(Array(4).fill('entered'));
    const acts = await actsIn(platform.database.pool, draft);
    expect(acts.findLast(({ kind }) => kind === 'paper-proposers')?.body).toEqual({
      on: today(),
      count: 4,
      includesLead: false,
      sheets: digest,
    });
    // A batch sheet is not taken apart again.
    const [sheet] = await checks.paper.list(draft);
    await shufen.browser.post(`/rolls/${draft}/paper/take-back`, { row: String(sheet?.row) });
    expect(await checks.paper.list(draft)).toHaveLength(4);
  });

  test('say so when the registry is down, and keep what was typed on the page', async () => {
    await registry.goDown();
    const page = await typed(draft, citizen(3_013), 9);
    expect(page.status).toBe(422);
    expect(page.html).toContain('data-refusal="unreachable"');
    expect(page.html).toContain(residentOf(citizen(3_013)).address);
    await registry.comeBack();
    expect(await checks.paper.list(draft)).toHaveLength(4);
  });
});

describe('the check', () => {
  beforeAll(async () => {
    // Sheets counted by hand elsewhere, so that the proposal may be filed.
    await enter(draft, 'paper-proposers', { count: String(PROPOSERS_NEEDED), includesLead: 'no' });
    const filed = await platform.running.proposals.file(draft);
    if (!filed.ok) throw new Error(filed.refusal.code);
    caseNumber = filed.receipt.caseNumber;
    await enter(caseNumber, 'accepted');
    await enter(caseNumber, 'found-conforming', { 'meeting.number': '601', 'meeting.date': today() });
    await checks.giveLetterKey(caseNumber, lead.recipient);
    await published();
  });

  const send = (step: string): Promise<Page> =>
    shufen.browser.post(`/cases/${caseNumber}/proposers/${step}`, {});

  test('is ordered by two officers first', async () => {
    const early = await send('send');
    expect(early.status).toBe(409);
    expect(early.html).toContain('data-refusal="not-ordered"');
    await bothSign((await send('order')).location);
    const acts = await actsIn(platform.database.pool, caseNumber);
    expect(acts.findLast(({ kind }) => kind === 'check-request')?.body).toEqual({
      of: 'proposers',
      on: today(),
      sent: 8,
      letter: toHex(sha256(utf8(lead.recipient))),
    });
    // A key put in later is not the one that was signed for; the letter below opens with the lead proposer's own.
    await checks.giveLetterKey(caseNumber, (await newKey()).recipient);
    const page = await shufen.browser.get(`/en/cases/${caseNumber}/proposers`);
    expect(page.html).toContain('15 days left');
  });

  test('sends ciphertext, waits, and takes nothing that does not add up', async () => {
    await registry.goDown();
    expect((await send('send')).html).toContain('data-refusal="unreachable"');
    await registry.comeBack();
    registry.state.workMs = 60_000;
    expect((await send('send')).status).toBe(303);
    expect((await send('ask')).status).toBe(303);
    expect((await shufen.browser.get(`/en/cases/${caseNumber}/proposers`)).html).toContain(
      '0 of 8 rows checked',
    );
    registry.state.workMs = 0;
    for (const [fault, code] of [
      ['wrong-sum', 'sum-wrong'],
      ['partial', 'partial'],
      ['wrong-signature', 'proof-wrong'],
      ['wrong-rows', 'voids-differ'],
    ] as const) {
      registry.state.fault = fault;
      const page = await send('ask');
      expect([page.status, /data-refusal="([\w-]+)"/.exec(page.html)?.[1]]).toEqual([409, code]);
    }
    registry.state.fault = 'none';
    expect(await checks.resultAct(caseNumber)).toBeUndefined();
    expect((await send('result')).status).toBe(409);
  });

  test('keeps the honest result; entered by two officers, it excludes exactly whom the registry named', async () => {
    expect((await send('ask')).status).toBe(303);
    const page = await shufen.browser.get(`/cases/${caseNumber}/proposers`);
    for (const ground of ['not-qualified', 'name-id-or-address', 'duplicate'])
      expect(page.html).toContain(`data-ground="${ground}"`);
    expect(page.html).not.toContain('data-reason');
    await bothSign((await send('result')).location);
    await published();
    const [act] = (await actsIn(platform.database.pool, caseNumber)).filter(
      ({ kind }) => kind === 'check-result',
    );
    expect(act).toMatchObject({
      capacity: 'registry',
      body: {
        received: 8,
        valid: 3,
        reasons: {},
        required: PROPOSERS_NEEDED,
        excluded: { 'not-qualified': 2, 'name-id-or-address': 2, duplicate: 1 },
        electronic: { received: 4, valid: 2, excluded: { 'not-qualified': 2 } },
      },
    });
    const { rows } = await platform.database.pool.query<{ n: number }>(
      'select count(*)::integer as n from joint_signature where initiative = $1 and voided_at is not null',
      [draft],
    );
    expect(rows[0]?.n).toBe(2);
    expect((await platform.running.proposals.standing(draft))?.electronic).toBe(2);
    // Nothing is entered twice.
    expect((await send('result')).status).toBe(409);
    expect((await platform.running.initiatives.course(caseNumber))?.stage).toBe('proposer-supplement');
  });

  test('tells the deleted to the lead proposer alone', async () => {
    const letter = await checks.letter(caseNumber);
    const text = await openLetter([lead.identity], letter ?? new Uint8Array());
    for (const person of [cast.ziqing, citizen(3_001), cast.jiahao]) expect(text).toContain(person.name);
    expect(text).not.toMatch(/[A-Z][12]\d{8}/);
    await expect(openLetter([platform.keys.ministry.identity], letter ?? new Uint8Array())).rejects.toThrow();
    const page = await shufen.browser.get(`/cases/${caseNumber}/proposers`);
    expect(page.html).not.toContain(cast.ziqing.name);
    // Which sheet, and not why.
    expect((await shufen.browser.get(`/rolls/${draft}/paper`)).html).toContain('data-state="deleted"');
    const { rows } = await platform.database.pool.query<{ kept: string }>(
      `select concat(to_jsonb(c) - 'letter', (select jsonb_agg(to_jsonb(p) - 'sealed') from paper_proposer p)) as kept
       from proposer_check c where c.initiative = $1`,
      [caseNumber],
    );
    for (const reason of ['AGE', 'DECEASED', 'NAME_OR_ID_ERROR', 'DUPLICATE_PAPER_VS_E'])
      expect(rows[0]?.kept).not.toContain(reason);
  });

  test('is quiet for a monitor that has the registry’s key, and alarms for one that has not', async () => {
    const { promiseKey } = await platform.sealer.health();
    const known = [...platform.verifierKeys, promiseKey];
    writeFileSync(join(house.folder, 'without.txt'), `${known.join('\n')}\n`);
    writeFileSync(join(house.folder, 'keys.txt'), `${[...known, registry.verifierKey].join('\n')}\n`);
    const verify = runVerifyAt(platform, house.folder);
    const watch = (keys: string, state = keys) =>
      verify('monitor', '--once', '--state', `${state}.json`, '--publish-every', '1', '--keys', keys);
    await vi.waitFor(async () => expect(await watch('keys.txt')).toEqual({ exit: 0, text: '' }), {
      timeout: 30_000,
      interval: 500,
    });
    let looks = 0;
    const blind = async () => {
      looks += 1;
      const { text } = await watch('without.txt', `look-${looks}`);
      const lines = text.split('\n').filter((line) => line !== '');
      return lines.map((line) => (JSON.parse(line) as { code: string }).code).sort();
    };
    await vi.waitFor(async () => expect(await blind()).toEqual(['act-without-proof', 'void-without-total']), {
      timeout: 30_000,
      interval: 500,
    });
    for (const number of [draft, caseNumber]) {
      const { exit, text } = await verify('count', number, '--keys', 'keys.txt');
      expect(exit, text).toBe(0);
      expect(JSON.parse(text).exclusions).toEqual([]);
    }
    if (!havePython()) return;
    const kit = async (keys: string) => {
      const log = ['--log', `${platform.url}/log`, '--keys', join(house.folder, keys), '--json'];
      return JSON.parse((await runPython([AUDIT_KIT, 'recount', draft, ...log], '')).toString());
    };
    expect(await kit('keys.txt')).toMatchObject({ code: 'recounted', exclusions: [] });
    expect(await kit('without.txt')).not.toHaveProperty('exclusions');
  });
});

/** Far too few: so many that townships are told. */
const MORE = 120;

describe('the supplement', () => {
  test('is checked the same way, with everybody who passed before', async () => {
    platform.clock.moveBy(2 * 86_400_000);
    for (const officer of [shufen, guoqiang]) await officer.signIn();
    await enter(caseNumber, 'proposer-supplement-ordered');
    const waiting = Array.from({ length: MORE }, (_, i) => i);
    const one = async () => {
      for (let i = waiting.pop(); i !== undefined; i = waiting.pop()) {
        const { township, name, address, nationalId } = residentOf(citizen(4_000 + i));
        const done = await checks.paper.register(caseNumber, {
          township,
          sheet: i + 1,
          name,
          address,
          nationalId,
        });
        if (!done.ok) throw new Error(done.code);
      }
    };
    await Promise.all(Array.from({ length: 16 }, one));
    await bothSign((await shufen.browser.post(`/rolls/${caseNumber}/paper/batch`, {})).location);
    const acts = await actsIn(platform.database.pool, caseNumber);
    const { townships = {}, count } = (acts.findLast(({ kind }) => kind === 'paper-proposers')?.body ??
      {}) as {
      townships?: Record<string, number>;
      count?: number;
    };
    expect(count).toBe(MORE);
    // Few live in one of the townships: it is not told, nor could it be worked out.
    const untold = MORE - Object.values(townships).reduce((sum, n) => sum + n, 0);
    expect(untold === 0 || untold >= 10, String(untold)).toBe(true);
    await enter(caseNumber, 'proposer-supplement-filed');
    for (const step of ['order', 'send', 'ask', 'result']) {
      const page = await shufen.browser.post(`/cases/${caseNumber}/proposers/${step}`, {});
      expect(page.status, `${step} ${page.html}`).toBe(303);
      if (step === 'order' || step === 'result') await bothSign(page.location);
    }
    const result = (await actsIn(platform.database.pool, caseNumber)).findLast(
      ({ kind }) => kind === 'check-result',
    );
    expect(result?.body).toMatchObject({ received: MORE + 3, valid: MORE + 3, excluded: {} });
    const page = await shufen.browser.get(`/cases/${caseNumber}/proposers`);
    expect(page.html).toContain('補提後仍不足：應予駁回');
    expect((await checks.view(caseNumber))?.checks.map(({ round }) => round)).toEqual([1, 2]);
  });
});
