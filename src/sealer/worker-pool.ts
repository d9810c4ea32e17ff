import { Worker } from 'node:worker_threads';
import type { RevocationList } from '@lianshu/pki';
import { SealerFault } from './sealer-types.ts';
import type {
  FromWorker,
  ToWorker,
  WorkerAnswer,
  WorkerJob,
  WorkerStart,
  WorkerTrust,
} from './worker-protocol.ts';

/** Bounds of the pool. */
export interface PoolLimits {
  readonly workers: number;
  /** Jobs of one message; small, since one batch is in a worker's hands at a time. */
  readonly batch: number;
  /** Jobs not yet in a worker's hands; beyond it `sealer-busy`. */
  readonly maxWaiting: number;
  /** A batch that takes longer means a stuck worker. */
  readonly stuckMs: number;
}

/** What the pool is made of. */
export interface PoolParts {
  readonly workerUrl: URL;
  readonly trust: WorkerTrust;
  readonly limits: PoolLimits;
  readonly nowMs: () => number;
  /** Told when a worker died; carries the error's class name only. */
  readonly onCrash: (name: string) => void;
}

interface Pending {
  readonly job: WorkerJob;
  readonly resolve: (answer: WorkerAnswer) => void;
  readonly reject: (fault: SealerFault) => void;
}

const RESTART_MS = [0, 100, 500, 2_000, 5_000];

/**
 * Worker threads that verify. One batch at a time per worker; jobs in a bounded queue.
 *
 * When a worker dies (or is stuck and terminated) the job it was at is answered as a retryable fault, the rest
 * of its batch returns to the queue, and the worker is replaced. Each death ends at least one job, so a
 * poisoned envelope costs one restart and cannot keep the pool down.
 */
export class WorkerPool {
  readonly #parts: PoolParts;
  readonly #members: Member[];
  readonly #queue: Pending[] = [];
  #lists: readonly RevocationList[] = [];
  #closed = false;

  constructor(parts: PoolParts) {
    this.#parts = parts;
    this.#members = Array.from({ length: parts.limits.workers }, () => new Member(this.#host()));
  }

  /** Resolves when every worker has loaded its trust store; rejects when one cannot start. */
  async start(): Promise<void> {
    await Promise.all(this.#members.map((member) => member.start()));
  }

  get isReady(): boolean {
    return this.#members.some(({ isReady }) => isReady);
  }

  run(job: WorkerJob): Promise<WorkerAnswer> {
    if (this.#closed || this.#queue.length >= this.#parts.limits.maxWaiting)
      return Promise.reject(new SealerFault('sealer-busy'));
    return new Promise((resolve, reject) => {
      this.#queue.push({ job, resolve, reject });
      // A turn later, so that requests that arrived together travel together.
      setImmediate(() => this.#feed());
    });
  }

  /** Gives every worker, present and future, the current lists. */
  setLists(lists: readonly RevocationList[]): void {
    this.#lists = lists;
    for (const member of this.#members) member.send({ kind: 'lists', lists, nowMs: this.#parts.nowMs() });
  }

  async close(): Promise<void> {
    this.#closed = true;
    for (const { reject } of this.#queue.splice(0)) reject(new SealerFault('sealer-busy'));
    await Promise.all(this.#members.map((member) => member.stop()));
  }

  #feed(): void {
    for (const member of this.#members) {
      if (this.#queue.length === 0) return;
      if (member.isIdle) member.take(this.#queue.splice(0, this.#share()));
    }
  }

  /** An even share, so that a short queue occupies every idle worker. */
  #share(): number {
    const idle = this.#members.filter(({ isIdle }) => isIdle).length;
    return Math.min(this.#parts.limits.batch, Math.ceil(this.#queue.length / Math.max(1, idle)));
  }

  #host(): MemberHost {
    return {
      parts: this.#parts,
      lists: () => this.#lists,
      isClosed: () => this.#closed,
      giveBack: (rest) => this.#queue.unshift(...rest),
      onFree: () => this.#feed(),
    };
  }
}

interface MemberHost {
  readonly parts: PoolParts;
  readonly lists: () => readonly RevocationList[];
  readonly isClosed: () => boolean;
  readonly giveBack: (rest: readonly Pending[]) => void;
  readonly onFree: () => void;
}

/** One place in the pool: a worker and its successors. */
class Member {
  readonly #host: MemberHost;
  readonly #progress = new Int32Array(new SharedArrayBuffer(4));
  #worker: Worker | undefined;
  #batch: readonly Pending[] = [];
  #watch: NodeJS.Timeout | undefined;
  #restart: NodeJS.Timeout | undefined;
  #deaths = 0;
  isReady = false;

  constructor(host: MemberHost) {
    this.#host = host;
  }

  get isIdle(): boolean {
    return this.isReady && this.#batch.length === 0;
  }

  start(): Promise<void> {
    const { workerUrl, trust, nowMs } = this.#host.parts;
    const workerData: WorkerStart = {
      trust,
      lists: this.#host.lists(),
      nowMs: nowMs(),
      progress: this.#progress.buffer as SharedArrayBuffer,
    };
    const worker = new Worker(workerUrl, { workerData, resourceLimits: { maxOldGenerationSizeMb: 512 } });
    this.#worker = worker;
    return new Promise((resolve, reject) => {
      worker.on('message', (message: FromWorker) => {
        if (message.kind === 'answers') return this.#finish(message.answers);
        this.isReady = true;
        resolve();
        this.#host.onFree();
      });
      let cause: unknown;
      worker.on('error', (error) => {
        cause = error;
      });
      worker.on('exit', () => {
        const name = cause instanceof Error ? cause.name : 'exit';
        if (!this.isReady) reject(cause ?? new SealerFault('sealer-fault'));
        this.#bury(worker, name);
      });
    });
  }

  send(message: ToWorker): void {
    this.#worker?.postMessage(message);
  }

  take(batch: readonly Pending[]): void {
    this.#batch = batch;
    Atomics.store(this.#progress, 0, 0);
    this.#watch = setTimeout(() => void this.#worker?.terminate(), this.#host.parts.limits.stuckMs);
    this.send({ kind: 'batch', jobs: batch.map(({ job }) => job) });
  }

  async stop(): Promise<void> {
    clearTimeout(this.#restart);
    await this.#worker?.terminate();
  }

  #finish(answers: readonly WorkerAnswer[]): void {
    clearTimeout(this.#watch);
    const batch = this.#batch;
    this.#batch = [];
    this.#deaths = 0;
    batch.forEach(({ resolve, reject }, i) => {
      const answer = answers[i];
      if (answer === undefined) reject(new SealerFault('sealer-fault'));
      else resolve(answer);
    });
    this.#host.onFree();
  }

  #bury(worker: Worker, name: string): void {
    if (this.#worker !== worker) return;
    clearTimeout(this.#watch);
    const wasReady = this.isReady;
    const batch = this.#batch;
    this.#worker = undefined;
    this.isReady = false;
    this.#batch = [];
    const culprit = Math.min(Atomics.load(this.#progress, 0), batch.length - 1);
    batch[culprit]?.reject(new SealerFault('sealer-busy'));
    const rest = batch.filter((_, i) => i !== culprit);
    if (this.#host.isClosed()) {
      for (const { reject } of rest) reject(new SealerFault('sealer-busy'));
      return;
    }
    this.#host.giveBack(rest);
    this.#host.parts.onCrash(name);
    // A worker that never came up at the sealer's own start fails that start; later ones are tried again.
    if (!wasReady && this.#deaths === 0) return;
    const delay = RESTART_MS[Math.min(this.#deaths, RESTART_MS.length - 1)];
    this.#deaths += 1;
    this.#restart = setTimeout(() => void this.start().catch(() => undefined), delay);
    this.#host.onFree();
  }
}
