import {
  bundlePath,
  MAX_ENTRY_BYTES,
  MAX_NOTE_BYTES,
  TILE_WIDTH,
  type TileRef,
  tilePath,
} from '@lianshu/tlog';
import { type LogFault, LogRefusal } from './log-fault.ts';
import { type LogSource, LogSourceError } from './log-source.ts';

const MAX_TILE_BYTES = TILE_WIDTH * 32;

/** Longest bundle this log can honestly serve is far smaller; the format's own limit is 16 MiB. */
const MAX_BUNDLE_BYTES = TILE_WIDTH * (2 + MAX_ENTRY_BYTES);

/** A file as it was read: under which name, and its bytes. */
type ReadFile = Readonly<{ path: string; bytes: Uint8Array; full: boolean }>;

/** Reads a partial file, or the full one that has replaced it since (tlog-tiles, "Partial Tiles"). */
async function readPartial(
  source: LogSource,
  paths: Readonly<{ partial: string; full: string }>,
  maxBytes: number,
): Promise<ReadFile> {
  try {
    const bytes = await source.read(paths.partial, maxBytes);
    return { path: paths.partial, bytes, full: paths.partial === paths.full };
  } catch (error) {
    const gone = error instanceof LogSourceError && error.code === 'log-not-found';
    if (!gone || paths.partial === paths.full) throw error;
    return { path: paths.full, bytes: await source.read(paths.full, maxBytes), full: true };
  }
}

/** The bytes of a tile of exactly this width, and the file they came from. Throws {@link LogRefusal} for another length. */
export async function readTile(
  source: LogSource,
  tile: TileRef,
): Promise<Readonly<{ path: string; bytes: Uint8Array }>> {
  const paths = { partial: tilePath(tile), full: tilePath({ ...tile, width: TILE_WIDTH }) };
  const { path, bytes, full } = await readPartial(source, paths, MAX_TILE_BYTES);
  const wanted = (full ? TILE_WIDTH : tile.width) * 32;
  if (bytes.length !== wanted) {
    throw new LogRefusal({
      code: 'tile-length',
      file: path,
      bytes: [Math.min(bytes.length, wanted), Math.max(bytes.length, wanted)],
    });
  }
  return { path, bytes: bytes.subarray(0, tile.width * 32) };
}

/** One entry of a bundle; `at` is the offset of its bytes in the file, behind two bytes of length. */
export type BundledEntry = Readonly<{ bytes: Uint8Array; at: number }>;

/** A bundle taken apart. `fault` says which bytes do not divide into entries; those before it are there. */
export type Bundle = Readonly<{ path: string; entries: readonly BundledEntry[]; fault?: LogFault }>;

function splitBundle(path: string, bytes: Uint8Array, width: number): Bundle {
  const entries: BundledEntry[] = [];
  let at = 0;
  const broken = (detail: string): Bundle => ({
    path,
    entries,
    fault: { code: 'bundle-malformed', file: path, bytes: [at, bytes.length], detail },
  });
  while (at < bytes.length) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (entries.length === width) return broken(`after ${width} entries`);
    if (high === undefined || low === undefined) return broken('half a length');
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) return broken('entry cut short');
    entries.push({ bytes: bytes.subarray(at + 2, end), at: at + 2 });
    at = end;
  }
  return entries.length === width ? { path, entries } : broken(`${entries.length} of ${width} entries`);
}

/** The first `width` entries of a bundle, or as many as can be told apart, with the fault. */
export async function splitPublished(source: LogSource, index: number, width: number): Promise<Bundle> {
  const paths = { partial: bundlePath({ index, width }), full: bundlePath({ index, width: TILE_WIDTH }) };
  const { path, bytes, full } = await readPartial(source, paths, MAX_BUNDLE_BYTES);
  const bundle = splitBundle(path, bytes, full ? TILE_WIDTH : width);
  return { ...bundle, entries: bundle.entries.slice(0, width) };
}

/** The first `width` entries of a bundle. Throws {@link LogRefusal} for bytes that are no bundle of entries. */
export async function readBundle(source: LogSource, index: number, width: number): Promise<Bundle> {
  const bundle = await splitPublished(source, index, width);
  if (bundle.fault !== undefined) throw new LogRefusal(bundle.fault);
  return bundle;
}

/** The checkpoint's bytes. */
export const readCheckpoint = (source: LogSource): Promise<Uint8Array> =>
  source.read('checkpoint', MAX_NOTE_BYTES);
