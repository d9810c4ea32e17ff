import { hash } from 'node:crypto';
import { DerError, DerReader, TAG } from '@lianshu/der';
import { isAllowedAuthorityUrl } from './authority-url.ts';
import { toHex } from './bytes.ts';
import { type Certificate, parseCertificate } from './certificate.ts';
import { KEY_USAGE } from './extensions.ts';
import { FactList, type Inspection, type InspectOptions, instant, personal } from './inspection.ts';
import { isSimulatorName, nameText, printable } from './name.ts';
import { OID } from './oids.ts';
import { isStrong, type PublicKey } from './public-key.ts';
import { PUBLISHED_AUTHORITIES } from './published-authorities.ts';
import { isSigningCertificate } from './signer-profile.ts';
import { isValidAt } from './trust-store.ts';

/** What a certificate says, and what the policy would say of it. */
export function inspectCertificate(der: Uint8Array, options: InspectOptions): Inspection {
  const certificate = parseCertificate(der);
  const list = new FactList();
  list.add('subject', 'Subject', nameText(certificate.subject));
  list.add('issuer', 'Issuer', nameText(certificate.issuer));
  list.add('serial', 'Serial number', toHex(certificate.serial));
  list.add('notBefore', 'Valid from', instant(certificate.notBeforeMs));
  list.add('notAfter', 'Valid until', instant(certificate.notAfterMs));
  list.add('key', 'Key', keyText(certificate.key));
  list.add('signatureAlgorithm', 'Signed with', certificate.algorithm);
  list.add('keyUsage', 'Key usage', usageText(certificate));
  list.add('extendedKeyUsage', 'Extended usage', certificate.extendedKeyUsage);
  list.add('authority', 'Authority', certificate.isCa ? authorityText(certificate) : 'no');
  list.add('policies', 'Policies', certificate.policies);
  addDirectory(list, certificate, options);
  list.add('ski', 'Subject key ID', certificate.ski);
  list.add('aki', 'Authority key ID', certificate.aki);
  list.add('ocsp', 'OCSP', certificate.ocspUrls.map(printable));
  list.add('crl', 'Revocation list', certificate.crlUrls.map(printable));
  const sha256 = hash('sha256', der, 'hex');
  list.add('sha256', 'SHA-256', sha256);
  addPins(list, certificate, sha256, options);
  addWarnings(list, certificate, options);
  return { kind: 'certificate', facts: list.facts, warnings: list.warnings, enclosed: [] };
}

function keyText(key: PublicKey): string {
  switch (key.kind) {
    case 'rsa':
      return `RSA ${key.bits} bits, exponent ${key.exponent}`;
    case 'p256':
      return 'P-256';
    case 'other':
      return `other (${key.oid})`;
    default:
      return key satisfies never;
  }
}

function usageText({ keyUsage }: Certificate): readonly string[] {
  return Object.entries(KEY_USAGE).flatMap(([name, bit]) => ((keyUsage ?? 0) & bit ? [name] : []));
}

function authorityText({ pathLength }: Certificate): string {
  return pathLength === undefined ? 'yes' : `yes, at most ${pathLength} authorities below`;
}

const DIRECTORY: Readonly<Record<string, string>> = {
  [OID.subjectType]: 'Subject type',
  [OID.idTail]: 'ID, last four',
};

function addDirectory(list: FactList, certificate: Certificate, options: InspectOptions): void {
  for (const [oid, value] of certificate.directory) {
    const text = directoryText(value);
    const shown = oid === OID.subjectType ? subjectType(text) : personal(text, options);
    list.add(oid, DIRECTORY[oid] ?? `Attribute ${oid}`, shown);
  }
}

function subjectType(oid: string): string {
  return oid === OID.naturalPerson ? `natural person (${oid})` : oid;
}

function directoryText(value: Uint8Array): string {
  try {
    const r = new DerReader(value);
    return r.peek() === TAG.oid ? r.oid() : printable(r.text());
  } catch (error) {
    if (error instanceof DerError) return toHex(value);
    throw error;
  }
}

/** Which authority this is, or claims to come from. Recognition by key identifier is a claim, not a proof. */
function addPins(list: FactList, certificate: Certificate, sha256: string, options: InspectOptions): void {
  const published = PUBLISHED_AUTHORITIES.map((authority) => ({
    ...authority,
    name: `${authority.name} (published${authority.recomputed ? '' : ', unconfirmed'})`,
  }));
  const known = [...options.pins, ...published];
  const own = known.filter((pin) => pin.sha256?.toLowerCase() === sha256);
  list.add(
    'pin',
    'Is',
    own.map(({ name }) => name),
  );
  const above = known.filter((pin) => pin.ski !== undefined && pin.ski === certificate.aki);
  list.add(
    'issuerPin',
    'Names as issuer',
    above.map(({ name }) => name),
  );
  const pretender = known.find(
    (pin) => pin.ski !== undefined && pin.ski === certificate.ski && !own.includes(pin),
  );
  list.warn(
    own.length === 0 && pretender?.sha256 !== undefined,
    `It carries the key identifier of ${pretender?.name ?? ''}, but its fingerprint differs.`,
  );
  list.warn(
    own.length === 0 && above.length === 0,
    'Neither the certificate nor its issuer is a known authority.',
  );
}

function addWarnings(list: FactList, certificate: Certificate, { nowMs }: InspectOptions): void {
  const usage = certificate.keyUsage ?? 0;
  const encrypts = (usage & (KEY_USAGE.keyEncipherment | KEY_USAGE.dataEncipherment)) !== 0;
  const isPerson = !certificate.isCa && !certificate.extendedKeyUsage.includes(OID.ocspSigning);
  list.warn(nowMs < certificate.notBeforeMs, 'It is not valid yet.');
  list.warn(nowMs >= certificate.notBeforeMs && !isValidAt(certificate, nowMs), 'It has expired.');
  list.warn(!isStrong(certificate.key), 'The key is weaker than the policy allows, or of another kind.');
  list.warn(
    certificate.algorithm === 'other',
    'The issuer did not sign with SHA-256; the policy refuses SHA-1.',
  );
  for (const oid of certificate.unknownCritical) {
    list.warn(isPerson || oid !== OID.extendedKeyUsage, `The policy refuses critical extension ${oid}.`);
  }
  list.warn(
    isSimulatorName(certificate.subject) || isSimulatorName(certificate.issuer),
    'It comes from a simulator. It proves nothing about a person.',
  );
  list.warn(isPerson && encrypts, 'It is an encryption certificate: it cannot sign.');
  list.warn(
    isPerson && !encrypts && !isSigningCertificate(certificate),
    'Its key usage does not allow signing.',
  );
  list.warn(
    isPerson && !certificate.policies.includes(OID.moicaPolicy),
    'It does not carry the policy of citizen certificates.',
  );
  const outside = certificate.ocspUrls.filter((url) => !isAllowedAuthorityUrl(url));
  list.warn(
    outside.length > 0,
    'An OCSP address lies outside nat.gov.tw and moi.gov.tw and would not be asked.',
  );
}
