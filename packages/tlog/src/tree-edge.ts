import { concatBytes } from './encoding.ts';
import { rootOf, type Sha256 } from './merkle.ts';
import { hashesOf, TILE_WIDTH, type Tile, tileWidth } from './tile.ts';

/** The row of the edge at each level of a tree of this size: hashes in its last, unfinished tile. */
function widths(size: number): readonly number[] {
  const rows: number[] = [];
  for (let rest = size; rest > 0; rest = Math.floor(rest / TILE_WIDTH)) rows.push(rest % TILE_WIDTH);
  return rows;
}

/**
 * The right edge of a log: its size and the hashes of the unfinished tile at each level, which is all that
 * appending and the root need (at most 255 hashes a level). Immutable; {@link append} returns the next edge
 * and the tiles it filled. Full tiles never change once returned.
 *
 * @example let edge = TreeEdge.empty(sha256); const step = edge.append(leaves); edge = step.edge;
 */
export class TreeEdge {
  readonly size: number;
  readonly #sha256: Sha256;
  readonly #rows: readonly (readonly Uint8Array[])[];

  private constructor(sha256: Sha256, size: number, rows: readonly (readonly Uint8Array[])[]) {
    this.#sha256 = sha256;
    this.size = size;
    this.#rows = rows;
  }

  static empty(sha256: Sha256): TreeEdge {
    return new TreeEdge(sha256, 0, []);
  }

  /**
   * Reads {@link encode}'s form: uint64 size, then per level the hashes of the unfinished tile. Undefined when
   * the length does not fit the size. The hashes are believed: compare {@link root} with a signed checkpoint.
   */
  static decode(sha256: Sha256, bytes: Uint8Array): TreeEdge | undefined {
    if (bytes.length < 8) return undefined;
    const size = Number(new DataView(bytes.buffer, bytes.byteOffset).getBigUint64(0));
    if (!Number.isSafeInteger(size)) return undefined;
    let at = 8;
    const rows = widths(size).map((width) => {
      const row = hashesOf(bytes.slice(at, at + width * 32));
      at += width * 32;
      return row;
    });
    return at === bytes.length ? new TreeEdge(sha256, size, rows) : undefined;
  }

  encode(): Uint8Array {
    const head = new Uint8Array(8);
    new DataView(head.buffer).setBigUint64(0, BigInt(this.size));
    return concatBytes(head, ...this.#rows.flat());
  }

  /** Appends leaf hashes in order. `fullTiles` are those completed by this call, each to be stored once. */
  append(leafHashes: readonly Uint8Array[]): Readonly<{ edge: TreeEdge; fullTiles: readonly Tile[] }> {
    const rows = this.#rows.map((row) => [...row]);
    const fullTiles: Tile[] = [];
    let size = this.size;
    for (const leaf of leafHashes) {
      if (leaf.length !== 32) throw new RangeError('a leaf hash has 32 bytes');
      size += 1;
      let carry: Uint8Array | undefined = leaf;
      for (let level = 0; carry !== undefined; level++) {
        rows[level] ??= [];
        const row = rows[level] ?? [];
        row.push(carry);
        if (row.length < TILE_WIDTH) break;
        const index = Math.floor(size / TILE_WIDTH ** (level + 1)) - 1;
        fullTiles.push({ level, index, width: TILE_WIDTH, bytes: concatBytes(...row) });
        carry = rootOf(this.#sha256, row);
        rows[level] = [];
      }
    }
    return { edge: new TreeEdge(this.#sha256, size, rows), fullTiles };
  }

  /** The root of the tree, RFC 6962 §2.1; of the empty tree, `SHA-256("")`. */
  root(): Uint8Array {
    let below: Uint8Array | undefined;
    for (const row of this.#rows) {
      const hashes = below === undefined ? row : [...row, below];
      if (hashes.length > 0) below = rootOf(this.#sha256, hashes);
    }
    return below ?? rootOf(this.#sha256, []);
  }

  /** The unfinished tiles that must be published with a checkpoint of this size; empty ones do not exist. */
  partialTiles(): readonly Tile[] {
    return this.#rows.flatMap((row, level) => {
      const index = Math.floor(this.size / TILE_WIDTH ** (level + 1));
      const width = tileWidth(level, index, this.size);
      return row.length === 0 ? [] : [{ level, index, width, bytes: concatBytes(...row) }];
    });
  }
}
