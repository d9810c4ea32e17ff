/**
 * 收錄: waiting for a commitment to be included and proving that it is. Runs in every process that answers
 * signers; it sees only what the sequencer has committed, journaled and announced.
 */
import { leafHash, ProofBuilder, TreeEdge, tilesForInclusion, verifyInclusion } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { ConnectionOptions, Db } from '../platform/db/index.ts';
import { type Clock, pause } from '../platform/time.ts';
import { base64Url } from './bytes.ts';
import { loggedAmong } from './entry-store.ts';
import { listenReleased, type ReleasedListener } from './inclusion-store.ts';
import { fullTilesOf, type LogHead, readHead } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';
import { cachedTiles, type FetchFull, tilesAt } from './tiles-at.ts';

/** Where a commitment's entry stands, proved. Everything a receipt needs from the log. */
export type Inclusion = Readonly<{
  index: number;
  /** Tree size of `checkpoint`. */
  size: number;
  /** From the leaf's sibling to the root, RFC 6962 §2.1.1. */
  path: readonly Uint8Array[];
  /** The signed note. */
  checkpoint: string;
  /** The entry: canonical JSON. */
  entry: Uint8Array;
}>;

/** A checkpoint older than this was journaled, or its sequencer has ended and compared at its next start. */
const SURELY_RELEASED_MS = 2_000;
const LOOK_EVERY_MS = 1_000;

type Waiter = {
  commitment: Uint8Array;
  resolve(inclusion: Inclusion | undefined): void;
  reject(cause: unknown): void;
};

/** Watches the log for waiting signers. `start` before use, `stop` at the end. */
export class InclusionWatch {
  readonly #db: Db;
  readonly #clock: Clock;
  readonly #connection: ConnectionOptions;
  readonly #fetchFull: FetchFull;
  readonly #waiting = new Map<string, Waiter[]>();
  readonly #stopping = new AbortController();
  #listener: ReleasedListener | undefined;
  #announced = -1;
  #looking = false;
  #lookAgain = false;

  constructor(options: Readonly<{ db: Db; clock: Clock; connection: ConnectionOptions }>) {
    this.#db = options.db;
    this.#clock = options.clock;
    this.#connection = options.connection;
    this.#fetchFull = cachedTiles(fullTilesOf(options.db));
  }

  /** Begins to hear of released checkpoints; looks once a second as well, so a lost message only delays. */
  async start(): Promise<void> {
    this.#listener = await listenReleased(this.#connection, (size) => {
      this.#announced = Math.max(this.#announced, size);
      this.#look();
    });
    void this.#lookRegularly();
  }

  /** Answers all who wait with "not yet" and ends. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    for (const waiters of this.#waiting.values()) for (const { resolve } of waiters) resolve(undefined);
    this.#waiting.clear();
    await this.#listener?.close();
  }

  /** The inclusion of a commitment as soon as there is one; undefined after `timeoutMs`. */
  waitIncluded(commitment: Uint8Array, timeoutMs: number): Promise<Inclusion | undefined> {
    return new Promise((resolve, reject) => {
      const key = base64Url(commitment);
      const timer = setTimeout(() => {
        this.#forget(waiter);
        resolve(undefined);
      }, timeoutMs);
      const settle =
        <T>(then: (value: T) => void) =>
        (value: T): void => {
          clearTimeout(timer);
          then(value);
        };
      const waiter: Waiter = { commitment, resolve: settle(resolve), reject: settle(reject) };
      this.#waiting.set(key, [...(this.#waiting.get(key) ?? []), waiter]);
      this.#look();
    });
  }

  /** The inclusion of a commitment in the newest released checkpoint; undefined if it is not in it. */
  async proofFor(commitment: Uint8Array): Promise<Inclusion | undefined> {
    const head = await this.#releasedHead();
    if (head === undefined) return undefined;
    const proofs = await this.#prove(head, [commitment]);
    return proofs.get(base64Url(commitment));
  }

  async #releasedHead(): Promise<LogHead | undefined> {
    const head = await readHead(this.#db);
    if (head === undefined || head.size === 0) return undefined;
    const isOld = this.#clock.nowMs() - head.signedAtMs > SURELY_RELEASED_MS;
    return head.size <= this.#announced || isOld ? head : undefined;
  }

  async #lookRegularly(): Promise<void> {
    while (!this.#stopping.signal.aborted) {
      await pause(LOOK_EVERY_MS, this.#stopping.signal);
      this.#look();
    }
  }

  /** Only this one: others may have come for the same commitment during the look, and wait for the next. */
  #forget(waiter: Waiter): void {
    const key = base64Url(waiter.commitment);
    const others = (this.#waiting.get(key) ?? []).filter((other) => other !== waiter);
    if (others.length === 0) this.#waiting.delete(key);
    else this.#waiting.set(key, others);
  }

  /** One look for all who wait; those who come meanwhile share the next one. */
  #look(): void {
    if (this.#looking) {
      this.#lookAgain = true;
      return;
    }
    if (this.#waiting.size === 0) return;
    this.#looking = true;
    this.#lookAgain = false;
    this.#answer().finally(() => {
      this.#looking = false;
      if (this.#lookAgain) this.#look();
    });
  }

  async #answer(): Promise<void> {
    const waiting = [...this.#waiting.values()].flat();
    try {
      const head = await this.#releasedHead();
      if (head === undefined) return;
      const proofs = await this.#prove(
        head,
        waiting.map(({ commitment }) => commitment),
      );
      for (const waiter of waiting) {
        const proof = proofs.get(base64Url(waiter.commitment));
        if (proof === undefined) continue;
        this.#forget(waiter);
        waiter.resolve(proof);
      }
    } catch (cause) {
      // A broken proof is told; a database error leaves all waiting for the next look or their time-out.
      if (!(cause instanceof RecordFault)) return;
      for (const waiter of waiting) {
        this.#forget(waiter);
        waiter.reject(cause);
      }
    }
  }

  async #prove(head: LogHead, commitments: readonly Uint8Array[]): Promise<ReadonlyMap<string, Inclusion>> {
    const found = await loggedAmong(this.#db, commitments, head.size);
    if (found.length === 0) return new Map();
    const edge = TreeEdge.decode(sha256, head.edge);
    if (edge === undefined) throw new RecordFault('database-inconsistent', 'the right edge cannot be read');
    const refs = found.flatMap(({ seq }) => tilesForInclusion(Number(seq), head.size));
    const distinct = [...new Map(refs.map((ref) => [`${ref.level}/${ref.index}`, ref])).values()];
    const builder = new ProofBuilder(sha256, await tilesAt(edge, distinct, this.#fetchFull));
    const proofs = new Map<string, Inclusion>();
    for (const { commitment, seq, body } of found) {
      const index = Number(seq);
      const path = builder.inclusion(index, head.size);
      const leaf = leafHash(sha256, body);
      if (!verifyInclusion(sha256, { index, size: head.size, leaf, proof: path, root: head.root })) {
        throw new RecordFault(
          'proof-invalid',
          `entry ${index} does not lie in the tree of size ${head.size}`,
        );
      }
      if (commitment === null) continue;
      proofs.set(base64Url(commitment), {
        index,
        size: head.size,
        path,
        checkpoint: head.checkpoint,
        entry: body,
      });
    }
    return proofs;
  }
}
