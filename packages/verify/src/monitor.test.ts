import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import type { LogSource } from './log-source.ts';
import { SampleLog, sampleKey } from './sample-log.ts';
import { codesOf, MonitorBench, sourceOf } from './sample-monitor.ts';
import {
  heldEntry,
  sampleApi,
  sampleClosed,
  sampleCourse,
  sampleDay,
  samplePage,
  signatureEntry,
} from './sample-record.ts';

const bench = new MonitorBench();
beforeEach(() => bench.begin());
afterAll(() => bench.remove());

describe('an honest log', () => {
  it('raises nothing, read at once or step by step, and again after a restart', async () => {
    let monitor = bench.open();
    const clock = (size: number): string => {
      if (size < 3) return size === 1 ? '19T08:00:10' : '19T09:00:10';
      return size < 8 ? '19T12:00:00' : size < 12 ? '20T12:00:00' : size < 13 ? '21T00:00:20' : '21T00:10:00';
    };
    for (let size = 1; size <= sampleCourse.length; size++) {
      bench.nowMs = Date.parse(`2026-11-${clock(size)}+08:00`);
      bench.files = new SampleLog(sampleCourse.slice(0, size)).files;
      const found = codesOf((await monitor.round()).open).filter((code) => code !== 'count-unreadable');
      expect(found, `size ${size}`).toEqual([]);
      if (size % 3 === 0) monitor = bench.open();
    }
    bench.serve(sampleCourse);
    const { open: left, size } = await bench.open().round();
    expect(left).toEqual([]);
    expect(size).toBe(sampleCourse.length);
  });

  it('reads only what is new', async () => {
    const many = [
      ...sampleCourse.slice(0, 2),
      ...Array.from({ length: 700 }, (_, n) => signatureEntry(n + 100)),
    ];
    const read: string[] = [];
    const source: LogSource = {
      live: true,
      read: (path) => {
        read.push(path);
        return sourceOf(() => bench.files).read(path, 0);
      },
    };
    bench.nowMs = Date.parse('2026-11-19T12:00:00+08:00');
    bench.files = new SampleLog(many).files;
    const monitor = bench.open({ source });
    await monitor.round();
    read.length = 0;
    bench.files = new SampleLog([...many, signatureEntry(9_000)]).files;
    await monitor.round();
    expect(read.filter((path) => path.startsWith('tile/entries'))).toEqual(['tile/entries/002.p/191']);
  });
});

describe('each betrayal', () => {
  it('a row deleted, an entry edited, two checkpoints of one size: a fork, with both checkpoints kept', async () => {
    for (const bent of [
      sampleCourse.toSpliced(3, 1),
      sampleCourse.with(3, signatureEntry(77)),
      [...sampleCourse.with(3, signatureEntry(78)), sampleDay('2026-11-21')],
    ]) {
      bench.serve(sampleCourse);
      bench.begin();
      const monitor = bench.open();
      await monitor.round();
      bench.serve(bent);
      const { raised } = await monitor.round();
      const fork = raised.find(({ code }) => code === 'fork' || code === 'rollback');
      expect(fork?.code).toBe(bent.length < sampleCourse.length ? 'rollback' : 'fork');
      const kept = readdirSync(`${bench.state.path}.evidence`);
      expect(kept).toHaveLength(2);
      for (const name of kept) {
        expect(readFileSync(join(`${bench.state.path}.evidence`, name), 'utf8')).toContain(
          sampleKey.key.name,
        );
      }
      // It stays open when the log behaves again, also for a monitor started anew.
      bench.serve(sampleCourse);
      expect(codesOf((await bench.open().round()).open)).toEqual([fork?.code]);
    }
  });

  it("yesterday's backup restored: the log goes back, then grows otherwise", async () => {
    bench.serve(sampleCourse);
    await bench.open().round();
    bench.serve(sampleCourse.slice(0, 10));
    expect(codesOf((await bench.open().round()).raised)).toContain('rollback');
    bench.serve([
      ...sampleCourse.slice(0, 10),
      ...Array.from({ length: 5 }, (_, n) => signatureEntry(n + 50)),
    ]);
    expect(codesOf((await bench.open().round()).raised)).toContain('fork');
  });

  it('files that are not the signed tree prove nothing, and are told', async () => {
    bench.serve(sampleCourse.slice(0, 12));
    await bench.open().round();
    bench.serve(sampleCourse);
    const bent = new Map(bench.files);
    bent.set('tile/entries/000.p/13', new Uint8Array(20));
    bench.files = bent;
    const { open: found } = await bench.open().round();
    expect(codesOf(found)).toContain('files-wrong');
    expect(found.find(({ code }) => code === 'files-wrong')?.detail).toMatch(
      /tile\/entries\/000\.p\/13 bytes \d+–\d+/,
    );
    bench.serve(sampleCourse);
    expect((await bench.open().round()).open).toEqual([]);
  });

  it('one count for one reader: counts file, API and page against the entries', async () => {
    const log = bench.serve(sampleCourse, { counted: 6 });
    const acts = [0, 1, 12];
    bench.site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 1 }, acts));
    bench.site.set('initiatives/9901', samplePage(log, 13, '1,005'));
    const { open: found } = await bench.open({ site: sourceOf(() => bench.site) }).round();
    expect(codesOf(found)).toEqual(Array.from({ length: 4 }, () => 'count-mismatch'));
    expect(found.map(({ detail }) => detail).join('\n')).toMatch(/counts: joint-signature\/counted 6 ≠ 5/);
    bench.serve(sampleCourse);
    bench.site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 0 }, acts));
    bench.site.set('initiatives/9901', samplePage(log, 7, '3'));
    const later = await bench.open({ site: sourceOf(() => bench.site) }).round();
    expect(later.open).toEqual([]);
    expect(later.over).toHaveLength(4);
  });

  it('a number of a checkpoint that never was; an act left out or made up', async () => {
    const log = bench.serve(sampleCourse);
    const other = new SampleLog([...sampleCourse.slice(0, 6), heldEntry(99)]);
    bench.site.set('initiatives/9901', samplePage(other, 7, '3'));
    bench.site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 0 }, [0, 12, 5]));
    const { open: found } = await bench.open({ site: sourceOf(() => bench.site) }).round();
    expect(found.map(({ evidence }) => evidence?.['name'])).toEqual(
      expect.arrayContaining(['root', 'acts', 'acts']),
    );
  });

  it('an unknown kind or a malformed entry', async () => {
    bench.serve([...sampleCourse, { ...sampleClosed, kind: 'ballot' }, { ...sampleClosed, note: 'x' }]);
    expect(codesOf((await bench.open().round()).open)).toEqual(['entry-malformed', 'entry-unknown-kind']);
  });

  it('a signature added after the closing', async () => {
    bench.serve([...sampleCourse, signatureEntry(55)], { signed: 5, counted: 6 });
    expect(codesOf((await bench.open().round()).open)).toEqual(['signature-after-closed']);
  });

  it('one signature logged twice', async () => {
    bench.serve([...sampleCourse.slice(0, 11), signatureEntry(1), ...sampleCourse.slice(11)], {});
    expect(codesOf((await bench.open().round()).open)).toContain('commitment-twice');
  });
});
