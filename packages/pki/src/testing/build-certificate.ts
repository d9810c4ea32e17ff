import { createHash, createPublicKey, type KeyObject, sign } from 'node:crypto';
import * as der from '@lianshu/der';
import { OID } from '../oids.ts';

type Bytes = Uint8Array;

/** Attributes of a name in the order written; every value a UTF8String but country and serialNumber. */
export function name(...attributes: readonly (readonly [oid: string, value: string])[]): Bytes {
  const sets = attributes.map(([oid, value]) => {
    const printable = oid === OID.country || oid === OID.serialNumber;
    const text = printable ? der.printableString(value) : der.utf8String(value);
    return der.setOf(der.sequence(der.oid(oid), text));
  });
  return der.sequence(...sets);
}

/** One extension. */
export function extension(oid: string, value: Bytes, critical = false): Bytes {
  return critical
    ? der.sequence(der.oid(oid), der.boolean(true), der.octetString(value))
    : der.sequence(der.oid(oid), der.octetString(value));
}

/** SubjectPublicKeyInfo of a public or private key. */
export function spkiOf(key: KeyObject): Bytes {
  const publicKey = key.type === 'private' ? createPublicKey(key) : key;
  return publicKey.export({ format: 'der', type: 'spki' });
}

/** SHA-1 of the key bits: the usual key identifier (RFC 5280 §4.2.1.2 (1)). */
export function keyIdentifier(key: KeyObject): Bytes {
  const r = new der.DerReader(spkiOf(key));
  r.enter(der.TAG.sequence);
  r.skip();
  return createHash('sha1').update(r.bitOctets()).digest();
}

/** AlgorithmIdentifier of a SHA-256 (or, to be refused, SHA-1) signature by this key. */
export function signatureAlgorithm(key: KeyObject, digest: 'sha256' | 'sha1' = 'sha256'): Bytes {
  if (key.asymmetricKeyType === 'ec') return der.sequence(der.oid(OID.ecdsaWithSha256));
  return der.sequence(der.oid(digest === 'sha1' ? OID.sha1WithRsa : OID.sha256WithRsa), der.nullValue());
}

/** All parts of a certificate, so that a test can bend each one. */
export interface CertificateParts {
  readonly version?: number;
  readonly serial: bigint | Bytes;
  readonly issuer: Bytes;
  readonly subject: Bytes;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly spki: Bytes;
  readonly extensions: readonly Bytes[];
  readonly signer: KeyObject;
  readonly digest?: 'sha256' | 'sha1';
  /** Outer algorithm when it shall differ from the inner one. */
  readonly outerAlgorithm?: Bytes;
}

/** Builds and signs a certificate. */
export function buildCertificate(parts: CertificateParts): Bytes {
  const digest = parts.digest ?? 'sha256';
  const algorithm = signatureAlgorithm(parts.signer, digest);
  const tbs = der.sequence(
    der.context(0, der.integer(parts.version ?? 2)),
    der.integer(parts.serial),
    algorithm,
    parts.issuer,
    der.sequence(der.time(parts.notBeforeMs), der.time(parts.notAfterMs)),
    parts.subject,
    parts.spki,
    der.context(3, der.sequence(...parts.extensions)),
  );
  return der.sequence(tbs, parts.outerAlgorithm ?? algorithm, der.bitString(sign(digest, tbs, parts.signer)));
}
