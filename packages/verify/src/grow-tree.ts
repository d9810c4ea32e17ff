import { leafHash, type Sha256, TILE_WIDTH, type Tile, type TreeEdge, tileWidth } from '@lianshu/tlog';
import { LogRefusal } from './log-fault.ts';
import { type Bundle, readTile, splitPublished } from './log-files.ts';
import type { LogSource } from './log-source.ts';
import type { Progress } from './scan-log.ts';

/** Where an entry was read: its file and the offsets of its bytes in it. */
export type EntryPlace = Readonly<{ entry: number; file: string; bytes: readonly [number, number] }>;

/** What reading a log needs. `visit` may throw {@link LogRefusal}; what it saw is to be believed only at the end. */
export type GrowContext = Readonly<{
  sha256: Sha256;
  source: LogSource;
  visit: (bytes: Uint8Array, place: EntryPlace) => void;
  progress: Progress;
  /** After each bundle, in a process that must also do other things. */
  signal?: AbortSignal;
}>;

/** Bundles, each with its tile, fetched at a time. */
const AHEAD = 8;

/** The hashes of the edge's unfinished level-0 tile. */
function unfinishedLeaves(edge: TreeEdge): readonly Uint8Array[] {
  const encoded = edge.encode();
  return Array.from({ length: edge.size % TILE_WIDTH }, (_, i) => encoded.subarray(8 + i * 32, 40 + i * 32));
}

const hashRange = (i: number): readonly [number, number] => [i * 32, i * 32 + 32];

/** Whether `hashes` holds this hash at place `i`. Plain, because it runs for every entry of the log. */
function sameHash(hash: Uint8Array, hashes: Uint8Array, i: number): boolean {
  for (let at = 0; at < 32; at++) if (hash[at] !== hashes[i * 32 + at]) return false;
  return true;
}

/** Compares recomputed leaf hashes with the published tile and with those known before. */
function compareLeaves(
  bundle: Bundle,
  first: number,
  leaves: readonly Uint8Array[],
  tile: Readonly<{ path: string; bytes: Uint8Array }>,
  known: readonly Uint8Array[],
): void {
  for (const [i, leaf] of leaves.entries()) {
    const entry = bundle.entries[i];
    const before = known[i];
    const isSame = before === undefined ? sameHash(leaf, tile.bytes, i) : sameHash(leaf, before, 0);
    if (entry === undefined || isSame) continue;
    throw new LogRefusal({
      code: 'entry-differs',
      file: bundle.path,
      // The length before it belongs to it: a wrong one makes another entry.
      bytes: [entry.at - 2, entry.at + entry.bytes.length],
      entry: first + i,
      also: { file: tile.path, bytes: hashRange(i) },
    });
  }
  for (const [i, leaf] of leaves.entries()) {
    if (i >= known.length || sameHash(leaf, tile.bytes, i)) continue;
    throw new LogRefusal({ code: 'tile-differs', file: tile.path, bytes: hashRange(i), entry: first + i });
  }
}

async function compareTile(source: LogSource, tile: Tile): Promise<void> {
  const { path, bytes } = await readTile(source, tile);
  const at = bytes.findIndex((byte, i) => byte !== tile.bytes[i]);
  if (at < 0) return;
  throw new LogRefusal({ code: 'tile-differs', file: path, bytes: hashRange(Math.floor(at / 32)) });
}

/**
 * Reads a log from a tree whose right edge is known (`TreeEdge.empty` for all of it) to its state at `size`: every
 * bundle and every tile that came since, each compared with what the entries give. Returns the new edge, and its
 * roots at the sizes asked for in `at`. The caller compares the new root with a signed one. Throws
 * {@link LogRefusal} naming file and bytes.
 */
export async function growTree(
  context: GrowContext,
  from: TreeEdge,
  size: number,
  at: ReadonlySet<number> = new Set(),
): Promise<Readonly<{ edge: TreeEdge; roots: ReadonlyMap<number, Uint8Array> }>> {
  const { sha256, source, visit, progress } = context;
  const bundles = Math.ceil(size / TILE_WIDTH);
  const roots = new Map<number, Uint8Array>();
  let edge = from;
  if (at.has(from.size)) roots.set(from.size, from.root());
  for (let next = Math.floor(from.size / TILE_WIDTH); next < bundles; next += AHEAD) {
    context.signal?.throwIfAborted();
    const indexes = Array.from({ length: Math.min(AHEAD, bundles - next) }, (_, i) => next + i);
    const fetched = await Promise.all(
      indexes.map((index) => {
        const width = tileWidth(0, index, size);
        return Promise.all([
          splitPublished(source, index, width),
          readTile(source, { level: 0, index, width }),
        ]);
      }),
    );
    for (const [i, [bundle, tile]] of fetched.entries()) {
      const first = (next + i) * TILE_WIDTH;
      const leaves = bundle.entries.map(({ bytes }) => leafHash(sha256, bytes));
      const known = unfinishedLeaves(edge);
      compareLeaves(bundle, first, leaves, tile, known);
      if (bundle.fault !== undefined) throw new LogRefusal(bundle.fault);
      for (const [j, { bytes, at: start }] of bundle.entries.entries()) {
        if (j < known.length) continue;
        visit(bytes, { entry: first + j, file: bundle.path, bytes: [start, start + bytes.length] });
        if (at.has(first + j + 1)) {
          roots.set(first + j + 1, edge.append(leaves.slice(known.length, j + 1)).edge.root());
        }
      }
      const step = edge.append(leaves.slice(known.length));
      edge = step.edge;
      for (const full of step.fullTiles) if (full.level > 0) await compareTile(source, full);
    }
    progress(edge.size - from.size, size - from.size);
  }
  for (const tile of edge.partialTiles()) if (tile.level > 0) await compareTile(source, tile);
  return { edge, roots };
}
