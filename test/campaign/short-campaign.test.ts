/**
 * The short form of the campaign: every fault once with a fixed seed, and some by a seed of this run, which is
 * printed. The long form is `npm run campaign`.
 */
import { randomBytes } from 'node:crypto';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { type CampaignTotals, possibleKinds, runCampaign } from './campaign.ts';
import { FAULT_KINDS } from './faults.ts';
import { type Ground, prepareGround } from './ground.ts';

let ground: Ground;
beforeAll(async () => {
  ground = await prepareGround(84);
}, 120_000);
afterAll(() => ground?.close());

const evidence = join(tmpdir(), 'lianshu-campaign-evidence');
const MOST_MS = 600_000;

async function run(
  seed: string,
  rounds: number,
  script?: typeof FAULT_KINDS | undefined,
): Promise<CampaignTotals> {
  const kinds = possibleKinds(ground);
  const totals = await runCampaign({
    ground,
    seed,
    rounds,
    mostMs: MOST_MS,
    evidence,
    kinds,
    onRound: () => undefined,
    ...(script ? { script: script.filter((kind) => kinds.includes(kind)) } : {}),
  });
  expect(totals.findings, `seed ${seed}, evidence in ${evidence}`).toEqual([]);
  expect(totals.rounds).toBe(rounds);
  return totals;
}

test('this machine has disks to fill', (context) => {
  if (ground.disks !== undefined) return;
  const reason = 'this machine lets us mount no small disk: no disk is filled';
  console.warn(`!!! SKIPPED: ${reason} !!!`);
  if (process.env['CI']) throw new Error(reason);
  context.skip(reason);
});

test('every fault once', async () => {
  const kinds = possibleKinds(ground);
  const totals = await run('every fault once', kinds.length, FAULT_KINDS);
  expect([...totals.faults.keys()].toSorted()).toEqual([...kinds].toSorted());
  expect(totals.answers).toBe(totals.entries);
  // The checker had something to judge.
  expect(totals.checkpoints).toBeGreaterThan(kinds.length);
  expect(totals.counts).toBeGreaterThan(kinds.length);
}, 300_000);

test('some faults together, by chance', async () => {
  const seed = randomBytes(4).toString('hex');
  console.info(`campaign seed ${seed}`);
  await run(seed, 3);
}, 120_000);
