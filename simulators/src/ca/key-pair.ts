import {
  createHash,
  createPrivateKey,
  createPublicKey,
  generateKeyPair,
  type KeyObject,
  sign,
} from 'node:crypto';
import { promisify } from 'node:util';
import { child, concat, type Der, nullValue, oid, sequence } from '../asn1.ts';
import { OID } from '../oids.ts';

const generate = promisify(generateKeyPair);

/** Kinds of key the simulators make. `rsa1024` exists only to be refused. */
export type KeyKind = 'rsa1024' | 'rsa2048' | 'rsa4096' | 'p256';

/** A key pair with its SubjectPublicKeyInfo and RFC 5280 §4.2.1.2 method 1 key identifier. */
export type KeyPair = {
  readonly kind: KeyKind;
  readonly privateKey: KeyObject;
  readonly spki: Der;
  /** SHA-1 of the subjectPublicKey bits. */
  readonly ski: Der;
};

/** Signature algorithms the simulators can name; which of them a key can make depends on its kind. */
export type SignatureAlgorithm = 'sha1' | 'sha256' | 'sha384' | 'sha512';

const RSA_WITH: Readonly<Record<SignatureAlgorithm, string>> = {
  sha1: OID.sha1WithRsa,
  sha256: OID.sha256WithRsa,
  sha384: OID.sha384WithRsa,
  sha512: OID.sha512WithRsa,
};

/** Makes a key pair off the main thread. RSA-4096 takes seconds: keep what you made. */
export async function newKeyPair(kind: KeyKind): Promise<KeyPair> {
  if (kind === 'p256') {
    const { privateKey } = await generate('ec', { namedCurve: 'P-256' });
    return keyPair(privateKey, kind);
  }
  const { privateKey } = await generate('rsa', {
    modulusLength: Number(kind.slice(3)),
    publicExponent: 65537,
  });
  return keyPair(privateKey, kind);
}

/** PKCS#8 text of a key pair, for {@link readKeyPair}. */
export function keyPairText(keys: KeyPair): string {
  return keys.privateKey.export({ format: 'der', type: 'pkcs8' }).toString('base64');
}

/**
 * Reads what {@link keyPairText} wrote. The private key is imported at its first use: a saved authority holds
 * dozens of keys and a warm start uses few.
 */
export function readKeyPair(kind: KeyKind, text: string, spki: Der): KeyPair {
  let imported: KeyObject | undefined;
  return {
    kind,
    spki,
    ski: keyIdentifier(spki),
    get privateKey() {
      imported ??= createPrivateKey({ key: Buffer.from(text, 'base64'), format: 'der', type: 'pkcs8' });
      return imported;
    },
  };
}

/** AlgorithmIdentifier under which {@link signWith} signs with this key. */
export function algorithmIdentifier(keys: KeyPair, algorithm: SignatureAlgorithm): Der {
  if (keys.kind === 'p256') return sequence(oid(OID.ecdsaWithSha256));
  const rsa = RSA_WITH[algorithm];
  return sequence(oid(rsa), nullValue());
}

/** RSASSA-PKCS1-v1_5, or ECDSA as a DER sequence. */
export function signWith(keys: KeyPair, algorithm: SignatureAlgorithm, data: Uint8Array): Der {
  return concat(sign(keys.kind === 'p256' ? 'sha256' : algorithm, data, keys.privateKey));
}

function keyPair(privateKey: KeyObject, kind: KeyKind): KeyPair {
  const spki = concat(publicKeyInfo(privateKey));
  return { kind, privateKey, spki, ski: keyIdentifier(spki) };
}

function publicKeyInfo(privateKey: KeyObject): Buffer {
  return createPublicKey(privateKey).export({ format: 'der', type: 'spki' });
}

function keyIdentifier(spki: Der): Der {
  const bits = child(child(spki, 0, 0x30).content, 1, 0x03).content.subarray(1);
  return concat(createHash('sha1').update(bits).digest());
}
