import { encodeQR } from 'qr';

/** Most bytes one QR code holds: version 40, error correction L, byte mode (ISO/IEC 18004 table 7). */
export const MAX_QR_BYTES = 2_953;

/** Light modules that the standard demands on every side. */
const QUIET = 4;

/** A QR code as one SVG path of strokes one unit wide, in a square of `size` units including its quiet zone. */
export type QrCode = Readonly<{ size: number; path: string }>;

/**
 * Draws a text as a QR code, byte for byte as UTF-8, with error correction L: the most bytes and the largest
 * modules. Undefined beyond {@link MAX_QR_BYTES}; a receipt fits in its Ed25519-only form. The same for server and
 * browser; the path has runs instead of squares, a quarter of the bytes.
 */
export function qrCode(text: string): QrCode | undefined {
  if (text === '' || new TextEncoder().encode(text).length > MAX_QR_BYTES) return undefined;
  const rows = encodeQR(text, 'raw', { ecc: 'low', encoding: 'byte', border: QUIET });
  const strokes = rows.map((row, y) => {
    let run = '';
    let at = 0;
    for (let x = 0; x < row.length; x++) {
      if (row[x] !== true) continue;
      const start = x;
      while (row[x + 1] === true) x++;
      run += run === '' ? `M${start} ${y}.5h${x + 1 - start}` : `m${start - at} 0h${x + 1 - start}`;
      at = x + 1;
    }
    return run;
  });
  return { size: rows.length, path: strokes.join('') };
}
