import { contextConstructed, DerError, DerReader, TAG } from '@lianshu/der';
import { PkiError } from './error.ts';
import { inspectCertificate } from './inspect-certificate.ts';
import { inspectOcspResponse, inspectRevocationList } from './inspect-lists.ts';
import { inspectSignedData } from './inspect-signed-data.ts';
import type { Inspection, InspectOptions } from './inspection.ts';

/** Most bytes of a file: a complete revocation list fits. */
const FILE_LIMIT = 128 * 1024 * 1024;

const INSPECTORS = {
  certificate: inspectCertificate,
  'cms-signed-data': inspectSignedData,
  'revocation-list': inspectRevocationList,
  'ocsp-response': inspectOcspResponse,
} as const satisfies Record<Inspection['kind'], unknown>;

/**
 * Reads one DER artefact of any kind known here and says what a person needs to judge it.
 * Throws {@link PkiError} or `DerError` when it is none, or not strictly encoded.
 */
export function inspect(der: Uint8Array, options: InspectOptions): Inspection {
  return INSPECTORS[kindOf(der)](der, options);
}

/** Tells the kinds apart by their first elements; whether the rest is sound is the parser's to say. */
function kindOf(der: Uint8Array): Inspection['kind'] {
  const r = new DerReader(der, FILE_LIMIT);
  r.enter(TAG.sequence);
  switch (r.peek()) {
    case TAG.oid:
      return 'cms-signed-data';
    case TAG.enumerated:
      return 'ocsp-response';
    case TAG.sequence:
      r.enter(TAG.sequence);
      return r.peek() === contextConstructed(0) ? 'certificate' : 'revocation-list';
    default:
      throw new PkiError('E_FORMAT', 'no certificate, CMS, revocation list or OCSP response');
  }
}

/** The sentence for bytes that could not be read; undefined for faults of our own. */
export function refusalText(error: unknown): string | undefined {
  return error instanceof PkiError || error instanceof DerError ? error.message : undefined;
}
