import { nodeHash, type Sha256 } from './merkle.ts';
import { hashAt, TILE_WIDTH, type TileRef, tileWidth } from './tile.ts';

/** Gives the bytes of a tile, of exactly the asked width. */
export type ReadTile = (tile: TileRef) => Uint8Array;

/** A full subtree: `2^height` leaves beginning at `start`. */
type Subtree = Readonly<{ start: number; height: number }>;

/** Leaves `[start, end)` whose hash is one line of a proof: full subtrees from left to right. */
type Range = Readonly<{ start: number; end: number }>;

/** The largest power of two below `n`, where RFC 6962 splits a tree of `n` leaves. */
function split(n: number): number {
  let k = 1;
  while (k * 2 < n) k *= 2;
  return k;
}

/** RFC 6962 §2.1.1: the siblings on the way from a leaf to the root, from below. */
function inclusionRanges(index: number, { start, end }: Range): readonly Range[] {
  if (end - start <= 1) return [];
  const middle = start + split(end - start);
  return index < middle
    ? [...inclusionRanges(index, { start, end: middle }), { start: middle, end }]
    : [...inclusionRanges(index, { start: middle, end }), { start, end: middle }];
}

/** RFC 6962 §2.1.2: SUBPROOF for the first `size1` leaves. */
function consistencyRanges(size1: number, { start, end }: Range): readonly Range[] {
  if (end === size1) return start === 0 ? [] : [{ start, end }];
  const middle = start + split(end - start);
  return size1 <= middle
    ? [...consistencyRanges(size1, { start, end: middle }), { start: middle, end }]
    : [...consistencyRanges(size1, { start: middle, end }), { start, end: middle }];
}

function subtreesOf({ start, end }: Range): readonly Subtree[] {
  const trees: Subtree[] = [];
  let at = start;
  while (at < end) {
    let height = 0;
    while (at + 2 ** (height + 1) <= end && at % 2 ** (height + 1) === 0) height++;
    trees.push({ start: at, height });
    at += 2 ** height;
  }
  return trees;
}

/** Where a full subtree's hash is found: `count` hashes from `offset` on of one tile of the tree of `size`. */
function placeOf({ start, height }: Subtree, size: number) {
  const level = Math.floor(height / 8);
  const first = start / TILE_WIDTH ** level;
  const index = Math.floor(first / TILE_WIDTH);
  const tile: TileRef = { level, index, width: tileWidth(level, index, size) };
  return { tile, offset: first % TILE_WIDTH, count: 2 ** (height % 8) };
}

function demandSizes(smaller: number, size: number): void {
  const whole = Number.isSafeInteger(smaller) && Number.isSafeInteger(size);
  if (!whole || smaller < 0 || smaller > size) throw new RangeError('no such proof in a tree of this size');
}

function tilesOf(ranges: readonly Range[], size: number): readonly TileRef[] {
  const tiles = new Map<string, TileRef>();
  for (const subtree of ranges.flatMap(subtreesOf)) {
    const { tile } = placeOf(subtree, size);
    tiles.set(`${tile.level}/${tile.index}`, tile);
  }
  return [...tiles.values()];
}

const inclusion = (index: number, size: number): readonly Range[] => {
  demandSizes(index + 1, size);
  return inclusionRanges(index, { start: 0, end: size });
};

const consistency = (size1: number, size2: number): readonly Range[] => {
  demandSizes(size1, size2);
  return size1 === 0 ? [] : consistencyRanges(size1, { start: 0, end: size2 });
};

/** The tiles {@link inclusionProof} will read: fetch them first where reading is asynchronous. */
export const tilesForInclusion = (index: number, size: number): readonly TileRef[] =>
  tilesOf(inclusion(index, size), size);

/** The tiles {@link consistencyProof} will read. */
export const tilesForConsistency = (size1: number, size2: number): readonly TileRef[] =>
  tilesOf(consistency(size1, size2), size2);

/**
 * Builds proofs from tiles and remembers the hashes inside them: the nodes of a log never change, so one builder
 * serves any number of proofs at any sizes, as for all the signers of one round.
 */
export class ProofBuilder {
  readonly #sha256: Sha256;
  readonly #readTile: ReadTile;
  /** By tile, and in it as a heap: the node over hashes `[offset, offset + count)` is number `(256 + offset) / count`. */
  readonly #nodes = new Map<string, (Uint8Array | undefined)[]>();

  constructor(sha256: Sha256, readTile: ReadTile) {
    this.#sha256 = sha256;
    this.#readTile = readTile;
  }

  /** See {@link inclusionProof}. */
  inclusion(index: number, size: number): readonly Uint8Array[] {
    return inclusion(index, size).map((range) => this.#hash(range, size));
  }

  /** See {@link consistencyProof}. */
  consistency(size1: number, size2: number): readonly Uint8Array[] {
    return consistency(size1, size2).map((range) => this.#hash(range, size2));
  }

  #hash(range: Range, size: number): Uint8Array {
    return subtreesOf(range)
      .map((subtree) => {
        const { tile, offset, count } = placeOf(subtree, size);
        return this.#node(tile, offset, count);
      })
      .reduceRight((right, left) => nodeHash(this.#sha256, left, right));
  }

  #node(tile: TileRef, offset: number, count: number): Uint8Array {
    // Of one tile at two widths the shorter is the beginning of the longer; a node both have is the same.
    const key = `${tile.level}/${tile.index}`;
    const known = this.#nodes.get(key) ?? [];
    this.#nodes.set(key, known);
    return this.#within({ tile, known }, (TILE_WIDTH + offset) / count);
  }

  #within(place: Readonly<{ tile: TileRef; known: (Uint8Array | undefined)[] }>, node: number): Uint8Array {
    const found = place.known[node];
    if (found !== undefined) return found;
    const hash =
      node >= TILE_WIDTH
        ? this.#leaf(place.tile, node - TILE_WIDTH)
        : nodeHash(this.#sha256, this.#within(place, 2 * node), this.#within(place, 2 * node + 1));
    place.known[node] = hash;
    return hash;
  }

  #leaf(tile: TileRef, offset: number): Uint8Array {
    const bytes = this.#readTile(tile);
    if (bytes.length !== tile.width * 32) throw new RangeError('a tile has another width than asked for');
    return hashAt(bytes, offset);
  }
}

/**
 * Inclusion proof of the entry at `index` in the tree of `size`, from the leaf's sibling up (RFC 6962 §2.1.1).
 * Reads at most two tiles a level, whatever the size. Throws for an index outside the tree.
 */
export function inclusionProof(
  sha256: Sha256,
  index: number,
  size: number,
  readTile: ReadTile,
): readonly Uint8Array[] {
  return new ProofBuilder(sha256, readTile).inclusion(index, size);
}

/** Proof that the tree of `size2` begins with the tree of `size1` (RFC 6962 §2.1.2); empty from 0 or itself. */
export function consistencyProof(
  sha256: Sha256,
  size1: number,
  size2: number,
  readTile: ReadTile,
): readonly Uint8Array[] {
  return new ProofBuilder(sha256, readTile).consistency(size1, size2);
}
