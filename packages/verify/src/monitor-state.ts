import { existsSync, mkdirSync, readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import { toHex } from '@lianshu/statement';
import type { Alert } from './alert.ts';
import { UsageError } from './command.ts';
import { EntryCache } from './entry-cache.ts';
import { writeWhole } from './note-file.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';
import type { TimeBound } from './watch-duties.ts';

/** An alert with its history: since when, how bad when it was last told, until when if it is over. Times are ISO. */
export type KeptAlert = Alert &
  Readonly<{ since: string; until?: string; told?: Readonly<{ at: string; grade: number }> }>;

/** What a monitor must not forget. */
export type MonitorMemory = Readonly<{
  v: 1;
  /** The newest believed checkpoint, as a signed note. */
  note?: string;
  alerts: readonly KeptAlert[];
  /** Posts that could not be delivered yet, as their JSON. */
  unsent: readonly unknown[];
  bounds: readonly TimeBound[];
  /** Sizes at which the log was looked at, ascending. */
  seenSizes: readonly number[];
  /** When the quorum was last complete, and when the log last changed or was last cosigned; ISO. */
  quorumAt?: string;
  freshAt?: string;
}>;

const EMPTY: MonitorMemory = { v: 1, alerts: [], unsent: [], bounds: [], seenSizes: [] };

/**
 * Puts the files of a state aside, under names with this ending, so that a monitor begins anew. Nothing is deleted: they
 * stay evidence of what was seen.
 */
export function putAside(path: string, ending: string): void {
  for (const file of [path, `${path}.entries`, `${path}.evidence`]) {
    if (existsSync(file)) renameSync(file, `${file}.${ending}`);
  }
}

const MOST_STATE_BYTES = 64 << 20;

const isMemory = (value: unknown): value is MonitorMemory =>
  typeof value === 'object' &&
  value !== null &&
  'v' in value &&
  value.v === 1 &&
  ['alerts', 'unsent', 'bounds', 'seenSizes'].every((name) =>
    Array.isArray((value as Record<string, unknown>)[name]),
  );

/**
 * The files of a monitor: `FILE` (JSON, replaced as a whole), `FILE.entries` (its own copy of the log) and the folder
 * `FILE.evidence`. A state that cannot be read is a {@link UsageError}: beginning anew in silence would forget forks.
 */
export class MonitorState {
  readonly path: string;
  readonly cache: EntryCache;
  memory: MonitorMemory;

  constructor(path: string) {
    this.path = path;
    this.cache = new EntryCache(`${path}.entries`);
    this.memory = this.#read();
  }

  #read(): MonitorMemory {
    if (!existsSync(this.path)) return EMPTY;
    try {
      if (statSync(this.path).size > MOST_STATE_BYTES) throw new Error('too large');
      const memory: unknown = JSON.parse(readFileSync(this.path, 'utf8'));
      if (isMemory(memory)) return memory;
    } catch (error) {
      throw new UsageError(`${this.path}: ${error instanceof Error ? error.message : String(error)}`);
    }
    throw new UsageError(`${this.path}: not the state of a monitor`);
  }

  save(memory: MonitorMemory): void {
    this.memory = memory;
    mkdirSync(dirname(this.path), { recursive: true });
    writeWhole(this.path, `${JSON.stringify(memory)}\n`);
  }

  /** Keeps a checkpoint as evidence, once, and returns its file name. */
  keep(opened: OpenedCheckpoint): string {
    const { size, root } = opened.checkpoint;
    return this.keepBytes(
      `${size}-${toHex(root).slice(0, 16)}.checkpoint`,
      new TextEncoder().encode(opened.note),
    );
  }

  /** Keeps a file as evidence; the first of a name stays. */
  keepBytes(name: string, bytes: Uint8Array): string {
    const folder = `${this.path}.evidence`;
    const path = join(folder, name);
    mkdirSync(folder, { recursive: true });
    if (!existsSync(path)) writeFileSync(path, bytes);
    return path;
  }
}
