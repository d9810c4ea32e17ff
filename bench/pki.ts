/**
 * The full check of one envelope: `node bench/pki.ts`. Half a minute at most; figures are ratios of one run on one machine.
 * Needs: attached CMS, RSA-2048 signer, RSA-4096 issuer, 412,000 revoked: 4,000/s per core; two workers 1.3 times one.
 */
import { createPublicKey, sign, verify } from 'node:crypto';
import { once } from 'node:events';
import { Worker } from 'node:worker_threads';
import { type EnvelopeInput, RevocationIndex, TrustStore, verifyEnvelope } from '@lianshu/pki';
import { rsaKey, TEST_NOW_MS } from '@lianshu/pki/testing';
import { type BuiltWorld, buildWorld } from './pki-world.ts';

const SPAN_MS = 1500;

/** Calls per second of CPU time of this thread, after a warm-up of a fifth of the time. */
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
  run(SPAN_MS / 5);
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

/** Envelopes per second of wall time on so many worker threads. */
async function onWorkers(world: BuiltWorld, count: number): Promise<number> {
  const { pins, certificates, list, attached } = world;
  const workers = Array.from(
    { length: count },
    () =>
      new Worker(new URL('./pki-worker.ts', import.meta.url), {
        workerData: { pins, certificates, list, attached },
      }),
  );
  await Promise.all(workers.map((worker) => once(worker, 'message')));
  const answers = workers.map((worker) => once(worker, 'message'));
  for (const worker of workers) worker.postMessage(SPAN_MS);
  let perSecond = 0;
  for (const [answer] of await Promise.all(answers)) perSecond += (answer.judged / answer.elapsedMs) * 1000;
  await Promise.all(workers.map((worker) => worker.terminate()));
  return perSecond;
}

const world = buildWorld();
const megabytes = (world.listBytes / 1e6).toFixed(1);
console.log(
  `revocation list: ${world.list.count.toLocaleString('en')} entries, ${megabytes} MB, read and verified in ${Math.round(world.listMs)} ms`,
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

const one = await onWorkers(world, 1);
const two = await onWorkers(world, 2);
row('one worker thread, wall time', one);
row(
  'two worker threads, wall time',
  two,
  `${(two / one).toFixed(2)} of one; needs 1.3: ${two / one >= 1.3 ? 'met' : 'MISSED'}`,
);
