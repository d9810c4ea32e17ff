/** 演習: many rounds in many worlds, planned by a seed; what is found is kept with everything that explains it. */
import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { DISK_FAULTS, FAULT_KINDS, type FaultKind } from './faults.ts';
import type { Ground } from './ground.ts';
import type { Envelope } from './pool.ts';
import { type RoundPlan, type RoundResult, runRound } from './round.ts';
import { type SeededRandom, seededRandom } from './seeded-random.ts';
import { World } from './world.ts';

/** What to run. */
export type CampaignOptions = Readonly<{
  ground: Ground;
  seed: string;
  rounds: number;
  /** No further round begins after so long. */
  mostMs: number;
  /** Where the files of a bad round go. */
  evidence: string;
  onRound: (n: number, kinds: readonly FaultKind[], result: RoundResult) => void;
  /** Faults to choose from; those this machine can do unless told. */
  kinds?: readonly FaultKind[];
  /** Asked before each world. */
  shouldStop?: () => boolean;
  /** Each of these once and in order, one a round, instead of a choice. */
  script?: readonly FaultKind[];
}>;

/** What came of it all. */
export type CampaignTotals = {
  rounds: number;
  badRounds: number;
  worlds: number;
  answers: number;
  entries: number;
  checkpoints: number;
  counts: number;
  latePromises: number;
  slowestMs: number;
  readonly faults: Map<FaultKind, number>;
  readonly findings: string[];
};

const ENVELOPES_PER_ROUND = 14;
const MOST_ROUNDS_PER_WORLD = 6;

/** The faults this machine can do. */
export const possibleKinds = ({ disks }: Ground): readonly FaultKind[] =>
  FAULT_KINDS.filter((kind) => disks !== undefined || !DISK_FAULTS.has(kind));

/** Runs it. Throws only where the campaign itself is broken. */
export async function runCampaign(options: CampaignOptions): Promise<CampaignTotals> {
  const { ground, seed, rounds } = options;
  const began = performance.now();
  const totals: CampaignTotals = {
    rounds: 0,
    badRounds: 0,
    worlds: 0,
    answers: 0,
    entries: 0,
    checkpoints: 0,
    counts: 0,
    latePromises: 0,
    slowestMs: 0,
    faults: new Map(),
    findings: [],
  };
  const isOver = () => performance.now() - began > options.mostMs || options.shouldStop?.() === true;
  while (totals.rounds < rounds && !isOver()) {
    totals.worlds += 1;
    const random = seededRandom(`${seed}/${totals.worlds}`);
    const worldRounds = Math.min(random.between(1, MOST_ROUNDS_PER_WORLD), rounds - totals.rounds);
    const slice = sliceOf(ground.pool.envelopes, worldRounds * ENVELOPES_PER_ROUND, random);
    const held = slice.filter(() => random.chance(20)).map(({ commitment }) => commitment);
    const world = await World.make(ground, `world_${process.pid}_${totals.worlds}`, slice, held);
    let isBad = false;
    try {
      await world.open();
      for (let n = 0; n < worldRounds && !isBad; n += 1) {
        const envelopes = slice.slice(n * ENVELOPES_PER_ROUND, (n + 1) * ENVELOPES_PER_ROUND);
        const plan = planOf(options, totals.rounds, envelopes, random);
        const result = await runRound(world, plan, random);
        add(totals, plan, result);
        isBad = result.findings.length > 0;
        const about = `seed ${seed}, world ${totals.worlds}, round ${n + 1} of it`;
        if (isBad) totals.findings.push(...result.findings.map((finding) => `${about}: ${finding}`));
        options.onRound(
          totals.rounds,
          plan.faults.map(({ kind }) => kind),
          result,
        );
      }
      totals.checkpoints += world.observer.checkpoints.length;
      totals.counts += world.observer.counts.length;
    } catch (error) {
      isBad = true;
      totals.badRounds += 1;
      totals.findings.push(
        `seed ${seed}, world ${totals.worlds}: ${error instanceof Error ? error.message : error}`,
      );
    }
    if (isBad) keep(options, world, totals);
    await world.close();
  }
  return totals;
}

/** Consecutive envelopes of the pool, so that both of one person are in it more often than not. */
function sliceOf(pool: readonly Envelope[], n: number, random: SeededRandom): readonly Envelope[] {
  const from = random.between(0, pool.length - n);
  return pool.slice(from, from + n);
}

function planOf(
  { kinds, script, ground }: CampaignOptions,
  done: number,
  envelopes: readonly Envelope[],
  random: SeededRandom,
): RoundPlan {
  const scripted = script?.[done];
  const choice = kinds ?? possibleKinds(ground);
  const n = random.pick([1, 1, 2, 2, 3]);
  const faults = Array.from({ length: scripted === undefined ? n : 1 }, () => ({
    kind: scripted ?? random.pick(choice),
    afterMs: random.between(20, 350),
  }));
  return { envelopes, faults, loadMs: random.between(200, 700) };
}

function add(totals: CampaignTotals, plan: RoundPlan, result: RoundResult): void {
  totals.rounds += 1;
  if (result.findings.length > 0) totals.badRounds += 1;
  totals.answers += result.answered;
  totals.entries += plan.envelopes.length;
  totals.latePromises += result.latePromises;
  totals.slowestMs = Math.max(totals.slowestMs, result.ms);
  for (const { kind } of plan.faults) totals.faults.set(kind, (totals.faults.get(kind) ?? 0) + 1);
}

/** Copies the world's files, its history and its diary to a folder of their own. */
function keep(
  { evidence, seed, ground }: CampaignOptions,
  world: World,
  { worlds, findings }: CampaignTotals,
): void {
  const folder = join(evidence, `${seed}-${worlds}`);
  mkdirSync(folder, { recursive: true });
  cpSync(join(world.folder, 'public'), join(folder, 'public'), { recursive: true });
  writeFileSync(join(folder, 'findings.txt'), `${findings.join('\n')}\n`);
  writeFileSync(join(folder, 'diary.txt'), `${world.diary.join('\n')}\n`);
  writeFileSync(join(folder, 'postgres.log'), ground.server.logTail());
  const { answers, observer } = world;
  const seen = { answers, checkpoints: observer.checkpoints, counts: observer.counts };
  writeFileSync(join(folder, 'seen.json'), JSON.stringify(seen, undefined, 1));
}
