import { mkdtempSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { formatVerifierKey, type Policy } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import { afterAll, beforeEach, describe, expect, it } from 'vitest';
import { SampleLog, sampleKey, samplePromise, sampleSignature } from './sample-log.ts';
import { codesOf, MonitorBench, sampleWitness } from './sample-monitor.ts';
import {
  heldEntry,
  sampleAct,
  sampleClosed,
  sampleCourse,
  sampleDay,
  sampleOpened,
  settledEntry,
  signatureEntry,
} from './sample-record.ts';

const bench = new MonitorBench();
beforeEach(() => bench.begin());
afterAll(() => bench.remove());

const contact = { text: { en: 'here', 'zh-Hant-TW': '此處' } };
const further = sampleAct('help-contact', '2026-11-21T00:10:20', contact, '9901');

describe('what is owed, promised and witnessed', () => {
  it('a dropped signature: its promise is broken when the time has passed, not before', async () => {
    bench.serve(sampleCourse);
    const promises = mkdtempSync(join(bench.folder, 'promises-'));
    writeFileSync(join(promises, 'kept.txt'), samplePromise(sampleSignature(4, 'held')));
    writeFileSync(join(promises, 'broken.txt'), samplePromise(sampleSignature(77, 'held')));
    writeFileSync(join(promises, 'noise.txt'), 'noise');
    const due = Date.parse('2026-11-21T04:02:00Z');
    bench.nowMs = due;
    expect(codesOf((await bench.open({ promises, stallMs: 1e12 }).round()).open)).toEqual([
      'promise-unreadable',
    ]);
    bench.nowMs = due + 1;
    const { open: found } = await bench.open({ promises, stallMs: 1e12 }).round();
    expect(codesOf(found)).toEqual(['promise-broken', 'promise-unreadable']);
    expect(found.find(({ code }) => code === 'promise-broken')?.evidence?.['file']).toBe('broken.txt');
  });

  it('a receipt that the log contradicts', async () => {
    bench.serve(sampleCourse);
    const promises = mkdtempSync(join(bench.folder, 'receipts-'));
    const own = sampleSignature(2, 'joint-signature');
    const honest = new SampleLog(sampleCourse);
    const otherLog = new SampleLog(sampleCourse.with(2, signatureEntry(88)));
    writeFileSync(join(promises, 'good.tlog-proof'), honest.receipt(3, own.extra, 6));
    writeFileSync(join(promises, 'bad.tlog-proof'), otherLog.receipt(3, own.extra, 6));
    const { open: found } = await bench.open({ promises }).round();
    expect(found.map(({ code, evidence }) => [code, evidence?.['file']])).toEqual([
      ['receipt-contradicted', 'bad.tlog-proof'],
    ]);
  });

  it('a stolen log key: no quorum of witnesses, and a tree that witnesses were shown otherwise', async () => {
    const witness = sampleWitness.signer(bench.nowMs / 1000);
    const policy: Policy = {
      logs: [{ key: sampleKey.key }],
      witnesses: [{ name: 'w', key: witness.key, url: 'https://witness.invalid' }],
      groups: [],
      quorum: 'w',
    };
    const trust = { keys: [sampleKey.key], policy };
    bench.serve(sampleCourse, {}, [sampleKey, witness]);
    const honest = bench.files.get('checkpoint') ?? new Uint8Array();
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual([]);
    bench.serve([...sampleCourse, further], {}, [sampleKey]);
    bench.nowMs += 31_000;
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual(['quorum-missing']);
    bench.serve([...sampleCourse, further], {}, [sampleKey, witness]);
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual([]);
    const other = new SampleLog(sampleCourse.with(3, signatureEntry(66)), [sampleKey, witness]);
    for (const [shown, expected] of [
      [honest, []],
      [other.files.get('checkpoint') ?? honest, ['witness-fork']],
    ] as const) {
      const asked = { live: true, read: async () => shown };
      expect(codesOf((await bench.open({ trust, sourceOf: () => asked }).round()).open)).toEqual(expected);
    }
  });

  it('a witness that has seen more than is published, for longer than a beat takes', async () => {
    const witness = sampleWitness.signer(bench.nowMs / 1000);
    const policy: Policy = {
      logs: [],
      witnesses: [{ name: 'w', key: witness.key, url: 'https://witness.invalid' }],
      groups: [],
      quorum: 'none',
    };
    const trust = { keys: [sampleKey.key], policy };
    bench.serve(sampleCourse);
    const newer = new SampleLog([...sampleCourse, sampleDay('2026-11-21')], [sampleKey, witness]);
    const sourceOfWitness = () => ({
      live: true,
      read: async () => newer.files.get('checkpoint') ?? new Uint8Array(),
    });
    expect(codesOf((await bench.open({ trust, sourceOf: sourceOfWitness }).round()).open)).toEqual([]);
    bench.nowMs += 20_000;
    expect(codesOf((await bench.open({ trust, sourceOf: sourceOfWitness }).round()).open)).toEqual([
      'witness-ahead',
    ]);
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
    bench.nowMs = Date.parse('2026-11-21T00:05:00+08:00');
    bench.serve(sampleCourse.slice(0, 12), {}, [sampleKey, witness('2026-11-21T00:05:00')]);
    expect(codesOf((await bench.open({ trust }).round()).open)).toEqual(['closed-overdue']);
    bench.nowMs = Date.parse('2026-11-21T00:06:00+08:00');
    const late = [...sampleCourse.slice(0, 12), signatureEntry(60), sampleClosed];
    bench.serve(late, { signed: 5, counted: 6 }, [sampleKey, witness('2026-11-21T00:06:00')]);
    const { raised, over } = await bench.open({ trust }).round();
    expect(codesOf(raised)).toEqual(['back-dated', 'closed-late', 'late-signature']);
    expect(codesOf(over)).toEqual(['closed-overdue']);
  });

  it('an act dated ahead, from which a period would run longer: told when it is seen, and kept', async () => {
    const ahead = sampleAct('opened', '2030-01-01T09:00:00', sampleOpened['body'] ?? {}, '9901');
    bench.serve([ahead]);
    const monitor = bench.open();
    expect(codesOf((await monitor.round()).raised)).toContain('dated-ahead');
    bench.nowMs = Date.parse('2030-01-02T00:00:00+08:00');
    expect(codesOf((await bench.open().round()).open)).toContain('dated-ahead');
  });

  it('overdue and early: closing, day mark, destruction, a held signature nobody decides', async () => {
    const early = [...sampleCourse.slice(0, 11), { ...sampleClosed, at: '2026-11-20T20:00:00+08:00' }];
    bench.serve(early);
    bench.nowMs = Date.parse('2026-11-20T20:01:00+08:00');
    expect(codesOf((await bench.open().round()).open)).toEqual(['closed-early']);

    bench.begin();
    bench.serve(sampleCourse);
    bench.nowMs = Date.parse('2026-11-22T00:16:00+08:00');
    expect(codesOf((await bench.open({ stallMs: 1e12 }).round()).open)).toEqual(['day-overdue']);

    bench.begin();
    const days = Array.from({ length: 9 }, (_, n) => sampleDay(`2026-11-${19 + n}`));
    bench.serve([sampleOpened, heldEntry(1), ...days.slice(0, 2), sampleClosed, ...days.slice(2)], {
      counted: 0,
      signed: 0,
      held: 1,
      settledCounted: 0,
      settledRefused: 0,
    });
    bench.nowMs = Date.parse('2026-11-28T00:05:00+08:00');
    expect(codesOf((await bench.open({ stallMs: 1e12 }).round()).open)).toEqual(['held-overdue']);

    bench.begin();
    const decision = {
      consequence: { en: 'x', 'zh-Hant-TW': 'x' },
      on: '2026-12-31',
      outcome: 'established',
    };
    bench.serve([...sampleCourse, sampleAct('decision', '2026-12-31T10:00:00', decision, '9901')]);
    bench.nowMs = Date.parse('2029-01-01T00:00:01+08:00');
    expect(codesOf((await bench.open({ stallMs: 1e12 }).round()).open)).toContain('destruction-overdue');
  });

  it('a retired log key that goes on signing', async () => {
    const event = { event: 'compromised', publicKey: formatVerifierKey(sampleKey.key), purpose: 'log' };
    const told = [...sampleCourse, sampleAct('key-event', '2026-11-21T00:05:00', event)];
    bench.serve(told);
    expect(codesOf((await bench.open().round()).open)).toEqual([]);
    bench.serve([...told, settledEntry(5)]);
    expect(codesOf((await bench.open().round()).open)).toContain('replaced-key-used');
  });

  it('stands still, cannot be read, is another log, is signed by nobody trusted', async () => {
    bench.serve(sampleCourse);
    await bench.open().round();
    bench.nowMs += 3_600_001;
    expect(codesOf((await bench.open().round()).open)).toEqual(['stall']);
    bench.files = new Map();
    expect(codesOf((await bench.open().round()).open)).toEqual(['log-unreachable', 'stall']);
    const stranger = ed25519Signer('other.invalid/log', sampleWitness.privateKey);
    bench.serve(sampleCourse, {}, [stranger]);
    expect(codesOf((await bench.open().round()).open)).toContain('checkpoint-refused');
  });
});
