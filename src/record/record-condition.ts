/**
 * 唯讀: whether the record takes entries, as one process sees it. Reads go on in every condition; what stops is
 * everything that would enter something. The database refuses entries by itself (migration 0007); this watch lets a
 * process say so before it does any work, and notices two things the row cannot say.
 */
import { violatedConstraint } from '../platform/db/index.ts';
import { monotonicMs, pause } from '../platform/time.ts';
import type { StoredCondition } from './record-condition-store.ts';

/** Why nothing is entered. */
export type ReadOnlyReason =
  | 'refused' // the last start met a sign of a fork
  | 'witnesses' // fewer witnesses than the quorum have answered since the start
  | 'database-behind' // what is public knows more entries than this database: an old backup, perhaps
  | 'no-sequencer' // nobody has sequenced for a while: a promise made now might be broken
  | 'not-published'; // the log grows and nothing of it becomes public: likewise

/** What this process may do with the record. */
export type RecordCondition =
  | Readonly<{ writes: 'open' }>
  | Readonly<{ writes: 'stopped'; reason: ReadOnlyReason }>;

/**
 * A sequencer that restarts leaves intake alone: entries wait, and the promise of publication within two minutes
 * holds. One that stays away longer than this would make it break.
 */
export const LONGEST_SILENCE_MS = 60_000;

/**
 * Publications that fail leave what is public as it was. After two minutes more than lies between two of them, the
 * promise of publication within two minutes is broken already.
 */
export const LONGEST_UNPUBLISHED_MS = 120_000;

/** The condition that follows from the row and from the size that is public here. `published` is read first. */
export function conditionOf(published: number, row: StoredCondition | undefined): RecordCondition {
  const stopped = (reason: ReadOnlyReason): RecordCondition => ({ writes: 'stopped', reason });
  if (row === undefined || row.state === 'refused') return stopped('refused');
  if (published > row.logSize) return stopped('database-behind');
  if (row.state === 'read-only') return stopped('witnesses');
  if (row.heardAgoMs === undefined || row.heardAgoMs > LONGEST_SILENCE_MS) return stopped('no-sequencer');
  return { writes: 'open' };
}

/** The database's own refusal of an entry, which may come a moment before the watch has seen the condition. */
export const isReadOnlyError = (error: unknown): boolean =>
  violatedConstraint(error) === 'record_is_read_only';

const LOOK_EVERY_MS = 1_000;

/** How a watch learns what it needs. */
export type ConditionSources = Readonly<{
  readRow: () => Promise<StoredCondition | undefined>;
  /** Size of the public checkpoint this process serves. */
  publishedSize: () => Promise<number>;
  /** Between two publications; 0 unless told. */
  everyMs?: number;
  /** Milliseconds that only move forward; the machine's unless told. */
  elapsedMs?: () => number;
}>;

/** Looks once a second. `start` before use, `stop` at the end. */
export class ConditionWatch {
  readonly #sources: ConditionSources;
  readonly #stopping = new AbortController();
  #current: RecordCondition = { writes: 'open' };
  /** What was public, and since when there has been something newer to publish. */
  #waiting: Readonly<{ published: number; sinceMs: number }> | undefined;
  #loop: Promise<void> | undefined;

  constructor(sources: ConditionSources) {
    this.#sources = sources;
  }

  /** As last seen, at most about a second ago. */
  get current(): RecordCondition {
    return this.#current;
  }

  async start(): Promise<void> {
    await this.look();
    this.#loop = this.#run();
  }

  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  /** Looks now. A look that fails leaves the condition as it was: the database itself refuses what must not be. */
  async look(): Promise<void> {
    try {
      // In this order: the database is never behind what was public a moment earlier.
      const published = await this.#sources.publishedSize();
      const row = await this.#sources.readRow();
      const isStalled = this.#isStalled(published, row);
      const condition = conditionOf(published, row);
      this.#current =
        condition.writes === 'open' && isStalled ? { writes: 'stopped', reason: 'not-published' } : condition;
    } catch {
      return;
    }
  }

  #isStalled(published: number, row: StoredCondition | undefined): boolean {
    const { everyMs = 0, elapsedMs = monotonicMs } = this.#sources;
    if (row === undefined || row.logSize <= published) {
      this.#waiting = undefined;
      return false;
    }
    const nowMs = elapsedMs();
    if (this.#waiting?.published !== published) this.#waiting = { published, sinceMs: nowMs };
    return nowMs - this.#waiting.sinceMs > LONGEST_UNPUBLISHED_MS + everyMs;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      await pause(LOOK_EVERY_MS, signal);
      if (!signal.aborted) await this.look();
    }
  }
}
