import { createPrivateKey, createPublicKey, generateKeyPairSync, type KeyObject, sign } from 'node:crypto';
import { join } from 'node:path';
import { createKeyFile, KeyFault, readKeyFile } from './key-file.ts';
import type { KeyAlgorithm, KeyPurpose, KeyStore, StoredKey } from './key-store.ts';

/** Bytes of a raw public key: the end of its SubjectPublicKeyInfo (RFC 8410, RFC 9881). */
const RAW_BYTES: Readonly<Record<KeyAlgorithm, number>> = { ed25519: 32, 'ml-dsa-44': 1312 };
const ALGORITHMS: readonly KeyAlgorithm[] = ['ed25519', 'ml-dsa-44'];

const pathOf = (directory: string, purpose: KeyPurpose, algorithm: KeyAlgorithm): string =>
  join(directory, purpose, `${purpose}-${algorithm}.pem`);

/**
 * Keys in files: `<directory>/<purpose>/<purpose>-<algorithm>.pem`, PKCS#8, mode 0600. Whoever is root on this
 * machine can copy them; a security module is for those who must exclude that.
 */
export function fileKeyStore(directory: string): KeyStore {
  return {
    name: `file:${directory}`,
    keys: (purpose) => ALGORITHMS.map((algorithm) => read(pathOf(directory, purpose, algorithm), algorithm)),
  };
}

/** The keys of a purpose that are in files although its Ed25519 key is in a token. @throws {KeyFault} */
export function otherFileKeys(directory: string, purpose: KeyPurpose): readonly StoredKey[] {
  return [read(pathOf(directory, purpose, 'ml-dsa-44'), 'ml-dsa-44')];
}

/** Makes the keys of a purpose, once. @throws when a file is there already: a log keeps its keys. */
export function createFileKeys(directory: string, purpose: KeyPurpose): void {
  for (const algorithm of ALGORITHMS) {
    // The two overloads differ in nothing we use.
    const { privateKey } =
      algorithm === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44');
    createKeyFile(
      pathOf(directory, purpose, algorithm),
      Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' })),
    );
  }
}

function read(path: string, algorithm: KeyAlgorithm): StoredKey {
  const key = parse(path, readKeyFile(path));
  if (key.asymmetricKeyType !== algorithm)
    throw new KeyFault('key-malformed', `${path} holds a key of another algorithm than ${algorithm}`);
  const spki = createPublicKey(key).export({ format: 'der', type: 'spki' });
  const publicKey = new Uint8Array(spki.subarray(spki.length - RAW_BYTES[algorithm]));
  return { algorithm, publicKey, sign: (message) => new Uint8Array(sign(null, message, key)) };
}

function parse(path: string, pem: Uint8Array): KeyObject {
  try {
    return createPrivateKey(Buffer.from(pem));
  } catch {
    throw new KeyFault('key-malformed', `${path} holds no private key`);
  }
}
