import type { NotePrimitives } from '@lianshu/tlog';
import { hashes, Point } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

hashes.sha512 = (message) => sha512(message);

/** A little-endian number. */
const fromLittle = (bytes: Uint8Array): bigint =>
  bytes.reduceRight((number, byte) => number * 256n + BigInt(byte), 0n);

/**
 * Ed25519 without the cofactor: the bytes of `[S]B − [k]A` are those of R, and S is below the order (RFC 8032
 * §5.1.7). The library's own `verify` multiplies by the cofactor, so the holder of a key could make a signature
 * that it takes and `node:crypto`, Web Crypto and the audit kit refuse: one receipt, two verdicts.
 */
function verifyEd25519(publicKey: Uint8Array, message: Uint8Array, signature: Uint8Array): boolean {
  const [r, s] = [signature.subarray(0, 32), fromLittle(signature.subarray(32))];
  const { n: order } = Point.CURVE();
  if (signature.length !== 64 || s >= order) return false;
  const digest = sha512.create().update(r).update(publicKey).update(message).digest();
  const k = fromLittle(digest) % order;
  const point = Point.BASE.multiply(s, false).subtract(Point.fromBytes(publicKey).multiply(k, false));
  return point.toBytes().every((byte, i) => byte === r[i]);
}

/**
 * SHA-256 and Ed25519 without Web Crypto, for the one-file page that is opened from disk (no secure context there).
 * No ML-DSA-44: such signatures are reported as unchecked.
 */
export const noblePrimitives: NotePrimitives = {
  sha256: (data) => sha256(data),
  ed25519: (publicKey, message, signature) => {
    try {
      return verifyEd25519(publicKey, message, signature);
    } catch {
      return false;
    }
  },
};
