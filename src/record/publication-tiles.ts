/** The files of the tree: full tiles and bundles, and the unfinished ones of one published size. */
import { join } from 'node:path';
import { bundlePath, encodeBundle, leafHash, TILE_WIDTH, TreeEdge, tilePath } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { Db } from '../platform/db/index.ts';
import { sameBytes } from './bytes.ts';
import { bodiesBetween } from './entry-store.ts';
import { publishImmutable } from './public-files.ts';
import { fullTilesOf, type LogHead } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';

type TilesOptions = Readonly<{
  db: Db;
  directory: string;
  /** Runs after each file; throwing there is a crash there. */
  atStep: (step: 'publish-bundle' | 'publish-tile') => Promise<void>;
}>;

/** All that a reader who knows the tree of size `from` lacks for the tree of this head. */
export async function publishTiles(options: TilesOptions, from: number, head: LogHead): Promise<void> {
  const fetchFull = fullTilesOf(options.db);
  const edge = TreeEdge.decode(sha256, head.edge);
  if (edge === undefined || !sameBytes(edge.root(), head.root)) {
    throw new RecordFault(
      'database-inconsistent',
      `the right edge does not give the root of size ${head.size}`,
    );
  }
  for (
    let level = 0, step = TILE_WIDTH;
    Math.floor(edge.size / (step / TILE_WIDTH)) > 0;
    level++, step *= TILE_WIDTH
  ) {
    const last = Math.floor(edge.size / step);
    for (let index = Math.floor(from / step); index < last; index++) {
      const [tile] = await fetchFull([{ level, index, width: TILE_WIDTH }]);
      if (tile === undefined)
        throw new RecordFault('database-inconsistent', `tile ${level}/${index} is missing`);
      if (level === 0) await publishBundle(options, index, tile.bytes);
      await immutable(options, tilePath({ level, index, width: TILE_WIDTH }), tile.bytes);
      await options.atStep('publish-tile');
    }
  }
  for (const tile of edge.partialTiles()) {
    if (tile.level === 0) await publishBundle(options, tile.index, tile.bytes);
    await immutable(options, tilePath(tile), tile.bytes);
    await options.atStep('publish-tile');
  }
}

/** Publishes the entries under a tile of leaf hashes, after recomputing each hash from its entry. */
async function publishBundle(options: TilesOptions, index: number, hashes: Uint8Array): Promise<void> {
  const width = hashes.length / 32;
  const first = index * TILE_WIDTH;
  const bodies = await bodiesBetween(options.db, first, first + width);
  for (const [i, body] of bodies.entries()) {
    if (!sameBytes(leafHash(sha256, body), hashes.subarray(i * 32, i * 32 + 32))) {
      throw new RecordFault('database-inconsistent', `entry ${first + i} is not the one that was logged`);
    }
  }
  if (bodies.length !== width)
    throw new RecordFault('database-inconsistent', `entries of bundle ${index} are missing`);
  await immutable(options, bundlePath({ index, width }), encodeBundle(bodies));
  await options.atStep('publish-bundle');
}

const immutable = ({ directory }: TilesOptions, path: string, bytes: Uint8Array): Promise<void> =>
  publishImmutable(join(directory, path), bytes);
