import { createHash } from 'node:crypto';
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
  barePkcs1,
  buildCms,
  buildRevocationList,
  type CitizenBend,
  type CmsBend,
  createAuthority,
  envelopeInput,
  issueCard,
  TEST_NOW_MS,
  usualAttributes,
} from './testing/index.ts';
import { REFUSED_CMS } from './testing/refused-cms.ts';
import { REFUSED_SIGNERS } from './testing/refused-signers.ts';

const f = fixture();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;

const verdict = (input: EnvelopeInput) => verifyEnvelope(input, f.trust, f.revocation);
const withCms = (bend: CmsBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(f.card, bend), more);
const withCard = (bend: CitizenBend, more: Partial<EnvelopeInput> = {}) =>
  envelopeInput(buildCms(issueCard(f.authority.g3, f.key, 9n, bend)), more);
const sized = (length: number) => new Uint8Array(length).fill(0x30);

const REFUSALS = [...REFUSED_CMS, ...REFUSED_SIGNERS];

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
