import type { NotePrimitives } from '@lianshu/tlog';
import { hashes, verify } from '@noble/ed25519';
import { sha256, sha512 } from '@noble/hashes/sha2.js';

hashes.sha512 = (message) => sha512(message);

/**
 * SHA-256 and Ed25519 without Web Crypto, for the one-file page that is opened from disk (no secure context there).
 * Verification is strict RFC 8032 (`zip215: false`), as `node:crypto` does. No ML-DSA-44: such signatures are
 * reported as unchecked.
 */
export const noblePrimitives: NotePrimitives = {
  sha256: (data) => sha256(data),
  ed25519: (publicKey, message, signature) => {
    try {
      return verify(signature, message, publicKey, { zip215: false });
    } catch {
      return false;
    }
  },
};
