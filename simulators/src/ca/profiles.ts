import { randomBytes } from 'node:crypto';
import { concat, type Der, nullValue } from '../asn1.ts';
import { OID } from '../oids.ts';
import type { Person } from '../people.ts';
import type { CertificationAuthority } from './authority-state.ts';
import {
  authorityConstraints,
  authorityInfoAccess,
  authorityKeyIdentifier,
  certificatePolicies,
  citizenAttributes,
  crlDistributionPoint,
  extendedKeyUsage,
  extension,
  KEY_USAGE,
  keyUsage,
  name,
  signCertificate,
  subjectKeyIdentifier,
} from './certificate.ts';
import type { IssuerName } from './issuer-name.ts';
import type { KeyPair, SignatureAlgorithm } from './key-pair.ts';

/** Subject of the simulated root. */
export const ROOT_NAME = name(
  [OID.country, 'TW'],
  [OID.organization, 'SIM 行政院'],
  [OID.commonName, 'SIM Government Root Certification Authority - G3'],
);

/** Subject of *both* generations, as in reality: choose by AKI→SKI, never by name (identity.md §4.1). */
export const MOICA_NAME = name(
  [OID.country, 'TW'],
  [OID.organization, 'SIM 行政院'],
  [OID.organizationalUnit, 'SIM 內政部憑證管理中心'],
);

/** Validity periods; ends as in reality, the root's start earlier so that it covers the older generation. */
const AUTHORITY_VALIDITY: Readonly<Record<IssuerName, readonly [string, string]>> = {
  'SIM-GRCA-G3': ['2012-06-07T00:00:00Z', '2049-12-31T15:59:59Z'],
  'SIM-MOICA-G2': ['2014-01-02T00:00:00Z', '2034-01-02T15:59:59Z'],
  'SIM-MOICA-G3': ['2024-01-23T00:00:00Z', '2044-01-23T15:59:59Z'],
};

/** Number of partitions of each issuer's revocation lists; real number 未確認. */
export const PARTITIONS = 4;

/** Partition a certificate's revocation appears in. */
export const partitionOf = (serialHex: string): number =>
  Number.parseInt(serialHex.slice(-2), 16) % PARTITIONS;

/** Addresses written into certificates. */
export const urls = {
  completeList: (base: string, ski: string): string => `${base}/crl/${ski}/complete.crl`,
  partition: (base: string, ski: string, n: number): string => `${base}/crl/${ski}/p${n}.crl`,
  certificate: (base: string, issuer: IssuerName): string => `${base}/certs/${issuer}.cer`,
  ocsp: (base: string): string => `${base}/ocsp`,
} as const;

/** Sixteen random octets, positive, apart from the range the padding of a list uses. */
export function newSerial(): Der {
  const serial = concat(randomBytes(16));
  serial[0] = 0x10 | ((serial[0] ?? 0) & 0x1f);
  return serial;
}

/** Certificate of an authority, by itself (root) or by the root. */
export function authorityCertificate(
  issuerName: IssuerName,
  keys: KeyPair,
  base: string,
  root: CertificationAuthority | undefined,
): Der {
  const [from, to] = AUTHORITY_VALIDITY[issuerName];
  const extensions =
    root === undefined
      ? [
          subjectKeyIdentifier(keys.ski),
          keyUsage(KEY_USAGE.keyCertSign, KEY_USAGE.crlSign),
          authorityConstraints(),
        ]
      : [
          authorityKeyIdentifier(root.keys.ski),
          subjectKeyIdentifier(keys.ski),
          keyUsage(KEY_USAGE.digitalSignature, KEY_USAGE.keyCertSign, KEY_USAGE.crlSign),
          certificatePolicies(OID.assuranceLevel3),
          authorityConstraints(0),
          crlDistributionPoint(urls.completeList(base, Buffer.from(root.keys.ski).toString('hex'))),
          authorityInfoAccess({ issuer: urls.certificate(base, root.name) }),
        ];
  return signCertificate(
    {
      serial: newSerial(),
      issuer: root?.subject ?? ROOT_NAME,
      subject: root === undefined ? ROOT_NAME : MOICA_NAME,
      notBeforeMs: Date.parse(from),
      notAfterMs: Date.parse(to),
      spki: keys.spki,
      extensions,
    },
    root?.keys ?? keys,
  );
}

/** Certificate of a delegated OCSP responder (RFC 6960 §4.2.2.2), or one that lacks the purpose. */
export function responderCertificate(
  issuer: CertificationAuthority,
  keys: KeyPair,
  withPurpose: boolean,
): Der {
  const [from, to] = AUTHORITY_VALIDITY[issuer.name];
  return signCertificate(
    {
      serial: newSerial(),
      issuer: issuer.subject,
      subject: name([OID.country, 'TW'], [OID.organization, 'SIM 行政院'], [OID.commonName, 'SIM OCSP']),
      notBeforeMs: Date.parse(from),
      notAfterMs: Date.parse(to),
      spki: keys.spki,
      extensions: [
        authorityKeyIdentifier(issuer.keys.ski),
        subjectKeyIdentifier(keys.ski),
        keyUsage(KEY_USAGE.digitalSignature),
        ...(withPurpose ? [extendedKeyUsage(OID.ocspSigning)] : []),
        extension(OID.ocspNoCheck, nullValue()),
      ],
    },
    issuer.keys,
  );
}

/** What a citizen certificate may deviate in; the defaults are the profile of identity.md §4.2. */
export type CitizenProfile = {
  readonly policy?: string;
  readonly subjectType?: string;
  readonly idTail?: string;
  readonly unknownCritical?: boolean;
  readonly innerAlgorithm?: SignatureAlgorithm;
  /** Flips one bit of the issuer's signature. */
  readonly brokenSignature?: boolean;
  /** Key that signs in place of the issuer's, with its own key identifier: an issuer nobody pinned. */
  readonly strayIssuer?: KeyPair;
};

/** What a citizen certificate is made for. */
export type CitizenCertificate = {
  readonly issuer: CertificationAuthority;
  readonly base: string;
  readonly person: Person;
  readonly subjectSerialNumber: string;
  readonly use: 'signing' | 'encryption';
  readonly keys: KeyPair;
  readonly serial: Uint8Array;
  readonly notBeforeMs: number;
  readonly notAfterMs: number;
  readonly profile: CitizenProfile;
};

/** Signs an end-entity certificate of the citizen profile. */
export function citizenCertificate(plan: CitizenCertificate): Der {
  const { issuer, base, profile } = plan;
  const signer = profile.strayIssuer ?? issuer.keys;
  const serialHex = Buffer.from(plan.serial).toString('hex');
  const issuerSki = Buffer.from(issuer.keys.ski).toString('hex');
  const certificate = signCertificate(
    {
      serial: plan.serial,
      issuer: issuer.subject,
      subject: name(
        [OID.country, 'TW'],
        [OID.commonName, plan.person.name],
        [OID.serialNumber, plan.subjectSerialNumber],
      ),
      notBeforeMs: plan.notBeforeMs,
      notAfterMs: plan.notAfterMs,
      spki: plan.keys.spki,
      ...(profile.innerAlgorithm === undefined ? {} : { innerAlgorithm: profile.innerAlgorithm }),
      extensions: [
        authorityKeyIdentifier(signer.ski),
        subjectKeyIdentifier(plan.keys.ski),
        plan.use === 'signing'
          ? keyUsage(KEY_USAGE.digitalSignature)
          : keyUsage(KEY_USAGE.keyEncipherment, KEY_USAGE.dataEncipherment),
        certificatePolicies(profile.policy ?? OID.assuranceLevel3),
        citizenAttributes(
          profile.subjectType ?? OID.naturalPerson,
          profile.idTail ?? plan.person.nationalId.slice(-4),
        ),
        crlDistributionPoint(urls.partition(base, issuerSki, partitionOf(serialHex))),
        authorityInfoAccess({ ocsp: urls.ocsp(base), issuer: urls.certificate(base, issuer.name) }),
        ...(profile.unknownCritical === true ? [extension('1.3.6.1.4.1.99999.1', nullValue(), true)] : []),
      ],
    },
    signer,
  );
  if (profile.brokenSignature === true) {
    const last = certificate.length - 1;
    certificate[last] = (certificate[last] ?? 0) ^ 1;
  }
  return certificate;
}
