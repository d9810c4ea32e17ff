/** `lianshu-verify` against a whole house, as anybody outside runs it: log, count, monitor and receipts agree with it. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../packages/verify/src/cli.ts';
import { prepare, send, sign } from '../builders/signer.ts';
import { startPlatform, type TestPlatform } from '../platform.ts';
import { untilWitnessed } from '../witnesses/witnessed.ts';

const CASE = '9901';
let platform: TestPlatform;
let prepared: Awaited<ReturnType<typeof prepare>>;

beforeAll(async () => {
  platform = await startPlatform({ witnesses: 3 });
  await platform.openCase(CASE);
  const { promiseKey } = await platform.sealer.health();
  writeFileSync(
    join(platform.directory, 'keys.txt'),
    `${[...platform.verifierKeys, promiseKey].join('\n')}\n`,
  );
  prepared = await prepare(platform, citizen(810), CASE);
  const first = await send(platform, CASE, prepared);
  for (const answer of [
    first,
    await sign(platform, citizen(811), CASE),
    await sign(platform, citizen(812), CASE),
  ]) {
    expect(answer.status).toBe(201);
    await untilWitnessed(platform, String(answer.body['commitment']));
  }
});
afterAll(() => platform?.close());

async function verify(...args: readonly string[]) {
  let out = '';
  const exit = await runCli(
    [...args, '--keys', 'keys.txt', '--policy', platform.policyFile ?? '', '--json'],
    {
      env: {},
      folder: platform.directory,
      programFolder: platform.directory,
      nowMs: () => platform.clock.nowMs(),
      out: (text) => {
        out += text;
      },
      err: (text) => {
        out += text;
      },
      isTerminal: false,
    },
  );
  return { exit, out };
}

const log = () => `${platform.url}/log`;

describe('a whole house', () => {
  it('has a log of which every tile and entry holds, cosigned by its witnesses', async () => {
    const { exit, out } = await verify('log', '--log', log(), '--save', 'saved.txt');
    expect(exit, out).toBe(0);
    expect(JSON.parse(out)).toMatchObject({
      faults: [],
      anomalies: [],
      kinds: { 'joint-signature': 3, opened: 1 },
      log: { quorum: { reached: true } },
    });
  });

  it('shows the numbers that its entries give, in the counts file, the API and on the page', async () => {
    const { exit, out } = await verify('count', CASE, '--log', log());
    expect(exit, out).toBe(0);
    const { acts, compared, differences } = JSON.parse(out);
    expect(acts).toMatchObject({ 'joint-signature': { counted: 3, channels: { electronic: 3 } } });
    expect(differences).toEqual([]);
    // Each names its checkpoint: none of them was passed over.
    const sizes = compared.map((one: { source: string; size?: number }) => [one.source, typeof one.size]);
    expect(sizes).toEqual([
      ['counts', 'number'],
      ['api', 'number'],
      ['page', 'number'],
    ]);
  });

  it('gives a monitor nothing to tell, before and after it grows', async () => {
    const watch = () =>
      verify('monitor', '--once', '--log', log(), '--state', 'watch.json', '--publish-every', '1');
    const first = await watch();
    expect(first, first.out).toEqual({ exit: 0, out: '' });
    const answer = await sign(platform, citizen(813), CASE);
    await untilWitnessed(platform, String(answer.body['commitment']));
    const second = await watch();
    expect(second, second.out).toEqual({ exit: 0, out: '' });
    expect(await verify('log', '--log', log(), '--from', 'saved.txt')).toMatchObject({ exit: 0 });
  });

  it('gives receipts that satisfy the quorum', async () => {
    const again = await send(platform, CASE, prepared);
    writeFileSync(join(platform.directory, 'own.tlog-proof'), String(again.body['receipt']));
    const { exit, out } = await verify('receipt', 'own.tlog-proof', '--require-witnesses', '--log', log());
    expect(exit, out).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ code: 'counted', witnesses: { quorum: true } });
  });
});
