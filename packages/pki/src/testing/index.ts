export {
  type AuthorityOptions,
  authorityExtensions,
  createAuthority,
  p256Key,
  pinOf,
  rsaKey,
  TEST_NOW_MS,
  type TestAnchor,
  type TestAuthority,
} from './authority.ts';
export {
  buildCertificate,
  type CertificateParts,
  extension,
  keyIdentifier,
  name,
  spkiOf,
} from './build-certificate.ts';
export { type CitizenBend, directoryAttribute, issueCard, type TestCard } from './citizen.ts';
export {
  attribute,
  barePkcs1,
  buildCms,
  type CmsBend,
  envelopeInput,
  TEST_CONTENT,
  TEST_TRANSACTION,
  usualAttributes,
} from './envelope.ts';
export { buildOcspResponse, issueResponder, type OcspBend, type TestResponder } from './ocsp.ts';
export { buildRevocationList, type ListBend, type RevokedEntry } from './revocation.ts';
