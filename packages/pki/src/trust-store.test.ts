import { existsSync, readFileSync } from 'node:fs';
import * as der from '@lianshu/der';
import { describe, expect, it } from 'vitest';
import { KEY_USAGE, type PinnedAnchor, PkiError, TrustStore } from './index.ts';
import { fixture } from './testing/fixture.ts';
import {
  authorityExtensions,
  buildCertificate,
  type CertificateParts,
  keyIdentifier,
  name,
  pinOf,
  spkiOf,
  TEST_NOW_MS,
} from './testing/index.ts';

const DAY = 86_400_000;
const f = fixture();
const options = { production: false, nowMs: TEST_NOW_MS };

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'loaded';
  } catch (error) {
    if (error instanceof PkiError) return error.code;
    throw error;
  }
}

/** A third issuer under the fixture's root with one thing bent. */
function bent(parts: Partial<CertificateParts>, pin: Partial<PinnedAnchor> = {}) {
  const { root, g2 } = f.authority;
  const certificate = buildCertificate({
    serial: 77n,
    issuer: root.name,
    subject: g2.name,
    notBeforeMs: TEST_NOW_MS - DAY,
    notAfterMs: TEST_NOW_MS + DAY,
    spki: spkiOf(g2.key),
    extensions: authorityExtensions(g2.ski, root.ski),
    signer: root.key,
    ...parts,
  });
  const itsPin = { ...pinOf(certificate, g2.ski, { name: 'bent', role: 'issuer', simulated: true }), ...pin };
  return TrustStore.load([root.pin, itsPin], [root.certificate, certificate], options);
}

describe('loading anchors (check 19 at start)', () => {
  it('takes two generations of one name and tells them apart by key identifier', () => {
    expect(f.authority.g2.name).toEqual(f.authority.g3.name);
    expect(f.trust.issuer(f.authority.g2.pin.ski)?.pin.name).toBe('Test issuer G2');
    expect(f.trust.issuer(f.authority.g3.pin.ski)?.pin.name).toBe('Test issuer G3');
    expect(f.trust.issuer(f.authority.root.pin.ski)).toBeUndefined();
    expect(f.trust.recheckChain(TEST_NOW_MS)).toEqual([]);
  });

  const { root, g2 } = f.authority;
  const usage = (keyUsage: number) => ({ extensions: authorityExtensions(g2.ski, root.ski, { keyUsage }) });
  const constraints = (value: Uint8Array) => ({
    extensions: authorityExtensions(g2.ski, root.ski, { constraints: value }),
  });
  it.each<[string, string, () => unknown]>([
    ['as it should be', 'loaded', () => bent({})],
    ['not pinned', 'E_ISSUER_UNKNOWN', () => bent({}, { sha256: '00'.repeat(32) })],
    ['pinned under another key', 'E_ISSUER_UNKNOWN', () => bent({}, { ski: '00'.repeat(20) })],
    ['not yet valid', 'E_CHAIN', () => bent({ notBeforeMs: TEST_NOW_MS + 1000 })],
    ['expired', 'E_CHAIN', () => bent({ notAfterMs: TEST_NOW_MS - 1000 })],
    ['not a CA', 'E_CHAIN', () => bent(constraints(der.sequence()))],
    ['pathlen 0', 'loaded', () => bent(constraints(der.sequence(der.boolean(true), der.integer(0))))],
    ['may not sign certificates', 'E_CHAIN', () => bent(usage(KEY_USAGE.crlSign))],
    ['signed by another key', 'E_CHAIN', () => bent({ signer: f.authority.g3.key })],
    ['signed with SHA-1', 'E_CHAIN', () => bent({ digest: 'sha1' })],
    ['names another issuer', 'E_CHAIN', () => bent({ issuer: name(['2.5.4.3', 'SIM other']) })],
    [
      'names another key of its issuer',
      'E_CHAIN',
      () => bent({ extensions: authorityExtensions(g2.ski, keyIdentifier(f.key)) }),
    ],
    ['weak key', 'E_CERT_KEY_WEAK', () => bent({ spki: weakSpki() })],
    ['not a certificate', 'E_ISSUER_UNKNOWN', () => TrustStore.load([], [Uint8Array.of(1)], options)],
    [
      'twice',
      'E_ISSUER_UNKNOWN',
      () => TrustStore.load(f.authority.pins, [root.certificate, root.certificate], options),
    ],
    ['without its root', 'E_CHAIN', () => TrustStore.load(f.authority.pins, [g2.certificate], options)],
    [
      'without its root, by the pin’s word',
      'loaded',
      () => TrustStore.load([{ ...g2.pin, trustedWithoutRoot: true }], [g2.certificate], options),
    ],
  ])('%s: %s', (_, expected, act) => {
    expect(codeOf(act)).toBe(expected);
  });

  it('a root that allows no issuer below it', () => {
    const { key, ski, name: subject } = root;
    const zero = der.sequence(der.boolean(true), der.integer(0));
    const narrow = buildCertificate({
      serial: 1n,
      issuer: subject,
      subject,
      notBeforeMs: TEST_NOW_MS - DAY,
      notAfterMs: TEST_NOW_MS + DAY,
      spki: spkiOf(key),
      extensions: authorityExtensions(ski, ski, { constraints: zero }),
      signer: key,
    });
    const pin = pinOf(narrow, ski, { name: 'narrow root', role: 'root', simulated: true });
    expect(codeOf(() => TrustStore.load([pin, g2.pin], [narrow, g2.certificate], options))).toBe('E_CHAIN');
  });

  it('production takes no simulated authority, also when the pin lies', () => {
    const production = { production: true, nowMs: TEST_NOW_MS };
    const lying = f.authority.pins.map((pin) => ({ ...pin, simulated: false }));
    expect(codeOf(() => TrustStore.load(f.authority.pins, f.authority.certificates, production))).toBe(
      'E_SIM_IN_PROD',
    );
    expect(codeOf(() => TrustStore.load(lying, f.authority.certificates, production))).toBe('E_SIM_IN_PROD');
    expect(TrustStore.load(lying, f.authority.certificates, options).anchors.every((a) => a.simulated)).toBe(
      true,
    );
  });

  it('validity is judged again on every day', () => {
    const problems = f.trust.recheckChain(TEST_NOW_MS + 7000 * DAY);
    expect(problems.map(({ problem }) => problem)).toEqual(['validity', 'validity']);
    expect(f.trust.recheckChain(TEST_NOW_MS)).toEqual([]);
  });
});

function weakSpki(): Uint8Array {
  const key = der.sequence(der.integer((1n << 1023n) + 1n), der.integer(65_537));
  return der.sequence(der.sequence(der.oid('1.2.840.113549.1.1.1'), der.nullValue()), der.bitString(key));
}

describe('the real MOICA G3', () => {
  const file = new URL('../../../../shared/data/ca/moica-g3.cer', import.meta.url);
  const present = existsSync(file);
  if (!present) {
    if (process.env['CI']) throw new Error('shared/data/ca/moica-g3.cer is missing');
    console.warn('SKIPPED: shared/data/ca/moica-g3.cer is missing, the real certificate was not tried');
  }
  const pin: PinnedAnchor = {
    name: 'MOICA G3',
    sha256: 'ed793fd0d50a2a398049d598982cf01e75f873b532066caec238f800a06ca9da',
    ski: '4720a3b1264bcd6d48acf2640886972c7454115f',
    role: 'issuer',
    simulated: false,
    trustedWithoutRoot: true,
  };
  const production = { production: true, nowMs: TEST_NOW_MS };

  it.skipIf(!present)('loads by its pin, in production', () => {
    const trust = TrustStore.load([pin], [readFileSync(file)], production);
    expect(trust.issuer(pin.ski)).toMatchObject({
      simulated: false,
      certificate: {
        aki: '3a908ee74147197 3dc9cbda37ed83d3e83091f03'.replace(' ', ''),
        pathLength: 0,
        isCa: true,
      },
    });
  });

  it.skipIf(!present)('is refused without its root unless the pin says so', () => {
    const { trustedWithoutRoot: _, ...plain } = pin;
    expect(codeOf(() => TrustStore.load([plain], [readFileSync(file)], production))).toBe('E_CHAIN');
  });

  it.skipIf(!present)('is refused with any one byte changed', () => {
    const original = readFileSync(file);
    for (let at = 0; at < original.length; at += 1) {
      const changed = Buffer.from(original);
      changed[at] = (changed[at] ?? 0) ^ 0x40;
      expect(codeOf(() => TrustStore.load([pin], [changed], production))).toBe('E_ISSUER_UNKNOWN');
    }
  });
});
