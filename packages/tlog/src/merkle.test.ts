import { describe, expect, it } from 'vitest';
import { inclusionProof, ProofBuilder, type ReadTile, tilesForInclusion } from './build-proof.ts';
import { nodeHash, rootOf, verifyConsistency, verifyInclusion } from './merkle.ts';
import { sha256 } from './node-primitives.ts';
import { TILE_WIDTH, tilePath } from './tile.ts';
import { TreeEdge } from './tree-edge.ts';

/** Roots by the recursive definition of RFC 6962 §2.1, sharing no code with the package. */
function mth(leaves: readonly Uint8Array[]): Uint8Array {
  const [only] = leaves;
  if (only === undefined) return sha256(new Uint8Array());
  if (leaves.length === 1) return only;
  const k = 2 ** Math.floor(Math.log2(leaves.length - 1));
  return nodeHash(sha256, mth(leaves.slice(0, k)), mth(leaves.slice(k)));
}

const leaf = (i: number) => sha256(new Uint8Array([0, i >> 16, i >> 8, i]));
const LARGEST = 600;
const leaves = Array.from({ length: LARGEST }, (_, i) => leaf(i));

/** The tiles of every tree up to `LARGEST`, kept as a log would keep them, and the root at each size. */
const tiles = new Map<string, Uint8Array>();
const roots: Uint8Array[] = [];
let edge = TreeEdge.empty(sha256);
for (const hash of leaves) {
  roots.push(edge.root());
  const step = edge.append([hash]);
  edge = step.edge;
  for (const tile of [...step.fullTiles, ...edge.partialTiles()]) tiles.set(tilePath(tile), tile.bytes);
}
roots.push(edge.root());
const rootAt = (size: number) => roots[size] ?? new Uint8Array();
const readTile: ReadTile = (tile) => {
  const bytes = tiles.get(tilePath(tile));
  if (bytes === undefined) throw new Error(`no such tile: ${tilePath(tile)}`);
  return bytes;
};
const builder = new ProofBuilder(sha256, readTile);

describe('Merkle tree laws', () => {
  it('the edge has the root of the recursive definition at every size', () => {
    for (const size of [0, 1, 2, 3, 7, 8, 255, 256, 257, 511, 512, 513, 600]) {
      expect(rootAt(size)).toEqual(mth(leaves.slice(0, size)));
    }
  });

  it('inclusion holds for i < n ≤ 600 (sampled)', () => {
    let failures = 0;
    for (let size = 1; size <= LARGEST; size++) {
      // Every pair is in test/conformance/tlog; a stride keeps the larger sizes quick here.
      const step = size <= 40 || size === LARGEST ? 1 : 37;
      for (let index = size % step; index < size; index += step) {
        const proof = builder.inclusion(index, size);
        const claim = { index, size, leaf: leaf(index), proof, root: rootAt(size) };
        if (!verifyInclusion(sha256, claim)) failures++;
      }
    }
    expect(failures).toBe(0);
  });

  it('a proof does not fit another index, size or leaf', () => {
    for (const [index, size] of [
      [0, 1],
      [3, 7],
      [299, 300],
      [256, 513],
    ] as const) {
      const proof = inclusionProof(sha256, index, size, readTile);
      const claim = { index, size, leaf: leaf(index), proof, root: rootAt(size) };
      expect(verifyInclusion(sha256, { ...claim, index: index + 1 })).toBe(false);
      expect(verifyInclusion(sha256, { ...claim, root: rootAt(size + 1) })).toBe(false);
      expect(verifyInclusion(sha256, { ...claim, leaf: leaf(index + 1) })).toBe(false);
      expect(verifyInclusion(sha256, { ...claim, proof: [...proof, rootAt(1)] })).toBe(false);
    }
  });

  it('an inclusion proof reads at most two tiles a level', () => {
    const size = 5_000_000;
    for (const index of [0, 255, 256, 65_535, 65_536, 4_999_999]) {
      expect(tilesForInclusion(index, size).length).toBeLessThanOrEqual(6);
    }
  });

  it('consistency holds for m ≤ n ≤ 300 (sampled)', () => {
    let failures = 0;
    for (let size2 = 1; size2 <= 300; size2++) {
      const step = size2 <= 40 ? 1 : 23;
      for (let size1 = 1 + (size2 % step); size1 <= size2; size1 += step) {
        const proof = builder.consistency(size1, size2);
        const claim = { size1, size2, root1: rootAt(size1), root2: rootAt(size2), proof };
        if (!verifyConsistency(sha256, claim)) failures++;
      }
    }
    expect(failures).toBe(0);
  });
});

describe('TreeEdge', () => {
  it('gives the same tiles and root for one batch as for single leaves', () => {
    const { edge: whole, fullTiles } = TreeEdge.empty(sha256).append(leaves);
    expect(whole.root()).toEqual(edge.root());
    expect(fullTiles.map(tilePath)).toEqual(['tile/0/000', 'tile/0/001']);
    for (const tile of fullTiles) expect(tiles.get(tilePath(tile))).toEqual(tile.bytes);
    expect(whole.partialTiles().map(tilePath)).toEqual(['tile/0/002.p/88', 'tile/1/000.p/2']);
  });

  it('survives encoding at the sizes where tiles fill', () => {
    for (const size of [0, 1, 255, 256, 257, 512, 600]) {
      const { edge: before } = TreeEdge.empty(sha256).append(leaves.slice(0, size));
      const after = TreeEdge.decode(sha256, before.encode());
      expect(after?.size).toBe(size);
      expect(after?.root()).toEqual(before.root());
      expect(TreeEdge.decode(sha256, before.encode().slice(0, -1))).toBeUndefined();
    }
  });

  it('fills a tile of level 1 at 65,536 leaves', () => {
    const many = Array.from({ length: TILE_WIDTH * TILE_WIDTH + 1 }, () => leaves[0] ?? new Uint8Array());
    const { edge: big, fullTiles } = TreeEdge.empty(sha256).append(many);
    expect(fullTiles.filter((tile) => tile.level === 1).map(tilePath)).toEqual(['tile/1/000']);
    expect(big.partialTiles().map(tilePath)).toEqual(['tile/0/256.p/1', 'tile/2/000.p/1']);
    expect(big.root()).toEqual(rootOf(sha256, many));
  });
});
