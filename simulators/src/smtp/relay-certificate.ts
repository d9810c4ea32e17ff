import { implicitPrimitive, sequence } from '../asn1.ts';
import {
  authorityConstraints,
  extendedKeyUsage,
  extension,
  KEY_USAGE,
  keyUsage,
  name,
  signCertificate,
  subjectKeyIdentifier,
} from '../ca/certificate.ts';
import { newKeyPair } from '../ca/key-pair.ts';
import { newSerial } from '../ca/profiles.ts';
import { OID } from '../oids.ts';

const DAY = 86_400_000;

/** A certificate for `localhost` that is its own authority, and its key, as PEM. */
export async function relayCertificate(
  nowMs: number,
): Promise<Readonly<{ certificate: string; privateKey: string }>> {
  const keys = await newKeyPair('p256');
  const subject = name([OID.organization, 'SIM'], [OID.commonName, 'localhost']);
  const der = signCertificate(
    {
      serial: newSerial(),
      issuer: subject,
      subject,
      notBeforeMs: nowMs - DAY,
      notAfterMs: nowMs + 30 * DAY,
      spki: keys.spki,
      extensions: [
        subjectKeyIdentifier(keys.ski),
        authorityConstraints(0),
        keyUsage(KEY_USAGE.digitalSignature, KEY_USAGE.keyCertSign),
        extendedKeyUsage(OID.serverAuth),
        extension(OID.subjectAltName, sequence(implicitPrimitive(2, Buffer.from('localhost')))),
      ],
    },
    keys,
  );
  const lines = Buffer.from(der)
    .toString('base64')
    .replaceAll(/.{64}(?=.)/g, '$&\n');
  return {
    certificate: `-----BEGIN CERTIFICATE-----\n${lines}\n-----END CERTIFICATE-----\n`,
    privateKey: keys.privateKey.export({ format: 'pem', type: 'pkcs8' }).toString(),
  };
}
