import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { canonicalJson, type JsonValue, utf8 } from '@lianshu/statement';
import { checkpointText, parseCheckpointText, signNote } from '@lianshu/tlog';
import { ed25519Signer, nodeNotePrimitives } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { checkReceipt } from './check-receipt.ts';
import { OriginChain, originAfter } from './cross-link.ts';
import { EntryCache } from './entry-cache.ts';
import { followLog } from './follow-log.ts';
import {
  promiseKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
} from './sample-log.ts';
import { openTrusted } from './trusted-log.ts';
import { WatchedLog } from './watched-log.ts';

const NEW = 'new.lianshu.invalid/log';
const newKey = ed25519Signer(NEW, generateKeyPairSync('ed25519').privateKey);
const keys = [sampleKey.key, promiseKey.key, newKey.key];

/** The first entry under a new name. */
const link = (from: string, size: number, to = NEW): JsonValue => ({
  at: '2026-11-22T08:00:00+08:00',
  basis: '平台規則',
  body: {
    event: 'in-use',
    former: { checkpoint: '', origin: from, root: '', size },
    origin: to,
    purpose: 'log',
  },
  capacity: 'operator',
  kind: 'key-event',
  v: 1,
});

const entries = (n: number, from = 0): readonly JsonValue[] =>
  Array.from({ length: n }, (_, i) => sampleSignature(from + i, 'joint-signature').entry);
const BEFORE = entries(20);
const AFTER = entries(10, 100);

/** A log that signs under the new name from here on. */
function renamed(list: readonly JsonValue[]): SampleLog {
  const log = new SampleLog(list);
  const head = parseCheckpointText(`${log.checkpoint(list.length).split('\n\n')[0]}\n`);
  if (head === undefined) throw new Error('no checkpoint');
  log.files.set('checkpoint', utf8(signNote(checkpointText({ ...head, origin: NEW }), [newKey])));
  return log;
}

const LINKED = renamed([...BEFORE, link(SAMPLE_ORIGIN, 20), ...AFTER]);
const UNLINKED: readonly (readonly [string, SampleLog])[] = [
  ['no link', renamed([...BEFORE, ...AFTER])],
  ['a link that names another end', renamed([...BEFORE, link(SAMPLE_ORIGIN, 19), ...AFTER])],
  ['a link from another log', renamed([...BEFORE, link('other.invalid/log', 20), ...AFTER])],
  ['a link to another log', renamed([...BEFORE, link(SAMPLE_ORIGIN, 20, 'other.invalid/log'), ...AFTER])],
];

describe('the chain of names', () => {
  it('follows links only where the one before ended', () => {
    const chain = new OriginChain('a.invalid/log');
    const take = (index: number, entry: JsonValue): void => chain.take(index, canonicalJson(entry));
    take(3, link('a.invalid/log', 4, 'b.invalid/log'));
    expect(chain.origin).toBe('a.invalid/log');
    take(4, link('a.invalid/log', 4, 'b.invalid/log'));
    take(9, link('a.invalid/log', 9, 'x.invalid/log'));
    take(9, link('b.invalid/log', 9, 'c.invalid/log'));
    expect(chain.origin).toBe('c.invalid/log');
  });

  it('passes over everything else', () => {
    const body = { event: 'in-use', former: { origin: 1, size: 'x' }, origin: NEW, purpose: 'log' };
    for (const odd of [null, 1, 'x', {}, { former: null, origin: NEW }, body])
      expect(originAfter(SAMPLE_ORIGIN, [{ index: 0, kind: 'key-event', body: odd }])).toBe(SAMPLE_ORIGIN);
  });
});

describe('a receipt from before', () => {
  const signature = sampleSignature(7, 'joint-signature');
  const receipt = utf8(new SampleLog(BEFORE).receipt(7, signature.extra, 20));
  const ask = (log: SampleLog, file: Uint8Array) =>
    followLog(
      {
        primitives: nodeNotePrimitives,
        source: log.source(),
        trust: { keys },
        nowMs: Date.parse('2026-12-01T00:00:00Z'),
        progress: () => {},
      },
      checkReceipt(nodeNotePrimitives, file, { keys }),
    );

  it('is counted under the new name, as is a promise', async () => {
    expect((await ask(LINKED, receipt)).code).toBe('counted');
    expect((await ask(LINKED, utf8(samplePromise(signature)))).code).toBe('promise-kept');
  });

  it.each(UNLINKED)('is of another log with %s', async (_, log) => {
    expect((await ask(log, receipt)).code).toBe('log-other-origin');
    expect((await ask(log, utf8(samplePromise(signature)))).code).toBe('log-other-origin');
  });

  it('contradicts a linked log that is not its own', async () => {
    const forged = renamed([...entries(20, 50), link(SAMPLE_ORIGIN, 20), ...AFTER]);
    expect((await ask(forged, receipt)).code).toBe('log-contradicts-receipt');
  });
});

describe('a log watched from before', () => {
  let folder: string;
  beforeEach(() => {
    folder = mkdtempSync(join(tmpdir(), 'lianshu-watched-'));
  });
  afterEach(() => rmSync(folder, { recursive: true, force: true }));

  const opened = (log: SampleLog) => {
    const bytes = log.files.get('checkpoint') ?? new Uint8Array();
    const result = openTrusted(nodeNotePrimitives, bytes, { keys }, 'checkpoint');
    if (!result.ok) throw new Error(result.fault.code);
    return result;
  };

  /** Watches the old log, then the other. */
  async function watch(next: SampleLog) {
    const before = new SampleLog(BEFORE);
    let now = before;
    const source = {
      live: true,
      read: (path: string, maxBytes: number) => now.source().read(path, maxBytes),
    };
    const cache = new EntryCache(join(folder, 'entries'));
    const log = WatchedLog.resume(nodeNotePrimitives, source, cache);
    await log.advance(opened(before), () => {});
    now = next;
    const step = await log.advance(opened(next), () => {});
    return { step: step.code, size: log.fold.size };
  }

  it('is followed to its new name', async () => {
    expect(await watch(LINKED)).toEqual({ step: 'grown', size: 31 });
  });

  it.each(UNLINKED)('is refused with %s, and nothing of it is believed', async (_, log) => {
    expect(await watch(log)).toEqual({ step: 'other-origin', size: 20 });
  });
});
