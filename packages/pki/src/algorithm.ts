import { type DerReader, TAG } from '@lianshu/der';
import { OID } from './oids.ts';

/** A signature algorithm as found; `other` carries no promise but that it was an AlgorithmIdentifier. */
export type SignatureAlgorithm = 'rsa' | 'rsa-sha256' | 'ecdsa-sha256' | 'other';

/** What follows the identifier of an algorithm. */
export type Parameters = 'absent' | 'null' | 'other';

/** Steps through `AlgorithmIdentifier ::= SEQUENCE { OID, ANY OPTIONAL }` and hands over what it found. */
export function readAlgorithm(r: DerReader): { readonly oid: string; readonly parameters: Parameters } {
  const outer = r.enter(TAG.sequence);
  const oid = r.oid();
  let parameters: Parameters = 'absent';
  if (r.peek() === TAG.null) {
    r.null();
    parameters = 'null';
  } else if (r.skip()) parameters = 'other';
  r.leave(outer);
  return { oid, parameters };
}

/**
 * Reads a signature algorithm. RSA needs its NULL (RFC 4055 §5, RFC 3370 §3.2), ECDSA must have no parameters (RFC 5758 §3.2).
 * Bare `rsaEncryption` is `rsa`: CMS allows it beside a digest algorithm, certificates do not.
 */
export function readSignatureAlgorithm(r: DerReader): SignatureAlgorithm {
  const { oid, parameters } = readAlgorithm(r);
  if (parameters === 'null' && oid === OID.sha256WithRsa) return 'rsa-sha256';
  if (parameters === 'null' && oid === OID.rsaEncryption) return 'rsa';
  if (parameters === 'absent' && oid === OID.ecdsaWithSha256) return 'ecdsa-sha256';
  return 'other';
}
