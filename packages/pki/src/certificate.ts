import { contextConstructed, contextPrimitive, DerError, DerReader, TAG } from '@lianshu/der';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { sameBytes } from './bytes.ts';
import { PkiError } from './error.ts';
import { type Extensions, readExtensions } from './extensions.ts';
import { type PublicKey, readPublicKey } from './public-key.ts';

/**
 * An X.509 v3 certificate, parsed and nothing more: no signature, date or policy has been judged.
 * All byte fields are views of the buffer it was read from.
 */
export interface Certificate extends Extensions {
  readonly der: Uint8Array;
  readonly tbs: Uint8Array;
  /** Magnitude, big-endian, 1–20 bytes, positive. */
  readonly serial: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  /** Whole encodings: names are compared as bytes. */
  readonly issuer: Uint8Array;
  readonly subject: Uint8Array;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  /** SubjectPublicKeyInfo, whole. */
  readonly spki: Uint8Array;
  readonly key: PublicKey;
  readonly signature: Uint8Array;
}

/**
 * Parses one certificate strictly (RFC 5280 §4.1): version 3, positive serial of at most 20 bytes, equal inner and outer
 * algorithms, each extension once. Throws {@link PkiError} `E_CERT_FORMAT` otherwise.
 */
export function parseCertificate(der: Uint8Array): Certificate {
  try {
    return readCertificate(der);
  } catch (error) {
    if (error instanceof DerError) throw new PkiError('E_CERT_FORMAT', error.message, { cause: error });
    throw error;
  }
}

function readCertificate(der: Uint8Array): Certificate {
  const r = new DerReader(der);
  const outer = r.enter(TAG.sequence);
  const tbsStart = r.offset;
  const body = r.enter(TAG.sequence);

  const version = r.enter(contextConstructed(0));
  if (r.smallInteger() !== 2) throw new PkiError('E_CERT_FORMAT', 'not version 3');
  r.leave(version);
  const serial = r.unsigned();
  if (serial.length > 20 || (serial.length === 1 && serial[0] === 0)) {
    throw new PkiError('E_CERT_FORMAT', 'serial number');
  }
  const inner = r.element(TAG.sequence);
  const issuer = r.element(TAG.sequence);
  const validity = r.enter(TAG.sequence);
  const notBeforeMs = r.time();
  const notAfterMs = r.time();
  r.leave(validity);
  const subject = r.element(TAG.sequence);
  const spkiStart = r.offset;
  const key = readPublicKey(r);
  const spki = der.subarray(spkiStart, r.offset);
  // issuerUniqueID and subjectUniqueID: CAs must not write them (RFC 5280 §4.1.2.8).
  if (r.peek() === contextPrimitive(1) || r.peek() === contextPrimitive(2)) {
    throw new PkiError('E_CERT_FORMAT', 'unique identifier');
  }
  const extensions = readExtensions(r);
  r.leave(body);
  const tbs = der.subarray(tbsStart, r.offset);

  const algorithmStart = r.offset;
  const algorithm = readSignatureAlgorithm(r);
  if (!sameBytes(inner, der.subarray(algorithmStart, r.offset))) {
    throw new PkiError('E_CERT_FORMAT', 'inner and outer algorithm differ');
  }
  const signature = r.bitOctets();
  r.leave(outer);
  r.finish();
  return {
    der,
    tbs,
    serial,
    algorithm,
    issuer,
    subject,
    notBeforeMs,
    notAfterMs,
    spki,
    key,
    signature,
    ...extensions,
  };
}
