import type { KeyObject } from 'node:crypto';
import * as der from '@lianshu/der';
import { KEY_USAGE } from '../extensions.ts';
import { OID } from '../oids.ts';
import { TEST_NOW_MS, type TestAnchor } from './authority.ts';
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

/** A fictitious citizen's card. */
export interface TestCard {
  readonly key: KeyObject;
  readonly certificate: Bytes;
  readonly issuerName: Bytes;
  readonly serial: Bytes;
  readonly idTail: string;
}

/** What a test may bend in a citizen's certificate. */
export interface CitizenBend {
  readonly keyUsage?: number | null;
  readonly aki?: Bytes | null;
  readonly policy?: string | null;
  readonly subjectType?: string | null;
  readonly idTail?: string | null;
  readonly extraExtensions?: readonly Bytes[];
  readonly parts?: Partial<CertificateParts>;
}

/** One subject directory attribute with one value. */
export function directoryAttribute(oid: string, value: Bytes): Bytes {
  return der.sequence(der.oid(oid), der.setOf(value));
}

/** Extensions of a citizen's signing certificate (identity reference §4.2). */
function citizenExtensions(issuer: TestAnchor, key: KeyObject, bend: CitizenBend): readonly Bytes[] {
  const aki = bend.aki === undefined ? issuer.ski : bend.aki;
  const usage = bend.keyUsage === undefined ? KEY_USAGE.digitalSignature : bend.keyUsage;
  const policy = bend.policy === undefined ? OID.moicaPolicy : bend.policy;
  const type = bend.subjectType === undefined ? OID.naturalPerson : bend.subjectType;
  const tail = bend.idTail === undefined ? '6789' : bend.idTail;
  const directory = [
    ...(type === null ? [] : [directoryAttribute(OID.subjectType, der.oid(type))]),
    ...(tail === null ? [] : [directoryAttribute(OID.idTail, der.printableString(tail))]),
  ];
  const ocsp = der.contextValue(6, new TextEncoder().encode('http://ocsp.sim.moi.gov.tw/OCSP'));
  return [
    ...(aki === null ? [] : [extension(OID.authorityKeyIdentifier, der.sequence(der.contextValue(0, aki)))]),
    extension(OID.subjectKeyIdentifier, der.octetString(keyIdentifier(key))),
    ...(usage === null ? [] : [extension(OID.keyUsage, der.namedBits(usage), true)]),
    ...(policy === null
      ? []
      : [extension(OID.certificatePolicies, der.sequence(der.sequence(der.oid(policy))))]),
    ...(directory.length === 0
      ? []
      : [extension(OID.subjectDirectoryAttributes, der.sequence(...directory))]),
    extension(OID.authorityInfoAccess, der.sequence(der.sequence(der.oid(OID.ocspAccess), ocsp))),
    ...(bend.extraExtensions ?? []),
  ];
}

/** Issues a signing certificate for a fictitious person. Serial numbers have 16 octets, as MOICA's. */
export function issueCard(
  issuer: TestAnchor,
  key: KeyObject,
  serial: bigint,
  bend: CitizenBend = {},
): TestCard {
  const serialBytes = Buffer.from(`5${serial.toString(16).padStart(31, '0')}`, 'hex');
  const certificate = buildCertificate({
    serial: serialBytes,
    issuer: issuer.name,
    subject: name([OID.country, 'TW'], [OID.commonName, '測試美玲'], [OID.serialNumber, '0000000112345678']),
    notBeforeMs: TEST_NOW_MS - 30 * DAY,
    notAfterMs: TEST_NOW_MS + 1700 * DAY,
    spki: spkiOf(key),
    extensions: citizenExtensions(issuer, key, bend),
    signer: issuer.key,
    ...bend.parts,
  });
  const idTail = bend.idTail ?? '6789';
  return { key, certificate, issuerName: issuer.name, serial: serialBytes, idTail };
}
