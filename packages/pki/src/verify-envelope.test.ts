import { createHash, generateKeyPairSync } from 'node:crypto';
import * as der from '@lianshu/der';
import { describe, expect, it } from 'vitest';
import {
  type EnvelopeInput,
  KEY_USAGE,
  OID,
  POLICY_CHECKS,
  type PolicyCode,
  RevocationIndex,
  readRevocationList,
  TrustStore,
  verifyEnvelope,
} from './index.ts';
import { fixture } from './testing/fixture.ts';
import {
  attribute,
  barePkcs1,
  buildCms,
  buildRevocationList,
  type CitizenBend,
  type CmsBend,
  createAuthority,
  envelopeInput,
  extension,
  issueCard,
  TEST_CONTENT,
  TEST_NOW_MS,
  usualAttributes,
} from './testing/index.ts';

const f = fixture();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const sha256 = der.sequence(der.oid(OID.sha256), der.nullValue());

const verdict = (input: EnvelopeInput) => verifyEnvelope(input, f.trust, f.revocation);
const withCms = (bend: CmsBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(f.card, bend), more);
const withCard = (bend: CitizenBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(issueCard(f.authority.g3, f.key, 9n, bend)), more);
const trailing = (bytes: Uint8Array) => der.concat([bytes, Uint8Array.of(0)]);
const sized = (length: number) => new Uint8Array(length).fill(0x30);

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

/** One row for each way to be refused that deserves its own sentence. */
const REFUSALS: readonly (readonly [code: PolicyCode, why: string, input: () => EnvelopeInput])[] = [
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

describe('what passes', () => {
  it.each([
    ['RSA, attached', () => withCms({})],
    [
      'RSA, attached, sha256WithRSAEncryption',
      () => withCms({ signatureAlgorithm: der.sequence(der.oid(OID.sha256WithRsa), der.nullValue()) }),
    ],
    [
      'RSA, attached, digest algorithm without NULL',
      () => withCms({ digestAlgorithms: der.setOf(der.sequence(der.oid(OID.sha256))) }),
    ],
    [
      'RSA, attached, only the two mandatory attributes',
      () => withCms({ attributes: usualAttributes().slice(0, 2) }),
    ],
    ['RSA, detached', () => withCms({ detached: true }, { form: 'cms-detached' })],
    [
      'RSA, certificate beside the CMS',
      () => withCms({ certificates: [] }, { certificate: f.card.certificate }),
    ],
    ['RSA, bare', () => barePkcs1(f.card)],
    ['P-256, attached', () => envelopeInput(buildCms(f.ecCard))],
    ['P-256, bare', () => barePkcs1(f.ecCard)],
    ['generation 2', () => envelopeInput(buildCms(issueCard(f.authority.g2, f.key, 4n)))],
    ['nonRepudiation only', () => withCard({ keyUsage: KEY_USAGE.nonRepudiation })],
  ] as const)('%s', (_, input) => {
    expect(verdict(input())).toMatchObject({
      outcome: 'passed',
      warnings: [],
      subjectSerialNumber: '0000000112345678',
    });
  });

  it('says who, by which list, and hands out a certificate of its own', () => {
    const passed = verdict(withCms({}));
    if (passed.outcome !== 'passed') throw new Error(passed.code);
    expect(passed.certificate).toEqual(Uint8Array.from(f.card.certificate));
    expect(passed.certificateSerial).toBe(Buffer.from(f.card.serial).toString('hex'));
    expect(passed.issuerSki).toBe(f.authority.g3.pin.ski);
    expect(passed.revocation).toEqual({
      issuerSki: f.authority.g3.pin.ski,
      crlNumber: '2026112110',
      crlSha256: f.lists[1]?.sha256,
    });
  });

  it('a wrong PC clock warns from ten minutes to a day', () => {
    const at = (ms: number) => verdict(withCms({ signingTimeMs: TEST_NOW_MS + ms }));
    expect(at(9 * MINUTE)).toMatchObject({ outcome: 'passed', warnings: [] });
    expect(at(11 * MINUTE)).toMatchObject({ outcome: 'passed', warnings: ['W_CLOCK'] });
    expect(at(-23 * HOUR)).toMatchObject({ outcome: 'passed', warnings: ['W_CLOCK'] });
  });
});

describe('what is refused', () => {
  it.each(REFUSALS)('%s: %s', (code, _, input) => {
    expect(verdict(input())).toEqual({ outcome: 'failed', check: POLICY_CHECKS[code][0], code });
  });

  it('the first failing check decides, in the written order', () => {
    const bends: readonly [PolicyCode, CitizenBend, CmsBend, Partial<EnvelopeInput>][] = [
      ['E_CMS_SHAPE', { keyUsage: null }, { version: 9, nonce: 'x' }, {}],
      ['E_DIGEST_MISMATCH', { keyUsage: null }, { digestOf: sized(1), nonce: 'x' }, {}],
      ['E_ATTR_NONCE', { keyUsage: null }, { nonce: 'x' }, {}],
      ['E_CERT_KEYUSAGE', { keyUsage: null, aki: null, policy: null }, {}, { idTail: '0000' }],
      ['E_ISSUER_UNKNOWN', { aki: null, policy: null }, {}, { idTail: '0000' }],
      ['E_CERT_POLICY', { policy: null, subjectType: null }, {}, { idTail: '0000' }],
      [
        'E_SUBJECT_TYPE',
        { subjectType: null, parts: { notAfterMs: TEST_NOW_MS - DAY } },
        {},
        { idTail: '0000' },
      ],
      ['E_ID_TAIL', { parts: { notAfterMs: TEST_NOW_MS - DAY } }, {}, { idTail: '0000' }],
      ['E_CERT_EXPIRED', { parts: { notAfterMs: TEST_NOW_MS - DAY, digest: 'sha1' } }, {}, {}],
    ];
    for (const [code, citizen, cms, more] of bends) {
      const input = envelopeInput(buildCms(issueCard(f.authority.g3, f.key, 8n, citizen), cms), more);
      expect(verdict(input)).toMatchObject({ outcome: 'failed', code });
    }
  });

  it('E_SIM_IN_PROD: a simulator’s card in production, where its authority cannot be loaded', () => {
    const real = createAuthority({ rsaBits: 2048, simulated: false });
    const trust = TrustStore.load(real.pins, real.certificates, { production: true, nowMs: TEST_NOW_MS });
    const index = new RevocationIndex([]);
    expect(verifyEnvelope(withCms({}), trust, index)).toEqual({
      outcome: 'failed',
      check: 13,
      code: 'E_SIM_IN_PROD',
    });
  });
});

describe('revocation and chain (checks 19 and 20)', () => {
  const listed = (reason?: number) => {
    const entry = reason === undefined ? { serial: f.card.serial } : { serial: f.card.serial, reason };
    const list = readRevocationList(buildRevocationList(f.authority.g3, [entry]), f.trust);
    return verifyEnvelope(withCms({}), f.trust, new RevocationIndex([list]));
  };

  it('E_REVOKED and E_SUSPENDED differ', () => {
    expect(listed()).toEqual({ outcome: 'failed', check: 20, code: 'E_REVOKED' });
    expect(listed(1)).toMatchObject({ code: 'E_REVOKED' });
    expect(listed(6)).toEqual({ outcome: 'failed', check: 20, code: 'E_SUSPENDED' });
  });

  it('the list of the other generation says nothing', () => {
    const list = readRevocationList(
      buildRevocationList(f.authority.g2, [{ serial: f.card.serial }]),
      f.trust,
    );
    const outcome = verifyEnvelope(withCms({}), f.trust, new RevocationIndex([list]));
    expect(outcome).toMatchObject({ outcome: 'indeterminate', check: 20, code: 'I_CRL_STALE' });
  });

  it('I_CRL_STALE: the list ended; what is known of the signer is handed over', () => {
    const late = TEST_NOW_MS + 2 * DAY;
    const input = withCms({ signingTimeMs: late }, { receivedAtMs: late });
    expect(verdict(input)).toMatchObject({
      outcome: 'indeterminate',
      check: 20,
      code: 'I_CRL_STALE',
      subjectSerialNumber: '0000000112345678',
      issuerSki: f.authority.g3.pin.ski,
      warnings: [],
    });
  });

  it('E_CHAIN: the root’s list names the issuer; a later run without it heals', () => {
    const trust = TrustStore.load(f.authority.pins, f.authority.certificates, {
      production: false,
      nowMs: TEST_NOW_MS,
    });
    const serialOf = (certificate: Uint8Array) => {
      const r = new der.DerReader(certificate);
      r.enter(der.TAG.sequence);
      r.enter(der.TAG.sequence);
      r.skip();
      return r.unsigned();
    };
    const entry = { serial: serialOf(f.authority.g3.certificate) };
    const rootList = readRevocationList(buildRevocationList(f.authority.root, [entry]), trust);
    const problems = trust.recheckChain(TEST_NOW_MS, new RevocationIndex([rootList]));
    expect(problems).toMatchObject([{ ski: f.authority.g3.pin.ski, problem: 'revoked' }]);
    expect(verifyEnvelope(withCms({}), trust, f.revocation)).toMatchObject({
      outcome: 'indeterminate',
      check: 19,
      code: 'E_CHAIN',
    });
    expect(trust.recheckChain(TEST_NOW_MS, new RevocationIndex([]))).toMatchObject([
      { problem: 'authority-list-stale' },
      { problem: 'authority-list-stale' },
    ]);
    expect(verifyEnvelope(withCms({}), trust, f.revocation).outcome).toBe('passed');
  });
});

describe('the memory of certificates', () => {
  it('changes no verdict: a forged certificate of the same key and serial is refused after the true one', () => {
    const trust = TrustStore.load(f.authority.pins, f.authority.certificates, {
      production: false,
      nowMs: TEST_NOW_MS,
      rememberedCertificates: 2,
    });
    const forged = issueCard(f.authority.g3, f.key, 1n, { parts: { signer: f.authority.g2.key } });
    for (let round = 0; round < 2; round += 1) {
      expect(verifyEnvelope(withCms({}), trust, f.revocation).outcome).toBe('passed');
      expect(verifyEnvelope(envelopeInput(buildCms(forged)), trust, f.revocation)).toMatchObject({
        code: 'E_CERT_SIG',
      });
    }
    expect(trust.cache.size).toBe(1);
    const fingerprint = createHash('sha256').update(f.card.certificate).digest('base64');
    expect(trust.cache.has(fingerprint, f.authority.g3.pin.ski)).toBe(true);
    expect(trust.cache.has(fingerprint, f.authority.g2.pin.ski)).toBe(false);
    for (const serial of [20n, 21n, 22n]) {
      verifyEnvelope(envelopeInput(buildCms(issueCard(f.authority.g3, f.key, serial))), trust, f.revocation);
    }
    expect(trust.cache.size).toBe(2);
  });
});

it('every code of checks 7 to 20 is provoked above', () => {
  const elsewhere = ['E_SIM_IN_PROD', 'E_REVOKED', 'E_SUSPENDED', 'I_CRL_STALE', 'E_CHAIN', 'W_CLOCK'];
  const provoked = new Set<string>([...REFUSALS.map(([code]) => code), ...elsewhere]);
  const wanted = Object.entries(POLICY_CHECKS).filter(([, [check]]) => check >= 7 && check <= 20);
  expect(wanted.map(([code]) => code).filter((code) => !provoked.has(code))).toEqual([]);
});
