import * as der from '@lianshu/der';
import type { EnvelopeInput } from '../envelope.ts';
import { OID } from '../oids.ts';
import type { PolicyCode } from '../policy.ts';
import { TEST_NOW_MS } from './authority.ts';
import {
  attribute,
  barePkcs1,
  buildCms,
  type CmsBend,
  envelopeInput,
  TEST_CONTENT,
  usualAttributes,
} from './envelope.ts';
import { fixture } from './fixture.ts';

const f = fixture();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const sha256 = der.sequence(der.oid(OID.sha256), der.nullValue());
const withCms = (bend: CmsBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(f.card, bend), more);
const trailing = (bytes: Uint8Array) => der.concat([bytes, Uint8Array.of(0)]);
const sized = (length: number) => new Uint8Array(length).fill(0x30);

/** One way to be refused that deserves its own sentence. */
export type RefusedEnvelope = readonly [code: PolicyCode, why: string, input: () => EnvelopeInput];

/** Refusals of checks 1, 6 and 7 to 10: what is wrong lies in the envelope. */
export const REFUSED_CMS: readonly RefusedEnvelope[] = [
  ['E_FORMAT', 'nothing signed', () => envelopeInput(new Uint8Array(0))],
  ['E_TOO_LARGE', 'signature beyond 64 kB', () => envelopeInput(sized(65_537))],
  ['E_TOO_LARGE', 'statement beyond 768 B', () => withCms({}, { content: sized(769) })],
  ['E_TOO_LARGE', 'certificate beyond 64 kB', () => ({ ...barePkcs1(f.card), certificate: sized(65_537) })],
  ['E_ID_FORMAT', 'tail of five', () => withCms({}, { idTail: '56789' })],

  ['E_CMS_SHAPE', 'not DER at all', () => envelopeInput(TEST_CONTENT)],
  ['E_CMS_SHAPE', 'a certificate instead', () => envelopeInput(f.card.certificate)],
  ['E_CMS_SHAPE', 'truncated', () => envelopeInput(buildCms(f.card).subarray(0, 900))],
  ['E_CMS_SHAPE', 'version 4', () => withCms({ version: 4 })],
  ['E_CMS_SHAPE', 'attached where detached is meant', () => withCms({}, { form: 'cms-detached' })],
  ['E_CMS_SHAPE', 'detached where attached is meant', () => withCms({ detached: true })],
  [
    'E_CMS_SHAPE',
    'unsigned attributes',
    () => withCms({ unsignedAttributes: der.context(1, attribute(OID.data, der.nullValue())) }),
  ],
  [
    'E_CMS_SHAPE',
    'an attribute twice',
    () => withCms({ attributes: [...usualAttributes(), ...usualAttributes().slice(0, 1)] }),
  ],
  [
    'E_CMS_SHAPE',
    'two values in one attribute',
    () => {
      const twice = der.sequence(
        der.oid(OID.signingTime),
        der.setAsGiven(der.time(TEST_NOW_MS), der.time(TEST_NOW_MS)),
      );
      return withCms({ attributes: [...usualAttributes().slice(0, 2), twice] });
    },
  ],
  [
    'E_CMS_SHAPE',
    'two certificates',
    () => withCms({ certificates: [f.card.certificate, f.authority.g3.certificate] }),
  ],
  [
    'E_CMS_SHAPE',
    'indefinite length',
    () => {
      const cms = Uint8Array.from(buildCms(f.card));
      cms[1] = 0x80;
      return envelopeInput(cms);
    },
  ],
  ['E_CMS_TRAILING', 'one byte after the end', () => envelopeInput(trailing(buildCms(f.card)))],
  [
    'E_CMS_DIGEST_ALG',
    'SHA-1',
    () => withCms({ digestAlgorithms: der.setOf(der.sequence(der.oid(OID.sha1))) }),
  ],
  [
    'E_CMS_DIGEST_ALG',
    'two digest algorithms',
    () => withCms({ digestAlgorithms: der.setAsGiven(sha256, sha256) }),
  ],
  [
    'E_CMS_SIG_ALG',
    'sha1WithRSAEncryption',
    () => withCms({ signatureAlgorithm: der.sequence(der.oid(OID.sha1WithRsa), der.nullValue()) }),
  ],
  [
    'E_CMS_SIG_ALG',
    'RSA without NULL',
    () => withCms({ signatureAlgorithm: der.sequence(der.oid(OID.rsaEncryption)) }),
  ],
  ['E_CMS_SIGNERS', 'two signers', () => withCms({ signerInfos: (signer) => [signer, signer] })],
  ['E_CMS_SIGNERS', 'no signer', () => withCms({ signerInfos: () => [] })],

  ['E_CONTENT_MISMATCH', 'another statement enclosed', () => withCms({ content: TEST_CONTENT.subarray(1) })],
  ['E_DIGEST_MISMATCH', 'digest of something else', () => withCms({ digestOf: TEST_CONTENT.subarray(1) })],
  [
    'E_DIGEST_MISMATCH',
    'no digest',
    () => withCms({ attributes: usualAttributes().filter((_, i) => i !== 1) }),
  ],
  [
    'E_DIGEST_MISMATCH',
    'detached over another statement',
    () => withCms({ detached: true, content: TEST_CONTENT.subarray(1) }, { form: 'cms-detached' }),
  ],
  ['E_CTYPE', 'content not data', () => withCms({ contentType: OID.signedData })],
  [
    'E_CTYPE',
    'attribute names another type',
    () =>
      withCms({
        attributes: [attribute(OID.contentType, der.oid(OID.signedData)), ...usualAttributes().slice(1)],
      }),
  ],
  ['E_CTYPE', 'no content type attribute', () => withCms({ attributes: usualAttributes().slice(1) })],

  ['E_ATTR_NONCE', 'another transaction', () => withCms({ nonce: 'BAAAAAAAAAAAAAAAAAAAAA' })],
  [
    'E_SIGNING_TIME',
    'a day and a minute early',
    () => withCms({ signingTimeMs: TEST_NOW_MS - DAY - MINUTE }),
  ],
  ['E_SIGNING_TIME', 'a day and a minute late', () => withCms({ signingTimeMs: TEST_NOW_MS + DAY + MINUTE })],

  ['E_SIGNER_CERT', 'no certificate', () => withCms({ certificates: [] })],
  [
    'E_SIGNER_CERT',
    'bare signature without certificate',
    () => {
      const { certificate: _, ...bare } = barePkcs1(f.card);
      return bare;
    },
  ],
  ['E_SIGNER_CERT', 'another serial number', () => withCms({ signerSerial: Uint8Array.of(5) })],
  ['E_SIGNER_CERT', 'two different certificates', () => withCms({}, { certificate: f.ecCard.certificate })],
];
