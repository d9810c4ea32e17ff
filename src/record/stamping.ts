/**
 * 時戳: one published checkpoint an hour gets a time-stamp from outside (LIANSHU-VP/1, check 27), as evidence of when
 * the log was in that state that rests on neither this house nor its witnesses. It runs beside publication and never
 * holds it up; what it could not get this time it asks for at the next turn.
 */
import { createHash } from 'node:crypto';
import { readdir } from 'node:fs/promises';
import { join } from 'node:path';
import { canonicalJson } from '@lianshu/statement';
import { parseCheckpointText, parseNote } from '@lianshu/tlog';
import { type Clock, pause, utcIso } from '../platform/time.ts';
import { publishImmutable, publishMutable, readOrUndefined } from './public-files.ts';
import type { StampProblem, TimeStampAuthority } from './time-stamp-authority.ts';

export type StampingOptions = Readonly<{
  /** The published log's folder: stamps are `stamps/<size>.checkpoint` and `.tsr` below it, and `stamps/index.json`. */
  directory: string;
  authority: TimeStampAuthority;
  clock: Clock;
  /** An hour unless told. */
  everyMs?: number;
  /** How often to look whether a stamp is due; a minute unless told, less before the first entry. */
  lookEveryMs?: number;
  /** Told when a problem begins, changes or ends; never for each try. */
  warn: (message: string) => void;
}>;

/** The newest stamp: what it is of and the time it states. */
export type NewestStamp = Readonly<{ size: number; genTimeMs: number }>;

/** What a turn came to. */
export type StampTurn =
  | Readonly<{ state: 'stamped' | 'not-due'; newest: NewestStamp }>
  | Readonly<{ state: 'nothing-published' }>
  | Readonly<{ state: 'failed'; code: StampProblem | 'stamp-not-kept' }>;

const HOUR_MS = 3_600_000;
const MINUTE_MS = 60_000;
const SOON_MS = 2_000;
const STAMP = /^(0|[1-9]\d{0,15})\.tsr$/;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();

/** Size of the tree in a published checkpoint. */
function sizeOf(note: Uint8Array): number | undefined {
  const parsed = parseNote(new TextDecoder().decode(note));
  return parsed === undefined ? undefined : parseCheckpointText(parsed.text)?.size;
}

/** The stamping clock. `start` once; a turn never throws. */
export class Stamping {
  readonly #options: StampingOptions;
  readonly #stopping = new AbortController();
  #problem: string | undefined;
  #loop: Promise<void> | undefined;

  constructor(options: StampingOptions) {
    this.#options = options;
  }

  start(): void {
    this.#loop = this.#run();
  }

  /** Ends after the turn under way. */
  async stop(): Promise<void> {
    this.#stopping.abort();
    await this.#loop;
  }

  async #run(): Promise<void> {
    const { signal } = this.#stopping;
    while (!signal.aborted) {
      const { state } = await this.turn();
      // Until the first entry is public the wait is short: then the first stamp comes with it.
      const wait = state === 'nothing-published' ? SOON_MS : MINUTE_MS;
      await pause(this.#options.lookEveryMs ?? wait, signal);
    }
  }

  /** Stamps what is published now, if a stamp is due. Turns must not overlap. */
  async turn(): Promise<StampTurn> {
    let done: StampTurn;
    let detail = '';
    try {
      ({ detail = '', ...done } = await this.#turn());
    } catch (error) {
      // A disk that is full, or other bytes under a name that is taken: what is public stays as it is.
      detail = error instanceof Error ? error.message : 'fault';
      done = { state: 'failed', code: 'stamp-not-kept' };
    }
    this.#tell(done, detail);
    return done;
  }

  async #turn(): Promise<StampTurn & Readonly<{ detail?: string }>> {
    const { authority, clock, directory, everyMs = HOUR_MS } = this.#options;
    const published = await readOrUndefined(join(directory, 'checkpoint'));
    const size = published === undefined ? undefined : sizeOf(published);
    // The empty tree is the same for every log: a stamp of it says nothing.
    if (published === undefined || size === undefined || size === 0) return { state: 'nothing-published' };
    const sizes = await this.#sizes();
    const newest = await this.#newest(sizes);
    const isDue = newest === undefined || clock.nowMs() - newest.genTimeMs >= everyMs;
    // A log that has not grown has its stamp already, and a stamp of an earlier time says more than a later one.
    if (newest !== undefined && (!isDue || size <= newest.size)) return { state: 'not-due', newest };
    // Left by a crash between the two files: then these are the bytes to stamp.
    const note = (await readOrUndefined(this.#path(`${size}.checkpoint`))) ?? published;
    const answer = await authority.stamp(sha256(note));
    if (!answer.ok) return { state: 'failed', code: answer.code, detail: answer.detail };
    const made = { size, genTimeMs: answer.genTimeMs };
    await publishImmutable(this.#path(`${size}.checkpoint`), note);
    await publishImmutable(this.#path(`${size}.tsr`), answer.response);
    const all = [...sizes, size].sort((a, b) => a - b);
    const index = { newest: { size, time: utcIso(made.genTimeMs) }, sizes: all, v: 1 };
    await publishMutable(this.#path('index.json'), canonicalJson(index));
    return { state: 'stamped', newest: made };
  }

  /** Sizes that have a stamp, ascending. */
  async #sizes(): Promise<readonly number[]> {
    const names = await readdir(this.#path('.')).catch(() => []);
    return names
      .flatMap((name) => STAMP.exec(name)?.[1] ?? [])
      .map(Number)
      .sort((a, b) => a - b);
  }

  /** The newest stamp, read again from its files, so that a restart neither forgets nor repeats it. */
  async #newest(sizes: readonly number[]): Promise<NewestStamp | undefined> {
    const size = sizes.at(-1);
    if (size === undefined) return undefined;
    const note = await readOrUndefined(this.#path(`${size}.checkpoint`));
    const response = await readOrUndefined(this.#path(`${size}.tsr`));
    if (note === undefined || response === undefined) return undefined;
    const read = this.#options.authority.read(response, sha256(note));
    // By a certificate that is pinned no longer: its time is not ours to judge, but this size has its stamp.
    return { size, genTimeMs: read?.genTimeMs ?? 0 };
  }

  #path(name: string): string {
    return join(this.#options.directory, 'stamps', name);
  }

  #tell(done: StampTurn, detail: string): void {
    const problem = done.state === 'failed' ? done.code : undefined;
    if (problem === this.#problem) return;
    this.#problem = problem;
    this.#options.warn(
      problem === undefined
        ? '時戳恢復 time-stamps are made again'
        : `沒有取得時戳，稍後再試 no time-stamp, trying again: ${problem}: ${detail}`,
    );
  }
}
