import { concatBytes } from './encoding.ts';
import { TILE_WIDTH } from './tile.ts';

/** The longest entry: its length is a uint16 (c2sp.org/tlog-tiles). */
export const MAX_ENTRY_BYTES = 65_535;

/** Entries as a bundle: per entry its length as a big-endian uint16, then its bytes. */
export function encodeBundle(entries: readonly Uint8Array[]): Uint8Array {
  if (entries.length > TILE_WIDTH) throw new RangeError('a bundle holds at most 256 entries');
  return concatBytes(
    ...entries.flatMap((entry) => {
      if (entry.length > MAX_ENTRY_BYTES) throw new RangeError('an entry holds at most 65,535 bytes');
      return [Uint8Array.of(entry.length >> 8, entry.length & 255), entry];
    }),
  );
}

/** The entries of a bundle of exactly `width` entries, or undefined when it does not divide into them. */
export function decodeBundle(bytes: Uint8Array, width: number): readonly Uint8Array[] | undefined {
  const entries: Uint8Array[] = [];
  for (let at = 0; at < bytes.length; ) {
    const [high, low] = [bytes[at], bytes[at + 1]];
    if (high === undefined || low === undefined || entries.length === width) return undefined;
    const end = at + 2 + high * 256 + low;
    if (end > bytes.length) return undefined;
    entries.push(bytes.subarray(at + 2, end));
    at = end;
  }
  return entries.length === width ? entries : undefined;
}
