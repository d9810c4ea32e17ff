import { hash } from 'node:crypto';
import * as der from '@lianshu/der';
import { type Certificate, parseCertificate } from './certificate.ts';
import { PkiError } from './error.ts';
import { OID } from './oids.ts';
import type { TrustStore } from './trust-store.ts';

/** Which certificate is asked about, as RFC 6960 §4.1.1 names it; SHA-1 because that is what the service knows. */
export interface CertId {
  readonly issuerNameHash: Uint8Array;
  readonly issuerKeyHash: Uint8Array;
  readonly serial: Uint8Array;
}

/** A question to an OCSP service, with what is needed to recognise its answer. */
export interface OcspRequest {
  /** Body of the POST, `application/ocsp-request`. */
  readonly der: Uint8Array<ArrayBuffer>;
  readonly certId: CertId;
  readonly nonce: Uint8Array;
  readonly issuerSki: string;
}

/**
 * Asks about one end-entity certificate (RFC 6960 §4.1, nonce of RFC 8954).
 * `nonce` is 16 to 32 random bytes of the caller's, used once. Throws {@link PkiError} `E_ISSUER_UNKNOWN` or `E_CERT_FORMAT`.
 */
export function buildOcspRequest(certificate: Uint8Array, trust: TrustStore, nonce: Uint8Array): OcspRequest {
  if (nonce.length < 16 || nonce.length > 32) throw new RangeError('nonce of 16 to 32 bytes');
  const subject = parseCertificate(certificate);
  const issuer = subject.aki === undefined ? undefined : trust.issuer(subject.aki);
  if (issuer === undefined) throw new PkiError('E_ISSUER_UNKNOWN', 'no OCSP for an unknown issuer');
  const certId: CertId = {
    issuerNameHash: hash('sha1', issuer.certificate.subject, 'buffer'),
    issuerKeyHash: keyHash(issuer.certificate),
    serial: new Uint8Array(subject.serial),
  };
  const id = der.sequence(
    der.sequence(der.oid(OID.sha1), der.nullValue()),
    der.octetString(certId.issuerNameHash),
    der.octetString(certId.issuerKeyHash),
    der.integer(certId.serial),
  );
  const nonceExtension = der.sequence(der.oid(OID.ocspNonce), der.octetString(der.octetString(nonce)));
  const request = der.sequence(
    der.sequence(der.sequence(der.sequence(id)), der.context(2, der.sequence(nonceExtension))),
  );
  return { der: request, certId, nonce: new Uint8Array(nonce), issuerSki: issuer.pin.ski };
}

/** SHA-1 of the public key's bits, without tag, length and unused-bits octet. */
export function keyHash(certificate: Certificate): Uint8Array {
  const r = new der.DerReader(certificate.spki);
  const outer = r.enter(der.TAG.sequence);
  r.skip();
  const bits = r.bitOctets();
  r.leave(outer);
  return hash('sha1', bits, 'buffer');
}
