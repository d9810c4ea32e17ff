/** The tree as the database holds it: its tiles at any width, and what it looked like at any earlier size. */
import { hashAt, TILE_WIDTH, TreeEdge } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { fullTile, type Snapshot } from './start-check-store.ts';

/** Reads the tree of one snapshot. */
export class StoredTree {
  readonly edge: TreeEdge;
  readonly #client: Snapshot;
  readonly #partial: ReadonlyMap<string, Uint8Array>;

  constructor(client: Snapshot, edge: TreeEdge) {
    this.#client = client;
    this.edge = edge;
    this.#partial = new Map(
      edge.partialTiles().map(({ level, index, bytes }) => [`${level}/${index}`, bytes]),
    );
  }

  get size(): number {
    return this.edge.size;
  }

  /** The first `width` hashes of a tile; undefined when the database lacks them. */
  async tile(level: number, index: number, width: number): Promise<Uint8Array | undefined> {
    const bytes = this.#partial.get(`${level}/${index}`) ?? (await fullTile(this.#client, level, index));
    return bytes === undefined || bytes.length < width * 32 ? undefined : bytes.subarray(0, width * 32);
  }

  /** The hash at `position` of a level; undefined when the database lacks it. */
  async hash(level: number, position: number): Promise<Uint8Array | undefined> {
    const place = position % TILE_WIDTH;
    const tile = await this.tile(level, Math.floor(position / TILE_WIDTH), place + 1);
    return tile && hashAt(tile, place);
  }

  /** The right edge of the tree when it had `size` entries; undefined where a tile for it is missing. */
  async edgeAt(size: number): Promise<TreeEdge | undefined> {
    const header = new Uint8Array(8);
    new DataView(header.buffer).setBigUint64(0, BigInt(size));
    const parts: Uint8Array[] = [header];
    for (let level = 0, rest = size; rest > 0; level++, rest = Math.floor(rest / TILE_WIDTH)) {
      const width = rest % TILE_WIDTH;
      if (width === 0) continue;
      const tile = await this.tile(level, Math.floor(rest / TILE_WIDTH), width);
      if (tile === undefined) return undefined;
      parts.push(tile);
    }
    return TreeEdge.decode(sha256, new Uint8Array(Buffer.concat(parts)));
  }
}
