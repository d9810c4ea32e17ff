import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { formatVerifierKey, type NoteSigner, type Policy, SIGNATURE_TYPE, signNote } from '@lianshu/tlog';
import { ed25519Signer, nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { proofText } from './act-proof.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { Monitor, type MonitorOptions } from './monitor.ts';
import { MonitorState } from './monitor-state.ts';
import { promiseKey, SampleLog, sampleKey, samplePromise, sampleSignature } from './sample-log.ts';
import {
  heldEntry,
  SAMPLE_COUNTS,
  sampleAct,
  sampleApi,
  sampleClosed,
  sampleCounts,
  sampleCourse,
  sampleDay,
  sampleOpened,
  samplePage,
  settledEntry,
  signatureEntry,
  voidEntry,
} from './sample-record.ts';
import { generateWitness } from './sample-witness.ts';

const NOW = Date.parse('2026-11-21T00:10:00+08:00');
const folder = mkdtempSync(join(tmpdir(), 'lianshu-monitor-'));
afterAll(() => rmSync(folder, { recursive: true }));

let runs = 0;
let nowMs = NOW;
let files: ReadonlyMap<string, Uint8Array> = new Map();
let site = new Map<string, Uint8Array>();
let state = new MonitorState(join(folder, 'none'));
beforeEach(() => {
  runs += 1;
  nowMs = NOW;
  site = new Map();
  state = new MonitorState(join(folder, `state-${runs}.json`));
});

const sourceOf = (current: () => ReadonlyMap<string, Uint8Array>): LogSource => ({
  live: true,
  read: async (path) => {
    const bytes = current().get(path);
    if (bytes === undefined) throw new LogSourceError('log-not-found', path);
    return bytes;
  },
});

const open = (more: Partial<MonitorOptions> = {}): Monitor =>
  Monitor.open({
    primitives: nodeNotePrimitives,
    source: sourceOf(() => files),
    trust: { keys: [sampleKey.key, promiseKey.key] },
    progress: () => {},
    state,
    proofKeys: [],
    sourceOf: () => sourceOf(() => new Map()),
    nowMs: () => nowMs,
    publishEveryMs: 1_000,
    stallMs: 3_600_000,
    quorumWithinMs: 30_000,
    ...more,
  });

/** Serves a log of these entries with honest numbers, or with others. */
function serve(
  entries: readonly JsonValue[],
  counts: object = {},
  signers?: readonly NoteSigner[],
): SampleLog {
  const log = new SampleLog(entries, signers);
  files = new Map([
    ...log.files,
    ['counts/9901.json', sampleCounts(log, entries.length, { ...SAMPLE_COUNTS, ...counts })],
  ]);
  return log;
}

const codes = (alerts: readonly { code: string }[]): readonly string[] =>
  alerts.map(({ code }) => code).sort();

describe('an honest log', () => {
  it('raises nothing, read at once or step by step, and again after a restart', async () => {
    let monitor = open();
    const clock = (size: number): string =>
      size < 8 ? '19T12:00:00' : size < 12 ? '20T12:00:00' : size < 13 ? '21T00:00:20' : '21T00:10:00';
    for (let size = 1; size <= sampleCourse.length; size++) {
      nowMs = Date.parse(`2026-11-${clock(size)}+08:00`);
      files = new SampleLog(sampleCourse.slice(0, size)).files;
      const found = codes((await monitor.round()).open).filter((code) => code !== 'count-unreadable');
      expect(found, `size ${size}`).toEqual([]);
      if (size % 3 === 0) monitor = open();
    }
    serve(sampleCourse);
    const { open: left, size } = await open().round();
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
        return sourceOf(() => files).read(path, 0);
      },
    };
    nowMs = Date.parse('2026-11-19T12:00:00+08:00');
    files = new SampleLog(many).files;
    const monitor = open({ source });
    await monitor.round();
    read.length = 0;
    files = new SampleLog([...many, signatureEntry(9_000)]).files;
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
      serve(sampleCourse);
      state = new MonitorState(join(folder, `fork-${bent.length}-${runs++}.json`));
      const monitor = open();
      await monitor.round();
      serve(bent);
      const { raised } = await monitor.round();
      const fork = raised.find(({ code }) => code === 'fork' || code === 'rollback');
      expect(fork?.code).toBe(bent.length < sampleCourse.length ? 'rollback' : 'fork');
      const kept = readdirSync(`${state.path}.evidence`);
      expect(kept).toHaveLength(2);
      for (const name of kept) {
        expect(readFileSync(join(`${state.path}.evidence`, name), 'utf8')).toContain(sampleKey.key.name);
      }
      // It stays open when the log behaves again, also for a monitor started anew.
      serve(sampleCourse);
      expect(codes((await open().round()).open)).toEqual([fork?.code]);
    }
  });

  it("yesterday's backup restored: the log goes back, then grows otherwise", async () => {
    serve(sampleCourse);
    await open().round();
    serve(sampleCourse.slice(0, 10));
    expect(codes((await open().round()).raised)).toContain('rollback');
    serve([...sampleCourse.slice(0, 10), ...Array.from({ length: 5 }, (_, n) => signatureEntry(n + 50))]);
    expect(codes((await open().round()).raised)).toContain('fork');
  });

  it('files that are not the signed tree prove nothing, and are told', async () => {
    serve(sampleCourse.slice(0, 12));
    await open().round();
    serve(sampleCourse);
    const bent = new Map(files);
    bent.set('tile/entries/000.p/13', new Uint8Array(20));
    files = bent;
    const { open: found } = await open().round();
    expect(codes(found)).toContain('files-wrong');
    expect(found.find(({ code }) => code === 'files-wrong')?.detail).toMatch(
      /tile\/entries\/000\.p\/13 bytes \d+–20/,
    );
    serve(sampleCourse);
    expect((await open().round()).open).toEqual([]);
  });

  it('signatures voided quietly: without the registry’s signed total, or beyond it', async () => {
    const registry = ed25519Signer('registry.invalid', sampleWitness.privateKey);
    const body = { act: 'joint-signature', totals: { 'not-eligible-age': 1 } };
    const unsigned = sampleAct('check-result', '2026-11-21T00:05:00', body, '9901');
    const { v: _, ...act } = unsigned;
    const proof = signNote(proofText(sha256, { ...act, index: 13 } as never), [registry]);
    const result = { ...unsigned, body: { ...body, proof } };
    const watch = async (entries: readonly JsonValue[], voided: number) => {
      state = new MonitorState(join(folder, `void-${runs++}.json`));
      serve([...sampleCourse, ...entries], { voided, counted: 5 - voided });
      return codes((await open({ proofKeys: [registry.key] }).round()).open);
    };
    expect(await watch([voidEntry(2)], 1)).toEqual(['void-without-total']);
    expect(await watch([result, voidEntry(2)], 1)).toEqual([]);
    expect(await watch([result, voidEntry(2), voidEntry(3)], 2)).toEqual(['void-beyond-total']);
    expect(await watch([unsigned, voidEntry(2)], 1)).toEqual(['act-without-proof', 'void-without-total']);
    const moreAllowed = { ...result, body: { ...result.body, totals: { 'not-eligible-age': 9 } } };
    expect(await watch([moreAllowed, voidEntry(2)], 1)).toEqual(['act-without-proof', 'void-without-total']);
  });

  it('one count for one reader: counts file, API and page against the entries', async () => {
    const log = serve(sampleCourse, { counted: 6 });
    const acts = [0, 1, 12];
    site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 1 }, acts));
    site.set('initiatives/9901', samplePage(log, 13, '1,005'));
    const { open: found } = await open({ site: sourceOf(() => site) }).round();
    expect(codes(found)).toEqual(Array.from({ length: 4 }, () => 'count-mismatch'));
    expect(found.map(({ detail }) => detail).join('\n')).toMatch(/counts: joint-signature\/counted 6 ≠ 5/);
    serve(sampleCourse);
    site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 0 }, acts));
    site.set('initiatives/9901', samplePage(log, 7, '3'));
    const later = await open({ site: sourceOf(() => site) }).round();
    expect(later.open).toEqual([]);
    expect(later.over).toHaveLength(4);
  });

  it('a number of a checkpoint that never was; an act left out or made up', async () => {
    const log = serve(sampleCourse);
    const other = new SampleLog([...sampleCourse.slice(0, 6), heldEntry(99)]);
    site.set('initiatives/9901', samplePage(other, 7, '3'));
    site.set('v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 0 }, [0, 12, 5]));
    const { open: found } = await open({ site: sourceOf(() => site) }).round();
    expect(found.map(({ evidence }) => evidence?.['name'])).toEqual(
      expect.arrayContaining(['root', 'acts', 'acts']),
    );
  });

  it('an unknown kind or a malformed entry', async () => {
    serve([...sampleCourse, { ...sampleClosed, kind: 'vote' }, { ...sampleClosed, note: 'x' }]);
    expect(codes((await open().round()).open)).toEqual(['entry-malformed', 'entry-unknown-kind']);
  });

  it('a signature added after the closing', async () => {
    serve([...sampleCourse, signatureEntry(55)], { signed: 5, counted: 6 });
    expect(codes((await open().round()).open)).toEqual(['signature-after-closed']);
  });

  it('one signature logged twice', async () => {
    serve([...sampleCourse.slice(0, 11), signatureEntry(1), ...sampleCourse.slice(11)], {});
    expect(codes((await open().round()).open)).toContain('commitment-twice');
  });

  it('a dropped signature: its promise is broken when the time has passed, not before', async () => {
    serve(sampleCourse);
    const promises = mkdtempSync(join(folder, 'promises-'));
    writeFileSync(join(promises, 'kept.txt'), samplePromise(sampleSignature(4, 'held')));
    writeFileSync(join(promises, 'broken.txt'), samplePromise(sampleSignature(77, 'held')));
    writeFileSync(join(promises, 'noise.txt'), 'noise');
    const due = Date.parse('2026-11-21T04:02:00Z');
    nowMs = due;
    expect(codes((await open({ promises, stallMs: 1e12 }).round()).open)).toEqual(['promise-unreadable']);
    nowMs = due + 1;
    const { open: found } = await open({ promises, stallMs: 1e12 }).round();
    expect(codes(found)).toEqual(['promise-broken', 'promise-unreadable']);
    expect(found.find(({ code }) => code === 'promise-broken')?.evidence?.['file']).toBe('broken.txt');
  });

  it('a receipt that the log contradicts', async () => {
    serve(sampleCourse);
    const promises = mkdtempSync(join(folder, 'receipts-'));
    const own = sampleSignature(2, 'joint-signature');
    const honest = new SampleLog(sampleCourse);
    const otherLog = new SampleLog(sampleCourse.with(2, signatureEntry(88)));
    writeFileSync(join(promises, 'good.tlog-proof'), honest.receipt(3, own.extra, 6));
    writeFileSync(join(promises, 'bad.tlog-proof'), otherLog.receipt(3, own.extra, 6));
    const { open: found } = await open({ promises }).round();
    expect(found.map(({ code, evidence }) => [code, evidence?.['file']])).toEqual([
      ['receipt-contradicted', 'bad.tlog-proof'],
    ]);
  });

  it('a stolen log key: no quorum of witnesses, and a tree that witnesses were shown otherwise', async () => {
    const witness = sampleWitness.signer(NOW / 1000);
    const policy: Policy = {
      logs: [{ key: sampleKey.key }],
      witnesses: [{ name: 'w', key: witness.key, url: 'https://witness.invalid' }],
      groups: [],
      quorum: 'w',
    };
    const trust = { keys: [sampleKey.key], policy };
    serve(sampleCourse, {}, [sampleKey, witness]);
    const honest = files.get('checkpoint') ?? new Uint8Array();
    expect(codes((await open({ trust }).round()).open)).toEqual([]);
    serve([...sampleCourse, sampleDay('2026-11-21')], {}, [sampleKey]);
    nowMs += 31_000;
    expect(codes((await open({ trust }).round()).open)).toEqual(['quorum-missing']);
    serve([...sampleCourse, sampleDay('2026-11-21')], {}, [sampleKey, witness]);
    expect(codes((await open({ trust }).round()).open)).toEqual([]);
    const other = new SampleLog(sampleCourse.with(3, signatureEntry(66)), [sampleKey, witness]);
    for (const [shown, expected] of [
      [honest, []],
      [other.files.get('checkpoint') ?? honest, ['witness-fork']],
    ] as const) {
      const asked = { live: true, read: async () => shown };
      expect(codes((await open({ trust, sourceOf: () => asked }).round()).open)).toEqual(expected);
    }
  });

  it('a witness that has seen more than is published, for longer than a beat takes', async () => {
    const witness = sampleWitness.signer(NOW / 1000);
    const policy: Policy = {
      logs: [],
      witnesses: [{ name: 'w', key: witness.key, url: 'https://witness.invalid' }],
      groups: [],
      quorum: 'none',
    };
    const trust = { keys: [sampleKey.key], policy };
    serve(sampleCourse);
    const newer = new SampleLog([...sampleCourse, sampleDay('2026-11-21')], [sampleKey, witness]);
    const sourceOfWitness = () => ({
      live: true,
      read: async () => newer.files.get('checkpoint') ?? new Uint8Array(),
    });
    expect(codes((await open({ trust, sourceOf: sourceOfWitness }).round()).open)).toEqual([]);
    nowMs += 20_000;
    expect(codes((await open({ trust, sourceOf: sourceOfWitness }).round()).open)).toEqual(['witness-ahead']);
  });

  it('back-dating past a deadline: the closing, a signature, an act logged later than they say', async () => {
    const at = (time: string) => Date.parse(`${time}+08:00`) / 1000;
    const witness = (time: string) => sampleWitness.signer(at(time));
    const policy: Policy = {
      logs: [],
      witnesses: [{ name: 'w', key: witness('2026-11-21T00:00:00').key }],
      groups: [],
      quorum: 'w',
    };
    const trust = { keys: [sampleKey.key], policy };
    nowMs = Date.parse('2026-11-21T00:05:00+08:00');
    serve(sampleCourse.slice(0, 12), {}, [sampleKey, witness('2026-11-21T00:05:00')]);
    expect(codes((await open({ trust }).round()).open)).toEqual(['closed-overdue']);
    nowMs = Date.parse('2026-11-21T00:06:00+08:00');
    const late = [...sampleCourse.slice(0, 12), signatureEntry(60), sampleClosed];
    serve(late, { signed: 5, counted: 6 }, [sampleKey, witness('2026-11-21T00:06:00')]);
    const { raised, over } = await open({ trust }).round();
    expect(codes(raised)).toEqual(['back-dated', 'closed-late', 'late-signature']);
    expect(codes(over)).toEqual(['closed-overdue']);
  });

  it('overdue and early: closing, day mark, destruction, a held signature nobody decides', async () => {
    const early = [...sampleCourse.slice(0, 11), { ...sampleClosed, at: '2026-11-20T20:00:00+08:00' }];
    serve(early);
    nowMs = Date.parse('2026-11-20T20:01:00+08:00');
    expect(codes((await open().round()).open)).toEqual(['closed-early']);

    state = new MonitorState(join(folder, `day-${runs}.json`));
    serve(sampleCourse);
    nowMs = Date.parse('2026-11-22T00:16:00+08:00');
    expect(codes((await open({ stallMs: 1e12 }).round()).open)).toEqual(['day-overdue']);

    state = new MonitorState(join(folder, `held-${runs}.json`));
    const days = Array.from({ length: 9 }, (_, n) => sampleDay(`2026-11-${19 + n}`));
    serve([sampleOpened, heldEntry(1), ...days.slice(0, 2), sampleClosed, ...days.slice(2)], {
      counted: 0,
      signed: 0,
      held: 1,
      settledCounted: 0,
      settledRefused: 0,
    });
    nowMs = Date.parse('2026-11-28T00:05:00+08:00');
    expect(codes((await open({ stallMs: 1e12 }).round()).open)).toEqual(['held-overdue']);

    state = new MonitorState(join(folder, `gone-${runs}.json`));
    const decision = {
      consequence: { en: 'x', 'zh-Hant-TW': 'x' },
      on: '2026-12-31',
      outcome: 'established',
    };
    serve([...sampleCourse, sampleAct('decision', '2026-12-31T10:00:00', decision, '9901')]);
    nowMs = Date.parse('2029-01-01T00:00:01+08:00');
    expect(codes((await open({ stallMs: 1e12 }).round()).open)).toContain('destruction-overdue');
  });

  it('a retired log key that goes on signing', async () => {
    const event = { event: 'compromised', publicKey: formatVerifierKey(sampleKey.key), purpose: 'log' };
    const told = [...sampleCourse, sampleAct('key-event', '2026-11-21T00:05:00', event)];
    serve(told);
    expect(codes((await open().round()).open)).toEqual([]);
    serve([...told, settledEntry(5)]);
    expect(codes((await open().round()).open)).toContain('replaced-key-used');
  });

  it('stands still, cannot be read, is another log, is signed by nobody trusted', async () => {
    serve(sampleCourse);
    await open().round();
    nowMs += 3_600_001;
    expect(codes((await open().round()).open)).toEqual(['stall']);
    files = new Map();
    expect(codes((await open().round()).open)).toEqual(['log-unreachable', 'stall']);
    const stranger = ed25519Signer('other.invalid/log', sampleWitness.privateKey);
    serve(sampleCourse, {}, [stranger]);
    expect(codes((await open().round()).open)).toContain('checkpoint-refused');
  });
});

const sampleWitness = generateWitness('witness.invalid/w', SIGNATURE_TYPE.ed25519Cosignature);
