import { type EvidenceRecord, encodeEvidence } from './evidence-record.ts';
import { isOcspProof } from './evidence-record-proof.ts';
import { unpad } from './padding.ts';

/**
 * An evidence record as files that ordinary tools read: `evidence.json` (canonical), `statement.txt` (the
 * signed bytes), `signature.p7s` (CMS, DER) or `signature.sig` (PKCS#1), `certificate.pem`, and `ocsp.der` where an
 * OCSP answer proved that the certificate was not revoked (`openssl ocsp -respin`).
 */
export function evidenceFiles(record: EvidenceRecord): Readonly<Record<string, string | Uint8Array>> & {
  readonly 'evidence.json': string;
} {
  const signatureName = record.form === 'pkcs1' ? 'signature.sig' : 'signature.p7s';
  return {
    'evidence.json': `${unpad(encodeEvidence(record))}\n`,
    'statement.txt': record.statement,
    'certificate.pem': pem('CERTIFICATE', record.certificate),
    [signatureName]: record.signature,
    ...(isOcspProof(record.revocationProof) ? { 'ocsp.der': record.revocationProof.response } : {}),
  };
}

/**
 * The shell command that verifies those files with openssl; `issuers.pem` holds the pinned CA certificates. The
 * certificate is judged at the time of receipt (check 16): it may have expired since.
 */
export function verifyCommand(record: EvidenceRecord): string {
  const atSeconds = Math.floor(Date.parse(record.receivedAt) / 1_000);
  const cms =
    'openssl cms -verify -binary -inform DER -in signature.p7s -CAfile issuers.pem -purpose any ' +
    `-attime ${atSeconds} -certfile certificate.pem`;
  switch (record.form) {
    case 'cms-attached':
      return `${cms} -out signed.txt && cmp signed.txt statement.txt`;
    case 'cms-detached':
      return `${cms} -content statement.txt -out signed.txt`;
    case 'pkcs1':
      return (
        `openssl verify -CAfile issuers.pem -attime ${atSeconds} certificate.pem && ` +
        'openssl x509 -in certificate.pem -noout -pubkey -out key.pem && ' +
        'openssl dgst -sha256 -verify key.pem -signature signature.sig statement.txt'
      );
    default:
      return record.form satisfies never;
  }
}

function pem(label: string, der: Uint8Array): string {
  const body = Buffer.from(der).toString('base64').replace(/.{64}/g, '$&\n').trimEnd();
  return `-----BEGIN ${label}-----\n${body}\n-----END ${label}-----\n`;
}
