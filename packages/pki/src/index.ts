export { isAllowedAuthorityUrl, ocspUrlOf } from './authority-url.ts';
export { type Certificate, parseCertificate } from './certificate.ts';
export type {
  EnvelopeFailed,
  EnvelopeIndeterminate,
  EnvelopeInput,
  EnvelopePassed,
  EnvelopeVerdict,
  RevocationProof,
  SignerFacts,
} from './envelope.ts';
export { type PkiCode, PkiError } from './error.ts';
export { KEY_USAGE } from './extensions.ts';
export { readName } from './name.ts';
export { buildOcspRequest, type OcspRequest } from './ocsp-request.ts';
export { OID } from './oids.ts';
export {
  checkOf,
  POLICY_CHECKS,
  POLICY_VERSION,
  type PolicyCode,
  type PolicyFamilyCode,
} from './policy.ts';
export { type RevocationFinding, RevocationIndex, type RevocationList } from './revocation-index.ts';
export { readRevocationList } from './revocation-list.ts';
export { parseSignedData, type SignedData } from './signed-data.ts';
export { readSignerProfile, type SignerProfile } from './signer-profile.ts';
export { TIME_STAMP_NONCE_BYTES, timeStampRequest } from './time-stamp-request.ts';
export {
  MAX_TIME_STAMP_BYTES,
  readTimeStampCertificates,
  type TimeStamp,
  type TimeStampCode,
  type TimeStampVerdict,
  verifyTimeStamp,
} from './time-stamp-verify.ts';
export { type ChainProblem, type PinnedAnchor, type TrustOptions, TrustStore } from './trust-store.ts';
export { verifyEnvelope } from './verify-envelope.ts';
export { type OcspVerdict, verifyOcspResponse } from './verify-ocsp.ts';
