import { concatBytes } from '@lianshu/statement';
import {
  bundlePath,
  type Checkpoint,
  decodeBundle,
  leafHash,
  MAX_ENTRY_BYTES,
  type Sha256,
  TILE_WIDTH,
  type TileRef,
  TreeEdge,
  tilePath,
  tileWidth,
} from '@lianshu/tlog';
import { type LogSource, LogSourceError } from './log-source.ts';

/** Thrown when the log's files do not add up to its signed checkpoint. */
export class LogFilesError extends Error {}

/** Bundles fetched at a time. */
const AHEAD = 8;
const MAX_TILE_BYTES = TILE_WIDTH * 32;

/** Longest bundle this log can honestly serve is far smaller; the format's own limit is 16 MiB. */
const MAX_BUNDLE_BYTES = TILE_WIDTH * (2 + MAX_ENTRY_BYTES);

/** Reads a partial file, or the full one that has replaced it since (tlog-tiles, "Partial Tiles"). */
async function readPartial(
  source: LogSource,
  paths: Readonly<{ partial: string; full: string }>,
  maxBytes: number,
): Promise<Readonly<{ bytes: Uint8Array; full: boolean }>> {
  try {
    return { bytes: await source.read(paths.partial, maxBytes), full: paths.partial === paths.full };
  } catch (error) {
    const gone = error instanceof LogSourceError && error.code === 'log-not-found';
    if (!gone || paths.partial === paths.full) throw error;
    return { bytes: await source.read(paths.full, maxBytes), full: true };
  }
}

async function readTile(source: LogSource, tile: TileRef): Promise<Uint8Array> {
  const paths = { partial: tilePath(tile), full: tilePath({ ...tile, width: TILE_WIDTH }) };
  const { bytes, full } = await readPartial(source, paths, MAX_TILE_BYTES);
  if (bytes.length !== (full ? TILE_WIDTH : tile.width) * 32) throw new LogFilesError(paths.partial);
  return bytes.subarray(0, tile.width * 32);
}

async function readBundle(source: LogSource, index: number, width: number): Promise<readonly Uint8Array[]> {
  const paths = { partial: bundlePath({ index, width }), full: bundlePath({ index, width: TILE_WIDTH }) };
  const { bytes, full } = await readPartial(source, paths, MAX_BUNDLE_BYTES);
  const entries = decodeBundle(bytes, full ? TILE_WIDTH : width);
  if (entries === undefined) throw new LogFilesError(paths.partial);
  return entries.slice(0, width);
}

/** The right edge of the tree of `start` leaves (full bundles only), from the tiles of the tree of `size`. */
async function edgeAt(source: LogSource, sha256: Sha256, start: number, size: number): Promise<TreeEdge> {
  const head = new Uint8Array(8);
  new DataView(head.buffer).setBigUint64(0, BigInt(start));
  const parts: Uint8Array[] = [head];
  for (let level = 1; TILE_WIDTH ** level <= start; level++) {
    const needed = Math.floor(start / TILE_WIDTH ** level) % TILE_WIDTH;
    const index = Math.floor(start / TILE_WIDTH ** (level + 1));
    if (needed === 0) continue;
    const tile = await readTile(source, { level, index, width: tileWidth(level, index, size) });
    parts.push(tile.subarray(0, needed * 32));
  }
  const edge = TreeEdge.decode(sha256, concatBytes(...parts));
  if (edge === undefined) throw new LogFilesError('tiles');
  return edge;
}

/** What a scan tells while it goes on: entries looked at and to be looked at. */
export type Progress = (done: number, total: number) => void;

/**
 * Reads every entry from the bundle that holds `from` to the end of the checkpoint's tree, gives each to `visit`
 * and proves that together with the tiles to their left they are the tree that `checkpoint` signs; else throws
 * {@link LogFilesError}. What was visited is to be believed only after it returned. The result is the root of the
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
    for (const entries of fetched) {
      const leaves = entries.map((entry) => leafHash(sha256, entry));
      const start = edge.size;
      for (const [i, entry] of entries.entries()) visit(start + i, entry);
      const cut = (range.earlier ?? 0) - start;
      if (cut > 0 && cut <= leaves.length) earlierRoot = edge.append(leaves.slice(0, cut)).edge.root();
      edge = edge.append(leaves).edge;
    }
    progress(edge.size - first * TILE_WIDTH, checkpoint.size - first * TILE_WIDTH);
  }
  const root = edge.root();
  if (edge.size !== checkpoint.size || root.some((byte, i) => byte !== checkpoint.root[i])) {
    throw new LogFilesError('root');
  }
  return earlierRoot;
}
