import { ProofBuilder, TreeEdge, tilePath, verifyConsistency, verifyInclusion } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { expect, it } from 'vitest';

const leaves = Array.from({ length: 600 }, (_, i) => sha256(new Uint8Array([0, i >> 8, i])));
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
const builder = new ProofBuilder(sha256, (tile) => tiles.get(tilePath(tile)) ?? new Uint8Array());

it('inclusion ∀ i < n ≤ 600', () => {
  let proved = 0;
  for (let size = 1; size <= 600; size++) {
    for (let index = 0; index < size; index++) {
      const leaf = leaves[index] ?? new Uint8Array();
      const proof = builder.inclusion(index, size);
      if (verifyInclusion(sha256, { index, size, leaf, proof, root: rootAt(size) })) proved++;
    }
  }
  expect(proved).toBe((600 * 601) / 2);
});

it('consistency ∀ m ≤ n ≤ 300', () => {
  let proved = 0;
  for (let size2 = 1; size2 <= 300; size2++) {
    for (let size1 = 1; size1 <= size2; size1++) {
      const proof = builder.consistency(size1, size2);
      const claim = { size1, size2, root1: rootAt(size1), root2: rootAt(size2), proof };
      if (verifyConsistency(sha256, claim)) proved++;
    }
  }
  expect(proved).toBe((300 * 301) / 2);
});
