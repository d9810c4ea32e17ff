/** Four eyes: an act is entered when two officers have signed exactly its bytes, and never otherwise. */
import { createHash } from 'node:crypto';
import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import {
  actsIn,
  askedOn,
  fileCase,
  newOfficer,
  type Page,
  type TestOfficer,
  TICKED,
} from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;
let next = 9_300;

const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
const kindsIn = async (caseNumber: string) =>
  (await actsIn(platform.database.pool, caseNumber)).map(({ kind }) => kind);
const FILED = ['initiative-filed', 'version'];

/** A fresh case and an acceptance of it that waits. */
async function waiting(officer = shufen): Promise<Readonly<{ caseNumber: string; id: string }>> {
  const caseNumber = String(next++);
  await fileCase(platform, caseNumber);
  return { caseNumber, id: await officer.prepare(caseNumber, 'accepted', { on: today() }) };
}

const digestOn = (page: Page): string => /data-digest[^>]*>([0-9a-f]{64})</.exec(page.html)?.[1] ?? '';

beforeAll(async () => {
  platform = await startPlatform({ surfaces: ['sequencer', 'office'], env: { LIANSHU_OFFICE_PORT: '0' } });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' }, 'EdDSA');
  await shufen.signIn();
  await guoqiang.signIn();
});
afterAll(() => platform?.close());

test('two officers sign; the act and its proof are entered together', async () => {
  const { caseNumber, id } = await waiting();
  expect(await kindsIn(caseNumber)).toEqual(FILED);
  expect((await shufen.sign(id)).status).toBe(303);
  expect(await kindsIn(caseNumber)).toEqual(FILED);
  expect((await guoqiang.sign(id)).location).toBe(`/actions/${id}`);
  const page = await guoqiang.browser.get(`/actions/${id}`);
  expect(page.html).toContain('data-outcome="entered"');

  const acts = await actsIn(platform.database.pool, caseNumber);
  expect(acts.map(({ kind }) => kind)).toEqual([...FILED, 'decision', 'approval']);
  const [decision, approval] = acts.slice(2);
  expect(decision).toMatchObject({ capacity: 'commission', body: { decides: 'accepted', on: today() } });
  const { action, nonce, approvals } = (approval?.body ?? {}) as unknown as {
    action: string;
    nonce: string;
    approvals: { key: string; clientDataJSON: string }[];
  };
  // What was signed follows from what is public.
  const signed = {
    act: { body: decision?.body, capacity: 'commission', kind: 'decision' },
    case: caseNumber,
    nonce,
    v: 1,
  };
  const digest = createHash('sha256')
    .update(canonicalJson(signed as JsonValue))
    .digest();
  expect(action).toBe(digest.toString('hex'));
  expect(action).toBe(digestOn(page));
  expect(approvals.map(({ key }) => key)).toEqual([shufen.passkey.keySha256, guoqiang.passkey.keySha256]);
  const bound = createHash('sha256')
    .update('LIANSHU-APPROVAL/1')
    .update(Buffer.of(0))
    .update(digest)
    .digest('base64url');
  for (const { clientDataJSON } of approvals)
    expect(JSON.parse(Buffer.from(clientDataJSON, 'base64url').toString())).toMatchObject({
      type: 'webauthn.get',
      challenge: bound,
    });
  expect(JSON.stringify(acts)).not.toMatch(/承辦[甲乙]/);
});

describe('nothing is entered', () => {
  test('when one officer signs twice', async () => {
    const { caseNumber, id } = await waiting();
    const page = await shufen.browser.get(`/actions/${id}`);
    const fields = { digest: digestOn(page), answer: shufen.passkey.assert(askedOn(page)) };
    expect((await shufen.browser.post(`/actions/${id}`, fields)).status).toBe(303);
    const again = { ...fields, answer: shufen.passkey.assert(askedOn(page)) };
    const refusal = await shufen.browser.post(`/actions/${id}`, again);
    expect([refusal.status, refusal.code]).toEqual([409, 'same-officer-twice']);
    expect(refusal.html).toContain('須由二位承辦人員核可');
    expect((await shufen.browser.post(`/actions/${id}`, fields)).code).toBe('same-officer-twice');
    expect(await kindsIn(caseNumber)).toEqual(FILED);
  });

  test('before the officer who prepared it has signed', async () => {
    const { id } = await waiting();
    const page = await shufen.browser.get(`/actions/${id}`);
    const answer = guoqiang.passkey.assert(askedOn(page));
    const refusal = await guoqiang.browser.post(`/actions/${id}`, { digest: digestOn(page), answer });
    expect(refusal.code).toBe('proposer-signs-first');
  });

  test('when what was seen is not what waits', async () => {
    const { caseNumber, id } = await waiting();
    await shufen.sign(id);
    const page = await guoqiang.browser.get(`/actions/${id}`);
    const answer = guoqiang.passkey.assert(askedOn(page));
    for (const digest of ['', 'x', digestOn(page).replace(/^./, (c) => (c === '0' ? '1' : '0'))])
      expect((await guoqiang.browser.post(`/actions/${id}`, { digest, answer })).code).toBe('action-changed');
    expect(await kindsIn(caseNumber)).toEqual(FILED);
  });

  test('when the action was edited in the database after the first signature', async () => {
    const { caseNumber, id } = await waiting();
    await shufen.sign(id);
    const { pool } = platform.database;
    const edit = `update proposed_action set body = convert_to(replace(convert_from(body, 'UTF8'), 'accepted', 'rejected'), 'UTF8') where id = $1`;
    await expect(pool.query(edit, [id])).rejects.toThrow(/append-only|digest/);
    await pool.query('alter table proposed_action disable trigger proposed_action_is_fixed');
    await pool.query(
      `update proposed_action set body = convert_to(replace(convert_from(body, 'UTF8'), 'accepted', 'inadmissible'), 'UTF8'),
         sha256 = sha256(convert_to(replace(convert_from(body, 'UTF8'), 'accepted', 'inadmissible'), 'UTF8')) where id = $1`,
      [id],
    );
    await pool.query('alter table proposed_action enable trigger proposed_action_is_fixed');
    expect((await guoqiang.sign(id)).code).toBe('first-approval-lapsed');
    expect(await kindsIn(caseNumber)).toEqual(FILED);
  });

  test('by a signature made for something else, by another’s, without its user, or forged', async () => {
    const [one, two] = [await waiting(), await waiting()];
    const page = await shufen.browser.get(`/actions/${one.id}`);
    const other = await shufen.browser.get(`/actions/${two.id}`);
    const send = (officer: TestOfficer, answer: string, id = two.id, of = other) =>
      officer.browser.post(`/actions/${id}`, { digest: digestOn(of), answer });
    const ofOne = shufen.passkey.assert(askedOn(page));
    expect((await send(shufen, ofOne)).code).toBe('approval-of-another-action');
    expect((await send(shufen, guoqiang.passkey.assert(askedOn(other)))).code).toBe('approval-invalid');
    for (const answer of ['', '{}', 'x'.repeat(30_000)])
      expect((await send(shufen, answer)).code).toBe('approval-invalid');
    expect((await shufen.sign(two.id)).status).toBe(303);
    const flaws = [
      { isUnverified: true },
      { isForged: true },
      { origin: 'https://elsewhere.invalid' },
      { counter: 1 },
    ];
    for (const flaw of flaws)
      expect([flaw, (await guoqiang.sign(two.id, flaw)).code]).toEqual([flaw, 'approval-invalid']);
    expect((await guoqiang.sign(two.id, { isForged: true })).code).toBe('approval-invalid');
    expect((await guoqiang.sign(two.id)).code).toBe('officer-locked');
    expect(await kindsIn(two.caseNumber)).toEqual(FILED);
    platform.clock.moveBy(15 * 60_000 + 1);
    await shufen.signIn();
    // The copied counter above made the software key count from one again.
    expect((await guoqiang.signIn({ counter: 1_000 })).status).toBe(303);
    expect((await guoqiang.sign(two.id)).status).toBe(303);
    expect(await kindsIn(two.caseNumber)).toEqual([...FILED, 'decision', 'approval']);
  });

  test('when the law no longer allows it: its article and what is possible are told', async () => {
    const { caseNumber, id } = await waiting();
    const form = await shufen.browser.get(`/cases/${caseNumber}/acts/accepted`);
    expect(form.html).toMatch(new RegExp(`data-already-waiting.*/actions/${id}"`));
    const [late, unsigned] = [
      await shufen.prepare(caseNumber, 'accepted', { on: today() }),
      await shufen.prepare(caseNumber, 'accepted', { on: today() }),
    ];
    await shufen.sign(late);
    const offered = [
      [guoqiang, late, await guoqiang.browser.get(`/actions/${late}`)],
      [shufen, unsigned, await shufen.browser.get(`/actions/${unsigned}`)],
    ] as const;
    expect(offered[0][2].html).toContain('您簽署後即登錄並公開。');
    for (const officer of [shufen, guoqiang]) expect((await officer.sign(id)).status).toBe(303);
    for (const [officer, of, page] of offered) {
      const answer = officer.passkey.assert(askedOn(page));
      const refusal = await officer.browser.post(`/actions/${of}`, { digest: digestOn(page), answer });
      expect(refusal.status).toBe(409);
      expect(refusal.html).toContain('data-law="out-of-order"');
      expect(refusal.html).toContain('公民投票法 §10 II');
      const again = await officer.browser.get(`/actions/${of}`);
      expect([again.status, again.html.includes('data-passkey')]).toEqual([200, false]);
    }
    const { html } = await shufen.browser.get('/waiting');
    for (const of of [late, unsigned])
      expect(html).toMatch(new RegExp(`data-action="${of}"(?:(?!</li>).)*data-dead`, 's'));
    expect(html).toMatch(/id="waits-yours".*id="waits-other"/s);
    expect(await kindsIn(caseNumber)).toEqual([...FILED, 'decision', 'approval']);
  });

  test('after it was set aside, which only its officer may do', async () => {
    const { caseNumber, id } = await waiting();
    await shufen.sign(id);
    expect((await guoqiang.browser.post(`/actions/${id}/withdraw`, {})).code).toBe('not-found');
    expect((await shufen.browser.post(`/actions/${id}/withdraw`, {})).status).toBe(303);
    const page = await guoqiang.browser.get(`/actions/${id}`);
    expect(page.html).toContain('data-outcome="withdrawn"');
    expect(page.html).not.toContain('data-passkey');
    const answer = guoqiang.passkey.assert({ challenge: 'AAAA' });
    expect((await guoqiang.browser.post(`/actions/${id}`, { digest: digestOn(page), answer })).code).toBe(
      'action-ended',
    );
    expect(await kindsIn(caseNumber)).toEqual(FILED);
  });

  test('while the record is read-only; the act goes on waiting', async () => {
    const { caseNumber, id } = await waiting();
    await shufen.sign(id);
    const { pool } = platform.database;
    await pool.query('alter table entry enable trigger entry_while_serving');
    await pool.query("update record_condition set state = 'read-only'");
    const refusal = await guoqiang.sign(id);
    expect([refusal.status, refusal.code]).toEqual([503, 'record-read-only']);
    await pool.query("update record_condition set state = 'serving'");
    expect((await guoqiang.sign(id)).status).toBe(303);
    expect(await kindsIn(caseNumber)).toEqual([...FILED, 'decision', 'approval']);
  });
});

test('of two second signatures at once, one enters it', async () => {
  const { caseNumber, id } = await waiting();
  const third = await newOfficer(platform, { label: '承辦丙' });
  await third.signIn();
  await shufen.sign(id);
  const ready = [];
  for (const officer of [guoqiang, third]) {
    const page = await officer.browser.get(`/actions/${id}`);
    const fields = { digest: digestOn(page), answer: officer.passkey.assert(askedOn(page)) };
    ready.push(() => officer.browser.post(`/actions/${id}`, fields));
  }
  const pages = await Promise.all(ready.map((send) => send()));
  expect(pages.map(({ status, code }) => code ?? status).toSorted()).toEqual([303, 'action-ended']);
  expect(await kindsIn(caseNumber)).toEqual([...FILED, 'decision', 'approval']);
});

test('a signature lapses with its officer’s key and mandate', async () => {
  const replaced = await newOfficer(platform, { label: '承辦丁' });
  await replaced.signIn();
  const { caseNumber, id } = await waiting(replaced);
  await replaced.sign(id);
  await newOfficer(platform, { label: '承辦丁' });
  expect((await guoqiang.sign(id)).code).toBe('first-approval-lapsed');

  // Midnight in Taipei passes while both are at work.
  const midnight = Date.parse(`${today()}T00:00:00+08:00`) + 86_400_000;
  platform.clock.standAt(midnight - 5 * 60_000);
  const ends = await newOfficer(platform, { label: '承辦戊', untilOn: today() });
  const second = await newOfficer(platform, { label: '承辦己', untilOn: today() });
  for (const officer of [ends, second, shufen]) expect((await officer.signIn()).status).toBe(303);
  const [before, after] = [await waiting(ends), await waiting()];
  await ends.sign(before.id);
  await shufen.sign(after.id);
  platform.clock.moveBy(5 * 60_000);
  expect((await second.sign(after.id)).code).toBe('mandate-ended');
  expect((await shufen.sign(before.id)).code).toBe('first-approval-lapsed');
  const refused = await ends.browser.post(`/cases/${caseNumber}/acts/accepted`, { ...TICKED, on: today() });
  expect(refused.code).toBe('mandate-ended');
  platform.clock.letGo();
  for (const of of [caseNumber, before.caseNumber, after.caseNumber])
    expect(await kindsIn(of)).toEqual(FILED);
});
