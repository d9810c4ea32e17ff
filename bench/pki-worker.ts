import { parentPort, workerData } from 'node:worker_threads';
import { RevocationIndex, TrustStore, verifyEnvelope } from '@lianshu/pki';
import { TEST_NOW_MS } from '@lianshu/pki/testing';
import type { PkiWorld } from './pki-world.ts';

const world: PkiWorld = workerData;
const trust = TrustStore.load(world.pins, world.certificates, {
  production: false,
  nowMs: TEST_NOW_MS,
  rememberedCertificates: 0,
});
const revocation = new RevocationIndex([world.list]);

function judgeAll(): void {
  for (const input of world.attached) {
    const verdict = verifyEnvelope(input, trust, revocation);
    if (verdict.outcome !== 'passed') throw new Error(verdict.code);
  }
}

/** Each message asks for so many milliseconds of work; the answer is how many envelopes were judged in how long, by the wall and by this thread's CPU time. */
parentPort?.on('message', (milliseconds: number) => {
  const started = performance.now();
  const cpu = process.threadCpuUsage();
  let judged = 0;
  do {
    judgeAll();
    judged += world.attached.length;
  } while (performance.now() - started < milliseconds);
  const { user, system } = process.threadCpuUsage(cpu);
  parentPort?.postMessage({ judged, elapsedMs: performance.now() - started, cpuMs: (user + system) / 1000 });
});
judgeAll();
parentPort?.postMessage('ready');
