import { createPublicKey, hash, type KeyObject, sign, verify } from 'node:crypto';
import { cosignedBytes } from './cosignature.ts';
import { concatBytes, uint64, utf8 } from './encoding.ts';
import type { Sha256 } from './merkle.ts';
import type { NotePrimitives, NoteSigner, VerifySignature } from './note.ts';
import { SIGNATURE_TYPE, type SignatureType, verifierKey } from './verifier-key.ts';

/** SHA-256 on `node:crypto`. By way of hexadecimal: for inputs as short as a tree's nodes, a buffer from outside costs more. */
export const sha256: Sha256 = (data) => new Uint8Array(Buffer.from(hash('sha256', data, 'hex'), 'hex'));

/** SubjectPublicKeyInfo up to the raw key: RFC 8410 for Ed25519, RFC 9881 for ML-DSA-44. */
const SPKI_PREFIX = {
  ed25519: Buffer.from('302a300506032b6570032100', 'hex'),
  mlDsa44: Buffer.from('30820532300b06096086480165030403110382052100', 'hex'),
};

function verifyWith(prefix: Uint8Array, signatureBytes: number): VerifySignature {
  return (publicKey, message, signature) => {
    if (signature.length !== signatureBytes) return false;
    try {
      const spki = Buffer.concat([prefix, publicKey]);
      const key = createPublicKey({ key: spki, format: 'der', type: 'spki' });
      return verify(null, message, key, signature);
    } catch {
      return false;
    }
  };
}

/** Ed25519 and ML-DSA-44 on `node:crypto`; the latter needs Node 24. */
export const nodeNotePrimitives: Required<NotePrimitives> = {
  sha256,
  ed25519: verifyWith(SPKI_PREFIX.ed25519, 64),
  mlDsa44: verifyWith(SPKI_PREFIX.mlDsa44, 2420),
};

/** The raw public key that belongs to a private key, 32 or 1,312 bytes. */
function rawPublicKey(privateKey: KeyObject, type: SignatureType): Uint8Array {
  const spki = createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
  const prefix = type === SIGNATURE_TYPE.mlDsa44 ? SPKI_PREFIX.mlDsa44 : SPKI_PREFIX.ed25519;
  if (!spki.subarray(0, prefix.length).equals(prefix)) throw new RangeError('a key of another algorithm');
  return new Uint8Array(spki.subarray(prefix.length));
}

/** Signs the text of any note with Ed25519 (signature type 01): the log's first signature, and promises. */
export function ed25519Signer(name: string, privateKey: KeyObject): NoteSigner {
  const publicKey = rawPublicKey(privateKey, SIGNATURE_TYPE.ed25519);
  const key = verifierKey(sha256, name, SIGNATURE_TYPE.ed25519, publicKey);
  return { key, sign: (text) => new Uint8Array(sign(null, utf8(text), privateKey)) };
}

/**
 * Signs a checkpoint as a timestamped cosignature (tlog-cosignature): ML-DSA-44 (type 06) for the log itself
 * or a witness, Ed25519 (type 04) for a witness. `seconds` gives the POSIX time at each signature; 0 makes no
 * statement about time. Throws when the text is no checkpoint.
 */
export function cosigner(
  name: string,
  type: 0x04 | 0x06,
  privateKey: KeyObject,
  seconds: () => number,
): NoteSigner {
  const key = verifierKey(sha256, name, type, rawPublicKey(privateKey, type));
  const signText = (text: string): Uint8Array => {
    const time = BigInt(seconds());
    const message = cosignedBytes(key, text, time);
    if (message === undefined) throw new RangeError('only a checkpoint can be cosigned');
    return concatBytes(uint64(time), sign(null, message, privateKey));
  };
  return { key, sign: signText };
}
