import { createHash } from 'node:crypto';
import type { CanonicalValue } from './canonical-json.ts';
import { bytes, exactObject, text } from './json-shape.ts';
import { SealError } from './seal-error.ts';

/** What proved that the certificate was not revoked: a fresh list, or an OCSP answer where there was none. */
export type RevocationProof = RevocationListProof | OcspProof;

/** Which list proved it (check 20); lists are archived once. */
export interface RevocationListProof {
  /** Hex of the issuer's subject key identifier. */
  readonly issuerSki: string;
  /** Decimal CRLNumber. */
  readonly crlNumber: string;
  /** Hex SHA-256 of the list's DER. */
  readonly crlSha256: string;
}

/**
 * The OCSP answer that proved it (check 21). The answer itself is here, sealed, and nowhere else: it is about one
 * card and names it, so a plain archive of answers would be a list of signers that outlives destruction.
 *
 * Source: RFC 6960; identity.md §13 (LT).
 */
export interface OcspProof {
  /** Hex of the issuer's subject key identifier. */
  readonly issuerSki: string;
  /** OCSPResponse, DER, with the responder's certificate if it enclosed one. */
  readonly response: Uint8Array;
  /** ISO instants out of the answer: when it was signed, and as of when it holds. */
  readonly producedAt: string;
  readonly thisUpdate: string;
  /** KeyHash of the responder: hex SHA-1 of its public key's bits. */
  readonly responderKeyHash: string;
}

/** Which of the two it is: an OCSP answer is enclosed, a list is named. */
export function isOcspProof(proof: RevocationProof): proof is OcspProof {
  return 'response' in proof;
}

/** The member `revocation` of an evidence record. */
export function encodeProof(proof: RevocationProof): CanonicalValue {
  if (!isOcspProof(proof))
    return { issuer_ski: proof.issuerSki, crl_number: proof.crlNumber, crl_sha256: proof.crlSha256 };
  return {
    kind: 'ocsp',
    issuer_ski: proof.issuerSki,
    response: Buffer.from(proof.response).toString('base64url'),
    response_sha256: sha256(proof.response),
    produced_at: proof.producedAt,
    this_update: proof.thisUpdate,
    responder_key: proof.responderKeyHash,
  };
}

/** Reads `revocation` of `LIANSHU-EVIDENCE/1`. Throws `record-malformed`, as all readers here. */
export function decodeListProof(value: unknown): RevocationListProof {
  const o = exactObject(value, ['crl_number', 'crl_sha256', 'issuer_ski']);
  return {
    issuerSki: text(o['issuer_ski']),
    crlNumber: text(o['crl_number']),
    crlSha256: text(o['crl_sha256']),
  };
}

/** Reads `revocation` of `LIANSHU-EVIDENCE/2`. */
export function decodeOcspProof(value: unknown): OcspProof {
  const o = exactObject(value, [
    'issuer_ski',
    'kind',
    'produced_at',
    'responder_key',
    'response',
    'response_sha256',
    'this_update',
  ]);
  const response = bytes(o['response']);
  if (text(o['kind']) !== 'ocsp' || text(o['response_sha256']) !== sha256(response))
    throw new SealError('record-malformed');
  return {
    issuerSki: text(o['issuer_ski']),
    response,
    producedAt: text(o['produced_at']),
    thisUpdate: text(o['this_update']),
    responderKeyHash: text(o['responder_key']),
  };
}

function sha256(data: Uint8Array): string {
  return createHash('sha256').update(data).digest('hex');
}
