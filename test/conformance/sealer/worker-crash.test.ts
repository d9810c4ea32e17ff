import { afterEach, describe, expect, it } from 'vitest';
import type { SealRequest } from '../../../src/sealer/index.ts';
import { WorkerPool } from '../../../src/sealer/worker-pool.ts';

const REQUEST: SealRequest = {
  act: 'joint-signature',
  statement: { caseNumber: '9901', mainText: '', textDigest: '', signedAt: '', transaction: '' },
  nationalId: 'A123456789',
  receiptSecret: new Uint8Array(32),
  form: 'cms-attached',
  signature: Uint8Array.of(9),
  recordCommitment: new Uint8Array(32),
  receivedAtMs: 0,
};

let pool: WorkerPool;
const crashes: string[] = [];

async function start(limits: Partial<{ workers: number; maxWaiting: number; stuckMs: number }>) {
  crashes.length = 0;
  pool = new WorkerPool({
    workerUrl: new URL('./crash-worker.ts', import.meta.url),
    trust: { pins: [], certificates: [], production: false },
    limits: { workers: 1, batch: 32, maxWaiting: 1_000, stuckMs: 5_000, ...limits },
    nowMs: () => 0,
    onCrash: (name) => crashes.push(name),
  });
  await pool.start();
}

const run = (mark: number) =>
  pool.run({ kind: 'verify', request: { ...REQUEST, signature: Uint8Array.of(mark) } }).then(
    (answer) =>
      answer.kind === 'verify' && answer.verdict.outcome === 'refused' ? answer.verdict.check : -1,
    (error: { code: string; retryable: boolean }) => `${error.code} ${error.retryable}`,
  );

describe('a worker that dies', () => {
  afterEach(() => pool.close());

  it('ends the job it was at as a retryable fault, and no other', async () => {
    await start({});
    for (const mark of [1, 2]) {
      const marks = [10, 11, mark, 12, 13];
      expect(await Promise.all(marks.map(run))).toEqual([10, 11, 'sealer-busy true', 12, 13]);
    }
    expect(crashes).toEqual(['exit', 'RangeError']);
  });

  it('is replaced, however often the poison comes back', async () => {
    await start({ workers: 2 });
    for (let round = 0; round < 4; round += 1) {
      const [poisoned, ...good] = await Promise.all([run(1), run(20), run(21), run(22)]);
      expect(poisoned).toBe('sealer-busy true');
      expect(good).toEqual([20, 21, 22]);
    }
    expect(crashes).toHaveLength(4);
    expect(pool.isReady).toBe(true);
  });

  it('is terminated when it is stuck', async () => {
    await start({ stuckMs: 100 });
    expect(await Promise.all([run(3), run(30)])).toEqual(['sealer-busy true', 30]);
  });

  it('never lets the queue grow beyond its bound', async () => {
    await start({ maxWaiting: 5, stuckMs: 300 });
    const stuck = run(3);
    await new Promise((resolve) => setTimeout(resolve, 50));
    const waiting = Array.from({ length: 5 }, () => run(40));
    expect(await run(41)).toBe('sealer-busy true');
    expect(await stuck).toBe('sealer-busy true');
    expect(await Promise.all(waiting)).toEqual([40, 40, 40, 40, 40]);
  });
});
