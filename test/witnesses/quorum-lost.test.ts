/** Witnesses go away, come back and lie: the record goes on, says what it has, and loses nothing it had. */
import { citizen } from '@lianshu/simulators';
import { parseTlogProof } from '@lianshu/tlog';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { cosigns, isAt, status } from '../builders/scripted-witness.ts';
import { sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { get, untilState, untilWitnessed, untilWitnessing, uploadReceipt } from './witnessed.ts';

const CASE = '9901';
let platform: TestPlatform;
beforeAll(async () => {
  platform = await startPlatform({ witnesses: 3 });
  await platform.openCase(CASE);
});
afterAll(() => platform?.close());

let next = 710;
/** A further signature: its commitment, its first receipt, and the published size that holds it. */
async function signed() {
  const answer = await sign(platform, citizen(next++), CASE);
  expect(answer.status).toBe(201);
  const commitment = String(answer.body['commitment']);
  const { proof } = await untilState(platform, commitment);
  return { commitment, receipt: String(answer.body['receipt']), proof };
}
const witness = (i: number) => {
  const found = platform.witnesses[i];
  if (!found) throw new Error('no such witness');
  return found;
};

describe('with two of three witnesses gone', () => {
  it('publishes, and says that it is not witnessed', async () => {
    const before = await signed();
    await untilWitnessed(platform, before.commitment);
    await witness(1).stop();
    await witness(2).stop();
    const after = await signed();
    const { size } = await untilWitnessing(platform, (witnessing) => {
      expect(witnessing.size).toBeGreaterThan(after.proof.index);
      expect(witnessing.quorum).toBe(false);
      expect(witnessing.witnesses.map(({ state }) => state)).toEqual([
        'cosigned',
        'unreachable',
        'unreachable',
      ]);
    });
    for (const [path, words] of [
      ['/', '尚未達到法定人數'],
      [`/en/initiatives/${CASE}`, 'not yet witnessed: 1 of 3'],
      ['/en/witnesses', 'cannot be reached'],
    ] as const) {
      const { text } = await get(platform, path);
      expect(text).toContain('data-witnessed="no"');
      expect(text).toContain(words);
    }
    // What was witnessed stays so; what came later is not, and says it.
    const old = await untilState(platform, before.commitment);
    expect(old.proof.witnessed?.isWitnessed).toBe(true);
    expect(old.proof.size).toBeLessThan(size);
    const young = await untilState(platform, after.commitment);
    expect(young.proof.witnessed).toEqual({
      names: ['witness-a.lianshu.invalid'],
      of: 3,
      isWitnessed: false,
    });
    expect((await uploadReceipt(platform, before.receipt)).status).toBe(200);
    expect((await uploadReceipt(platform, after.receipt)).status).toBe(409);
    const page = await get(platform, `/en/receipts/${after.commitment}`);
    expect(page.text).toMatch(/light-waiting[^>]*data-light="witnessed"/);
    expect(page.text).toContain('1 of 3 witnesses have cosigned, which is not enough yet');
  });

  it('repairs it when they come back with their state, without a new entry', async () => {
    const lost = await untilWitnessing(platform, ({ quorum }) => expect(quorum).toBe(false));
    await witness(1).start();
    await witness(2).start();
    const regained = await untilWitnessing(platform, ({ witnesses }) =>
      expect(witnesses.every(({ time }) => time !== undefined)).toBe(true),
    );
    expect(regained).toMatchObject({ quorum: true, size: lost.size, root: lost.root });
    const checkpoint = (await get(platform, '/log/checkpoint')).text;
    expect(checkpoint.match(/^— witness-[abc]/gm)).toHaveLength(3);
  });
});

describe('a witness that lies', () => {
  const hostile: readonly (readonly [string, Parameters<ReturnType<typeof witness>['betray']>[0], RegExp])[] =
    [
      ['claims an absurd size', isAt('9007199254740000'), /^ahead$/],
      ['sends conflicts for ever', isAt(0), /^conflict$/],
      ['hangs', () => undefined, /^timeout$/],
      ['resets the connection', ({ request }) => request.socket.resetAndDestroy(), /^unreachable$/],
      ['sends a page', status(200, '<p>hello</p>', 'text/html'), /^malformed$/],
      ['sends far too much', ({ response }) => void response.end('A'.repeat(1 << 20)), /^too-large$/],
    ];

  it.each(hostile)('%s holds up neither signers nor publication', async (_what, answer, state) => {
    await witness(0).betray(answer);
    const { commitment } = await signed();
    const { proof } = await untilState(platform, commitment, (found) =>
      expect(found.proof.witnessed?.isWitnessed).toBe(true),
    );
    expect(proof.witnessed?.names).toEqual(['witness-b.lianshu.invalid', 'witness-c.lianshu.invalid']);
    await untilWitnessing(platform, ({ witnesses }) => expect(witnesses[0]?.state).toMatch(state));
  });

  it('is believed again as soon as it tells the truth, and the checkpoint is completed', async () => {
    await witness(0).betray(cosigns(witness(0).signer));
    const { commitment } = await signed();
    await untilWitnessed(platform, commitment);
    await witness(0).start();
    const last = await signed();
    await untilWitnessed(platform, last.commitment);
    expect(parseTlogProof(last.receipt)?.index).toBe(last.proof.index);
  });
});
