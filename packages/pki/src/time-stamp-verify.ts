import { createPublicKey, hash, verify } from 'node:crypto';
import { DerError } from '@lianshu/der';
import { asBuffer, sameBytes } from './bytes.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE } from './extensions.ts';
import { OID } from './oids.ts';
import { readArtefacts } from './pem.ts';
import { attributesToBeSigned } from './signed-data.ts';
import type { TimeStampInfo } from './time-stamp-info.ts';
import { readTimeStampAnswer, type TimeStampToken } from './time-stamp-token.ts';

/** Why an answer is no time-stamp over what was asked. */
export type TimeStampCode =
  | 'time-stamp-malformed'
  | 'time-stamp-refused'
  | 'time-stamp-other-digest'
  | 'time-stamp-nonce'
  | 'time-stamp-policy'
  | 'time-stamp-signer-unknown'
  | 'time-stamp-certificate'
  | 'time-stamp-signature';

/** A time-stamp that holds: the digest existed at `genTimeMs`, by the word of whoever holds the pinned certificate. */
export type TimeStamp = Omit<TimeStampInfo, 'imprint' | 'nonce'> & Readonly<{ certificate: Certificate }>;

export type TimeStampVerdict =
  | Readonly<{ ok: true; stamp: TimeStamp }>
  | Readonly<{ ok: false; code: TimeStampCode; detail: string }>;

/** Largest answer read: a token with a chain of four certificates has below ten kilobytes. */
export const MAX_TIME_STAMP_BYTES = 64 * 1024;

const HASHES: Readonly<Record<string, 'sha1' | 'sha256' | 'sha384' | 'sha512'>> = {
  [OID.sha1]: 'sha1',
  [OID.sha256]: 'sha256',
  '2.16.840.1.101.3.4.2.2': 'sha384',
  '2.16.840.1.101.3.4.2.3': 'sha512',
};

/** Signature algorithm → the digest it names; `rsaEncryption` names none and takes the signer's (RFC 5754 §3.2). */
const SIGNATURES: Readonly<Record<string, 'sha256' | 'sha384' | 'sha512' | 'any'>> = {
  [OID.rsaEncryption]: 'any',
  [OID.sha256WithRsa]: 'sha256',
  '1.2.840.113549.1.1.12': 'sha384',
  '1.2.840.113549.1.1.13': 'sha512',
  [OID.ecdsaWithSha256]: 'sha256',
  '1.2.840.10045.4.3.3': 'sha384',
  '1.2.840.10045.4.3.4': 'sha512',
};

class Refusal extends Error {
  readonly code: TimeStampCode;
  constructor(code: TimeStampCode, detail: string) {
    super(detail);
    this.code = code;
  }
}

/**
 * The certificates of time-stamp authorities in a file (PEM blocks or one DER), each fit to sign time-stamps. Throws
 * {@link PkiError} for one that is not: a wrong pin is an operator's mistake and must show at once.
 */
export function readTimeStampCertificates(file: Uint8Array): readonly Certificate[] {
  return readArtefacts(file).map(({ der }) => {
    const certificate = parseCertificate(der);
    const flaw = flawOf(certificate);
    if (flaw !== undefined) throw new PkiError('E_TIME_STAMP', flaw);
    return certificate;
  });
}

/** RFC 3161 §2.3: the one extended key usage is time-stamping, and it is critical. */
function flawOf(certificate: Certificate): string | undefined {
  const { extendedKeyUsage, unknownCritical, keyUsage, isCa } = certificate;
  if (extendedKeyUsage.length !== 1 || extendedKeyUsage[0] !== OID.timeStamping)
    return 'not for time-stamping';
  if (!unknownCritical.includes(OID.extendedKeyUsage)) return 'extended key usage is not critical';
  if (unknownCritical.length > 1) return 'unknown critical extension';
  const signing = KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation;
  if (keyUsage !== undefined && ((keyUsage & signing) === 0 || (keyUsage & ~signing) !== 0))
    return 'key usage';
  return isCa ? 'an authority of certificates' : undefined;
}

function verifySignature(token: TimeStampToken, certificate: Certificate): boolean {
  const named = SIGNATURES[token.signatureAlgorithm];
  const digest = HASHES[token.digestAlgorithm];
  if (named === undefined || digest === undefined || digest === 'sha1') return false;
  if (named !== 'any' && named !== digest) return false;
  const isHashed =
    token.contentType === OID.timeStampInfo &&
    token.messageDigest !== undefined &&
    sameBytes(token.messageDigest, hash(digest, token.content, 'buffer'));
  if (!isHashed) return false;
  const bytes = attributesToBeSigned(token.signedAttributes);
  try {
    const key = createPublicKey({ key: asBuffer(certificate.spki), format: 'der', type: 'spki' });
    return verify(digest, bytes, key, token.signature);
  } catch {
    return false;
  }
}

/** RFC 3161 §2.4.2 and RFC 5816: the signature covers a hash of the very certificate it is to be checked with. */
function namesCertificate({ certificateHashes }: TimeStampToken, certificate: Certificate): boolean {
  return (
    certificateHashes.length > 0 &&
    certificateHashes.every(({ algorithm, hash: claimed }) => {
      const name = HASHES[algorithm];
      return name !== undefined && sameBytes(claimed, hash(name, certificate.der, 'buffer'));
    })
  );
}

type Expected = Readonly<{
  /** SHA-256 of what was stamped. */
  digest: Uint8Array;
  /** Certificates of the authorities believed, from {@link readTimeStampCertificates}. */
  certificates: readonly Certificate[];
  /** The request's nonce; left out when a kept stamp is checked later. */
  nonce?: Uint8Array;
  /** The policy that must be named; any unless told. */
  policy?: string;
}>;

function judge(der: Uint8Array, expected: Expected): TimeStamp {
  if (der.length > MAX_TIME_STAMP_BYTES) throw new Refusal('time-stamp-malformed', `${der.length} bytes`);
  const answer = readTimeStampAnswer(der);
  if (!answer.granted) throw new Refusal('time-stamp-refused', `status ${answer.status}`);
  const { token } = answer;
  const { imprint, nonce, ...info } = token.info;
  if (imprint.algorithm !== OID.sha256 || !sameBytes(imprint.digest, expected.digest)) {
    throw new Refusal('time-stamp-other-digest', 'it stamps something else');
  }
  if (expected.nonce !== undefined && (nonce === undefined || !sameBytes(nonce, trimmed(expected.nonce)))) {
    throw new Refusal('time-stamp-nonce', 'not the answer to this request');
  }
  if (expected.policy !== undefined && info.policy !== expected.policy) {
    throw new Refusal('time-stamp-policy', info.policy);
  }
  const certificate = expected.certificates.find(
    ({ issuer, serial }) => sameBytes(issuer, token.signerIssuer) && sameBytes(serial, token.signerSerial),
  );
  if (certificate === undefined)
    throw new Refusal('time-stamp-signer-unknown', 'signed by no pinned certificate');
  const flaw = flawOf(certificate);
  if (flaw !== undefined) throw new Refusal('time-stamp-certificate', flaw);
  const isValid = certificate.notBeforeMs <= info.genTimeMs && info.genTimeMs <= certificate.notAfterMs;
  if (!isValid) throw new Refusal('time-stamp-certificate', 'not valid at that time');
  if (!namesCertificate(token, certificate) || !verifySignature(token, certificate)) {
    throw new Refusal('time-stamp-signature', 'the signature does not hold');
  }
  return { ...info, certificate };
}

/** A magnitude as DER writes it: without leading zeros. */
function trimmed(nonce: Uint8Array): Uint8Array {
  const first = nonce.findIndex((byte) => byte !== 0);
  return nonce.subarray(first < 0 ? nonce.length - 1 : first);
}

/**
 * Verifies an authority's answer (`TimeStampResp`, RFC 3161) over a digest, strictly: granted, our digest, our nonce,
 * the policy if one is wanted, signed by a pinned certificate that is for time-stamping alone and valid at the time
 * stated. Whether that time is now is for the caller to judge. Never throws for any bytes.
 */
export function verifyTimeStamp(der: Uint8Array, expected: Expected): TimeStampVerdict {
  try {
    return { ok: true, stamp: judge(der, expected) };
  } catch (error) {
    if (error instanceof Refusal) return { ok: false, code: error.code, detail: error.message };
    if (error instanceof DerError || error instanceof PkiError) {
      return { ok: false, code: 'time-stamp-malformed', detail: error.message };
    }
    throw error;
  }
}
