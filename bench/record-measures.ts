/** What `bench/record.ts` measures at each size of the log. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { monotonicMs, pause, systemClock } from '../src/platform/time.ts';
import { InclusionWatch } from '../src/record/inclusion.ts';
import { publicRecord } from '../src/record/public-record.ts';
import { readHeadAndCounts } from '../src/record/publication-store.ts';
import { readPublishedCount } from '../src/record/published-counts.ts';
import { readPublishedProof } from '../src/record/published-log.ts';
import { commitmentOf } from './record-entries.ts';
import type { World } from './record-world.ts';

/**
 * Several times of one thing, in milliseconds. On a machine shared with other work the fastest tenth says what the
 * thing costs by itself, the median what it cost then.
 */
export type Times = Readonly<{ p10: number; median: number; p95: number; of: number }>;

/** One row of the table. Times in milliseconds. */
export type Measured = Readonly<{
  /** Entries in the log when its measurement began. */
  size: number;
  /** Full rounds, everything pending beforehand: entries by seconds of all rounds, and one round of 4,096. */
  entriesPerSecond: number;
  fullRound: Times;
  /** Of this process and the sequencer's PostgreSQL process, per entry, in microseconds; Linux only. */
  processorPerEntry: number | undefined;
  /** Bytes of write-ahead log for one entry of a full round; pages logged whole after a checkpoint included. */
  walPerEntry: number;
  /** A round with one entry, from its call until its checkpoint is signed, committed, journaled and released. */
  oneEntry: Times;
  /** Proof of a random entry in the newest checkpoint, no tile in memory beforehand. */
  proof: Times;
  /** The same from the published files. */
  publishedProof: Times;
  /** The published count file of a case; and the counts of all cases in the database with the head they belong to. */
  countFile: Times;
  countRows: Times;
  /** All acts of one case, as its page folds them. */
  acts: Times;
  /** One publication after one more entry. */
  publication: Times;
  /** Start of a sequencer: the comparison of database, journal and public files. */
  start: number;
  /** Entering 4,096 at once, not part of any figure above. */
  insert: Times;
  bytes: Readonly<{ entry: number; tiles: number; database: number }>;
  /** How the machine was at that time: a query that reads nothing, and 8 KB written and synced beside the journal. */
  nothingAsked: Times;
  synced: Times;
}>;

const SURELY_RELEASED_MS = 2_500;
const PROOFS = 100;
const SMALL_RUNS = 31;
const FULL_ROUND = 4_096;

const record = publicRecord([]);

function timesOf(times: readonly number[]): Times {
  const sorted = [...times].sort((a, b) => a - b);
  const at = (share: number): number =>
    sorted[Math.min(sorted.length - 1, Math.floor(share * sorted.length))] ?? Number.NaN;
  return { p10: at(0.1), median: at(0.5), p95: at(0.95), of: times.length };
}

async function timed(runs: number, work: (run: number) => Promise<unknown>): Promise<Times> {
  const times: number[] = [];
  for (let run = 0; run < runs; run++) {
    const began = monotonicMs();
    if ((await work(run)) === undefined) throw new Error('what is measured was not there');
    times.push(monotonicMs() - began);
  }
  return timesOf(times);
}

/** Measures the log as it is, then its next full rounds. */
export async function measure(world: World, fullRounds: number): Promise<Measured> {
  const { db, publicDirectory } = world;
  const start = await world.reopen();
  await world.prewriteFiles();
  await world.publish();
  const size = (await readHeadAndCounts(db)).head?.size ?? 0;
  const random = (): Uint8Array => commitmentOf(Math.floor(Math.random() * world.signatures));
  await pause(SURELY_RELEASED_MS);
  const measured = {
    size,
    start,
    proof: await timed(PROOFS, () =>
      new InclusionWatch({ db, clock: systemClock, connection: world.connection }).proofFor(random()),
    ),
    publishedProof: await timed(PROOFS, () => readPublishedProof(db, publicDirectory, random())),
    countFile: await timed(PROOFS, () => readPublishedCount(publicDirectory, '9901', 'joint-signature')),
    countRows: await timed(PROOFS, async () => (await readHeadAndCounts(db)).head),
    acts: await timed(SMALL_RUNS, async () => (await record.acts(db, '9901'))[0]),
    bytes: await world.bytes(),
    nothingAsked: await timed(PROOFS, () => world.askNothing()),
    synced: await timed(SMALL_RUNS, async (run) => {
      writeFileSync(join(world.directory, `synced-${run}`), Buffer.alloc(8_192), { flush: true });
      return run;
    }),
  };
  const { oneEntry, publication } = await oneByOne(world);
  return { ...measured, oneEntry, publication, ...(await full(world, fullRounds)) };
}

/** Rounds of one entry each, and a publication after each. */
async function oneByOne(world: World): Promise<Pick<Measured, 'oneEntry' | 'publication'>> {
  const rounds: number[] = [];
  const publications: number[] = [];
  for (let run = 0; run < SMALL_RUNS; run++) {
    await world.insert(1);
    const [round] = await world.drain();
    if (round?.entries !== 1) throw new Error('not a round of one entry');
    rounds.push(round.ms);
    publications.push(await world.publish());
  }
  return { oneEntry: timesOf(rounds), publication: timesOf(publications) };
}

async function full(
  world: World,
  fullRounds: number,
): Promise<
  Pick<Measured, 'entriesPerSecond' | 'fullRound' | 'processorPerEntry' | 'walPerEntry' | 'insert'>
> {
  const inserts: number[] = [];
  for (let i = 0; i < fullRounds; i++) inserts.push(await world.insert(FULL_ROUND));
  const walBefore = await world.walBytes();
  const before = await world.processorSeconds();
  const rounds = await world.drain();
  const after = await world.processorSeconds();
  const entries = rounds.reduce((sum, round) => sum + round.entries, 0);
  if (entries !== fullRounds * FULL_ROUND) throw new Error(`${entries} entries in ${fullRounds} rounds`);
  const ms = rounds.reduce((sum, round) => sum + round.ms, 0);
  return {
    entriesPerSecond: (entries / ms) * 1_000,
    fullRound: timesOf(rounds.map((round) => round.ms)),
    processorPerEntry:
      before === undefined || after === undefined ? undefined : ((after - before) / entries) * 1e6,
    walPerEntry: ((await world.walBytes()) - walBefore) / entries,
    insert: timesOf(inserts),
  };
}

/** A first short log, so that the first size is not measured on a cold program; and a look at what was entered. */
export async function warmUp(world: World): Promise<void> {
  await world.grow(5_000, () => undefined);
  await world.checkBodies();
  await oneByOne(world);
}
