import { DerError, DerReader, TAG } from '@lianshu/der';
import type { Certificate } from './certificate.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE } from './extensions.ts';
import { readName } from './name.ts';
import { OID } from './oids.ts';
import type { PolicyCode } from './policy.ts';
import { isStrong } from './public-key.ts';

/** What the MOICA profile puts into a citizen's certificate (identity reference §4.2). */
export interface SignerProfile {
  /** DN serialNumber. */
  readonly subjectSerialNumber: string;
  /** OID of the subject type, when it is there. */
  readonly subjectType: string | undefined;
  /** Last four characters of the national ID. */
  readonly idTail: string | undefined;
}

/** Reads the profile; undefined when the subject has no single well-formed serialNumber. */
export function readSignerProfile(certificate: Certificate): SignerProfile | undefined {
  try {
    const serials = readName(certificate.subject).filter(({ oid }) => oid === OID.serialNumber);
    const subjectSerialNumber = serials[0]?.value ?? '';
    if (serials.length !== 1 || !/^[0-9A-Z]{1,64}$/i.test(subjectSerialNumber)) return undefined;
    const type = certificate.directory.get(OID.subjectType);
    const tail = certificate.directory.get(OID.idTail);
    return {
      subjectSerialNumber,
      subjectType: type?.[0] === TAG.oid ? new DerReader(type).oid() : undefined,
      idTail: tail === undefined ? undefined : new DerReader(tail).text(),
    };
  } catch (error) {
    if (error instanceof DerError || error instanceof PkiError) return undefined;
    throw error;
  }
}

/** Check 11 beyond the parse: no unknown critical extension, a strong key. */
export function judgeCertificate(certificate: Certificate): PolicyCode | undefined {
  if (certificate.unknownCritical.length > 0) return 'E_CERT_CRIT_EXT';
  return isStrong(certificate.key) ? undefined : 'E_CERT_KEY_WEAK';
}

const SIGNING = KEY_USAGE.digitalSignature | KEY_USAGE.nonRepudiation;
const NOT_SIGNING =
  KEY_USAGE.keyEncipherment |
  KEY_USAGE.dataEncipherment |
  KEY_USAGE.keyAgreement |
  KEY_USAGE.keyCertSign |
  KEY_USAGE.crlSign;

/** Check 12: the card's signing certificate, not its encryption certificate and not an authority. */
export function isSigningCertificate(certificate: Certificate): boolean {
  const usage = certificate.keyUsage ?? 0;
  return (usage & SIGNING) !== 0 && (usage & NOT_SIGNING) === 0 && !certificate.isCa;
}
