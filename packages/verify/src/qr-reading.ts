import { decodeQR } from 'qr/decode.js';

/** RGBA pixels, as a canvas gives them. */
export type Pixels = Readonly<{ width: number; height: number; data: Uint8ClampedArray }>;

/** Strict: a code that holds other bytes than UTF-8 holds no receipt. */
const textDecoder = (bytes: Uint8Array): string => new TextDecoder('utf-8', { fatal: true }).decode(bytes);

/**
 * The text of the QR code in a picture, or undefined: none found, damaged beyond its error correction, or not
 * text. `timeLimitMs` bounds the search after the first attempt failed; the first takes tens of milliseconds.
 */
export function readQr(pixels: Pixels, timeLimitMs: number): string | undefined {
  try {
    return decodeQR(pixels, { effort: Number.POSITIVE_INFINITY, timeLimit: timeLimitMs, textDecoder });
  } catch {
    return undefined;
  }
}

/**
 * The sizes (longest side, in pixels) at which a picture is worth trying, best first: as it is, smaller where the
 * camera's noise is finer than the code's modules, larger where a module has hardly two pixels.
 */
export function sizesToTry(width: number, height: number): readonly number[] {
  const longest = Math.max(width, height);
  const native = Math.min(longest, 4_096);
  const smaller = [3_000, 2_200, 1_600, 1_100, 800].filter((size) => size < native * 0.85);
  const larger = longest < 1_000 ? [longest * 2, longest * 3] : longest < 2_000 ? [longest * 2] : [];
  return [native, ...smaller, ...larger];
}
