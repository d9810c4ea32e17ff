import { hash } from 'node:crypto';
import { DER_LIMIT } from '@lianshu/der';
import { asBuffer, sameBytes, toHex } from './bytes.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import type { EnvelopeFailed, EnvelopeInput, EnvelopeVerdict, SignerFacts } from './envelope.ts';
import { PkiError } from './error.ts';
import { isSimulatorName } from './name.ts';
import { OID } from './oids.ts';
import { checkOf, POLICY_CHECKS, type PolicyCode } from './policy.ts';
import { verifyOnce } from './public-key.ts';
import type { RevocationIndex } from './revocation-index.ts';
import { attributesToBeSigned, parseSignedData, type SignedData } from './signed-data.ts';
import {
  isSigningCertificate,
  judgeCertificate,
  readSignerProfile,
  type SignerProfile,
} from './signer-profile.ts';
import { type Anchor, isSignedBy, isValidAt, type TrustStore } from './trust-store.ts';

/** Longest statement (check 1). */
const CONTENT_LIMIT = 768;
const FORMS: ReadonlySet<string> = new Set<EnvelopeInput['form']>(['cms-attached', 'cms-detached', 'pkcs1']);
const CLOCK_WARNING_MS = 10 * 60_000;
const CLOCK_LIMIT_MS = 24 * 60 * 60_000;

/**
 * Checks 6 (last four characters only) to 20 of LIANSHU-VP/1, in the written order; the first failure decides.
 * Sizes (check 1) are looked at first, so that the work is bounded whoever calls.
 *
 * Never throws for any bytes. Pure but for the memory of certificates in `trust`, which cannot change a verdict.
 */
export function verifyEnvelope(
  input: EnvelopeInput,
  trust: TrustStore,
  revocation: RevocationIndex,
): EnvelopeVerdict {
  try {
    return verify(input, trust, revocation);
  } catch (error) {
    if (error instanceof PkiError && isPolicyCode(error.code)) return failed(error.code);
    throw error;
  }
}

function isPolicyCode(code: string): code is PolicyCode {
  return Object.hasOwn(POLICY_CHECKS, code);
}

function failed(code: PolicyCode): EnvelopeFailed {
  return { outcome: 'failed', check: checkOf(code), code };
}

function refuse(code: PolicyCode): PkiError {
  return new PkiError(code, `check ${checkOf(code)}`);
}

function verify(input: EnvelopeInput, trust: TrustStore, revocation: RevocationIndex): EnvelopeVerdict {
  boundSizes(input);
  if (!/^[0-9]{4}$/.test(input.idTail)) throw refuse('E_ID_FORMAT');

  const signed = input.form === 'pkcs1' ? undefined : readSigned(input);
  const warnings = signed === undefined ? [] : judgeSigningTime(signed, input);
  const certificate = signerCertificate(input, signed);
  const { profile, issuer } = judgeSigner(certificate, input, trust);

  if (!isSignatureValid(input, signed, certificate)) throw refuse('E_SIG_INVALID');
  if (!isIssuedBy(certificate, issuer, trust)) throw refuse('E_CERT_SIG');

  const facts: SignerFacts = {
    certificate: new Uint8Array(certificate.der),
    certificateSerial: toHex(certificate.serial),
    subjectSerialNumber: profile.subjectSerialNumber,
    issuerSki: issuer.pin.ski,
  };
  if (!trust.chainHolds(issuer, input.receivedAtMs)) {
    return { outcome: 'indeterminate', check: 19, code: 'E_CHAIN', warnings, ...facts };
  }
  const finding = revocation.judge(issuer.pin.ski, certificate.serial, input.receivedAtMs);
  switch (finding.status) {
    case 'revoked':
      return failed('E_REVOKED');
    case 'suspended':
      return failed('E_SUSPENDED');
    case 'stale':
      return { outcome: 'indeterminate', check: 20, code: 'I_CRL_STALE', warnings, ...facts };
    case 'good': {
      const { issuerSki, crlNumber, sha256 } = finding.list;
      const proof = { issuerSki, crlNumber, crlSha256: sha256 };
      return { outcome: 'passed', warnings, revocation: proof, ...facts };
    }
    default:
      return finding satisfies never;
  }
}

/** Check 1, as far as bytes tell. */
function boundSizes({ form, signature, content, certificate }: EnvelopeInput): void {
  const tooLarge =
    signature.length > DER_LIMIT ||
    content.length > CONTENT_LIMIT ||
    (certificate !== undefined && certificate.length > DER_LIMIT);
  if (tooLarge) throw refuse('E_TOO_LARGE');
  if (!FORMS.has(form) || signature.length === 0 || content.length === 0) throw refuse('E_FORMAT');
}

/** Checks 7 and 8. */
function readSigned(input: EnvelopeInput): SignedData {
  const signed = parseSignedData(input.signature);
  const { attributes, content } = signed;
  if ((content !== undefined) !== (input.form === 'cms-attached')) throw refuse('E_CMS_SHAPE');
  if (content !== undefined && !sameBytes(content, input.content)) throw refuse('E_CONTENT_MISMATCH');
  const digest = attributes.messageDigest;
  if (digest === undefined || !sameBytes(digest, hash('sha256', input.content, 'buffer'))) {
    throw refuse('E_DIGEST_MISMATCH');
  }
  if (signed.contentType !== OID.data || attributes.contentType !== OID.data) throw refuse('E_CTYPE');
  return signed;
}

/** Check 9. PC clocks are often wrong: ten minutes warn, a day refuses. */
function judgeSigningTime({ attributes }: SignedData, input: EnvelopeInput): readonly 'W_CLOCK'[] {
  if (attributes.nonce !== undefined && asBuffer(attributes.nonce).toString('latin1') !== input.transaction) {
    throw refuse('E_ATTR_NONCE');
  }
  if (attributes.signingTimeMs === undefined) return [];
  const distance = Math.abs(attributes.signingTimeMs - input.receivedAtMs);
  if (distance > CLOCK_LIMIT_MS) throw refuse('E_SIGNING_TIME');
  return distance > CLOCK_WARNING_MS ? ['W_CLOCK'] : [];
}

/** Check 10, and the parse of 11 that it needs: exactly one certificate is meant, and SignerInfo names it. */
function signerCertificate(input: EnvelopeInput, signed: SignedData | undefined): Certificate {
  const enclosed = signed?.certificate;
  const given = input.certificate;
  if (enclosed !== undefined && given !== undefined && !sameBytes(enclosed, given)) {
    throw refuse('E_SIGNER_CERT');
  }
  const der = enclosed ?? given;
  if (der === undefined) throw refuse('E_SIGNER_CERT');
  const certificate = parseCertificate(der);
  const named =
    signed === undefined ||
    (sameBytes(signed.signerIssuer, certificate.issuer) &&
      sameBytes(signed.signerSerial, certificate.serial));
  if (!named) throw refuse('E_SIGNER_CERT');
  return certificate;
}

/** Checks 11 to 16. */
function judgeSigner(
  certificate: Certificate,
  input: EnvelopeInput,
  trust: TrustStore,
): { readonly profile: SignerProfile; readonly issuer: Anchor } {
  const flaw = judgeCertificate(certificate);
  if (flaw !== undefined) throw refuse(flaw);
  const profile = readSignerProfile(certificate);
  if (profile === undefined) throw refuse('E_CERT_FORMAT');
  if (!isSigningCertificate(certificate)) throw refuse('E_CERT_KEYUSAGE');
  const issuer = findIssuer(certificate, trust);
  if (!certificate.policies.includes(OID.moicaPolicy)) throw refuse('E_CERT_POLICY');
  if (profile.subjectType !== OID.naturalPerson) throw refuse('E_SUBJECT_TYPE');
  if (profile.idTail !== input.idTail) throw refuse('E_ID_TAIL');
  if (!isValidAt(certificate, input.receivedAtMs)) {
    throw refuse(input.receivedAtMs < certificate.notBeforeMs ? 'E_CERT_NOT_YET' : 'E_CERT_EXPIRED');
  }
  return { profile, issuer };
}

/** Check 13. A production store holds no simulated authority; the name only decides which refusal is said. */
function findIssuer(certificate: Certificate, trust: TrustStore): Anchor {
  const issuer = certificate.aki === undefined ? undefined : trust.issuer(certificate.aki);
  if (issuer === undefined || !sameBytes(certificate.issuer, issuer.certificate.subject)) {
    throw refuse(trust.production && claimsSimulator(certificate) ? 'E_SIM_IN_PROD' : 'E_ISSUER_UNKNOWN');
  }
  return issuer;
}

function claimsSimulator(certificate: Certificate): boolean {
  try {
    return isSimulatorName(certificate.issuer);
  } catch (error) {
    if (error instanceof PkiError) return false;
    throw error;
  }
}

/** Check 17. */
function isSignatureValid(
  input: EnvelopeInput,
  signed: SignedData | undefined,
  certificate: Certificate,
): boolean {
  const isRsa = certificate.key.kind === 'rsa';
  if (signed !== undefined && isRsa !== (signed.algorithm !== 'ecdsa-sha256')) return false;
  return signed === undefined
    ? verifyOnce(certificate.key, input.content, input.signature)
    : verifyOnce(certificate.key, attributesToBeSigned(signed.signedAttributes), signed.signature);
}

/** Check 18. */
function isIssuedBy(certificate: Certificate, issuer: Anchor, trust: TrustStore): boolean {
  const fingerprint = hash('sha256', certificate.der, 'base64');
  if (trust.cache.has(fingerprint, issuer.pin.ski)) return true;
  if (!isSignedBy(certificate, issuer)) return false;
  trust.cache.add(fingerprint, issuer.pin.ski);
  return true;
}
