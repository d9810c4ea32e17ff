import { createHash } from 'node:crypto';
import {
  bitString,
  boolean,
  type Der,
  element,
  explicit,
  implicitPrimitive,
  integer,
  namedBits,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  time,
  utf8String,
} from '../asn1.ts';
import { OID } from '../oids.ts';
import { algorithmIdentifier, type KeyPair, type SignatureAlgorithm, signWith } from './key-pair.ts';

/** One relative distinguished name: attribute type and value. C and serialNumber become PrintableString. */
export type NamePart = readonly [type: string, value: string];

/** A DER Name with one attribute per RDN. */
export function name(...parts: readonly NamePart[]): Der {
  const printable: readonly string[] = [OID.country, OID.serialNumber];
  return sequence(
    ...parts.map(([type, value]) =>
      setOf(sequence(oid(type), printable.includes(type) ? printableString(value) : utf8String(value))),
    ),
  );
}

/** Everything a certificate says, before it is signed. */
export type CertificatePlan = {
  readonly serial: Uint8Array;
  readonly issuer: Der;
  readonly subject: Der;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly spki: Der;
  readonly extensions: readonly Der[];
  /** Algorithm named inside the signed part when it shall differ from the outer one (a bent certificate). */
  readonly innerAlgorithm?: SignatureAlgorithm;
};

/** Signs a version 3 certificate with `signer`, SHA-256. */
export function signCertificate(plan: CertificatePlan, signer: KeyPair): Der {
  const outer = algorithmIdentifier(signer, 'sha256');
  const toBeSigned = sequence(
    explicit(0, integer(2)),
    integer(plan.serial),
    algorithmIdentifier(signer, plan.innerAlgorithm ?? 'sha256'),
    plan.issuer,
    sequence(time(plan.notBeforeMs), time(plan.notAfterMs)),
    plan.subject,
    plan.spki,
    explicit(3, sequence(...plan.extensions)),
  );
  return sequence(toBeSigned, outer, bitString(signWith(signer, 'sha256', toBeSigned)));
}

/** One Extension (RFC 5280 §4.1). */
export function extension(type: string, value: Uint8Array, critical = false): Der {
  return sequence(oid(type), ...(critical ? [boolean(true)] : []), octetString(value));
}

export const authorityKeyIdentifier = (ski: Uint8Array): Der =>
  extension(OID.authorityKeyIdentifier, sequence(implicitPrimitive(0, ski)));

export const subjectKeyIdentifier = (ski: Uint8Array): Der =>
  extension(OID.subjectKeyIdentifier, octetString(ski));

/** Bits of RFC 5280 §4.2.1.3 by number. */
export const KEY_USAGE = {
  digitalSignature: 0,
  keyEncipherment: 2,
  dataEncipherment: 3,
  keyCertSign: 5,
  crlSign: 6,
} as const;

export const keyUsage = (...bits: readonly number[]): Der =>
  extension(OID.keyUsage, namedBits(...bits), true);

export const certificatePolicies = (policy: string): Der =>
  extension(OID.certificatePolicies, sequence(sequence(oid(policy))));

export const authorityConstraints = (pathLength?: number): Der =>
  extension(
    OID.basicConstraints,
    sequence(boolean(true), ...(pathLength === undefined ? [] : [integer(pathLength)])),
    true,
  );

export const extendedKeyUsage = (purpose: string): Der =>
  extension(OID.extendedKeyUsage, sequence(oid(purpose)));

/** `fullName` GeneralNames of one URL, the content of a DistributionPointName. */
export const distributionPointName = (url: string): Der => element(0xa0, element(0xa0, uri(url)));

export const crlDistributionPoint = (url: string): Der =>
  extension(OID.crlDistributionPoints, sequence(sequence(distributionPointName(url))));

export const authorityInfoAccess = (urls: { readonly ocsp?: string; readonly issuer: string }): Der =>
  extension(
    OID.authorityInfoAccess,
    sequence(
      sequence(oid(OID.caIssuers), uri(urls.issuer)),
      ...(urls.ocsp === undefined ? [] : [sequence(oid(OID.ocspAccess), uri(urls.ocsp))]),
    ),
  );

/**
 * Subject Directory Attributes of a citizen certificate: subject type and the last four characters of the
 * national ID (identity.md §4.2). The string type of the tail is 未確認; PrintableString here.
 */
export const citizenAttributes = (subjectType: string, idTail: string): Der =>
  extension(
    OID.subjectDirectoryAttributes,
    sequence(
      sequence(oid(OID.subjectType), setOf(oid(subjectType))),
      sequence(oid(OID.idTail), setOf(printableString(idTail))),
    ),
  );

/** SHA-256 of the DER, lower-case hex: what trust anchors are pinned by. */
export const fingerprint = (certificate: Uint8Array): string =>
  createHash('sha256').update(certificate).digest('hex');

function uri(url: string): Der {
  return implicitPrimitive(6, Buffer.from(url, 'latin1'));
}
