import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { type LogSource, LogSourceError } from './log-source.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';
import { MonitorState } from './monitor-state.ts';
import { promiseKey, SampleLog, sampleKey } from './sample-log.ts';
import { SAMPLE_COUNTS, sampleCounts } from './sample-record.ts';
import { generateWitness } from './sample-witness.ts';

/** Ten minutes after the made-up case has closed. */
const NOW = Date.parse('2026-11-21T00:10:00+08:00');

export const sampleWitness = generateWitness('witness.invalid/w', SIGNATURE_TYPE.ed25519Cosignature);

/** Files in memory as a source; they may be replaced between two reads. */
export const sourceOf = (current: () => ReadonlyMap<string, Uint8Array>): LogSource => ({
  live: true,
  read: async (path) => {
    const bytes = current().get(path);
    if (bytes === undefined) throw new LogSourceError('log-not-found', path);
    return bytes;
  },
});

/** A monitor and the house it watches, for tests: clock, log files and site are set by hand. Not part of the package. */
export class MonitorBench {
  readonly folder = mkdtempSync(join(tmpdir(), 'lianshu-monitor-'));
  nowMs = NOW;
  files: ReadonlyMap<string, Uint8Array> = new Map();
  site = new Map<string, Uint8Array>();
  state = new MonitorState(join(this.folder, 'none'));
  #states = 0;

  /** Forgets everything: a monitor that has seen nothing yet, at the usual time. */
  begin(): void {
    this.nowMs = NOW;
    this.site = new Map();
    this.#states += 1;
    this.state = new MonitorState(join(this.folder, `state-${this.#states}.json`));
  }

  remove(): void {
    rmSync(this.folder, { recursive: true });
  }

  /** A monitor started anew on the present state. */
  open(more: Partial<MonitorOptions> = {}): Monitor {
    return Monitor.open({
      primitives: nodeNotePrimitives,
      source: sourceOf(() => this.files),
      trust: { keys: [sampleKey.key, promiseKey.key] },
      progress: () => {},
      state: this.state,
      proofKeys: [],
      sourceOf: () => sourceOf(() => new Map()),
      nowMs: () => this.nowMs,
      publishEveryMs: 1_000,
      stallMs: 3_600_000,
      quorumWithinMs: 30_000,
      ...more,
    });
  }

  /** Serves a log of these entries with the numbers of the sample course, or with others. */
  serve(entries: readonly JsonValue[], counts: object = {}, signers?: readonly NoteSigner[]): SampleLog {
    const log = new SampleLog(entries, signers);
    const file = sampleCounts(log, entries.length, { ...SAMPLE_COUNTS, ...counts });
    this.files = new Map([...log.files, ['counts/9901.json', file]]);
    return log;
  }
}

/** Codes in alphabetical order. */
export const codesOf = (alerts: readonly { code: string }[]): readonly string[] =>
  alerts.map(({ code }) => code).sort();
