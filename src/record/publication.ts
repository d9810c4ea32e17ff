/**
 * 公布: the slow clock on which the log becomes public. Tiles and bundles first, then the checkpoint with the
 * cosignatures that its witnesses gave in time, then the counters, so that no reader meets a checkpoint whose tiles
 * are missing or a count of no checkpoint. A witness that is silent delays this clock by its deadline and no more,
 * and the sequencer not at all (ADR 0021).
 */
import { join } from 'node:path';
import { formatVerifierKey, openCheckpoint, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { type Clock, pause } from '../platform/time.ts';
import { type Cosigned, Cosigning } from './cosigning.ts';
import { readOrUndefined } from './public-files.ts';
import { type PublicationFence, takeFence } from './publication-fence.ts';
import { type CountOfCase, type LogHead, readHeadAndCounts } from './publication-store.ts';
import { publishTiles } from './publication-tiles.ts';
import { countFile } from './published-counts.ts';
import { dropOtherWitnessing } from './published-witnessing.ts';
import { RecordFault } from './record-fault.ts';
import { witnessingFile } from './witnessing.ts';
import type { WitnessPolicy } from './witnessing-policy.ts';

/** Where a test may stop a publication, in its order; each is named after what has just been done. */
export const PUBLICATION_STEPS = [
  'publish-read',
  'publish-bundle',
  'publish-tile',
  'publish-cosigned',
  'publish-checkpoint',
  'publish-count',
  'publish-witnessing',
] as const;

/** See {@link PUBLICATION_STEPS}. */
export type PublicationStep = (typeof PUBLICATION_STEPS)[number];

/** What publication is made of. It runs in the sequencer's process. */
export type PublicationOptions = Readonly<{
  db: Db;
  clock: Clock;
  /** Becomes `/log/` of the public site: `checkpoint`, `key`, `policy`, `witnessing.json`, `tile/…`, `counts/…`. */
  directory: string;
  keys: readonly VerifierKey[];
  /** Keys of former names of the log, published beside its own: their receipts stay good. */
  formerKeys?: readonly VerifierKey[];
  /** Who is asked to cosign; nobody unless told. */
  witnesses?: WitnessPolicy;
  /** Total time for the witnesses of one beat, and how long a cosignature is fresh; see `CosigningOptions`. */
  witnessDeadlineMs?: number;
  witnessFreshForMs?: number;
  /** The largest size that was journaled; nothing newer is published. */
  releasedSize: () => number;
  /** Whether the sequencer beside it still is the one; asked before the right to publish is taken. Always unless told. */
  isTheOne?: () => Promise<boolean>;
  /** 60 s in service: a public checkpoint per round would tell the second in which each person signed. Demo 1 s. */
  everyMs: number;
  /** After each publication that went through, for whoever copies it elsewhere; must not throw. */
  onPublished?: () => void;
  /** For tests: runs at each step of a publication; throwing there is a crash there. */
  atStep?: (step: PublicationStep) => Promise<void>;
  /** Hears of publications that fail, at the first, second, fourth … in a row, and of the end of that. */
  warn?: (message: string) => void;
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
  readonly #cosigning: Cosigning | undefined;
  readonly #atStep: (step: PublicationStep) => Promise<void>;
  readonly #stopping = new AbortController();
  #turn: Promise<number> = Promise.resolve(0);
  /** The size the counters were last written for by this process; a crash may have left older ones. */
  #counted = -1;
  /** Publications in a row that failed. */
  #failures = 0;
  #fence: PublicationFence | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: PublicationOptions) {
    this.#options = options;
    this.#cosigning = cosigningOf(options);
    this.#atStep = options.atStep ?? (async () => undefined);
  }

  /** Publishes once, then every `everyMs`. */
  async start(): Promise<void> {
    const { keys, formerKeys = [], witnesses } = this.#options;
    const lines = [...keys, ...formerKeys].map((key) => `${formatVerifierKey(key)}\n`);
    await this.#mutable('key', UTF8.encode(lines.join('')));
    // Under another policy nothing is said to be witnessed until it is again.
    await dropOtherWitnessing(this.#options.directory, witnesses);
    if (witnesses !== undefined) await this.#mutable('policy', witnesses.bytes);
    await this.publishNow();
    this.#loop = this.#run();
  }

  /** Publishes the newest released checkpoint and returns its size. Publications never overlap. */
  publishNow(): Promise<number> {
    this.#turn = this.#turn
      .catch(() => 0)
      .then(() => this.#publish())
      .then(
        (size) => {
          if (this.#failures > 0) this.#options.warn?.('公布已恢復 publication works again');
          this.#failures = 0;
          return size;
        },
        (error: unknown) => {
          this.#cosigning?.forget();
          this.#countFailure(error);
          throw error;
        },
      );
    return this.#turn;
  }

  /** A fault ends the process and is told there; anything else is tried again, and must not be tried in silence. */
  #countFailure(error: unknown): void {
    if (error instanceof RecordFault) return;
    this.#failures += 1;
    if (!Number.isInteger(Math.log2(this.#failures))) return;
    const what = error instanceof Error ? `${error.name}: ${error.message}` : 'fault';
    this.#options.warn?.(
      `公布失敗，已連續 ${this.#failures} 次 publication failed, ${this.#failures} in a row: ${what}`,
    );
  }

  /** For `onRound` of the sequencer: a case that was closed becomes public now, not at the next beat. */
  hearRound({ kinds }: Readonly<{ kinds: ReadonlySet<string> }>): void {
    if (kinds.has('closed') && !this.#stopping.signal.aborted)
      this.publishNow().catch((error: unknown) => this.#judge(error));
  }

  /** Ends after the publication under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
    await this.#turn.catch(() => undefined);
    await this.#fence?.release();
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
    const { releasedSize } = this.#options;
    let { head, counts } = await readHeadAndCounts(this.#options.db);
    for (let tries = 0; head !== undefined && head.size > releasedSize() && tries < MOST_TRIES; tries++) {
      await pause(RETRY_MS);
      ({ head, counts } = await readHeadAndCounts(this.#options.db));
    }
    if (head === undefined || head.size > releasedSize()) return 0;
    // Before looking at what is public: what another publishes from here on, this one can no longer replace.
    await this.#takeFence();
    const published = await this.#published();
    if (published !== undefined && published.size > head.size) return published.size;
    const isNew = published?.size !== head.size;
    if (isNew || this.#counted !== head.size) await this.#atStep('publish-read');
    if (isNew) await publishTiles({ ...this.#options, atStep: this.#atStep }, published?.size ?? 0, head);
    const cosigned = await this.#cosigning?.cosign(head, isNew ? undefined : published?.note);
    if (cosigned !== undefined) await this.#atStep('publish-cosigned');
    const note = cosigned?.note ?? (isNew ? head.checkpoint : undefined);
    if (note !== undefined && note !== published?.note) {
      await this.#mutable('checkpoint', UTF8.encode(note));
      await this.#atStep('publish-checkpoint');
    }
    if (this.#counted !== head.size) await this.#publishCounts(head, counts);
    if (cosigned !== undefined) await this.#publishWitnessing(cosigned);
    this.#options.onPublished?.();
    return head.size;
  }

  async #publishCounts(head: LogHead, counts: readonly CountOfCase[]): Promise<void> {
    const atMs = this.#options.clock.nowMs();
    for (const [caseNumber, of] of Map.groupBy(counts, (count) => count.caseNumber)) {
      await this.#mutable(`counts/${caseNumber}.json`, countFile(caseNumber, of, head, atMs));
      await this.#atStep('publish-count');
    }
    this.#counted = head.size;
  }

  /** The newest checkpoint that reached the quorum stays at hand: while it is lost, receipts still lead there. */
  async #publishWitnessing({ note, isWitnessed, witnessing }: Cosigned): Promise<void> {
    if (isWitnessed) await this.#mutable('witnessed-checkpoint', UTF8.encode(note));
    await this.#mutable('witnessing.json', witnessingFile(witnessing));
    await this.#atStep('publish-witnessing');
  }

  /** The public checkpoint, which one of our keys must have signed. */
  async #published(): Promise<Readonly<{ size: number; note: string }> | undefined> {
    const bytes = await readOrUndefined(this.#path('checkpoint'));
    if (bytes === undefined) return undefined;
    const note = new TextDecoder().decode(bytes);
    const opened = openCheckpoint(nodeNotePrimitives, note, { logKeys: this.#options.keys });
    if (!opened.ok)
      throw new RecordFault('file-differs', `the public checkpoint is not ours: ${opened.code}`);
    return { size: opened.checkpoint.size, note };
  }

  async #mutable(path: string, bytes: Uint8Array): Promise<void> {
    return (await this.#takeFence()).replace(path, bytes);
  }

  async #takeFence(): Promise<PublicationFence> {
    const { directory, isTheOne } = this.#options;
    this.#fence ??= await takeFence(directory, isTheOne);
    return this.#fence;
  }

  #path(path: string): string {
    return join(this.#options.directory, path);
  }
}

function cosigningOf(options: PublicationOptions): Cosigning | undefined {
  const { witnesses, witnessDeadlineMs, witnessFreshForMs } = options;
  if (witnesses === undefined) return undefined;
  return new Cosigning({
    ...options,
    policy: witnesses,
    ...(witnessDeadlineMs === undefined ? {} : { deadlineMs: witnessDeadlineMs }),
    ...(witnessFreshForMs === undefined ? {} : { freshForMs: witnessFreshForMs }),
  });
}
