/** Reading the tiles of a tree at one size: full ones from storage, unfinished ones from the right edge. */
import { type ReadTile, TILE_WIDTH, type TileRef, type TreeEdge } from '@lianshu/tlog';
import { RecordFault } from './record-fault.ts';

/** Fetches full tiles from wherever they are kept. */
export type FetchFull = (
  refs: readonly TileRef[],
) => Promise<readonly Readonly<{ level: number; index: number; bytes: Uint8Array }>[]>;

const key = ({ level, index }: Readonly<{ level: number; index: number }>): string => `${level}/${index}`;

/**
 * Fetches `refs` of the tree whose right edge is given and returns how to read them. Throws `RecordFault`
 * when a full tile is missing.
 */
export async function tilesAt(
  edge: TreeEdge,
  refs: readonly TileRef[],
  fetchFull: FetchFull,
): Promise<ReadTile> {
  const tiles = new Map(edge.partialTiles().map((tile) => [key(tile), tile.bytes]));
  const full = refs.filter(({ width }) => width === TILE_WIDTH);
  for (const tile of await fetchFull(full)) tiles.set(key(tile), tile.bytes);
  return (ref) => {
    const bytes = tiles.get(key(ref));
    if (bytes === undefined) throw new RecordFault('database-inconsistent', `tile ${key(ref)} is missing`);
    return bytes;
  };
}

/** Keeps the full tiles last used: they never change, and the proofs of a round share almost all of them. */
export function cachedTiles(fetchFull: FetchFull, capacity = 256): FetchFull {
  const cache = new Map<string, Readonly<{ level: number; index: number; bytes: Uint8Array }>>();
  return async (refs) => {
    const missing = refs.filter((ref) => !cache.has(key(ref)));
    const fetched = missing.length === 0 ? [] : await fetchFull(missing);
    const found = [...refs.flatMap((ref) => cache.get(key(ref)) ?? []), ...fetched];
    for (const tile of found) {
      cache.delete(key(tile));
      cache.set(key(tile), tile);
    }
    for (const oldest of cache.keys()) {
      if (cache.size <= capacity) break;
      cache.delete(oldest);
    }
    return found;
  };
}
