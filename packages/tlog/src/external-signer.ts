import { cosignedBytes } from './cosignature.ts';
import { concatBytes, uint64, utf8 } from './encoding.ts';
import type { Sha256 } from './merkle.ts';
import type { NoteSigner } from './note.ts';
import { SIGNATURE_TYPE, type SignatureType, verifierKey } from './verifier-key.ts';

/** A private key that somebody else holds: it signs bytes and never leaves. */
export type ExternalKey = Readonly<{ publicKey: Uint8Array; sign(message: Uint8Array): Uint8Array }>;

const SIGNATURE_BYTES: Readonly<Record<SignatureType, number>> = {
  [SIGNATURE_TYPE.ed25519]: 64,
  [SIGNATURE_TYPE.ed25519Cosignature]: 64,
  [SIGNATURE_TYPE.mlDsa44]: 2420,
};

/**
 * Signs notes with a key held elsewhere (a key store, a security module). Type 01 signs any text; 04 and 06 sign
 * checkpoints as timestamped cosignatures, `seconds` giving the POSIX time, and throw for any other text. Throws
 * when what comes back has not the length of a signature.
 */
export function externalSigner(
  sha256: Sha256,
  name: string,
  type: SignatureType,
  external: ExternalKey,
  seconds: () => number = () => 0,
): NoteSigner {
  const key = verifierKey(sha256, name, type, external.publicKey);
  const signBytes = (message: Uint8Array): Uint8Array => {
    const signature = external.sign(message);
    if (signature.length !== SIGNATURE_BYTES[type])
      throw new RangeError(`the holder of ${name} gave no signature`);
    return signature;
  };
  if (type === SIGNATURE_TYPE.ed25519) return { key, sign: (text) => signBytes(utf8(text)) };
  return {
    key,
    sign: (text) => {
      const time = BigInt(seconds());
      const message = cosignedBytes(key, text, time);
      if (message === undefined) throw new RangeError('only a checkpoint can be cosigned');
      return concatBytes(uint64(time), signBytes(message));
    },
  };
}
