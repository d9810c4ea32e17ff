/**
 * 金鑰庫: where private signing keys live. What the program needs of one is to sign; nothing takes a private key
 * out. A store is chosen by `LIANSHU_KEY_STORE`.
 */
import type { KeyStoreAddress } from './address-syntax.ts';
import { KeyFault, readKeyFile } from './key-file.ts';
import { fileKeyStore, otherFileKeys } from './key-store-file.ts';
import { pkcs11KeyStore } from './key-store-pkcs11.ts';

/** Signature algorithms that a store may hold. */
export type KeyAlgorithm = 'ed25519' | 'ml-dsa-44';

/** What keys are for; each has keys of its own. The promise key is the sealer's and in no store. */
export type KeyPurpose = 'log';

/** One private key as the program sees it. */
export type StoredKey = Readonly<{
  algorithm: KeyAlgorithm;
  /** The raw public key: 32 bytes, or 1,312 for ML-DSA-44. */
  publicKey: Uint8Array;
  /** Signs the bytes, synchronously: a round of the sequencer is one transaction. @throws {KeyFault} when the store does not answer. */
  sign(message: Uint8Array): Uint8Array;
}>;

/** A place that signs. */
export type KeyStore = Readonly<{
  /** What people call it; holds no secret. */
  name: string;
  /** The keys of a purpose, Ed25519 first. @throws {KeyFault} when there is none or it must not be used. */
  keys(purpose: KeyPurpose): readonly StoredKey[];
}>;

/** What a store needs beside its address. */
export type KeyStoreSurroundings = Readonly<{
  /** Holds the token's PIN as its only line, mode 0600; for PKCS#11. */
  pinFile: string | undefined;
  environment: Readonly<Record<string, string>>;
}>;

/** Opens the store at an address. @throws {KeyFault} */
export function openKeyStore(address: KeyStoreAddress, surroundings: KeyStoreSurroundings): KeyStore {
  if (address.kind === 'file') return fileKeyStore(address.directory);
  const { pinFile, environment } = surroundings;
  if (pinFile === undefined)
    throw new KeyFault('key-missing', 'a PKCS#11 token needs LIANSHU_KEY_STORE_PIN_FILE');
  const pin = new TextDecoder().decode(readKeyFile(pinFile)).trim();
  const { module, token, files } = address;
  const hardware = pkcs11KeyStore({ module, token, pin, environment });
  return {
    name: hardware.name,
    keys: (purpose) => [
      ...hardware.keys(purpose),
      ...(files === undefined ? [] : otherFileKeys(files, purpose)),
    ],
  };
}
