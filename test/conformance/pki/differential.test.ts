/**
 * Our verdicts beside those of `openssl cms -verify`, `openssl verify`, `openssl dgst` and pkijs, on the same bytes.
 * The rule: what we pass, they pass. Where we refuse what one of them takes, the row says so and why.
 */
import { createPublicKey } from 'node:crypto';
import * as der from '@lianshu/der';
import {
  type EnvelopeInput,
  KEY_USAGE,
  OID,
  RevocationIndex,
  readRevocationList,
  verifyEnvelope,
} from '@lianshu/pki';
import {
  attribute,
  barePkcs1,
  buildCms,
  buildRevocationList,
  type CitizenBend,
  type CmsBend,
  envelopeInput,
  extension,
  issueCard,
  TEST_CONTENT,
  TEST_NOW_MS,
  usualAttributes,
} from '@lianshu/pki/testing';
import { afterAll, describe, expect, it } from 'vitest';
import { fixture } from '../../../packages/pki/src/testing/fixture.ts';
import { createOracles, hasOpenssl } from './oracles.ts';

const f = fixture();
const oracles = createOracles(f.authority);
afterAll(() => oracles.close());

const openssl = await hasOpenssl();
if (!openssl) {
  if (process.env['CI']) throw new Error('openssl is missing');
  console.warn('SKIPPED: no openssl command, nothing was compared with it');
}

const DAY = 86_400_000;
const withCms = (bend: CmsBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(f.card, bend), more);
const withCard = (bend: CitizenBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(issueCard(f.authority.g3, f.key, 9n, bend)), more);
const null_ = der.nullValue();
const sha256 = der.sequence(der.oid(OID.sha256), null_);

/** The same CMS with an indefinite length around it: BER, not DER. */
function asBer(cms: Uint8Array): Uint8Array {
  return der.concat([Uint8Array.of(0x30, 0x80), cms.subarray(4), Uint8Array.of(0, 0)]);
}

/** The same CMS with one length octet too many. */
function overlong(cms: Uint8Array): Uint8Array {
  return der.concat([Uint8Array.of(0x30, 0x83, 0x00), cms.subarray(2)]);
}

type Row = readonly [
  what: string,
  ours: string,
  openssl: boolean,
  pkijs: boolean,
  input: () => EnvelopeInput,
];

const ROWS: readonly Row[] = [
  ['RSA attached', 'passed', true, true, () => withCms({})],
  ['RSA detached', 'passed', true, true, () => withCms({ detached: true }, { form: 'cms-detached' })],
  ['P-256 attached', 'passed', true, true, () => envelopeInput(buildCms(f.ecCard))],
  ['issued by G2', 'passed', true, true, () => envelopeInput(buildCms(issueCard(f.authority.g2, f.key, 3n)))],
  [
    'sha256WithRSAEncryption in SignerInfo',
    'passed',
    true,
    true,
    () => withCms({ signatureAlgorithm: der.sequence(der.oid(OID.sha256WithRsa), null_) }),
  ],
  ['two attributes only', 'passed', true, true, () => withCms({ attributes: usualAttributes().slice(0, 2) })],
  ['version 3: the allow-list', 'passed', true, true, () => withCms({ version: 3 })],

  ['truncated', 'E_CMS_SHAPE', false, false, () => envelopeInput(buildCms(f.card).subarray(0, 1500))],
  [
    'another statement in it, digest of ours',
    'E_CONTENT_MISMATCH',
    false,
    false,
    () => withCms({ content: TEST_CONTENT.subarray(1), digestOf: TEST_CONTENT }),
  ],
  [
    'digest of something else',
    'E_DIGEST_MISMATCH',
    false,
    false,
    () => withCms({ digestOf: TEST_CONTENT.subarray(1) }),
  ],
  [
    'detached over another statement',
    'E_DIGEST_MISMATCH',
    false,
    false,
    () => withCms({ detached: true, digestOf: TEST_CONTENT.subarray(1) }, { form: 'cms-detached' }),
  ],
  [
    'no digest attribute',
    'E_DIGEST_MISMATCH',
    false,
    false,
    () => withCms({ attributes: usualAttributes().filter((_, i) => i !== 1) }),
  ],
  [
    'signer names another serial number',
    'E_SIGNER_CERT',
    false,
    false,
    () => withCms({ signerSerial: Uint8Array.of(5) }),
  ],
  ['no certificate', 'E_SIGNER_CERT', false, false, () => withCms({ certificates: [] })],
  [
    'signed by another key',
    'E_SIG_INVALID',
    false,
    false,
    () => envelopeInput(buildCms({ ...f.card, key: f.authority.g2.key })),
  ],
  [
    'certificate signed by G2, naming G3',
    'E_CERT_SIG',
    false,
    false,
    () => withCard({ parts: { signer: f.authority.g2.key } }),
  ],
  [
    'critical extension nobody knows',
    'E_CERT_CRIT_EXT',
    false,
    true,
    () => withCard({ extraExtensions: [extension('1.2.3.4', null_, true)] }),
  ],
  [
    'certificate expired',
    'E_CERT_EXPIRED',
    false,
    false,
    () => withCard({ parts: { notAfterMs: TEST_NOW_MS - DAY } }),
  ],
  [
    'certificate not yet valid',
    'E_CERT_NOT_YET',
    false,
    false,
    () => withCard({ parts: { notBeforeMs: TEST_NOW_MS + DAY } }),
  ],

  // Stricter than they (pkijs also knows no critical extensions): one encoding, one signer, nothing unsigned, and the policy's own conditions.
  [
    'content type attribute names another',
    'E_CTYPE',
    true,
    true,
    () =>
      withCms({
        attributes: [attribute(OID.contentType, der.oid(OID.signedData)), ...usualAttributes().slice(1)],
      }),
  ],
  [
    'one byte after the end',
    'E_CMS_TRAILING',
    true,
    true,
    () => envelopeInput(der.concat([buildCms(f.card), Uint8Array.of(0)])),
  ],
  ['BER with an indefinite length', 'E_CMS_SHAPE', true, true, () => envelopeInput(asBer(buildCms(f.card)))],
  ['a length octet too many', 'E_CMS_SHAPE', true, true, () => envelopeInput(overlong(buildCms(f.card)))],
  [
    'an unsigned attribute',
    'E_CMS_SHAPE',
    true,
    true,
    () =>
      withCms({
        unsignedAttributes: der.context(1, attribute(OID.cardNumber, der.octetString(TEST_CONTENT))),
      }),
  ],
  [
    'the same signer twice',
    'E_CMS_SIGNERS',
    true,
    true,
    () => withCms({ signerInfos: (signer) => [signer, signer] }),
  ],
  [
    'two digest algorithms',
    'E_CMS_DIGEST_ALG',
    true,
    true,
    () => withCms({ digestAlgorithms: der.setAsGiven(sha256, sha256) }),
  ],
  [
    'the issuer enclosed as well',
    'E_CMS_SHAPE',
    true,
    true,
    () => withCms({ certificates: [f.card.certificate, f.authority.g3.certificate] }),
  ],
  [
    'encryption certificate',
    'E_CERT_KEYUSAGE',
    true,
    true,
    () => withCard({ keyUsage: KEY_USAGE.keyEncipherment }),
  ],
  ['another policy', 'E_CERT_POLICY', true, true, () => withCard({ policy: '1.2.3' })],
  ['another person', 'E_ID_TAIL', true, true, () => withCms({}, { idTail: '0000' })],
  ['another transaction', 'E_ATTR_NONCE', true, true, () => withCms({ nonce: 'other' })],
  [
    'PC clock two days off',
    'E_SIGNING_TIME',
    true,
    true,
    () => withCms({ signingTimeMs: TEST_NOW_MS - 2 * DAY }),
  ],
];

const ours = (input: EnvelopeInput): string => {
  const verdict = verifyEnvelope(input, f.trust, f.revocation);
  return verdict.outcome === 'passed' ? 'passed' : verdict.code;
};

describe.each(ROWS)('%s', (_, code, byOpenssl, byPkijs, input) => {
  it(`ours: ${code}`, () => {
    expect(ours(input())).toBe(code);
  });
  it.skipIf(!openssl)(`openssl cms -verify: ${byOpenssl ? 'takes it' : 'refuses'}`, async () => {
    expect(await oracles.opensslCms(input())).toBe(byOpenssl);
  });
  it(`pkijs: ${byPkijs ? 'takes it' : 'refuses'}`, async () => {
    expect(await oracles.pkijsCms(input())).toBe(byPkijs);
  });
});

describe('bent at random', () => {
  it.skipIf(!openssl)('whatever we pass of 100 single-bit mutants, openssl and pkijs pass', async () => {
    const valid = buildCms(f.card);
    const step = Math.floor((valid.length * 8) / 100);
    for (let bit = 25 * 8 + 6; bit < valid.length * 8; bit += step) {
      const mutant = Uint8Array.from(valid);
      mutant[bit >> 3] = (mutant[bit >> 3] ?? 0) ^ (0x80 >> (bit & 7));
      const input = envelopeInput(mutant);
      if (ours(input) !== 'passed') continue;
      expect([bit >> 3, await oracles.opensslCms(input), await oracles.pkijsCms(input)]).toEqual([
        25,
        true,
        true,
      ]);
    }
  });
});

describe.skipIf(!openssl)('openssl verify on certificates, openssl dgst on bare signatures', () => {
  const CERTIFICATES: readonly [string, string, boolean, CitizenBend][] = [
    ['valid', 'passed', true, {}],
    ['expired', 'E_CERT_EXPIRED', false, { parts: { notAfterMs: TEST_NOW_MS - DAY } }],
    ['wrong issuer key', 'E_CERT_SIG', false, { parts: { signer: f.authority.g2.key } }],
    [
      'unknown critical extension',
      'E_CERT_CRIT_EXT',
      false,
      { extraExtensions: [extension('1.2.3.4', null_, true)] },
    ],
    ['unknown authority key', 'E_ISSUER_UNKNOWN', false, { aki: new Uint8Array(20) }],
    ['not natural person: our policy', 'E_SUBJECT_TYPE', true, { subjectType: '2.16.886.1.100.3.2.1' }],
  ];
  it.each(CERTIFICATES)('%s', async (_, code, byOpenssl, bend) => {
    const card = issueCard(f.authority.g3, f.key, 11n, bend);
    expect(ours(barePkcs1(card))).toBe(code);
    expect(await oracles.opensslVerify(card.certificate, TEST_NOW_MS)).toBe(byOpenssl);
  });

  it('a listed certificate, and one that is not', async () => {
    const listed = buildRevocationList(f.authority.g3, [{ serial: f.card.serial, reason: 1 }]);
    const index = new RevocationIndex([readRevocationList(listed, f.trust)]);
    expect(verifyEnvelope(barePkcs1(f.card), f.trust, index)).toMatchObject({ code: 'E_REVOKED' });
    expect(await oracles.opensslVerify(f.card.certificate, TEST_NOW_MS, listed)).toBe(false);
    expect(verifyEnvelope(barePkcs1(f.ecCard), f.trust, index).outcome).toBe('passed');
    expect(await oracles.opensslVerify(f.ecCard.certificate, TEST_NOW_MS, listed)).toBe(true);
  });

  it.each([
    ['RSA', f.card],
    ['P-256', f.ecCard],
  ] as const)('bare %s', async (_, card) => {
    const spki = createPublicKey(card.key).export({ format: 'pem', type: 'spki' }).toString();
    const good = barePkcs1(card);
    const bad = { ...good, content: TEST_CONTENT.subarray(1) };
    expect([ours(good), await oracles.opensslDigest(good, spki)]).toEqual(['passed', true]);
    expect([ours(bad), await oracles.opensslDigest(bad, spki)]).toEqual(['E_SIG_INVALID', false]);
  });
});
