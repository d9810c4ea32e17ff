/**
 * 公布: the slow clock on which the log becomes public. Tiles and bundles first, then the checkpoint, then the
 * counters, so that no reader meets a checkpoint whose tiles are missing or a count of no checkpoint.
 */
import { join } from 'node:path';
import { canonicalJson } from '@lianshu/statement';
import {
  bundlePath,
  encodeBundle,
  formatVerifierKey,
  leafHash,
  openCheckpoint,
  TILE_WIDTH,
  TreeEdge,
  tilePath,
  type VerifierKey,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { type Clock, pause, taipeiTimestamp } from '../platform/time.ts';
import { base64, sameBytes } from './bytes.ts';
import { type CaseCount, countedOf, waitingOf } from './count-fold.ts';
import { bodiesBetween } from './entry-store.ts';
import { publishImmutable, publishMutable, readOrUndefined } from './public-files.ts';
import { type CountOfCase, fullTilesOf, type LogHead, readHeadAndCounts } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';
import type { FetchFull } from './tiles-at.ts';

/** Where a test may stop a publication, in its order; each is named after what has just been done. */
export const PUBLICATION_STEPS = [
  'publish-read',
  'publish-bundle',
  'publish-tile',
  'publish-checkpoint',
  'publish-count',
] as const;

/** See {@link PUBLICATION_STEPS}. */
export type PublicationStep = (typeof PUBLICATION_STEPS)[number];

/** What publication is made of. It runs in the sequencer's process. */
export type PublicationOptions = Readonly<{
  db: Db;
  clock: Clock;
  /** Becomes `/log/` of the public site: `checkpoint`, `key`, `tile/…`, `counts/…`. */
  directory: string;
  keys: readonly VerifierKey[];
  /** The largest size that was journaled; nothing newer is published. */
  releasedSize: () => number;
  /** 60 s in service: a public checkpoint per round would tell the second in which each person signed. Demo 1 s. */
  everyMs: number;
  /** For tests: runs at each step of a publication; throwing there is a crash there. */
  atStep?: (step: PublicationStep) => Promise<void>;
  /** Called once when what is public and what is to be published disagree; the process must exit. */
  onFault: (fault: RecordFault) => void;
}>;

const RETRY_MS = 20;
/** Two seconds for a journal to catch up; then this beat is left out. */
const MOST_TRIES = 100;
const UTF8 = new TextEncoder();

/** The publication clock. `publishNow` also serves closing instants. */
export class Publication {
  readonly #options: PublicationOptions;
  readonly #fetchFull: FetchFull;
  readonly #atStep: (step: PublicationStep) => Promise<void>;
  readonly #stopping = new AbortController();
  #turn: Promise<number> = Promise.resolve(0);
  /** The size the counters were last written for by this process; a crash may have left older ones. */
  #counted = -1;
  #loop: Promise<void> | undefined;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.#fetchFull = fullTilesOf(options.db);
    this.#atStep = options.atStep ?? (async () => undefined);
  }

  /** Publishes once, then every `everyMs`. */
  async start(): Promise<void> {
    const { directory, keys } = this.#options;
    await publishMutable(
      join(directory, 'key'),
      UTF8.encode(keys.map((key) => `${formatVerifierKey(key)}\n`).join('')),
    );
    await this.publishNow();
    this.#loop = this.#run();
  }

  /** Publishes the newest released checkpoint and returns its size. Publications never overlap. */
  publishNow(): Promise<number> {
    this.#turn = this.#turn.catch(() => 0).then(() => this.#publish());
    return this.#turn;
  }

  /** For `onRound` of the sequencer: a case that was closed becomes public now, not at the next beat. */
  hearRound({ kinds }: Readonly<{ kinds: ReadonlySet<string> }>): void {
    if (kinds.has('closed')) this.publishNow().catch((error: unknown) => this.#judge(error));
  }

  /** Ends after the publication under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#turn.catch(() => undefined);
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    for (;;) {
      await pause(this.#options.everyMs, signal);
      if (signal.aborted) return;
      await this.publishNow().catch((error: unknown) => this.#judge(error));
    }
  }

  /** A database or disk error leaves what is public as it was, and the next beat tries again. */
  #judge(error: unknown): void {
    if (!(error instanceof RecordFault)) return;
    this.#stopping.abort();
    this.#options.onFault(error);
  }

  async #publish(): Promise<number> {
    const { directory, releasedSize } = this.#options;
    let { head, counts } = await readHeadAndCounts(this.#options.db);
    for (let tries = 0; head !== undefined && head.size > releasedSize() && tries < MOST_TRIES; tries++) {
      await pause(RETRY_MS);
      ({ head, counts } = await readHeadAndCounts(this.#options.db));
    }
    if (head === undefined || head.size > releasedSize()) return 0;
    const published = await this.#publishedSize();
    if (published !== undefined && published >= head.size && this.#counted === head.size) return published;
    await this.#atStep('publish-read');
    if (published === undefined || published < head.size) {
      await this.#publishTiles(published ?? 0, head);
      await publishMutable(join(directory, 'checkpoint'), UTF8.encode(head.checkpoint));
      await this.#atStep('publish-checkpoint');
    }
    const atMs = this.#options.clock.nowMs();
    for (const [caseNumber, of] of Map.groupBy(counts, (count) => count.caseNumber)) {
      await publishMutable(
        join(directory, 'counts', `${caseNumber}.json`),
        countFile(caseNumber, of, head, atMs),
      );
      await this.#atStep('publish-count');
    }
    this.#counted = head.size;
    return head.size;
  }

  async #publishedSize(): Promise<number | undefined> {
    const bytes = await readOrUndefined(join(this.#options.directory, 'checkpoint'));
    if (bytes === undefined) return undefined;
    const opened = openCheckpoint(nodeNotePrimitives, new TextDecoder().decode(bytes), this.#options.keys);
    if (!opened.ok)
      throw new RecordFault('file-differs', `the public checkpoint is not ours: ${opened.code}`);
    return opened.checkpoint.size;
  }

  /** All that a reader who knows the tree of size `from` lacks for the tree of this head. */
  async #publishTiles(from: number, head: LogHead): Promise<void> {
    const edge = TreeEdge.decode(sha256, head.edge);
    if (edge === undefined || !sameBytes(edge.root(), head.root)) {
      throw new RecordFault(
        'database-inconsistent',
        `the right edge does not give the root of size ${head.size}`,
      );
    }
    for (
      let level = 0, step = TILE_WIDTH;
      Math.floor(edge.size / (step / TILE_WIDTH)) > 0;
      level++, step *= TILE_WIDTH
    ) {
      const last = Math.floor(edge.size / step);
      for (let index = Math.floor(from / step); index < last; index++) {
        const [tile] = await this.#fetchFull([{ level, index, width: TILE_WIDTH }]);
        if (tile === undefined)
          throw new RecordFault('database-inconsistent', `tile ${level}/${index} is missing`);
        if (level === 0) await this.#publishBundle(index, tile.bytes);
        await this.#immutable(tilePath({ level, index, width: TILE_WIDTH }), tile.bytes);
        await this.#atStep('publish-tile');
      }
    }
    for (const tile of edge.partialTiles()) {
      if (tile.level === 0) await this.#publishBundle(tile.index, tile.bytes);
      await this.#immutable(tilePath(tile), tile.bytes);
      await this.#atStep('publish-tile');
    }
  }

  /** Publishes the entries under a tile of leaf hashes, after recomputing each hash from its entry. */
  async #publishBundle(index: number, hashes: Uint8Array): Promise<void> {
    const width = hashes.length / 32;
    const first = index * TILE_WIDTH;
    const bodies = await bodiesBetween(this.#options.db, first, first + width);
    for (const [i, body] of bodies.entries()) {
      if (!sameBytes(leafHash(sha256, body), hashes.subarray(i * 32, i * 32 + 32))) {
        throw new RecordFault('database-inconsistent', `entry ${first + i} is not the one that was logged`);
      }
    }
    if (bodies.length !== width)
      throw new RecordFault('database-inconsistent', `entries of bundle ${index} are missing`);
    await this.#immutable(bundlePath({ index, width }), encodeBundle(bodies));
    await this.#atStep('publish-bundle');
  }

  #immutable(path: string, bytes: Uint8Array): Promise<void> {
    return publishImmutable(join(this.#options.directory, path), bytes);
  }
}

/** `counts/<case>.json`: the numbers at exactly the published checkpoint, and which one that is. */
function countFile(caseNumber: string, of: readonly CountOfCase[], head: LogHead, atMs: number): Uint8Array {
  const acts = Object.fromEntries(of.map(({ act, count }) => [act, shownCount(count)]));
  return canonicalJson({
    at: taipeiTimestamp(atMs),
    case: caseNumber,
    counts: acts,
    root: base64(head.root),
    size: head.size,
    v: 1,
  });
}

function shownCount(count: CaseCount): Readonly<Record<string, number>> {
  const { signed, settledCounted, settledRefused, voided } = count;
  return {
    counted: countedOf(count),
    held: waitingOf(count),
    settledCounted,
    settledRefused,
    signed,
    voided,
  };
}
