/** A receipt becomes "witnessed": at the API, by repeating the request, and on the public page without script. */
import { readFileSync } from 'node:fs';
import { citizen } from '@lianshu/simulators';
import { openWitnessedCheckpoint, type Policy, parsePolicy, parseTlogProof } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { keysOf } from '../builders/published-log.ts';
import { type Answer, prepare, send } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { get, type StateAnswer, untilWitnessed, uploadReceipt } from './witnessed.ts';

const CASE = '9901';
let platform: TestPlatform;
let policy: Policy;
let prepared: Awaited<ReturnType<typeof prepare>>;
let first: Answer;
let commitment: string;
let witnessed: StateAnswer;
beforeAll(async () => {
  platform = await startPlatform({ witnesses: 3 });
  await platform.openCase(CASE);
  const parsed = parsePolicy(sha256, readFileSync(platform.policyFile ?? ''));
  if (!parsed.ok) throw new Error('policy');
  policy = parsed.policy;
  prepared = await prepare(platform, citizen(700), CASE);
  first = await send(platform, CASE, prepared);
  expect(first.status).toBe(201);
  commitment = String(first.body['commitment']);
  witnessed = await untilWitnessed(platform, commitment);
});
afterAll(() => platform?.close());

const open = (checkpoint: string) => {
  const opened = openWitnessedCheckpoint(nodeNotePrimitives, checkpoint, policy);
  if (!opened.ok) throw new Error(opened.code);
  return opened;
};
const checkpointOf = (receipt: unknown) => parseTlogProof(String(receipt))?.checkpoint ?? '';
const check = (receipt: string) =>
  checkReceipt(nodeNotePrimitives, new TextEncoder().encode(receipt), { keys: keysOf(platform), policy });

describe('a receipt', () => {
  it('is given at once, before anybody could witness it', () => {
    expect(open(checkpointOf(first.body['receipt']))).toMatchObject({ cosigned: [], quorum: false });
  });

  it('is witnessed after publication, under the policy that is public', async () => {
    const { checkpoint, witnessed: by } = witnessed.proof;
    expect(open(checkpoint)).toMatchObject({ quorum: true, checkpoint: { size: witnessed.proof.size } });
    const names = ['a', 'b', 'c'].map((letter) => `witness-${letter}.lianshu.invalid`);
    expect(by).toEqual({ names, of: 3, isWitnessed: true });
    expect((await get(platform, '/log/policy')).text).toBe(readFileSync(platform.policyFile ?? '', 'utf8'));
    expect(JSON.parse((await get(platform, '/log/witnessing.json')).text)).toMatchObject({ quorum: true });
  });

  it('says which publication bound it, on the word of witnesses', () => {
    const { index, cosignedFirst, size } = witnessed.proof;
    expect(cosignedFirst?.by.length).toBeGreaterThanOrEqual(2);
    expect(cosignedFirst?.size).toBeGreaterThan(index);
    expect(cosignedFirst?.size).toBeLessThanOrEqual(size);
  });

  it('has a form without post-quantum signatures, which proves the same', async () => {
    const answer = await get(platform, `/v1/receipts/${commitment}?form=ed25519`);
    const { checkpoint } = (JSON.parse(answer.text) as StateAnswer).proof;
    expect(open(checkpoint).quorum).toBe(true);
    expect(Math.max(...checkpoint.split('\n').map((line) => line.length))).toBeLessThan(200);
    expect(witnessed.proof.checkpoint.length - checkpoint.length).toBeGreaterThan(3_000);
    expect((await get(platform, `/v1/receipts/${commitment}?form=small`)).status).toBe(400);
  });

  it('comes witnessed to whoever sends the same signature again', async () => {
    const again = await send(platform, CASE, prepared);
    expect(again.status).toBe(201);
    expect(open(checkpointOf(again.body['receipt'])).quorum).toBe(true);
    expect(check(String(again.body['receipt']))).toMatchObject({ code: 'included', receipt: { commitment } });
  });
});

describe('the public page', () => {
  it.each([
    ['/receipts', '已由 3 位見證人見證（共 3 位）。'],
    ['/en/receipts', 'Witnessed by 3 of 3.'],
  ])('%s says who has witnessed, and offers the witnessed receipt', async (path, sentence) => {
    const { status, text } = await get(platform, `${path}/${commitment}`);
    expect(status).toBe(200);
    expect(text).toContain(sentence);
    expect(text).toMatch(/light-on[^>]*data-light="witnessed"/);
    expect(text).toContain('witness-b.lianshu.invalid');
    expect(text).toContain(`action="${path}/witnessed"`);
    expect(text).not.toContain('<script');
  });

  it('exchanges the first receipt for the witnessed one, and changes nothing that opens it', async () => {
    const receipt = String(first.body['receipt']);
    const upgraded = await uploadReceipt(platform, receipt);
    expect(upgraded.status).toBe(200);
    expect(upgraded.disposition).toMatch(/^attachment; filename="lianshu-9901-.{8}-witnessed\.tlog-proof"$/);
    expect(check(upgraded.text)).toMatchObject({
      code: 'included',
      receipt: { commitment, cosignedBy: expect.arrayContaining([expect.stringMatching(/^witness-a/)]) },
    });
    expect(open(checkpointOf(upgraded.text)).quorum).toBe(true);
    expect(parseTlogProof(upgraded.text)?.extra).toEqual(parseTlogProof(receipt)?.extra);
    expect(parseTlogProof(upgraded.text)?.index).toBe(parseTlogProof(receipt)?.index);
    expect((await uploadReceipt(platform, upgraded.text)).status).toBe(200);
  });

  it('takes nothing else for a receipt', async () => {
    const receipt = String(first.body['receipt']);
    for (const file of ['', 'nonsense', receipt.replace('extra e', 'extra f'), String(first.body['promise'])])
      expect(await uploadReceipt(platform, file)).toMatchObject({ status: 400 });
  });

  it.each(['/', '/en', `/initiatives/${CASE}`, `/en/initiatives/${CASE}`, '/witnesses', '/en/witnesses'])(
    '%s says that the counts are witnessed, at which size, without script',
    async (path) => {
      const { status, text } = await get(platform, path);
      expect(status).toBe(200);
      expect(text).toContain('data-witnessed="yes"');
      expect(text).not.toContain('<script');
      expect(text).toMatch(
        path.startsWith('/en') ? /witnessed by 3 of 3/i : /已由 3 位見證人見證（共 3 位）/,
      );
      if (path.endsWith('witnesses'))
        expect(text).toMatch(path.startsWith('/en') ? /shows the mechanism, proves nothing/ : /不證明任何事/);
    },
  );
});
