import { generateKeyPairSync } from 'node:crypto';
import {
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { JsonValue } from '@lianshu/statement';
import { checkpointText, parseCheckpointText, signNote } from '@lianshu/tlog';
import { ed25519Signer, nodeNotePrimitives } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { type LogSource, LogSourceError } from '../../../packages/verify/src/log-source.ts';
import { type MirrorContext, mirrorOnce } from '../../../packages/verify/src/mirror.ts';
import { MOST_EVIDENCE } from '../../../packages/verify/src/mirror-folder.ts';
import { serveMirror } from '../../../packages/verify/src/mirror-serve.ts';
import { httpLog } from '../../../packages/verify/src/node-log-source.ts';
import {
  quantumKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  sampleSignature,
  withByte,
} from '../../../packages/verify/src/sample-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-mirror-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

const entries = (n: number, from = 0): readonly JsonValue[] =>
  Array.from({ length: n }, (_, i) => sampleSignature(from + i, 'joint-signature').entry);

const ALL = entries(600);
const logOf = (size: number) => new SampleLog(ALL.slice(0, size));

const mirror = (source: LogSource, more: Partial<MirrorContext> = {}) =>
  mirrorOnce({
    primitives: nodeNotePrimitives,
    source,
    trust: { keys: [sampleKey.key] },
    folder,
    progress: () => {},
    ...more,
  });

const filesIn = (directory: string): readonly string[] =>
  readdirSync(directory, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => join(entry.parentPath, entry.name).slice(directory.length + 1))
    .sort();

/** Which paths were asked for. */
function watched(log: SampleLog, bend?: (path: string, bytes: Uint8Array) => Uint8Array) {
  const asked: string[] = [];
  const inner = log.source(bend);
  const source: LogSource = {
    live: true,
    read: (path, maxBytes) => {
      asked.push(path);
      return inner.read(path, maxBytes);
    },
  };
  return { source, asked };
}

describe('a mirror', () => {
  it.each([0, 1, 255, 256, 300, 512, 600])('holds exactly the files of a log of %i entries', async (size) => {
    const log = logOf(size);
    const result = await mirror(log.source());
    expect(result).toMatchObject({ ok: true, from: 0, opened: { checkpoint: { size } } });
    expect(filesIn(folder)).toEqual([...log.files.keys()].sort());
    for (const [path, bytes] of log.files)
      expect(Buffer.from(bytes).equals(readFileSync(join(folder, path))), path).toBe(true);
  });

  it('fetches only what is new, and drops partial files that a full one replaced', async () => {
    await mirror(logOf(300).source());
    const { source, asked } = watched(logOf(600));
    expect(await mirror(source)).toMatchObject({ ok: true, from: 300 });
    expect(asked).not.toContain('tile/entries/000');
    expect(asked).toContain('tile/entries/001');
    // The upper tile is unfinished still: its narrower form stays for readers of the older checkpoint.
    expect(filesIn(folder)).toEqual([...logOf(600).files.keys(), 'tile/1/000.p/1'].sort());
    expect(await mirror(logOf(600).source())).toMatchObject({ ok: true, from: 600 });
  });

  it('goes on after an interruption without asking again for what it has', async () => {
    const log = logOf(600);
    const cut = watched(log, (path, bytes) => {
      if (path === 'tile/entries/001') throw new LogSourceError('log-unreachable', path);
      return bytes;
    });
    expect(await mirror(cut.source)).toMatchObject({ ok: false, fault: { code: 'log-unreachable' } });
    expect(existsSync(join(folder, 'checkpoint'))).toBe(false);
    expect(existsSync(join(folder, 'tile/entries/000'))).toBe(true);
    const again = watched(log);
    expect(await mirror(again.source)).toMatchObject({ ok: true });
    expect(again.asked).not.toContain('tile/entries/000');
    expect(filesIn(folder)).toEqual([...log.files.keys()].sort());
  });

  it('keeps no changed byte under a final name, whichever file was changed', async () => {
    const log = logOf(300);
    for (const [path, bytes] of log.files) {
      rmSync(folder, { recursive: true, force: true });
      const at = Math.floor(bytes.length / 2);
      const changed = log.source((read, kept) =>
        read === path ? withByte(kept, at, ((kept[at] ?? 0) + 1) % 256) : kept,
      );
      const result = await mirror(changed);
      expect(result.ok, path).toBe(false);
      if (!existsSync(folder)) continue;
      expect(existsSync(join(folder, 'checkpoint')), path).toBe(false);
      for (const file of filesIn(folder))
        expect(readFileSync(join(folder, file)).equals(log.files.get(file) ?? Buffer.of()), file).toBe(true);
    }
  });

  it('names its own damaged copy instead of blaming the log', async () => {
    await mirror(logOf(300).source());
    const own = join(folder, 'tile/0/001.p/44');
    writeFileSync(own, withByte(new Uint8Array(readFileSync(own)), 5, 1));
    expect(await mirror(logOf(600).source())).toMatchObject({ ok: false, fault: { code: 'root-differs' } });
  });
});

describe('a log that contradicts itself', () => {
  const forked = (signers = [sampleKey]) =>
    new SampleLog([...ALL.slice(0, 200), ...entries(150, 9_000)], signers);

  it('is refused when it shows another tree, and both checkpoints are kept', async () => {
    await mirror(logOf(300).source());
    const before = filesIn(folder);
    const result = await mirror(forked().source());
    if (result.ok) throw new Error('accepted a fork');
    expect(result.fault.code).toBe('log-forked');
    const evidence = result.evidence ?? '';
    expect(readFileSync(join(evidence, 'ours.checkpoint'), 'utf8')).toContain(`${SAMPLE_ORIGIN}\n300\n`);
    expect(readFileSync(join(evidence, 'theirs.checkpoint'), 'utf8')).toContain(`${SAMPLE_ORIGIN}\n350\n`);
    expect(filesIn(folder).filter((file) => !file.startsWith('evidence/'))).toEqual(before);
    await mirror(forked().source());
    expect(readdirSync(join(folder, 'evidence'))).toHaveLength(1);
  });

  it('is refused when it shows another tree of the same size', async () => {
    await mirror(logOf(350).source());
    expect(await mirror(forked().source())).toMatchObject({ ok: false, fault: { code: 'log-forked' } });
  });

  it('leaves the same evidence however often it is asked and signs anew', async () => {
    await mirror(logOf(300).source());
    for (let second = 1; second <= 5; second++)
      await mirror(forked([sampleKey, quantumKey(second)]).source());
    expect(readdirSync(join(folder, 'evidence'))).toHaveLength(1);
  });

  it('leaves no more evidence than a disk bears, and what came first stays', async () => {
    await mirror(logOf(300).source());
    const name = (i: number) => `log-forked-${i}`;
    for (let i = 0; i < MOST_EVIDENCE - 1; i++)
      mkdirSync(join(folder, 'evidence', name(i)), { recursive: true });
    expect(await mirror(forked().source())).toHaveProperty('evidence');
    const other = new SampleLog(ALL.with(4, ALL[9] ?? null).slice(0, 350));
    const refused = await mirror(other.source());
    expect(refused).toMatchObject({ ok: false, fault: { code: 'log-forked' } });
    expect(refused).not.toHaveProperty('evidence');
    expect(await mirror(forked().source())).toHaveProperty('evidence');
    expect(readdirSync(join(folder, 'evidence'))).toHaveLength(MOST_EVIDENCE);
  });

  it('is refused when it goes back', async () => {
    await mirror(logOf(300).source());
    const result = await mirror(logOf(299).source());
    expect(result).toMatchObject({ ok: false, fault: { code: 'log-rolled-back' } });
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toContain('\n300\n');
  });
});

describe('a log that goes on under a new name', () => {
  const NEW = 'new.lianshu.invalid/log';
  const newKey = ed25519Signer(NEW, generateKeyPairSync('ed25519').privateKey);
  const link = (from: string, size: number): JsonValue => ({
    at: '2026-11-22T08:00:00+08:00',
    basis: '平台規則',
    body: {
      event: 'in-use',
      former: { checkpoint: '', origin: from, root: '', size },
      origin: NEW,
      purpose: 'log',
    },
    capacity: 'operator',
    kind: 'key-event',
    v: 1,
  });
  const renamed = (list: readonly JsonValue[]) => {
    const log = new SampleLog(list);
    const text = log.checkpoint(list.length).split('\n\n')[0] ?? '';
    const head = parseCheckpointText(`${text}\n`);
    if (head === undefined) throw new Error('no checkpoint');
    const note = signNote(checkpointText({ ...head, origin: NEW }), [newKey]);
    log.files.set('checkpoint', new TextEncoder().encode(note));
    return log;
  };
  const trust = { keys: [sampleKey.key, newKey.key] };

  it('is followed along the cross-link, at the place where the old one ended', async () => {
    await mirror(logOf(300).source());
    const log = renamed([...ALL.slice(0, 310), link(SAMPLE_ORIGIN, 310), ...ALL.slice(310, 320)]);
    expect(await mirror(log.source(), { trust })).toMatchObject({ ok: true, from: 300 });
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toContain(`${NEW}\n321\n`);
  });

  it.each([
    ['without a cross-link', ALL.slice(0, 320)],
    ['with a link from elsewhere', [...ALL.slice(0, 310), link('other.invalid/log', 310)]],
    ['with a link that names another end', [...ALL.slice(0, 310), link(SAMPLE_ORIGIN, 309)]],
  ])('is refused %s', async (_, list) => {
    await mirror(logOf(300).source());
    const result = await mirror(renamed(list).source(), { trust });
    expect(result).toMatchObject({ ok: false, fault: { code: 'log-other-origin' } });
    expect(readFileSync(join(folder, 'checkpoint'), 'utf8')).toContain(`${SAMPLE_ORIGIN}\n300\n`);
  });
});

describe('serving a mirror', () => {
  it('gives the paths of tlog-tiles with their headers, and nothing else', async () => {
    await mirror(logOf(300).source());
    const server = await serveMirror({ folder, port: 0 });
    try {
      const get = (path: string, init?: RequestInit) => fetch(`${server.url}${path}`, init);
      const tile = await get('/tile/0/000');
      expect(tile.headers.get('cache-control')).toBe('public, max-age=31536000, immutable');
      expect(tile.headers.get('access-control-allow-origin')).toBe('*');
      expect(new Uint8Array(await tile.arrayBuffer())).toEqual(logOf(300).files.get('tile/0/000'));
      const checkpoint = await get('/checkpoint');
      expect(checkpoint.headers.get('cache-control')).toContain('max-age=10');
      const etag = checkpoint.headers.get('etag') ?? '';
      expect((await get('/checkpoint', { headers: { 'if-none-match': etag } })).status).toBe(304);
      const refused = ['/', '/key', '/evidence/x', '/tile/0/0', '/..%2f..%2fetc/passwd', '/tile/0/002'];
      for (const path of refused) expect((await get(path)).status, path).toBe(404);
      expect((await get('/checkpoint', { method: 'POST' })).status).toBe(405);
      const second = mkdtempSync(join(tmpdir(), 'lianshu-mirror-'));
      const copied = await mirror(httpLog(new URL(server.url), 5_000), { folder: second });
      expect(copied).toMatchObject({ ok: true, opened: { checkpoint: { size: 300 } } });
      expect(filesIn(second)).toEqual(filesIn(folder));
      rmSync(second, { recursive: true });
    } finally {
      await server.close();
    }
  });
});
