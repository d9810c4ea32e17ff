/** Ordinary acts and small omissions by which an operator would rid himself of the monitor; each must be told. */
import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type JsonValue, utf8 } from '@lianshu/statement';
import type { Policy } from '@lianshu/tlog';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { LogSourceError } from './log-source.ts';
import { quantumKey, SampleLog, sampleKey, samplePromise, sampleSignature } from './sample-log.ts';
import { codesOf, MonitorBench, sampleWitness, sourceOf } from './sample-monitor.ts';
import { sampleCourse, sampleDay, sampleFiled, sampleOpened, signatureEntry } from './sample-record.ts';

const bench = new MonitorBench();
beforeEach(() => bench.begin());
afterAll(() => bench.remove());

const NOON = Date.parse('2026-11-21T12:00:00+08:00');
const STALL = { stallMs: 1e12 };
const withBody = (act: Readonly<Record<string, JsonValue>>, body: object): JsonValue => ({
  ...act,
  body: { ...(act['body'] as object), ...body },
});

describe('duties are not switched off by an act', () => {
  it('a case filed again as one told from public reports still owes its closing', async () => {
    const unclosed = sampleCourse.slice(0, 12);
    bench.nowMs = NOON;
    bench.serve(unclosed);
    expect(codesOf((await bench.open(STALL).round()).open)).toEqual(['closed-overdue']);
    bench.serve([...unclosed, withBody(sampleFiled, { origin: 'public-reports' })]);
    const { open, raised } = await bench.open(STALL).round();
    expect(codesOf(raised)).toContain('filed-again');
    expect(codesOf(open)).toContain('closed-overdue');
  });

  it('a case opened again after its closing, for longer and with less to reach', async () => {
    bench.nowMs = NOON;
    const again = {
      ...(withBody(sampleOpened, { lastDay: '2027-11-20', threshold: 3 }) as object),
      at: '2026-11-21T11:00:00+08:00',
    };
    bench.serve([...sampleCourse, again, signatureEntry(801)], { signed: 5, counted: 6 });
    expect(codesOf((await bench.open(STALL).round()).open)).toEqual([
      'opened-again',
      'signature-after-closed',
    ]);
  });
});

describe('what was promised is looked for, not what looks like it', () => {
  it('a commitment logged that shares its first 120 bits', async () => {
    const mine = sampleSignature(500, 'held');
    const promises = mkdtempSync(join(bench.folder, 'promises-'));
    writeFileSync(join(promises, 'mine.txt'), samplePromise(mine));
    const alike = {
      ...(mine.entry as object),
      commitment: `${mine.commitment.slice(0, 20)}${'A'.repeat(23)}`,
    };
    bench.nowMs = NOON + 600_000;
    const look = async (entry: JsonValue) => {
      bench.begin();
      bench.nowMs = NOON + 600_000;
      bench.serve([...sampleCourse.slice(0, 7), entry, ...sampleCourse.slice(8)], { held: 1 });
      return codesOf((await bench.open({ ...STALL, promises }).round()).open);
    };
    expect(await look(mine.entry)).not.toContain('promise-broken');
    expect(await look(alike)).toContain('promise-broken');
  });
});

describe('the past is the monitor’s own', () => {
  it('a fork shown to a witness, hidden by serving no tiles or by leaving out one of the log’s keys', async () => {
    const quantum = quantumKey(bench.nowMs / 1000);
    const witness = sampleWitness.signer(bench.nowMs / 1000);
    const log = bench.serve(sampleCourse, {}, [sampleKey, quantum, witness]);
    const other = new SampleLog(sampleCourse.with(3, signatureEntry(77)));
    const policy: Policy = {
      logs: [{ key: sampleKey.key }, { key: quantum.key }],
      witnesses: [{ name: 'w', key: witness.key, url: 'https://witness.invalid' }],
      groups: [],
      quorum: 'none',
    };
    const bare = { live: true, read: async () => utf8('') };
    const look = async (shown: string, source = sourceOf(() => log.files)) => {
      bench.begin();
      const sourceOfWitness = () => ({ ...bare, read: async () => utf8(shown) });
      const trust = { keys: [], policy };
      return codesOf((await bench.open({ trust, source, sourceOf: sourceOfWitness }).round()).open);
    };
    const withoutCounts = ['count-unreadable'];
    const read = new Set<string>();
    const once = {
      live: true,
      read: async (path: string) => {
        if (read.has(path)) throw new LogSourceError('log-not-found', path);
        if (path.startsWith('tile/')) read.add(path);
        return sourceOf(() => log.files).read(path, 0);
      },
    };
    const honest = log.checkpoint(10, [sampleKey, quantum, witness]);
    expect(await look(honest)).toEqual(withoutCounts);
    for (const signers of [[sampleKey, quantum, witness], [sampleKey, witness], [quantum]]) {
      expect(await look(other.checkpoint(10, signers)), `${signers.length}`).toContain('witness-fork');
    }
    expect(await look(other.checkpoint(10, [sampleKey, quantum, witness]), once)).toContain('witness-fork');
    expect(await look(other.checkpoint(10, [witness]))).toEqual(withoutCounts);
  });

  it('a fork at the moment a second key of the log is trusted', async () => {
    bench.serve(sampleCourse);
    await bench.open().round();
    const quantum = quantumKey(bench.nowMs / 1000);
    const trust = { keys: [sampleKey.key, quantum.key] };
    bench.serve(sampleCourse.with(3, signatureEntry(77)), {}, [sampleKey, quantum]);
    expect(codesOf((await bench.open({ trust }).round()).raised)).toContain('fork');
  });

  it('a fork served to the monitor under one of the log’s two keys', async () => {
    const quantum = quantumKey(bench.nowMs / 1000);
    const trust = { keys: [sampleKey.key, quantum.key] };
    bench.serve(sampleCourse, {}, [sampleKey, quantum]);
    await bench.open({ trust }).round();
    bench.serve(sampleCourse.with(3, signatureEntry(77)), {}, [sampleKey]);
    expect(codesOf((await bench.open({ trust }).round()).raised)).toEqual([
      'checkpoint-refused',
      'count-mismatch',
      'fork',
    ]);
    bench.serve(sampleCourse, {}, [sampleKey]);
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual(['checkpoint-refused', 'fork']);
  });

  it('a receipt of another tree, when the log no longer serves what was read', async () => {
    const own = sampleSignature(2, 'joint-signature');
    const promises = mkdtempSync(join(bench.folder, 'receipts-'));
    const other = new SampleLog(sampleCourse.with(2, signatureEntry(88)));
    writeFileSync(join(promises, 'other.tlog-proof'), other.receipt(3, own.extra, 6));
    bench.serve(sampleCourse);
    const read = new Set<string>();
    const source = {
      live: true,
      read: async (path: string) => {
        const bytes = bench.files.get(path);
        if (bytes === undefined || read.has(path)) throw new LogSourceError('log-not-found', path);
        if (path.startsWith('tile/')) read.add(path);
        return bytes;
      },
    };
    expect(codesOf((await bench.open({ source, promises }).round()).open)).toEqual(['receipt-contradicted']);
  });
});

describe('no single clock decides', () => {
  it('a witness of the year 2200 is named, and a log that stands still is told all the same', async () => {
    const future = sampleWitness.signer(Date.parse('2200-01-01T00:00:00Z') / 1000);
    const policy: Policy = {
      logs: [],
      witnesses: [{ name: 'w', key: future.key }],
      groups: [],
      quorum: 'none',
    };
    const trust = { keys: [sampleKey.key], policy };
    bench.serve(sampleCourse, {}, [sampleKey, future]);
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual(['witness-clock']);
    bench.nowMs += 3_600_001;
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual(['stall', 'witness-clock']);
  });

  it('an act back-dated behind what nobody but the monitor saw', async () => {
    bench.serve(sampleCourse);
    await bench.open({ stallMs: 600_000 }).round();
    bench.nowMs += 7_200_000;
    await bench.open({ stallMs: 600_000 }).round();
    const late = { ...(sampleDay('2026-11-20') as object), kind: 'incident' };
    const body = { summary: { en: 'x', 'zh-Hant-TW': 'x' } };
    bench.serve([...sampleCourse, { ...late, body }]);
    expect(codesOf((await bench.open({ stallMs: 600_000 }).round()).raised)).toContain('back-dated');
  });
});
