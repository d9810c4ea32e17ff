import { octetString } from '@lianshu/der';
import { sameBytes, toHex } from './bytes.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE } from './extensions.ts';
import { keyHash, type OcspRequest } from './ocsp-request.ts';
import { type ParsedOcspResponse, parseOcspResponse, type SingleResponse } from './ocsp-response.ts';
import { OID } from './oids.ts';
import { importKey, isStrong, verifySha256 } from './public-key.ts';
import { REASON_HOLD } from './revocation-index.ts';
import { type Anchor, isSignedBy, isValidAt, type TrustStore } from './trust-store.ts';

/** Oldest answer that still counts (check 21). */
const OLDEST_MS = 24 * 60 * 60_000;
/** How far the service's clock may run ahead of ours. */
const SKEW_MS = 5 * 60_000;

/** Check 21 of LIANSHU-VP/1. `detail` is for operators: why an answer could not be used. */
export type OcspVerdict =
  | {
      readonly outcome: 'passed';
      readonly producedAtMs: number;
      readonly thisUpdateMs: number;
      readonly nextUpdateMs: number | undefined;
      /** KeyHash of who signed the answer (RFC 6960 §4.2.1): hexadecimal SHA-1 of the public key's bits. */
      readonly responderKeyHash: string;
    }
  | { readonly outcome: 'failed'; readonly check: 21; readonly code: 'E_REVOKED' | 'E_SUSPENDED' }
  | {
      readonly outcome: 'indeterminate';
      readonly check: 21;
      readonly code: 'I_OCSP_UNAVAILABLE' | 'I_OCSP_UNKNOWN';
      readonly detail: string;
    };

/**
 * Verifies the answer to `request` (RFC 6960 §3.2): signed with SHA-256 by the issuer itself, or by a responder the
 * issuer certified for OCSP signing; about the certificate asked; with our nonce; not older than 24 hours.
 *
 * An answer that fails any of these proves nothing and leaves the outcome open; it never refuses a signer.
 * Never throws for any bytes.
 */
export function verifyOcspResponse(
  der: Uint8Array,
  request: OcspRequest,
  trust: TrustStore,
  nowMs: number,
): OcspVerdict {
  try {
    const issuer = trust.issuer(request.issuerSki);
    if (issuer === undefined) return unavailable('issuer no longer trusted');
    return judge(parseOcspResponse(der), request, issuer, nowMs);
  } catch (error) {
    if (error instanceof PkiError) return unavailable(error.message);
    throw error;
  }
}

function unavailable(detail: string): OcspVerdict {
  return { outcome: 'indeterminate', check: 21, code: 'I_OCSP_UNAVAILABLE', detail };
}

function judge(parsed: ParsedOcspResponse, request: OcspRequest, issuer: Anchor, nowMs: number): OcspVerdict {
  const responder = responderOf(parsed, issuer, nowMs);
  if (responder === undefined) return unavailable('not signed by an authorised responder');
  if (parsed.nonce === undefined || !sameBytes(parsed.nonce, octetString(request.nonce))) {
    return unavailable('nonce not returned');
  }
  const single = parsed.responses.find((response) => isAbout(response, request));
  if (single === undefined) return unavailable('about another certificate');
  const { thisUpdateMs, nextUpdateMs } = single;
  const tooOld = nowMs - thisUpdateMs > OLDEST_MS || (nextUpdateMs !== undefined && nowMs >= nextUpdateMs);
  if (tooOld || thisUpdateMs - nowMs > SKEW_MS || parsed.producedAtMs - nowMs > SKEW_MS) {
    return unavailable('not of today');
  }
  switch (single.status) {
    case 'good':
      return {
        outcome: 'passed',
        producedAtMs: parsed.producedAtMs,
        thisUpdateMs,
        nextUpdateMs,
        responderKeyHash: toHex(keyHash(responder)),
      };
    case 'revoked': {
      const code = single.reason === REASON_HOLD ? 'E_SUSPENDED' : 'E_REVOKED';
      return { outcome: 'failed', check: 21, code };
    }
    case 'unknown':
      return {
        outcome: 'indeterminate',
        check: 21,
        code: 'I_OCSP_UNKNOWN',
        detail: 'unknown to the service',
      };
    default:
      return single.status satisfies never;
  }
}

function isAbout({ certId }: SingleResponse, { certId: asked }: OcspRequest): boolean {
  return (
    certId !== undefined &&
    sameBytes(certId.issuerNameHash, asked.issuerNameHash) &&
    sameBytes(certId.issuerKeyHash, asked.issuerKeyHash) &&
    sameBytes(certId.serial, asked.serial)
  );
}

/** Who signed the answer, if they may: the issuer, or whom it certified for this. */
function responderOf(parsed: ParsedOcspResponse, issuer: Anchor, nowMs: number): Certificate | undefined {
  const candidates = [issuer.certificate, ...parsed.certificates.map(parseCertificate)];
  const signer = candidates.find((certificate) => isNamed(certificate, parsed));
  if (signer === undefined) return undefined;
  const isIssuer = sameBytes(signer.der, issuer.certificate.der);
  if (!isIssuer && !isDelegated(signer, issuer, nowMs)) return undefined;
  const wanted = signer.key.kind === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
  const key = isIssuer ? issuer.key : importKey(signer.key);
  const isSigned =
    key !== undefined && parsed.algorithm === wanted && verifySha256(key, parsed.tbs, parsed.signature);
  return isSigned ? signer : undefined;
}

function isNamed(certificate: Certificate, { responder }: ParsedOcspResponse): boolean {
  const own = responder.by === 'name' ? certificate.subject : keyHash(certificate);
  return sameBytes(own, responder.value);
}

/** RFC 6960 §4.2.2.2: certified directly by the issuer whose certificates it answers for, for this purpose. */
function isDelegated(responder: Certificate, issuer: Anchor, nowMs: number): boolean {
  return (
    responder.aki === issuer.pin.ski &&
    sameBytes(responder.issuer, issuer.certificate.subject) &&
    responder.extendedKeyUsage.includes(OID.ocspSigning) &&
    ((responder.keyUsage ?? KEY_USAGE.digitalSignature) & KEY_USAGE.digitalSignature) !== 0 &&
    !responder.isCa &&
    responder.unknownCritical.every((oid) => oid === OID.extendedKeyUsage) &&
    isStrong(responder.key) &&
    isValidAt(responder, nowMs) &&
    isSignedBy(responder, issuer)
  );
}
