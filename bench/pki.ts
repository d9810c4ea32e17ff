/**
 * The full check of one envelope: `node bench/pki.ts`. Half a minute at most; figures are ratios of one run on one machine.
 * Needs: attached CMS, RSA-2048 signer, RSA-4096 issuer, 412,000 revoked: 4,000/s per core; two workers 1.3 times one.
 */
import { createPublicKey, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { loadavg } from 'node:os';
import { Worker } from 'node:worker_threads';
import { type EnvelopeInput, RevocationIndex, TrustStore, verifyEnvelope } from '@lianshu/pki';
import { rsaKey, TEST_NOW_MS } from '@lianshu/pki/testing';
import { type BuiltWorld, buildWorld } from './pki-world.ts';

const SPAN_MS = 1000;

/** Calls per second of CPU time of this thread, after a warm-up of half the time. */
function rate(act: (i: number) => void): number {
  let i = 0;
  const run = (span: number): number => {
    const started = process.cpuUsage();
    const wall = performance.now();
    const from = i;
    do {
      for (let k = 0; k < 50; k += 1) {
        act(i);
        i += 1;
      }
    } while (performance.now() - wall < span);
    const used = process.cpuUsage(started);
    return ((i - from) / (used.user + used.system)) * 1e6;
  };
  run(SPAN_MS / 2);
  return run(SPAN_MS);
}

function row(label: string, perSecond: number, note = ''): void {
  console.log(`${label.padEnd(58)}${Math.round(perSecond).toLocaleString('en').padStart(10)} /s  ${note}`);
}

function rawRsa(bits: number): number {
  const key = rsaKey(bits);
  const publicKey = createPublicKey(key);
  const message = Buffer.alloc(200, 7);
  const signature = sign('sha256', message, key);
  return rate(() => {
    if (!verify('sha256', message, publicKey, signature)) throw new Error('bench: signature');
  });
}

function judging(world: BuiltWorld, inputs: readonly EnvelopeInput[], remembered: number): number {
  const trust = TrustStore.load(world.pins, world.certificates, {
    production: false,
    nowMs: TEST_NOW_MS,
    rememberedCertificates: remembered,
  });
  const revocation = new RevocationIndex([world.list]);
  return rate((i) => {
    const input = inputs[i % inputs.length];
    const verdict = input === undefined ? undefined : verifyEnvelope(input, trust, revocation);
    if (verdict?.outcome !== 'passed') throw new Error(`bench: ${verdict?.code}`);
  });
}

interface Rates {
  readonly wall: number;
  /** As if each thread had a core to itself; shows what the threads cost each other when other programs are busy. */
  readonly cpu: number;
}

/** One second of work on each of the workers: envelopes per second, summed. */
async function round(workers: readonly Worker[]): Promise<Rates> {
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage(1000);
  let wall = 0;
  let cpu = 0;
  for (const [answer] of await Promise.all(answers)) {
    wall += (answer.judged / answer.elapsedMs) * 1000;
    cpu += (answer.judged / answer.cpuMs) * 1000;
  }
  return { wall, cpu };
}

function best(a: Rates, b: Rates): Rates {
  return { wall: Math.max(a.wall, b.wall), cpu: Math.max(a.cpu, b.cpu) };
}

/** Best of three rounds each on one and on two worker threads, taken in turn: other programs disturb both alike. */
async function onWorkers({ pins, certificates, list, attached }: BuiltWorld): Promise<[Rates, Rates]> {
  const workerData = { pins, certificates, list, attached };
  const start = () => new Worker(new URL('./pki-worker.ts', import.meta.url), { workerData });
  const workers = [start(), start()];
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  let one: Rates = { wall: 0, cpu: 0 };
  let two: Rates = one;
  for (let i = 0; i < 3; i += 1) {
    one = best(one, await round(workers.slice(0, 1)));
    two = best(two, await round(workers));
  }
  await Promise.all(workers.map((worker) => worker.terminate()));
  return [one, two];
}

const world = buildWorld();
const megabytes = (world.listBytes / 1e6).toFixed(1);
console.log(
  `revocation list: ${world.list.count.toLocaleString('en')} entries, ${megabytes} MB, read and verified in ${Math.round(world.listMs)} ms of CPU`,
);

const raw2048 = rawRsa(2048);
const raw4096 = rawRsa(4096);
const both = 1 / (1 / raw2048 + 1 / raw4096);
row('raw verify, RSA-2048, key reused', raw2048);
row('raw verify, RSA-4096, key reused', raw4096);
row('both of them: what no check can beat', both);

const of = (value: number) => `${(value / both).toFixed(2)} of that`;
const full = judging(world, world.attached, 0);
row(
  `full check, attached, ${world.attached.length} distinct certificates`,
  full,
  `${of(full)}; needs 4,000: ${full >= 4000 ? 'met' : 'MISSED'}`,
);
for (const [label, inputs, remembered] of [
  ['full check, attached, certificate seen before', world.attached, 4096],
  ['full check, detached', world.detached, 0],
  ['full check, bare signature and certificate', world.bare, 0],
  ['full check, attached, P-256 signer', world.p256, 0],
] as const) {
  const perSecond = judging(world, inputs, remembered);
  row(label, perSecond, of(perSecond));
}

const [one, two] = await onWorkers(world);
const ratio = two.wall / one.wall;
row('one worker thread, wall time', one.wall);
row(
  'two worker threads, wall time',
  two.wall,
  `${ratio.toFixed(2)} of one; needs 1.3: ${ratio >= 1.3 ? 'met' : 'MISSED'}`,
);
row('two worker threads, by their CPU time', two.cpu, `${(two.cpu / one.cpu).toFixed(2)} of one`);
const [load = 0] = loadavg();
if (load > 2)
  console.log(`(load ${load.toFixed(1)}: other programs shared the cores, so wall times mean little)`);
