import { concatBytes, equalBytes } from '@lianshu/statement';
import {
  type Checkpoint,
  hashAt,
  hashesOf,
  rootOf,
  type Sha256,
  TILE_WIDTH,
  type Tile,
  TreeEdge,
  tilePath,
  tileWidth,
} from '@lianshu/tlog';
import { LogRefusal } from './log-fault.ts';
import { readTile } from './log-files.ts';
import type { LogSource } from './log-source.ts';

/** Full tiles remembered: the parents of those being read. */
const REMEMBERED = 16;

/** The unfinished tiles of a tree of this size, from the bottom up. */
function partialRefs(size: number): readonly Readonly<{ level: number; index: number; width: number }>[] {
  const refs: { level: number; index: number; width: number }[] = [];
  for (let level = 0; TILE_WIDTH ** level <= size; level++) {
    const index = Math.floor(size / TILE_WIDTH ** (level + 1));
    const width = tileWidth(level, index, size);
    if (width > 0) refs.push({ level, index, width });
  }
  return refs;
}

/**
 * The tiles of one signed tree, each proved before it is given out: the unfinished ones by the root they give
 * together, every full one by its hash in the tile above. A source can thus put no byte of its own anywhere.
 */
export class AuthenticTiles {
  readonly edge: TreeEdge;
  readonly #sha256: Sha256;
  readonly #source: LogSource;
  readonly #size: number;
  readonly #partial: ReadonlyMap<string, Tile>;
  readonly #full = new Map<string, Promise<Uint8Array>>();

  private constructor(sha256: Sha256, source: LogSource, edge: TreeEdge) {
    this.#sha256 = sha256;
    this.#source = source;
    this.#size = edge.size;
    this.edge = edge;
    this.#partial = new Map(edge.partialTiles().map((tile) => [`${tile.level}/${tile.index}`, tile]));
  }

  /** Reads the unfinished tiles and compares their root with the checkpoint's. Throws {@link LogRefusal}. */
  static async open(sha256: Sha256, source: LogSource, checkpoint: Checkpoint): Promise<AuthenticTiles> {
    const { size, root } = checkpoint;
    const head = new Uint8Array(8);
    new DataView(head.buffer).setBigUint64(0, BigInt(size));
    const rows = await Promise.all(partialRefs(size).map((ref) => readTile(source, ref)));
    const edge = TreeEdge.decode(sha256, concatBytes(head, ...rows.map(({ bytes }) => bytes)));
    if (edge === undefined || !equalBytes(edge.root(), root))
      throw new LogRefusal({ code: 'root-differs', file: 'checkpoint', line: 3, detail: `size ${size}` });
    return new AuthenticTiles(sha256, source, edge);
  }

  /** The proved bytes of a tile, of the width it has in this tree. Throws {@link LogRefusal}. */
  tile(level: number, index: number): Promise<Uint8Array> {
    const name = `${level}/${index}`;
    const partial = this.#partial.get(name);
    if (partial !== undefined) return Promise.resolve(partial.bytes);
    const reading = this.#full.get(name) ?? this.#read(level, index);
    // Put last again: what is asked for stays, so that the parents of a row are read once.
    this.#full.delete(name);
    this.#full.set(name, reading);
    const oldest = this.#full.keys().next().value;
    if (this.#full.size > REMEMBERED && oldest !== undefined) this.#full.delete(oldest);
    return reading;
  }

  async #read(level: number, index: number): Promise<Uint8Array> {
    const ref = { level, index, width: TILE_WIDTH };
    if (tileWidth(level, index, this.#size) !== TILE_WIDTH) throw new RangeError(`no tile ${tilePath(ref)}`);
    const { path, bytes } = await readTile(this.#source, ref);
    const above = await this.tile(level + 1, Math.floor(index / TILE_WIDTH));
    if (!equalBytes(rootOf(this.#sha256, hashesOf(bytes)), hashAt(above, index % TILE_WIDTH)))
      throw new LogRefusal({ code: 'tile-differs', file: path, bytes: [0, bytes.length] });
    return bytes;
  }
}
