import { concatBytes } from '@lianshu/statement';
import { type Checkpoint, leafHash, type Sha256, TILE_WIDTH, TreeEdge, tileWidth } from '@lianshu/tlog';
import { LogRefusal } from './log-fault.ts';
import { readBundle, readTile } from './log-files.ts';
import type { LogSource } from './log-source.ts';

/** Bundles fetched at a time. */
const AHEAD = 8;

/** The right edge the tree had at `start` leaves, as the tiles of the tree of `size` tell it: to be proven. */
export async function edgeAt(
  source: LogSource,
  sha256: Sha256,
  start: number,
  size: number,
): Promise<TreeEdge> {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(start));
  const parts: Uint8Array[] = [head];
  for (let level = 0; TILE_WIDTH ** level <= start; level++) {
    const needed = Math.floor(start / TILE_WIDTH ** level) % TILE_WIDTH;
    const index = Math.floor(start / TILE_WIDTH ** (level + 1));
    if (needed === 0) continue;
    const { bytes } = await readTile(source, { level, index, width: tileWidth(level, index, size) });
    parts.push(bytes.subarray(0, needed * 32));
  }
  const edge = TreeEdge.decode(sha256, concatBytes(...parts));
  if (edge === undefined) throw new LogRefusal({ code: 'tile-length', detail: `edge at ${start}` });
  return edge;
}

/** What a scan tells while it goes on: entries looked at and to be looked at. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads every entry from the bundle that holds `from` to the end of the checkpoint's tree, gives each to `visit`
 * and proves that together with the tiles to their left they are the tree that `checkpoint` signs; else throws
 * {@link LogRefusal}. What was visited is to be believed only after it returned. The result is the root of the
 * same log when it had `earlier` leaves (`from` < `earlier` ≤ its size), which shows whether an older checkpoint
 * belongs to it.
 */
export async function scanLog(
  sha256: Sha256,
  source: LogSource,
  checkpoint: Checkpoint,
  range: Readonly<{ from: number; earlier?: number }>,
  visit: (index: number, entry: Uint8Array) => void,
  progress: Progress,
): Promise<Uint8Array | undefined> {
  const first = Math.floor(range.from / TILE_WIDTH);
  const bundles = Math.ceil(checkpoint.size / TILE_WIDTH);
  let edge = await edgeAt(source, sha256, first * TILE_WIDTH, checkpoint.size);
  let earlierRoot: Uint8Array | undefined;
  for (let next = first; next < bundles; next += AHEAD) {
    const indexes = Array.from({ length: Math.min(AHEAD, bundles - next) }, (_, i) => next + i);
    const fetched = await Promise.all(
      indexes.map((index) => readBundle(source, index, tileWidth(0, index, checkpoint.size))),
    );
    for (const { entries } of fetched) {
      const leaves = entries.map(({ bytes }) => leafHash(sha256, bytes));
      const start = edge.size;
      for (const [i, { bytes }] of entries.entries()) visit(start + i, bytes);
      const cut = (range.earlier ?? 0) - start;
      if (cut > 0 && cut <= leaves.length) earlierRoot = edge.append(leaves.slice(0, cut)).edge.root();
      edge = edge.append(leaves).edge;
    }
    progress(edge.size - first * TILE_WIDTH, checkpoint.size - first * TILE_WIDTH);
  }
  const root = edge.root();
  if (edge.size !== checkpoint.size || root.some((byte, i) => byte !== checkpoint.root[i])) {
    throw new LogRefusal({ code: 'root-differs', file: 'checkpoint', line: 3 });
  }
  return earlierRoot;
}
