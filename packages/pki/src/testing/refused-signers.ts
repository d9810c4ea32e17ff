import { generateKeyPairSync } from 'node:crypto';
import * as der from '@lianshu/der';
import type { EnvelopeInput } from '../envelope.ts';
import { KEY_USAGE } from '../extensions.ts';
import { OID } from '../oids.ts';
import { TEST_NOW_MS } from './authority.ts';
import { extension } from './build-certificate.ts';
import { type CitizenBend, issueCard } from './citizen.ts';
import { barePkcs1, buildCms, type CmsBend, envelopeInput, TEST_CONTENT } from './envelope.ts';
import { fixture } from './fixture.ts';
import type { RefusedEnvelope } from './refused-cms.ts';

const f = fixture();
const withCms = (bend: CmsBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(f.card, bend), more);
const withCard = (bend: CitizenBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(issueCard(f.authority.g3, f.key, 9n, bend)), more);
const trailing = (bytes: Uint8Array) => der.concat([bytes, Uint8Array.of(0)]);
/** A P-256 key whose point is not on the curve. */
const offCurve = (() => {
  const spki = generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey.export({
    format: 'der',
    type: 'spki',
  });
  spki[spki.length - 1] = (spki[spki.length - 1] ?? 0) ^ 1;
  return spki;
})();
const rsaSpki = (modulus: bigint, exponent: bigint) =>
  der.sequence(
    der.sequence(der.oid(OID.rsaEncryption), der.nullValue()),
    der.bitString(der.sequence(der.integer(modulus), der.integer(exponent))),
  );
const rsa1024 = rsaSpki((1n << 1023n) + 1n, 65_537n);
const withKey = (spki: Uint8Array) => withCard({ parts: { spki } });

/** Refusals of checks 11 to 18: what is wrong lies in the certificate or in a signature. */
export const REFUSED_SIGNERS: readonly RefusedEnvelope[] = [
  ['E_CERT_FORMAT', 'not a certificate', () => ({ ...barePkcs1(f.card), certificate: TEST_CONTENT })],
  [
    'E_CERT_FORMAT',
    'a byte after it',
    () => ({ ...barePkcs1(f.card), certificate: trailing(f.card.certificate) }),
  ],
  ['E_CERT_FORMAT', 'version 2', () => withCard({ parts: { version: 1 } })],
  [
    'E_CERT_FORMAT',
    'inner and outer algorithm differ',
    () => withCard({ parts: { outerAlgorithm: der.sequence(der.oid(OID.sha1WithRsa), der.nullValue()) } }),
  ],
  [
    'E_CERT_FORMAT',
    'an extension twice',
    () => withCard({ extraExtensions: [extension(OID.keyUsage, der.namedBits(1))] }),
  ],
  [
    'E_CERT_FORMAT',
    'subject without serialNumber',
    () => withCard({ parts: { subject: f.authority.g3.name } }),
  ],
  [
    'E_CERT_CRIT_EXT',
    'a critical extension nobody knows',
    () => withCard({ extraExtensions: [extension('1.2.3.4', der.nullValue(), true)] }),
  ],
  [
    'E_CERT_CRIT_EXT',
    'critically limited to time-stamping',
    () =>
      withCard({
        extraExtensions: [extension(OID.extendedKeyUsage, der.sequence(der.oid('1.3.6.1.5.5.7.3.8')), true)],
      }),
  ],
  ['E_CERT_KEY_WEAK', 'RSA-1024', () => withKey(rsa1024)],
  ['E_CERT_KEY_WEAK', 'exponent 3', () => withKey(rsaSpki((1n << 2047n) + 1n, 3n))],
  ['E_CERT_KEY_WEAK', 'even exponent', () => withKey(rsaSpki((1n << 2047n) + 1n, 65_538n))],
  ['E_CERT_KEY_WEAK', 'RSA-8192, dear to verify', () => withKey(rsaSpki((1n << 8191n) + 1n, 65_537n))],
  ['E_CERT_KEY_WEAK', 'a point not on P-256', () => withKey(offCurve)],
  [
    'E_CERT_KEY_WEAK',
    'Ed25519',
    () => withKey(generateKeyPairSync('ed25519').publicKey.export({ format: 'der', type: 'spki' })),
  ],

  [
    'E_CERT_KEYUSAGE',
    'encryption certificate',
    () => withCard({ keyUsage: KEY_USAGE.keyEncipherment | KEY_USAGE.dataEncipherment }),
  ],
  [
    'E_CERT_KEYUSAGE',
    'signing and encryption',
    () => withCard({ keyUsage: KEY_USAGE.digitalSignature | KEY_USAGE.keyEncipherment }),
  ],
  ['E_CERT_KEYUSAGE', 'no key usage', () => withCard({ keyUsage: null })],
  [
    'E_CERT_KEYUSAGE',
    'an authority',
    () =>
      withCard({ extraExtensions: [extension(OID.basicConstraints, der.sequence(der.boolean(true)), true)] }),
  ],

  ['E_ISSUER_UNKNOWN', 'an authority nobody pinned', () => withCard({ aki: new Uint8Array(20) })],
  ['E_ISSUER_UNKNOWN', 'no authority key identifier', () => withCard({ aki: null })],
  ['E_ISSUER_UNKNOWN', 'the root as issuer', () => withCard({ aki: f.authority.root.ski })],
  [
    'E_ISSUER_UNKNOWN',
    'right key identifier, other name',
    () => {
      const card = issueCard({ ...f.authority.g3, name: f.authority.root.name }, f.key, 9n);
      return envelopeInput(buildCms(card));
    },
  ],

  ['E_CERT_POLICY', 'another policy', () => withCard({ policy: '2.16.886.101.0.3.1' })],
  ['E_CERT_POLICY', 'no policy', () => withCard({ policy: null })],
  ['E_SUBJECT_TYPE', 'an organisation', () => withCard({ subjectType: '2.16.886.1.100.3.2.1' })],
  ['E_SUBJECT_TYPE', 'no subject type', () => withCard({ subjectType: null })],
  ['E_ID_TAIL', 'another person’s ID', () => withCms({}, { idTail: '6780' })],
  ['E_ID_TAIL', 'no ID characters', () => withCard({ idTail: null })],

  [
    'E_CERT_NOT_YET',
    'received before its first second',
    () => withCard({ parts: { notBeforeMs: TEST_NOW_MS + 1000 } }),
  ],
  [
    'E_CERT_EXPIRED',
    'received after its last second',
    () => withCard({ parts: { notAfterMs: TEST_NOW_MS - 1000 } }),
  ],

  [
    'E_SIG_INVALID',
    'signed by another key',
    () => envelopeInput(buildCms({ ...f.card, key: f.authority.g2.key })),
  ],
  [
    'E_SIG_INVALID',
    'bare signature over another statement',
    () => ({ ...barePkcs1(f.card), content: TEST_CONTENT.subarray(1) }),
  ],
  [
    'E_SIG_INVALID',
    'RSA named, EC key',
    () =>
      envelopeInput(
        buildCms(f.ecCard, { signatureAlgorithm: der.sequence(der.oid(OID.rsaEncryption), der.nullValue()) }),
      ),
  ],
  [
    'E_CERT_SIG',
    'G2 signed, G3 named: the names are equal',
    () => withCard({ parts: { signer: f.authority.g2.key } }),
  ],
  ['E_CERT_SIG', 'issuer signed with SHA-1', () => withCard({ parts: { digest: 'sha1' } })],
];
