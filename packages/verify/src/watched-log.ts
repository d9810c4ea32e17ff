import { equalBytes } from '@lianshu/statement';
import { type NotePrimitives, TreeEdge, toBase64 } from '@lianshu/tlog';
import { originAfter } from './cross-link.ts';
import type { EntryCache } from './entry-cache.ts';
import { growTree } from './grow-tree.ts';
import { type LogFault, LogRefusal } from './log-fault.ts';
import type { LogSource } from './log-source.ts';
import { readEntry } from './read-entry.ts';
import { foldEntry } from './read-record.ts';
import { RecordFold } from './record-fold.ts';
import type { Progress } from './scan-log.ts';
import { proveConsistent } from './tree-proof.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';

const MOST_ROOTS = 256;

/** How a newer checkpoint goes on from the one believed so far. */
export type Step =
  | Readonly<{ code: 'same' | 'grown' }>
  | Readonly<{ code: 'rollback' | 'other-origin' }>
  /** Both are signed and not of one tree: proof that needs no further word. */
  | Readonly<{ code: 'fork' }>
  | Readonly<{ code: 'files-wrong'; fault: LogFault }>;

/**
 * A log as a monitor has come to know it: the first tree it saw is the truth, and every later checkpoint must grow
 * out of it. Reads only what is new; keeps its own copy of every entry, so that a history rewritten later can be
 * held against what was seen.
 */
export class WatchedLog {
  readonly #primitives: NotePrimitives;
  readonly #source: LogSource;
  readonly #cache: EntryCache;
  #edge: TreeEdge;
  #opened: OpenedCheckpoint | undefined;
  fold = new RecordFold();
  malformed: LogFault[] = [];
  /** Roots of the believed tree by size, as base64. */
  readonly #roots = new Map<number, string>();

  private constructor(primitives: NotePrimitives, source: LogSource, cache: EntryCache) {
    this.#primitives = primitives;
    this.#source = source;
    this.#cache = cache;
    this.#edge = TreeEdge.empty(primitives.sha256);
  }

  /**
   * Begins with nothing, or with a checkpoint believed earlier whose entries the cache holds. Throws
   * {@link LogRefusal} (`root-differs`) when the cache is not that tree.
   */
  static resume(
    primitives: NotePrimitives,
    source: LogSource,
    cache: EntryCache,
    opened?: OpenedCheckpoint,
  ): WatchedLog {
    const log = new WatchedLog(primitives, source, cache);
    log.#opened = opened;
    log.#reload();
    return log;
  }

  get opened(): OpenedCheckpoint | undefined {
    return this.#opened;
  }

  #reload(): void {
    const size = this.#opened?.checkpoint.size ?? 0;
    this.fold = new RecordFold();
    this.malformed = [];
    this.#roots.clear();
    this.#edge = this.#cache.replay(this.#primitives.sha256, size, (bytes, place) =>
      foldEntry(this.fold, bytes, place, this.malformed),
    );
    const root = this.#opened?.checkpoint.root;
    if (root !== undefined && !equalBytes(this.#edge.root(), root)) {
      throw new LogRefusal({ code: 'root-differs', file: this.#cache.path });
    }
  }

  /** Goes on to a checkpoint that trusted keys signed. Throws only {@link LogSourceError}: the log cannot be read. */
  async advance(next: OpenedCheckpoint, progress: Progress): Promise<Step> {
    const known = this.#opened?.checkpoint;
    const { origin, size, root } = next.checkpoint;
    if (known !== undefined) {
      // Another name is followed only where newer entries say so (ADR 0026).
      if (origin !== known.origin && size <= known.size) return { code: 'other-origin' };
      if (size === known.size) {
        if (!equalBytes(root, known.root)) return { code: 'fork' };
        this.#opened = next;
        return { code: 'same' };
      }
      if (size < known.size) return { code: 'rollback' };
    }
    try {
      const grown = await this.#grow(size, progress);
      if (!equalBytes(grown.root(), root))
        throw new LogRefusal({ code: 'root-differs', file: 'checkpoint', line: 3 });
      if (known !== undefined && originAfter(known.origin, this.fold.acts) !== origin) {
        this.#reload();
        return { code: 'other-origin' };
      }
      this.#edge = grown;
      this.#opened = next;
      this.#cache.commit(grown);
      return { code: 'grown' };
    } catch (error) {
      this.#reload();
      if (!(error instanceof LogRefusal)) throw error;
      return (await this.#isFork(next)) ? { code: 'fork' } : { code: 'files-wrong', fault: error.fault };
    }
  }

  async #grow(size: number, progress: Progress): Promise<TreeEdge> {
    const { sha256 } = this.#primitives;
    const { edge } = await growTree(
      {
        sha256,
        source: this.#source,
        progress,
        visit: (bytes, place) => {
          this.#cache.append(bytes);
          foldEntry(this.fold, bytes, place, this.malformed);
        },
      },
      this.#edge,
      size,
    );
    return edge;
  }

  /** Whether the files of the newer checkpoint prove that its tree began otherwise than the one believed. */
  async #isFork(next: OpenedCheckpoint): Promise<boolean> {
    const known = this.#opened?.checkpoint;
    if (known === undefined) return false;
    const { sha256 } = this.#primitives;
    return (await proveConsistent(sha256, this.#source, known, next.checkpoint)) === 'fork';
  }

  /**
   * Whether the believed tree had this root (base64) at an earlier size; undefined for a size beyond it. Asks its own
   * copy of the entries: what the log serves of its past by now, or no longer serves, makes no difference.
   */
  hadRoot(size: number, rootText: string): boolean | undefined {
    const known = this.#opened?.checkpoint;
    if (known === undefined || size > known.size) return undefined;
    return this.#rootAt(size) === rootText;
  }

  #rootAt(size: number): string {
    const known = this.#roots.get(size);
    if (known !== undefined) return known;
    const root = toBase64(this.#cache.edgeAt(this.#primitives.sha256, size).root());
    if (this.#roots.size >= MOST_ROOTS) this.#roots.clear();
    this.#roots.set(size, root);
    return root;
  }

  /** Index of the entry that bears exactly this commitment; the fold alone tells only that one looks like it. */
  find(commitment: string): number | undefined {
    const index = this.fold.find(commitment);
    if (index === undefined) return undefined;
    const read = readEntry(this.#cache.read(index));
    const isIt = 'entry' in read && 'commitment' in read.entry && read.entry.commitment === commitment;
    return isIt ? index : undefined;
  }
}
