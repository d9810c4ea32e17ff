import { concatBytes, equalBytes } from '@lianshu/statement';
import { bundlePath, leafHash, type Sha256, TILE_WIDTH, tilePath, tileWidth } from '@lianshu/tlog';
import type { OriginChain } from './cross-link.ts';
import { LogRefusal } from './log-fault.ts';
import { type BundledEntry, readBundle } from './log-files.ts';
import type { LogSource } from './log-source.ts';
import type { MirrorFolder } from './mirror-folder.ts';
import type { AuthenticTiles } from './mirror-tiles.ts';
import { directoryLog } from './node-log-source.ts';
import type { Progress } from './scan-log.ts';

/** Bundles copied at a time. */
const AHEAD = 8;

/** What copying needs of a mirror's surroundings. */
type CopyContext = Readonly<{
  primitives: Readonly<{ sha256: Sha256 }>;
  source: LogSource;
  progress: Progress;
  signal?: AbortSignal;
}>;

type Span = Readonly<{ from: number; chain: OriginChain }>;

/** Copies every bundle and tile that the tree has beyond `from`. */
export async function copyTree(
  context: CopyContext,
  folder: MirrorFolder,
  tiles: AuthenticTiles,
  { from, chain }: Span,
): Promise<void> {
  const { size } = tiles.edge;
  const bundles = Math.ceil(size / TILE_WIDTH);
  for (let next = Math.floor(from / TILE_WIDTH); next < bundles; next += AHEAD) {
    context.signal?.throwIfAborted();
    const indexes = Array.from({ length: Math.min(AHEAD, bundles - next) }, (_, i) => next + i);
    const copied = await allOf(indexes.map((index) => copyBundle(context, folder, tiles, index)));
    for (const [i, entries] of copied.entries())
      for (const [j, { bytes }] of entries.entries()) chain.take((next + i) * TILE_WIDTH + j, bytes);
    const done = Math.min(size, (next + indexes.length) * TILE_WIDTH);
    context.progress(done - from, size - from);
  }
  for (let level = 1; TILE_WIDTH ** level <= size; level++) {
    const step = TILE_WIDTH ** (level + 1);
    for (let index = Math.floor(from / step); index * step < size; index++) {
      const width = tileWidth(level, index, size);
      if (width > 0) await keepTile(folder, { level, index, width }, await tiles.tile(level, index));
    }
  }
}

/** As `Promise.all`, but ends only when all have: none goes on writing after the copy was given up. */
async function allOf<T>(running: readonly Promise<T>[]): Promise<readonly T[]> {
  await Promise.allSettled(running);
  return Promise.all(running);
}

async function keepTile(
  folder: MirrorFolder,
  ref: Parameters<typeof tilePath>[0],
  bytes: Uint8Array,
): Promise<void> {
  const path = tilePath(ref);
  await folder.keep(path, bytes);
  if (ref.width === TILE_WIDTH) await folder.dropPartials(path);
}

/** Copies a bundle and the tile of its leaf hashes; a full bundle that an interrupted copy left is not asked for again. */
async function copyBundle(
  { primitives, source }: CopyContext,
  folder: MirrorFolder,
  tiles: AuthenticTiles,
  index: number,
): Promise<readonly BundledEntry[]> {
  const width = tileWidth(0, index, tiles.edge.size);
  const path = bundlePath({ index, width });
  const hashes = await tiles.tile(0, index);
  const isHere = (await folder.read(path)) !== undefined;
  const bundle = await readBundle(isHere ? directoryLog(folder.path) : source, index, width);
  for (const [i, { bytes, at }] of bundle.entries.entries()) {
    if (equalBytes(leafHash(primitives.sha256, bytes), hashes.subarray(i * 32, i * 32 + 32))) continue;
    throw new LogRefusal({
      code: 'entry-differs',
      file: isHere ? `${folder.path}/${path}` : bundle.path,
      bytes: [at, at + bytes.length],
      entry: index * TILE_WIDTH + i,
      also: { file: tilePath({ level: 0, index, width }), bytes: [i * 32, i * 32 + 32] },
    });
  }
  await keepTile(folder, { level: 0, index, width }, hashes);
  if (!isHere) await folder.keep(path, encode(bundle.entries));
  if (width === TILE_WIDTH) await folder.dropPartials(path);
  return bundle.entries;
}

const encode = (entries: readonly BundledEntry[]): Uint8Array =>
  concatBytes(
    ...entries.flatMap(({ bytes }) => [Uint8Array.of(bytes.length >> 8, bytes.length & 255), bytes]),
  );
