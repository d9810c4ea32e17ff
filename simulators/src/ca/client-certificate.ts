import type { Der } from '../asn1.ts';
import { OID } from '../oids.ts';
import type { CertificationAuthority } from './authority-state.ts';
import {
  authorityKeyIdentifier,
  extendedKeyUsage,
  KEY_USAGE,
  keyUsage,
  name,
  signCertificate,
  subjectKeyIdentifier,
} from './certificate.ts';
import type { KeyPair } from './key-pair.ts';
import { newSerial } from './profiles.ts';

const DAY = 86_400_000;

/**
 * Certificate with which an operator signs its requests to the identity service. In reality a server
 * certificate of another government authority (GCA); here one issuer suffices, since the service knows its
 * clients by the digest of the certificate only.
 */
export function clientCertificate(
  issuer: CertificationAuthority,
  keys: KeyPair,
  label: string,
  nowMs: number,
): Der {
  return signCertificate(
    {
      serial: newSerial(),
      issuer: issuer.subject,
      subject: name([OID.country, 'TW'], [OID.organization, 'SIM'], [OID.commonName, label]),
      notBeforeMs: nowMs - DAY,
      notAfterMs: nowMs + 3 * 365 * DAY,
      spki: keys.spki,
      extensions: [
        authorityKeyIdentifier(issuer.keys.ski),
        subjectKeyIdentifier(keys.ski),
        keyUsage(KEY_USAGE.digitalSignature),
        extendedKeyUsage(OID.clientAuth),
      ],
    },
    issuer.keys,
  );
}
