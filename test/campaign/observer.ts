/** A stranger who looks all the time: the published checkpoint and counts as files, and the count by HTTP. */
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { bundlePath, decodeBundle, openCheckpoint, tileWidth, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { pause } from '../../src/platform/time.ts';
import type { History, Numbers, SeenCheckpoint, ShownCount } from './history.ts';
import { CAMPAIGN_CASES } from './pool.ts';

const LOOK_EVERY_MS = 15;

/** What was seen so far; `unreadable` holds what no reader could have understood. */
export class Observer {
  readonly checkpoints: SeenCheckpoint[] = [];
  readonly counts: ShownCount[] = [];
  readonly unreadable: string[] = [];
  readonly #log: string;
  readonly #keys: readonly VerifierKey[];
  readonly #nowMs: () => number;
  readonly #last = new Map<string, string>();
  #looking = true;
  #loop: Promise<void> | undefined;

  constructor(log: string, keys: readonly VerifierKey[], nowMs: () => number) {
    this.#log = log;
    this.#keys = keys;
    this.#nowMs = nowMs;
  }

  /** Looks until {@link stop}. */
  start(): void {
    this.#looking = true;
    this.#loop = (async () => {
      while (this.#looking) {
        try {
          this.look();
        } catch (error) {
          this.unreadable.push(`what is public: ${error instanceof Error ? error.message : error}`);
        }
        await pause(LOOK_EVERY_MS);
      }
    })();
  }

  async stop(): Promise<void> {
    this.#looking = false;
    await this.#loop;
    this.look();
  }

  /** Once. */
  look(): void {
    const note = this.#changed('checkpoint');
    if (note !== undefined) this.see(note, 'public');
    const witnessed = this.#changed('witnessed-checkpoint');
    if (witnessed !== undefined) this.see(witnessed, 'witnessed');
    for (const caseNumber of CAMPAIGN_CASES) {
      const text = this.#changed(`counts/${caseNumber}.json`);
      if (text !== undefined) this.#seeCount(caseNumber, text);
    }
  }

  /** A checkpoint somebody was shown. */
  see(note: string, from: SeenCheckpoint['from']): void {
    const opened = openCheckpoint(nodeNotePrimitives, note, { logKeys: this.#keys });
    if (!opened.ok) this.unreadable.push(`a ${from} checkpoint: ${opened.code}: ${note}`);
    else {
      const { size, root } = opened.checkpoint;
      this.checkpoints.push({ size, root: Buffer.from(root).toString('hex'), atMs: this.#nowMs(), from });
    }
  }

  /** The newest public checkpoint's size. */
  get publicSize(): number {
    return this.checkpoints.findLast(({ from }) => from === 'public')?.size ?? 0;
  }

  /** Size of the newest checkpoint that reached its quorum. */
  get witnessedSize(): number {
    return this.checkpoints.findLast(({ from }) => from === 'witnessed')?.size ?? 0;
  }

  /** The smallest size for which the counts of every case are shown. */
  get countedSize(): number {
    const sizes = CAMPAIGN_CASES.map(
      (caseNumber) => this.counts.findLast((one) => one.caseNumber === caseNumber)?.size,
    );
    return Math.min(...sizes.map((size) => size ?? 0));
  }

  #seeCount(caseNumber: string, text: string): void {
    try {
      const file = JSON.parse(text) as { size: number; root: string; counts: Record<string, Numbers> };
      const root = Buffer.from(file.root, 'base64').toString('hex');
      const numbers = file.counts['joint-signature'] ?? {};
      this.counts.push({ caseNumber, size: file.size, root, numbers, where: 'count file' });
    } catch {
      this.unreadable.push(`the counts of ${caseNumber}: ${text}`);
    }
  }

  #changed(name: string): string | undefined {
    let text: string;
    try {
      text = readFileSync(join(this.#log, name), 'utf8');
    } catch {
      return undefined;
    }
    if (this.#last.get(name) === text) return undefined;
    this.#last.set(name, text);
    return text;
  }
}

/** The published log as it lies on the disk: all entries below the newest checkpoint. Throws on a torn bundle. */
export function readFinalLog(log: string, keys: readonly VerifierKey[]): History['final'] {
  const opened = openCheckpoint(nodeNotePrimitives, readFileSync(join(log, 'checkpoint'), 'utf8'), {
    logKeys: keys,
  });
  if (!opened.ok) throw new Error(`the final checkpoint: ${opened.code}`);
  const { size, root } = opened.checkpoint;
  const entries: Uint8Array[] = [];
  for (let index = 0; entries.length < size; index += 1) {
    const width = tileWidth(0, index, size);
    const bundle = decodeBundle(readFileSync(join(log, bundlePath({ index, width }))), width);
    if (bundle === undefined) throw new Error(`bundle ${index} of width ${width} is torn`);
    entries.push(...bundle);
  }
  return { entries, size, root: Buffer.from(root).toString('hex') };
}
