import { createHash, generateKeyPairSync, type KeyObject } from 'node:crypto';
import * as der from '@lianshu/der';
import { KEY_USAGE } from '../extensions.ts';
import { OID } from '../oids.ts';
import type { PinnedAnchor } from '../trust-store.ts';
import {
  buildCertificate,
  type CertificateParts,
  extension,
  keyIdentifier,
  name,
  spkiOf,
} from './build-certificate.ts';

type Bytes = Uint8Array;
const DAY = 86_400_000;

/** The instant around which everything built here is valid. */
export const TEST_NOW_MS = Date.parse('2026-11-21T12:00:00+08:00');

/** A test authority: its key, its certificate and the pin for it. */
export interface TestAnchor {
  readonly key: KeyObject;
  readonly certificate: Bytes;
  readonly name: Bytes;
  readonly ski: Bytes;
  readonly pin: PinnedAnchor;
}

/** A root and two generations of one issuer with identical names, as MOICA has them. */
export interface TestAuthority {
  readonly root: TestAnchor;
  readonly g2: TestAnchor;
  readonly g3: TestAnchor;
  readonly pins: readonly PinnedAnchor[];
  readonly certificates: readonly Bytes[];
}

/** How an authority is made. */
export interface AuthorityOptions {
  readonly rsaBits: 2048 | 4096;
  /** With "SIM" in the names, as every simulator's; without it, a stand-in for a real authority. */
  readonly simulated: boolean;
}

/** A fresh RSA private key. */
export function rsaKey(bits: number): KeyObject {
  return generateKeyPairSync('rsa', { modulusLength: bits }).privateKey;
}

/** A fresh P-256 private key. */
export function p256Key(): KeyObject {
  return generateKeyPairSync('ec', { namedCurve: 'P-256' }).privateKey;
}

/** Extensions of an authority's certificate. */
export function authorityExtensions(
  ski: Bytes,
  aki: Bytes,
  bend: { readonly keyUsage?: number; readonly constraints?: Bytes } = {},
): readonly Bytes[] {
  const usage = bend.keyUsage ?? KEY_USAGE.digitalSignature | KEY_USAGE.keyCertSign | KEY_USAGE.crlSign;
  return [
    extension(OID.authorityKeyIdentifier, der.sequence(der.contextValue(0, aki))),
    extension(OID.subjectKeyIdentifier, der.octetString(ski)),
    extension(OID.keyUsage, der.namedBits(usage), true),
    extension(OID.basicConstraints, bend.constraints ?? der.sequence(der.boolean(true)), true),
    extension(OID.certificatePolicies, der.sequence(der.sequence(der.oid(OID.moicaPolicy)))),
  ];
}

/** The pin of a certificate. */
export function pinOf(
  certificate: Bytes,
  ski: Bytes,
  parts: Omit<PinnedAnchor, 'sha256' | 'ski'>,
): PinnedAnchor {
  const sha256 = createHash('sha256').update(certificate).digest('hex');
  return { ...parts, sha256, ski: Buffer.from(ski).toString('hex') };
}

/** Makes root, G2 and G3. `bend` replaces parts of the G3 certificate before it is signed. */
export function createAuthority(
  options: AuthorityOptions,
  bend: Partial<CertificateParts> = {},
): TestAuthority {
  const mark = options.simulated ? 'SIM ' : '';
  const rootName = name([OID.country, 'TW'], [OID.organization, `${mark}Test Root`]);
  const issuerName = name(
    [OID.country, 'TW'],
    [OID.organization, `${mark}行政院`],
    [OID.organizationalUnit, '測試憑證管理中心'],
  );
  const rootKey = rsaKey(options.rsaBits);
  const rootSki = keyIdentifier(rootKey);
  const common = {
    issuer: rootName,
    notBeforeMs: TEST_NOW_MS - 900 * DAY,
    notAfterMs: TEST_NOW_MS + 6000 * DAY,
    signer: rootKey,
  };
  const make = (
    label: string,
    role: PinnedAnchor['role'],
    key: KeyObject,
    subject: Bytes,
    extra: Partial<CertificateParts>,
  ): TestAnchor => {
    const ski = keyIdentifier(key);
    const serial = BigInt(`0x51${Buffer.from(ski).toString('hex').slice(0, 30)}`);
    const certificate = buildCertificate({
      ...common,
      serial,
      subject,
      spki: spkiOf(key),
      extensions: authorityExtensions(ski, rootSki),
      ...extra,
    });
    return {
      key,
      certificate,
      name: subject,
      ski,
      pin: pinOf(certificate, ski, { name: label, role, simulated: options.simulated }),
    };
  };
  const root = make('Test root', 'root', rootKey, rootName, {});
  const g2 = make('Test issuer G2', 'issuer', rsaKey(2048), issuerName, {});
  const g3 = make('Test issuer G3', 'issuer', rsaKey(options.rsaBits), issuerName, bend);
  const anchors = [root, g2, g3];
  return {
    root,
    g2,
    g3,
    pins: anchors.map(({ pin }) => pin),
    certificates: anchors.map(({ certificate }) => certificate),
  };
}
