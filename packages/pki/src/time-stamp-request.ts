import { boolean, integer, nullValue, octetString, oid, sequence } from '@lianshu/der';
import { OID } from './oids.ts';

/** Bytes of a nonce; see {@link timeStampRequest}. */
export const TIME_STAMP_NONCE_BYTES = 8;

/**
 * A request for a time-stamp over a SHA-256 digest (RFC 3161 §2.4.1), with the authority's certificate asked for, so
 * that the answer can be checked with nothing but the pinned certificate or its root. `nonce` are
 * {@link TIME_STAMP_NONCE_BYTES} random bytes; `policy` asks for one of the authority's policies by its identifier.
 */
export function timeStampRequest(
  request: Readonly<{ digest: Uint8Array; nonce: Uint8Array; policy?: string }>,
): Uint8Array<ArrayBuffer> {
  const { digest, nonce, policy } = request;
  if (digest.length !== 32 || nonce.length !== TIME_STAMP_NONCE_BYTES)
    throw new RangeError('time-stamp request');
  const imprint = sequence(sequence(oid(OID.sha256), nullValue()), octetString(digest));
  const wanted = policy === undefined ? [] : [oid(policy)];
  return sequence(integer(1), imprint, ...wanted, integer(nonce), boolean(true));
}
