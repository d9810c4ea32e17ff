import { parentPort, workerData } from 'node:worker_threads';
import type { ToWorker, WorkerAnswer, WorkerStart } from '../../../src/sealer/worker-protocol.ts';

/**
 * A stand-in for the sealer's worker that dies or hangs on marked jobs: the first byte of the signature says how.
 * 1 exits at once, 2 throws, 3 never ends; any other is answered as refused with the byte as its check.
 */
const start: WorkerStart = workerData;
const progress = new Int32Array(start.progress);

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'lists') return;
  const answers = message.jobs.map((job, place): WorkerAnswer => {
    Atomics.store(progress, 0, place);
    const mark = job.kind === 'verify' ? (job.request.signature[0] ?? 0) : 0;
    if (mark === 1) process.exit(1);
    if (mark === 2) throw new RangeError('A123456789');
    if (mark === 3) Atomics.wait(new Int32Array(new SharedArrayBuffer(4)), 0, 0);
    return { kind: 'verify', verdict: { outcome: 'refused', check: mark, code: 'E_FORMAT' } };
  });
  parentPort?.postMessage({ kind: 'answers', answers });
});
parentPort?.postMessage({ kind: 'ready' });
