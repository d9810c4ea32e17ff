import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type SimulatedObjectStore, startObjectStore } from '@lianshu/simulators';
import {
  bundlePath,
  checkpointText,
  encodeBundle,
  leafHash,
  signNote,
  TreeEdge,
  tilePath,
} from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { formOf, servedFile } from '../../../src/record/public-file-form.ts';
import { publishImmutable, publishMutable } from '../../../src/record/public-files.ts';
import { PublicCopy } from '../../../src/record/public-store-copy.ts';
import { pathsBetween } from '../../../src/record/public-store-files.ts';
import { s3Store } from '../../../src/record/public-store-s3.ts';
import { logSigners, ORIGIN } from '../../builders/test-log.ts';

const signers = logSigners().slice(0, 1);
const utf8 = new TextEncoder();

let store: SimulatedObjectStore;
let directory: string;
let warnings: string[];
beforeEach(async () => {
  store = await startObjectStore();
  directory = mkdtempSync(join(tmpdir(), 'lianshu-copy-'));
  warnings = [];
});
afterEach(async () => {
  await store.close();
  rmSync(directory, { recursive: true, force: true });
});

const entryOf = (i: number, tree = 'a') => utf8.encode(`{"tree":"${tree}","i":${i}}`);

/** Publishes a log of `size` entries into the directory, in the order of publication. */
async function publish(size: number, tree = 'a'): Promise<void> {
  const entries = Array.from({ length: size }, (_, i) => entryOf(i, tree));
  const { edge, fullTiles } = TreeEdge.empty(sha256).append(entries.map((body) => leafHash(sha256, body)));
  for (const tile of [...fullTiles, ...edge.partialTiles()]) {
    const first = tile.index * 256;
    if (tile.level === 0)
      await publishImmutable(
        join(directory, bundlePath(tile)),
        encodeBundle(entries.slice(first, first + tile.width)),
      );
    await publishImmutable(join(directory, tilePath(tile)), tile.bytes);
  }
  const note = signNote(checkpointText({ origin: ORIGIN, size, root: edge.root() }), signers);
  await publishMutable(join(directory, 'checkpoint'), utf8.encode(note));
  await publishMutable(join(directory, 'counts', '9901.json'), utf8.encode(`{"size":${size}}`));
}

const copy = (overrides: Partial<Parameters<typeof s3Store>[0]> = {}) =>
  new PublicCopy({
    directory,
    store: s3Store({
      endpoint: store.url,
      bucket: store.bucket,
      prefix: 'log',
      region: store.region,
      ...store.credentials,
      ...overrides,
    }),
    clock: { nowMs: () => Date.parse('2026-03-02T04:00:00Z') },
    everyMs: 60_000,
    warn: (message) => warnings.push(message),
  });

const text = (key: string): string => new TextDecoder().decode(store.objects.get(key)?.bytes);

describe('copying the published log to an object store', () => {
  it('writes bundles and tiles, then the checkpoint, then the counts, with their caching', async () => {
    await publish(300);
    expect(await copy().catchUp()).toEqual({ size: 300 });
    expect(store.writes.slice(0, -2).toSorted()).toEqual(
      pathsBetween(0, 300)
        .map((path) => `log/${path}`)
        .toSorted(),
    );
    expect(store.writes.slice(-2)).toEqual(['log/checkpoint', 'log/counts/9901.json']);
    for (const [key, { type, cacheControl }] of store.objects) {
      const file = servedFile(key.slice(4));
      expect({ type, cacheControl }, key).toEqual(file && formOf(file, 60_000));
    }
    expect(store.objects.get('log/tile/0/000')?.cacheControl).toBe('public, max-age=31536000, immutable');
    expect(warnings).toEqual([]);
  });

  it('writes only what is new, also in a process that has just started', async () => {
    await publish(256);
    await copy().catchUp();
    const before = store.writes.length;
    await publish(700);
    await copy().catchUp();
    expect(store.writes.slice(before)).not.toContain('log/tile/0/000');
    expect(store.writes.slice(before)).toContain('log/tile/0/001');
    const again = store.writes.length;
    await copy().catchUp();
    expect(store.writes.slice(again)).toEqual(['log/checkpoint', 'log/counts/9901.json']);
  });

  it('catches up after an outage, warning once, and says so', async () => {
    const copying = copy();
    await publish(10);
    await copying.catchUp();
    store.bend('unavailable');
    await publish(20);
    for (let i = 0; i < 3; i++) await copying.catchUp();
    expect(copying.state).toMatchObject({ size: 10, problem: { code: 'store-unreachable' } });
    expect(warnings).toHaveLength(1);
    expect(text('log/checkpoint')).toContain(`${ORIGIN}\n10\n`);
    store.bend(undefined);
    await publish(600);
    expect(await copying.catchUp()).toEqual({ size: 600 });
    expect(text('log/checkpoint')).toContain(`${ORIGIN}\n600\n`);
    expect(warnings[1]).toContain('complete again');
    for (const path of pathsBetween(0, 600)) expect(store.objects.has(`log/${path}`), path).toBe(true);
  });

  it.each(['silent', 'huge'] as const)('gives up on a store that is %s', async (fault) => {
    await publish(10);
    store.bend(fault);
    const { problem } = await copy({ timeoutMs: 400 }).catchUp();
    expect(problem?.code).toBe('store-unreachable');
  });

  it.each([undefined, 'ignores-conditions'] as const)(
    'never replaces an immutable object (store: %s)',
    async (fault) => {
      await publish(300);
      store.bend(fault);
      const foreign = { bytes: utf8.encode('other'), type: '', cacheControl: '' };
      store.objects.set('log/tile/0/000', foreign);
      const copying = copy();
      const { problem, size } = await copying.catchUp();
      expect(problem?.code).toBe('store-differs');
      expect(size).toBeUndefined();
      expect(warnings[0]).toContain('tile/0/000');
      expect(store.objects.get('log/tile/0/000')).toBe(foreign);
      expect(store.objects.has('log/checkpoint')).toBe(false);
    },
  );

  it('refuses to publish over a newer log and over another one', async () => {
    await publish(300);
    await copy().catchUp();
    rmSync(join(directory, 'tile'), { recursive: true });
    await publish(200);
    expect((await copy().catchUp()).problem?.code).toBe('store-ahead');
    rmSync(join(directory, 'tile'), { recursive: true });
    await publish(400, 'b');
    expect((await copy().catchUp()).problem?.code).toBe('store-foreign');
    expect(text('log/checkpoint')).toContain(`${ORIGIN}\n300\n`);
  });

  it.each([
    ['key id', { accessKeyId: 'SOMEBODY' }, 'InvalidAccessKeyId'],
    ['secret', { secretAccessKey: 'wrong' }, 'SignatureDoesNotMatch'],
    ['region', { region: 'elsewhere' }, 'AuthorizationHeaderMalformed'],
  ])('names a wrong %s and repeats no secret', async (_, wrong, code) => {
    await publish(10);
    const { problem } = await copy(wrong).catchUp();
    expect(problem?.code).toBe('store-refused');
    expect(warnings[0]).toContain(code);
    expect(warnings.join()).not.toMatch(/simulated-secret|wrong|SOMEBODY/);
    expect(store.writes).toEqual([]);
  });

  it('names a bucket that is not there and a host that does not answer', async () => {
    await publish(10);
    expect((await copy({ bucket: 'nobodys' }).catchUp()).problem?.code).toBe('store-no-bucket');
    writeFileSync(join(directory, 'stray.txt'), 'never copied');
    await copy().catchUp();
    expect([...store.objects.keys()].some((key) => key.includes('stray'))).toBe(false);
    rmSync(join(directory, 'tile'), { recursive: true });
    store.objects.clear();
    expect((await copy().catchUp()).problem?.code).toBe('directory-unreadable');
    const gone = copy();
    await store.close();
    expect((await gone.catchUp()).problem?.code).toBe('store-unreachable');
  });
});
