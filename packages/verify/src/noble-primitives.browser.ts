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

/**
 * The same primitives, remembering each signature's answer: a receipt is looked at twice, for what it proves and for
 * its witnesses. For one receipt at a time; nothing is ever forgotten.
 */
export function remembering(primitives: NotePrimitives): NotePrimitives {
  const known = new Map<string, boolean>();
  return {
    ...primitives,
    ed25519: (publicKey, message, signature) => {
      const name = [publicKey, message, signature].join('|');
      const answer = known.get(name) ?? primitives.ed25519(publicKey, message, signature);
      known.set(name, answer);
      return answer;
    },
  };
}

const bytes = (hex: string): Uint8Array =>
  Uint8Array.from(hex.match(/../g) ?? [], (byte) => Number.parseInt(byte, 16));

/**
 * Whether this browser verifies a known signature (RFC 8032 §7.1, test 1) and refuses it over another message. Asked
 * before the first receipt, it also pays for the tables that the first verification makes; several messages, so that
 * the browser has compiled what the first receipt needs.
 */
export function verifiesKnownSignature(): boolean {
  const key = bytes('d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a');
  const signature = bytes(
    'e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e065224901555fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b',
  );
  const holds = (message: Uint8Array): boolean => noblePrimitives.ed25519(key, message, signature);
  return holds(new Uint8Array()) && [1, 2, 3, 4, 5].every((length) => !holds(new Uint8Array(length)));
}
