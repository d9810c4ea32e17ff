/** Whatever is handed in on paper has a receipt with time and digests; and a hearing has as many disputed facts as it has. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { actsIn, fileCase, newOfficer, type TestOfficer } from '../builders/office.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';

let platform: TestPlatform;
let shufen: TestOfficer;
let guoqiang: TestOfficer;

const today = () => new Date(platform.clock.nowMs() + 8 * 3_600_000).toISOString().slice(0, 10);
const proposal = { draft: 'D00009', electronic: 1_950, paper: 10 };

beforeAll(async () => {
  platform = await startPlatform({
    surfaces: ['sequencer', 'public', 'office'],
    env: { LIANSHU_OFFICE_PORT: '0' },
  });
  shufen = await newOfficer(platform, { label: '承辦甲' });
  guoqiang = await newOfficer(platform, { label: '承辦乙' });
  for (const officer of [shufen, guoqiang]) await officer.signIn();
});
afterAll(() => platform?.close());

async function enter(of: string, kind: string, fields: Readonly<Record<string, string>> = {}) {
  const id = await shufen.prepare(of, kind, { on: today(), ...fields });
  for (const officer of [shufen, guoqiang]) {
    const page = await officer.sign(id);
    if (page.status !== 303) throw new Error(`${kind}: ${page.status} ${page.code ?? page.html}`);
  }
  return id;
}

/** What the commission and the registry do in between. */
async function step(
  of: string,
  kind: string,
  body: object,
  capacity: 'commission' | 'registry' = 'commission',
) {
  const act = { kind, capacity, body: { on: today(), ...body } } as never;
  const outcome = await platform.running.initiatives.enter(of, act);
  if (!outcome.ok) throw new Error(`${kind}: ${JSON.stringify(outcome.refusal)}`);
}
const meeting = () => ({ number: '600', date: today() });
const accept = (of: string) => step(of, 'decision', { decides: 'accepted' });
const hear = async (of: string) => {
  await step(of, 'hearing', { step: 'notified', hearingOn: today(), place: '甲室' });
  await step(of, 'hearing', { step: 'held', disputedFacts: [], recordings: [] });
};
const check = async (of: string, valid: number) => {
  await step(of, 'check-request', { of: 'proposers', sent: 1_960 });
  const result = { of: 'proposers', received: 1_960, valid, required: 1_955, excluded: {} };
  await step(of, 'check-result', result, 'registry');
};

/** The receipt on the page of an act, in a language. */
async function receiptOn(id: string, prefix = '') {
  const { html } = await shufen.browser.get(`${prefix}/actions/${id}`);
  const section = /<section[^>]*data-receipt="[\s\S]*?<\/section>/.exec(html)?.[0] ?? '';
  const told = (pattern: RegExp) => pattern.exec(section)?.[1];
  return {
    section,
    of: told(/data-receipt="([^"]*)"/),
    kind: told(/data-receipt-of="([^"]*)"/),
    at: told(/data-receipt-at[^>]*>[\s\S]*?datetime="([^"]+)"/i),
    text: told(/data-receipt-text[^>]*>([0-9a-f]{64})</),
    digest: told(/data-receipt-digest[^>]*>([0-9a-f]{64})</),
  };
}

/** It names the case, the moment, and the digest under which the record approves of it. */
async function expectReceipt(of: string, kind: string, id: string) {
  const receipt = await receiptOn(id);
  expect(receipt).toMatchObject({ of, kind });
  const approvals = (await actsIn(platform.database.pool, of)).filter((act) => act.kind === 'approval');
  expect(approvals.at(-1)?.body['action']).toBe(receipt.digest);
  expect(receipt.at).toContain('T');
  expect((await receiptOn(id, '/en')).section).toContain('Receipt');
  return receipt;
}

describe('a receipt for what is handed in on paper', () => {
  test('a correction: with the digest of the new text', async () => {
    const of = '9840';
    await fileCase(platform, of, proposal);
    await accept(of);
    await hear(of);
    const grounds = [{ ground: 'wording', reasons: { 'zh-Hant-TW': '文字。' } }];
    await step(of, 'decision', { decides: 'correction', grounds, meeting: meeting() });
    const id = await shufen.prepare(of, 'corrected', {
      on: today(),
      mainText: '你是否同意補正？',
      reasonsText: '一、甲。',
    });
    expect((await receiptOn(id)).section).toBe('');
    for (const officer of [shufen, guoqiang]) await officer.sign(id);
    const { text } = await expectReceipt(of, 'corrected', id);
    const versions = (await actsIn(platform.database.pool, of)).filter(({ kind }) => kind === 'version');
    expect(versions.at(-1)?.body['textDigest']).toBe(text);
  });

  test('an opinion, a supplement of proposers, and the affidavit', async () => {
    const of = '9841';
    await fileCase(platform, of, proposal);
    await accept(of);
    await step(of, 'decision', { decides: 'conforming', meeting: meeting() });
    await check(of, 1_900);
    await step(of, 'opinion', { step: 'requested', agency: '交通部' });
    const opinion = await enter(of, 'opinion-received', {
      agency: '交通部',
      text: '意見。',
      ifPassed: '通過之效果。',
      ifNotPassed: '未通過之效果。',
    });
    const { text } = await expectReceipt(of, 'opinion-received', opinion);
    const received = (await actsIn(platform.database.pool, of)).find(
      ({ kind, body }) => kind === 'opinion' && body['step'] === 'received',
    );
    expect(received?.body['textDigest']).toBe(text);
    await step(of, 'supplement', { of: 'proposers', step: 'ordered' });
    const supplement = await enter(of, 'proposer-supplement-filed');
    await expectReceipt(of, 'proposer-supplement-filed', supplement);
    await check(of, 1_958);
    await step(of, 'notice-to-collect', {});
    await expectReceipt(of, 'applied-for-system', await enter(of, 'applied-for-system'));
  });

  test('a withdrawal; and none for what the commission itself decides', async () => {
    const of = '9842';
    await fileCase(platform, of, proposal);
    const accepted = await enter(of, 'accepted');
    expect((await receiptOn(accepted)).section).toBe('');
    await expectReceipt(of, 'withdrawn', await enter(of, 'withdrawn', { agreeing: '980' }));
  });
});

test('a hearing with six disputed facts and a link to its recording', async () => {
  const of = '9843';
  await fileCase(platform, of, proposal);
  await accept(of);
  await step(of, 'hearing', { step: 'notified', hearingOn: today(), place: '甲室' });
  const facts = Array.from({ length: 6 }, (_, i) => ({ fact: `爭點${i + 1}`, settled: `認定${i + 1}` }));
  const rows = facts.flatMap(({ fact, settled }, i) => [
    [`disputedFacts.${i}.fact`, fact],
    [`disputedFacts.${i}.settled`, settled],
  ]);
  const link = 'https://example.invalid/hearing/1';
  await enter(of, 'hearing-held', { ...Object.fromEntries(rows), recordings: link });
  const held = (await actsIn(platform.database.pool, of)).find(({ body }) => body['step'] === 'held');
  expect(held?.body).toMatchObject({ disputedFacts: facts, recordings: [link] });
  const course = await (await fetch(`${platform.url}/initiatives/${of}`)).text();
  expect(course).toContain('爭點6');
  expect(course).toContain(link);
});
