/** Hashes in a full tile, and entries in a full bundle (c2sp.org/tlog-tiles: tile height 8). */
export const TILE_WIDTH = 256;

/** Which tile: level, index within the level, and width: 1–255 hashes for a partial tile, 256 for a full one. */
export type TileRef = Readonly<{ level: number; index: number; width: number }>;

/** A tile with its hashes, 32 bytes each. */
export type Tile = TileRef & Readonly<{ bytes: Uint8Array }>;

/** `67` → `067`, `1234067` → `x001/x234/067`, with `.p/<W>` for a partial width. */
function indexPath(index: number, width: number): string {
  const groups: string[] = [];
  let rest = index;
  do {
    groups.unshift(`${groups.length === 0 ? '' : 'x'}${String(rest % 1000).padStart(3, '0')}`);
    rest = Math.floor(rest / 1000);
  } while (rest > 0);
  return width === TILE_WIDTH ? groups.join('/') : `${groups.join('/')}.p/${width}`;
}

/** The path of a hash tile below the log's prefix: `tile/<L>/<N>[.p/<W>]`. */
export const tilePath = (tile: TileRef): string => `tile/${tile.level}/${indexPath(tile.index, tile.width)}`;

/** The path of an entry bundle below the log's prefix: `tile/entries/<N>[.p/<W>]`. */
export function bundlePath(bundle: Readonly<{ index: number; width: number }>): string {
  return `tile/entries/${indexPath(bundle.index, bundle.width)}`;
}

/**
 * Reads a path written by {@link tilePath} or {@link bundlePath}, in that spelling only; `level` is `entries`
 * for a bundle. Anything else is undefined.
 */
export function parseTilePath(
  path: string,
): Readonly<{ level: number | 'entries'; index: number; width: number }> | undefined {
  const match = /^tile\/(entries|\d{1,2})\/((?:x\d{3}\/){0,4}\d{3})(?:\.p\/(\d{1,3}))?$/.exec(path);
  if (match === null) return undefined;
  const [, levelText = '', digits = '', widthText] = match;
  const index = Number(digits.replace(/[x/]/g, ''));
  const width = widthText === undefined ? TILE_WIDTH : Number(widthText);
  const level = levelText === 'entries' ? levelText : Number(levelText);
  if (width < 1 || width > TILE_WIDTH || (level !== 'entries' && level > 63)) return undefined;
  const canonical = level === 'entries' ? bundlePath({ index, width }) : tilePath({ level, index, width });
  return canonical === path ? { level, index, width } : undefined;
}

/** How many hashes the tile at `index` of `level` holds in a tree of `size`: `floor(size / 256^level)` in all. */
export function tileWidth(level: number, index: number, size: number): number {
  const hashes = Math.floor(size / TILE_WIDTH ** level);
  return Math.max(0, Math.min(TILE_WIDTH, hashes - index * TILE_WIDTH));
}

/** The `i`-th hash of a tile's bytes, as a view. Throws beyond its end. */
export function hashAt(bytes: Uint8Array, i: number): Uint8Array {
  const hash = bytes.subarray(i * 32, i * 32 + 32);
  if (i < 0 || hash.length !== 32) throw new RangeError(`tile holds no hash ${i}`);
  return hash;
}

/** All hashes of a tile's bytes, as views. */
export function hashesOf(bytes: Uint8Array): readonly Uint8Array[] {
  return Array.from({ length: Math.floor(bytes.length / 32) }, (_, i) => hashAt(bytes, i));
}
