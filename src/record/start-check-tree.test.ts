import { type Tile, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { expect, it } from 'vitest';
import { standingOf } from './start-check-journal.ts';
import type { Snapshot } from './start-check-store.ts';
import { StoredTree } from './start-check-tree.ts';

const SIZE = 66_300;
const SIZES = [0, 1, 255, 256, 257, 511, 65_400, 65_535, 65_536, 65_537, 65_792, 66_299, SIZE];

/** 32 bytes that no other index has; a tree asks no more of a leaf hash. */
const leaf = (i: number): Uint8Array => new Uint8Array(Buffer.alloc(32, `${i};`));

/** A tree with a full tile at level 1, its full tiles where the database keeps them, and its roots on the way. */
function grown() {
  const tiles = new Map<string, Tile>();
  const roots = new Map<number, Uint8Array>();
  let edge = TreeEdge.empty(sha256);
  for (const size of SIZES) {
    const step = edge.append(Array.from({ length: size - edge.size }, (_, i) => leaf(edge.size + i)));
    edge = step.edge;
    for (const tile of step.fullTiles) tiles.set(`${tile.level}/${tile.index}`, tile);
    roots.set(size, edge.root());
  }
  const query = async (_text: string, [levels, indexes]: [number[], number[]]) => ({
    rows: levels.flatMap((level, i) => {
      const tile = tiles.get(`${level}/${indexes[i]}`);
      return tile === undefined ? [] : [{ level, n: BigInt(tile.index), hashes: tile.bytes }];
    }),
  });
  const tree = new StoredTree({ query } as unknown as Snapshot, edge);
  return { roots, tree, tiles };
}

const { roots, tree, tiles } = grown();
const rootAt = (size: number): Uint8Array => roots.get(size) ?? new Uint8Array(32);

it.each(SIZES)('gives the right edge that the tree had at size %i', async (size) => {
  const edge = await tree.edgeAt(size);
  expect(Buffer.from(edge?.root() ?? [])).toEqual(Buffer.from(rootAt(size)));
  expect(await standingOf(tree, { size, root: rootAt(size) })).toEqual({ stands: 'prefix' });
  if (size === 0) return;
  expect(await standingOf(tree, { size, root: new Uint8Array(32) })).toMatchObject({ stands: 'differs' });
});

it('says ahead of whatever it has not got, and differs where a tile is gone', async () => {
  expect(await standingOf(tree, { size: SIZE + 1, root: rootAt(SIZE) })).toMatchObject({ stands: 'ahead' });
  const gone = tiles.get('0/255');
  tiles.delete('0/255');
  expect(await tree.edgeAt(65_400)).toBeUndefined();
  expect(await standingOf(tree, { size: 65_400, root: rootAt(65_400) })).toMatchObject({ stands: 'differs' });
  if (gone) tiles.set('0/255', gone);
});
