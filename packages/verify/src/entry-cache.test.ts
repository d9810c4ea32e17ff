import { mkdtempSync, rmSync, truncateSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { utf8 } from '@lianshu/statement';
import { leafHash, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, describe, expect, it } from 'vitest';
import { EntryCache } from './entry-cache.ts';
import { LogRefusal } from './log-fault.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-cache-'));
afterAll(() => rmSync(folder, { recursive: true }));

/** More than one mark, and a rest. */
const SIZE = 2 * 4_096 + 300;
const entry = (index: number): Uint8Array => utf8(`entry ${index} ${'x'.repeat(index % 50)}`);
const edges = new Map<number, TreeEdge>();
let edge = TreeEdge.empty(sha256);
for (let i = 0; i < SIZE; i++) {
  if (i % 257 === 0 || i % 4_096 <= 1) edges.set(i, edge);
  edge = edge.append([leafHash(sha256, entry(i))]).edge;
}
edges.set(SIZE, edge);

const sizes = [0, 1, 257, 4_096, 4_097, 7_967, 8_192, 8_193, SIZE];
const indexes = [0, 1, 255, 256, 4_095, 4_096, 4_097, 8_191, 8_192, SIZE - 1];

function demand(cache: EntryCache): void {
  // In no order, so that marks made by one question serve the next.
  for (const size of [...sizes, ...sizes.toReversed()])
    expect(cache.edgeAt(sha256, size).root(), `${size}`).toEqual(edges.get(size)?.root());
  for (const index of indexes) expect(cache.read(index), `${index}`).toEqual(entry(index));
  expect(() => cache.read(SIZE)).toThrow(LogRefusal);
  expect(() => cache.edgeAt(sha256, SIZE + 1)).toThrow(LogRefusal);
}

describe('a monitor’s copy of the entries', () => {
  it('gives any entry and any earlier root, appended in steps and after a restart', () => {
    const cache = new EntryCache(join(folder, 'entries'));
    cache.replay(sha256, 0, () => {});
    let at = 0;
    for (const size of [257, 4_097, SIZE]) {
      for (; at < size; at++) cache.append(entry(at));
      cache.commit(edges.get(size) ?? TreeEdge.empty(sha256));
    }
    demand(cache);
    const again = new EntryCache(join(folder, 'entries'));
    let seen = 0;
    expect(again.replay(sha256, SIZE, () => (seen += 1)).root()).toEqual(edge.root());
    expect(seen).toBe(SIZE);
    demand(again);
  });

  it('forgets what was appended and not committed', () => {
    const cache = new EntryCache(join(folder, 'short'));
    for (let i = 0; i < 300; i++) cache.append(entry(i));
    cache.commit(edges.get(257) ?? TreeEdge.empty(sha256));
    expect(cache.replay(sha256, 257, () => {}).root()).toEqual(edges.get(257)?.root());
    for (let i = 257; i < 514; i++) cache.append(entry(i));
    cache.commit(edges.get(514) ?? TreeEdge.empty(sha256));
    expect(cache.read(300)).toEqual(entry(300));
    truncateSync(join(folder, 'short'), 40);
    expect(() => new EntryCache(join(folder, 'short')).replay(sha256, 514, () => {})).toThrow(LogRefusal);
  });
});
