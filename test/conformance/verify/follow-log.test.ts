import type { JsonValue } from '@lianshu/statement';
import type { NoteSigner } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { describe, expect, it } from 'vitest';
import { checkReceipt } from '../../../packages/verify/src/check-receipt.ts';
import { followLog } from '../../../packages/verify/src/follow-log.ts';
import { sentencesOf } from '../../../packages/verify/src/log-sentences.ts';
import { type LogSource, LogSourceError } from '../../../packages/verify/src/log-source.ts';
import {
  promiseKey,
  quantumKey,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
  withByte,
} from '../../../packages/verify/src/sample-log.ts';

const keys = [sampleKey.key, promiseKey.key, quantumKey(0).key];
const own = sampleSignature(1, 'joint-signature');
const held = sampleSignature(2, 'held');
const other = (n: number): JsonValue => sampleSignature(n, 'joint-signature').entry;
const voidOf = (index: number, caseNumber = '9901'): JsonValue => ({
  case: caseNumber,
  ground: 'not-eligible-age',
  index,
  kind: 'void',
  v: 1,
});
const settledAs = (index: number, outcome: Readonly<Record<string, JsonValue>>): JsonValue => ({
  act: 'joint-signature',
  case: '9901',
  index,
  kind: 'settled',
  v: 1,
  ...outcome,
});
const counted = { outcome: 'counted', tag: own.tag };
const DUE = Date.parse('2026-11-21T04:02:00Z');

const follow = (file: string, source: LogSource, nowMs = DUE + 1) =>
  followLog(
    { primitives: nodeNotePrimitives, source, trust: { keys }, nowMs, progress: () => {} },
    checkReceipt(nodeNotePrimitives, file, { keys }),
  );

describe('a receipt followed through the published log', () => {
  const before = Array.from({ length: 700 }, (_, n) => other(n + 1000));
  const at = before.length;

  async function standing(later: readonly JsonValue[], signature = own) {
    const log = new SampleLog([...before, signature.entry, ...later]);
    return follow(log.receipt(at, signature.extra, at + 1), log.source());
  }

  it('is counted when nothing excludes it', async () => {
    expect(await standing([other(5), voidOf(3), voidOf(at, '9902'), settledAs(at, counted)])).toMatchObject({
      code: 'counted',
      log: { size: at + 5 },
    });
  });

  it('is excluded by the first void of it, with its ground', async () => {
    expect(await standing([other(5), voidOf(at), voidOf(at)])).toMatchObject({
      code: 'excluded',
      at: at + 2,
      ground: 'not-eligible-age',
    });
  });

  it('held: waits, is counted, is refused, or is excluded by its own or its settling entry', async () => {
    expect((await standing([other(5)], held)).code).toBe('held');
    expect((await standing([settledAs(at, counted)], held)).code).toBe('counted');
    const refused = { outcome: 'refused', code: 'E_ALREADY_SIGNED' };
    expect(await standing([settledAs(at, refused), settledAs(at, counted)], held)).toMatchObject({
      code: 'refused',
      at: at + 1,
      reason: 'E_ALREADY_SIGNED',
    });
    expect((await standing([settledAs(at, counted), voidOf(at + 1)], held)).code).toBe('excluded');
    expect((await standing([settledAs(at, counted), voidOf(at)], held)).code).toBe('excluded');
  });

  it('finds the same at every place of a bundle and tile', async () => {
    for (const size of [1, 2, 255, 256, 257, 512, 513]) {
      for (const index of new Set([0, size - 1])) {
        const entries = Array.from({ length: size }, (_, n) => (n === index ? own.entry : other(n + 1000)));
        const log = new SampleLog([...entries, voidOf(index)]);
        const verdict = await follow(log.receipt(index, own.extra, size), log.source());
        expect(verdict).toMatchObject({ code: 'excluded', at: size });
      }
    }
  });

  it('takes a full bundle or tile in the place of a partial one that is gone', async () => {
    const entries = [...before, own.entry, other(5)];
    const log = new SampleLog(entries);
    const grown = new SampleLog([...entries, ...Array.from({ length: 400 }, (_, n) => other(n + 5000))]);
    const files = new Map(grown.files);
    for (const path of ['checkpoint', 'tile/1/000.p/2'])
      files.set(path, log.files.get(path) ?? new Uint8Array());
    const read = async (path: string) => {
      const bytes = files.get(path);
      if (bytes === undefined) throw new LogSourceError('log-not-found', path);
      return bytes;
    };
    expect(log.files.has('tile/entries/002.p/190') && !files.has('tile/entries/002.p/190')).toBe(true);
    expect((await follow(log.receipt(at, own.extra, at + 1), { live: true, read })).code).toBe('counted');
  });

  it('is newer than what is published: try again', async () => {
    const log = new SampleLog([other(0), own.entry]);
    const behind = new SampleLog([other(0)]);
    expect((await follow(log.receipt(1, own.extra, 2), behind.source())).code).toBe('log-behind');
  });
});

describe('a log that does not hold together', () => {
  const entries = [other(0), own.entry, other(5)];
  const log = new SampleLog(entries);
  const receipt = log.receipt(1, own.extra, 2);

  it('contradicts the receipt when it is another tree under the same key', async () => {
    const forked = new SampleLog([other(0), other(9), other(5)]);
    expect((await follow(receipt, forked.source())).code).toBe('log-contradicts-receipt');
  });

  it('is refused when any byte of a bundle or checkpoint is changed', async () => {
    for (const path of ['tile/entries/000.p/3', 'checkpoint']) {
      const bytes = log.files.get(path) ?? new Uint8Array();
      for (let i = 0; i < bytes.length; i += 7) {
        const bent = log.source((asked, good) =>
          asked === path ? withByte(good, i, (good[i] ?? 0) ^ 1) : good,
        );
        const { code } = await follow(receipt, bent);
        expect(['log-files-wrong', 'log-bad-checkpoint'], `${path} byte ${i}`).toContain(code);
      }
    }
  });

  it.each<[string, (path: string, bytes: Uint8Array) => Uint8Array, string]>([
    ['empty files', () => new Uint8Array(), 'log-bad-checkpoint'],
    [
      'a bundle cut short',
      (path, bytes) => (path === 'checkpoint' ? bytes : bytes.slice(0, -1)),
      'log-files-wrong',
    ],
    [
      'a bundle too long',
      (path, bytes) => (path === 'checkpoint' ? bytes : Uint8Array.of(...bytes, 0, 0)),
      'log-files-wrong',
    ],
    ['noise', (_, bytes) => bytes.map((byte) => byte ^ 0x55), 'log-bad-checkpoint'],
  ])('is refused with a code: %s', async (_, bend, code) => {
    expect((await follow(receipt, log.source(bend))).code).toBe(code);
  });

  it('cannot be read', async () => {
    for (const [code, expected] of [
      ['log-unreachable', 'log-unreachable'],
      ['log-not-found', 'log-unreachable'],
      ['log-answer-too-large', 'log-answer-too-large'],
    ] as const) {
      const read = async () => {
        throw new LogSourceError(code, 'why');
      };
      expect(await follow(receipt, { live: true, read })).toEqual({ code: expected, detail: 'why' });
    }
  });

  it('leaves a file that proves nothing as it is', async () => {
    expect((await follow('nonsense', log.source())).code).toBe('not-a-receipt');
  });
});

describe('a promise followed through the published log', () => {
  const promise = samplePromise(own);
  const without = (signers: readonly NoteSigner[] = [sampleKey]) =>
    new SampleLog([other(0), other(3)], signers);

  it('was kept, and the signature counts or not', async () => {
    const log = new SampleLog([other(0), own.entry, voidOf(1)]);
    expect(await follow(promise, log.source())).toMatchObject({
      code: 'promise-kept',
      at: 1,
      standing: { code: 'excluded', at: 2 },
    });
    const waiting = new SampleLog([held.entry]);
    expect(await follow(samplePromise(held), waiting.source())).toMatchObject({
      code: 'promise-kept',
      standing: { code: 'held' },
    });
  });

  it('is not due, then broken', async () => {
    expect((await follow(promise, without().source(), DUE)).code).toBe('promise-not-due');
    expect((await follow(promise, without().source(), DUE + 1)).code).toBe('promise-broken');
  });

  it('an old copy does not prove it broken; a copy signed later does', async () => {
    const asCopy = (log: SampleLog) => log.source((_, bytes) => bytes, false);
    expect((await follow(promise, asCopy(without()))).code).toBe('promise-undecided');
    const signedAt = (ms: number) => without([sampleKey, quantumKey(Math.floor(ms / 1000))]);
    expect((await follow(promise, asCopy(signedAt(DUE - 1000)))).code).toBe('promise-undecided');
    expect(await follow(promise, asCopy(signedAt(DUE + 1000)))).toMatchObject({
      code: 'promise-broken',
      log: { asOf: '2026-11-21T04:02:01.000Z' },
    });
  });

  it('an entry of another case with the same commitment does not keep it', async () => {
    const entry = { ...(own.entry as Readonly<Record<string, JsonValue>>), case: '9902' };
    expect((await follow(promise, new SampleLog([entry]).source())).code).toBe('promise-broken');
  });
});

it('every verdict here has words in both languages', async () => {
  const log = new SampleLog([other(0), own.entry, held.entry, voidOf(1)]);
  const verdicts = [
    await follow(log.receipt(1, own.extra, 2), log.source()),
    await follow(log.receipt(2, held.extra, 3), log.source()),
    await follow(samplePromise(own), log.source()),
    await follow(samplePromise(sampleSignature(77, 'held')), log.source()),
    await follow('x', log.source()),
  ];
  for (const verdict of verdicts) {
    for (const text of Object.values(sentencesOf(verdict))) {
      expect(text['zh-Hant-TW']).toMatch(/\p{sc=Han}/u);
      expect(text.en).toMatch(/^[A-Z]/);
      expect(`${text['zh-Hant-TW']}${text.en}`).not.toMatch(/undefined|\{|\}/);
    }
  }
});
