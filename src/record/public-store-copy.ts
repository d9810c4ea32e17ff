/**
 * Keeps a {@link PublicStore} up with the published directory, in the directory's own order: bundles and tiles,
 * then the checkpoint, then what hangs on it. It runs beside publication and never holds it up.
 */
import { join } from 'node:path';
import {
  type Checkpoint,
  consistencyProof,
  parseCheckpointText,
  tilePath,
  tilesForConsistency,
  verifyConsistency,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { type Clock, pause, taipeiTimestamp } from '../platform/time.ts';
import { sameBytes } from './bytes.ts';
import { formOf, servedFile } from './public-file-form.ts';
import { publishMutable, readOrUndefined } from './public-files.ts';
import { type PublicStore, PublicStoreError, type PublicStoreProblem } from './public-store.ts';
import { COPIES_REPORT, otherFiles, pathsBetween } from './public-store-files.ts';

/** What a copy is made of. */
export type PublicCopyOptions = Readonly<{
  /** The published directory: what publication writes. */
  directory: string;
  store: PublicStore;
  clock: Clock;
  /** The publication clock: how long mutable objects may be cached. */
  everyMs: number;
  /** Told when a problem begins, changes or ends; never for each try. */
  warn: (message: string) => void;
}>;

/** How far the store is. */
export type PublicCopyState = Readonly<{
  /** Size of the last checkpoint copied by this process; undefined before the first. */
  size: number | undefined;
  problem?: Readonly<{ code: PublicStoreProblem; sinceMs: number }>;
}>;

const PARALLEL = 6;
const SHORTEST_RETRY_MS = 1_000;
const LONGEST_RETRY_MS = 60_000;

/** One copy. `start` once; `hear` after each publication. */
export class PublicCopy {
  readonly #options: PublicCopyOptions;
  readonly #stopping = new AbortController();
  /** Mutable objects as last put. */
  readonly #put = new Map<string, Uint8Array>();
  /** Immutable objects put since the last checkpoint: an interrupted catching-up goes on behind them. */
  readonly #done = new Set<string>();
  #wake = new AbortController();
  #state: PublicCopyState = { size: undefined };
  #misses = 0;
  #loop: Promise<void> | undefined;

  constructor(options: PublicCopyOptions) {
    this.#options = options;
  }

  get state(): PublicCopyState {
    return this.#state;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Something was published: copy it now, unless a problem makes it wait. */
  hear(): void {
    if (this.#misses === 0) this.#wake.abort();
  }

  /** Ends after the object under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    this.#wake.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      this.#wake = new AbortController();
      await this.catchUp();
      const retry = Math.min(LONGEST_RETRY_MS, SHORTEST_RETRY_MS * 2 ** Math.min(this.#misses, 10));
      await pause(this.#misses === 0 ? LONGEST_RETRY_MS : retry, this.#wake.signal);
    }
  }

  /** Brings the store to what is published now; never throws. Turns never overlap when called by the loop alone. */
  async catchUp(): Promise<PublicCopyState> {
    try {
      const size = await this.#copy();
      this.#misses = 0;
      await this.#tell({ size });
    } catch (error) {
      this.#misses += 1;
      const code = error instanceof PublicStoreError ? error.code : 'directory-unreadable';
      const { problem } = this.#state;
      const sinceMs = problem?.sinceMs ?? this.#options.clock.nowMs();
      const detail = error instanceof Error ? error.message : 'fault';
      await this.#tell({ size: this.#state.size, problem: { code, sinceMs } }, detail);
    }
    return this.#state;
  }

  async #copy(): Promise<number | undefined> {
    const { directory } = this.#options;
    // Counters are written after their checkpoint: read before it, they cannot be newer than it.
    const others = await otherFiles(directory);
    const bytes = await readOrUndefined(join(directory, 'checkpoint'));
    const head = bytes === undefined ? undefined : checkpointOf(bytes);
    if (bytes === undefined || head === undefined) return undefined;
    const from = this.#state.size ?? (await this.#sizeInStore(head));
    if (from > head.size)
      throw new PublicStoreError('store-ahead', `the published log went back to ${head.size}`);
    const paths = pathsBetween(from, head.size).filter((path) => !this.#done.has(path));
    for (let next = 0; next < paths.length && !this.#stopping.signal.aborted; next += PARALLEL) {
      // All end before the next try may begin.
      const running = paths.slice(next, next + PARALLEL).map((path) => this.#immutable(path));
      await Promise.allSettled(running);
      await Promise.all(running);
    }
    if (this.#stopping.signal.aborted) return this.#state.size;
    for (const { path } of others.filter(({ isImmutable }) => isImmutable)) {
      if (this.#put.has(path)) continue;
      await this.#immutable(path);
      this.#put.set(path, new Uint8Array());
    }
    await this.#mutable('checkpoint', bytes);
    this.#done.clear();
    for (const file of others) if (!file.isImmutable) await this.#mutable(file.path, file.bytes);
    return head.size;
  }

  async #immutable(path: string): Promise<void> {
    if (this.#stopping.signal.aborted) return;
    const { directory, store } = this.#options;
    const bytes = await readOrUndefined(join(directory, path));
    // A file that the published checkpoint needs and the directory lacks is for the start check, not for us.
    if (bytes === undefined) throw new Error(`${path} is not in the published directory`);
    await store.putImmutable(path, bytes, this.#form(path));
    this.#done.add(path);
  }

  async #mutable(path: string, bytes: Uint8Array): Promise<void> {
    const last = this.#put.get(path);
    if (last !== undefined && sameBytes(last, bytes)) return;
    await this.#options.store.putMutable(path, bytes, this.#form(path));
    this.#put.set(path, bytes);
  }

  #form(path: string) {
    const file = servedFile(path);
    if (file === undefined) throw new RangeError(`${path} is no file of the published log`);
    return formOf(file, this.#options.everyMs);
  }

  /** The size up to which the store has everything: that of its own checkpoint, if it is an earlier state of ours. */
  async #sizeInStore(head: Checkpoint): Promise<number> {
    const { directory, store } = this.#options;
    const bytes = await store.read('checkpoint');
    if (bytes === undefined) return 0;
    const there = checkpointOf(bytes);
    if (there === undefined)
      throw new PublicStoreError('store-foreign', `${store.name} holds another checkpoint`);
    if (there.size > head.size) {
      throw new PublicStoreError(
        'store-ahead',
        `${store.name} is at size ${there.size}, we are at ${head.size}`,
      );
    }
    if (there.size === 0) return 0;
    const tiles = new Map<string, Uint8Array>();
    for (const ref of tilesForConsistency(there.size, head.size)) {
      tiles.set(tilePath(ref), (await readOrUndefined(join(directory, tilePath(ref)))) ?? new Uint8Array());
    }
    const read = (ref: Parameters<typeof tilePath>[0]) => tiles.get(tilePath(ref)) ?? new Uint8Array();
    const proof = consistencyProof(sha256, there.size, head.size, read);
    const claim = { size1: there.size, size2: head.size, root1: there.root, root2: head.root, proof };
    if (!verifyConsistency(sha256, claim))
      throw new PublicStoreError(
        'store-foreign',
        `${store.name}: its checkpoint of size ${there.size} is not of this log`,
      );
    return there.size;
  }

  async #tell(next: PublicCopyState, detail?: string): Promise<void> {
    const { warn, store, directory, everyMs } = this.#options;
    const last = this.#state;
    this.#state = next;
    if (next.problem !== undefined && next.problem.code !== last.problem?.code)
      warn(`the copy of the published log: ${next.problem.code}: ${detail ?? store.name}; trying again`);
    if (next.problem === undefined && last.problem !== undefined)
      warn(`the copy of the published log is complete again, size ${next.size} (${store.name})`);
    if (next.size === last.size && next.problem?.code === last.problem?.code) return;
    const { size = 0, problem } = next;
    const report = {
      copies: [{ size, ...(problem && { problem: problem.code, since: taipeiTimestamp(problem.sinceMs) }) }],
      everySeconds: Math.round(everyMs / 1000),
      v: 1,
    };
    const bytes = new TextEncoder().encode(`${JSON.stringify(report)}\n`);
    await publishMutable(join(directory, COPIES_REPORT), bytes).catch(() =>
      warn(`${COPIES_REPORT} could not be written`),
    );
  }
}

function checkpointOf(note: Uint8Array): Checkpoint | undefined {
  const text = new TextDecoder().decode(note);
  return parseCheckpointText(text.slice(0, text.indexOf('\n\n') + 1));
}
