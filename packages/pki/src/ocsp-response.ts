import { contextConstructed, contextPrimitive, DerError, DerReader, TAG } from '@lianshu/der';
import { readAlgorithm, readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { PkiError } from './error.ts';
import { readExtension } from './extensions.ts';
import type { CertId } from './ocsp-request.ts';
import { OID } from './oids.ts';

/** What a service says about one certificate. */
export interface SingleResponse {
  /** undefined when another hash than SHA-1 was used. */
  readonly certId: CertId | undefined;
  readonly status: 'good' | 'revoked' | 'unknown';
  /** CRLReason of a revocation, 0 when none was given. */
  readonly reason: number;
  readonly revokedAtMs: number | undefined;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number | undefined;
}

/** An answer as parsed: who it claims to come from, nothing verified. */
export interface ParsedOcspResponse {
  readonly tbs: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  /** Certificates enclosed, whole encodings. */
  readonly certificates: readonly Uint8Array[];
  readonly responder: { readonly by: 'name' | 'key'; readonly value: Uint8Array };
  readonly producedAtMs: number;
  readonly responses: readonly SingleResponse[];
  readonly nonce: Uint8Array | undefined;
}

/** Names of OCSPResponseStatus (RFC 6960 §4.2.1). */
const STATUS: Readonly<Record<number, string>> = {
  1: 'malformedRequest',
  2: 'internalError',
  3: 'tryLater',
  5: 'sigRequired',
  6: 'unauthorized',
};

/** Parses an OCSP response (RFC 6960 §4.2). Throws {@link PkiError}: `I_OCSP_UNAVAILABLE` when the service reports an error, else `E_OCSP_FORMAT`. */
export function parseOcspResponse(der: Uint8Array): ParsedOcspResponse {
  try {
    return parse(der);
  } catch (error) {
    if (error instanceof DerError || (error instanceof PkiError && error.code === 'E_CERT_FORMAT')) {
      throw new PkiError('E_OCSP_FORMAT', error.message, { cause: error });
    }
    throw error;
  }
}

function parse(der: Uint8Array): ParsedOcspResponse {
  const r = new DerReader(der);
  const outer = r.enter(TAG.sequence);
  const status = r.smallInteger(TAG.enumerated);
  if (status !== 0) throw new PkiError('I_OCSP_UNAVAILABLE', `the service says ${STATUS[status] ?? status}`);
  const explicit = r.enter(contextConstructed(0));
  const bytes = r.enter(TAG.sequence);
  if (r.oid() !== OID.basicOcspResponse) throw new PkiError('E_OCSP_FORMAT', 'response type');
  const basic = r.octets();
  r.leave(bytes);
  r.leave(explicit);
  r.leave(outer);
  r.finish();
  return readBasic(new DerReader(basic));
}

function readBasic(r: DerReader): ParsedOcspResponse {
  const outer = r.enter(TAG.sequence);
  const start = r.offset;
  const data = readResponseData(r);
  const tbs = r.bytes.subarray(start, r.offset);
  const algorithm = readSignatureAlgorithm(r);
  const signature = r.bitOctets();
  const certificates: Uint8Array[] = [];
  if (!r.atEnd) {
    const explicit = r.enter(contextConstructed(0));
    const list = r.enter(TAG.sequence);
    while (!r.atEnd && certificates.length < 4) certificates.push(r.element(TAG.sequence));
    r.leave(list);
    r.leave(explicit);
  }
  r.leave(outer);
  r.finish();
  return { tbs, algorithm, signature, certificates, ...data };
}

function readResponseData(
  r: DerReader,
): Pick<ParsedOcspResponse, 'responder' | 'producedAtMs' | 'responses' | 'nonce'> {
  const outer = r.enter(TAG.sequence);
  const byName = r.peek() === contextConstructed(1);
  const choice = r.enter(contextConstructed(byName ? 1 : 2));
  const value = byName ? r.element(TAG.sequence) : r.octets();
  r.leave(choice);
  const producedAtMs = r.generalizedTime();
  const responses: SingleResponse[] = [];
  const list = r.enter(TAG.sequence);
  while (!r.atEnd && responses.length < 16) responses.push(readSingle(r));
  r.leave(list);
  let nonce: Uint8Array | undefined;
  readExtensionsIfAny(r, (oid, extension) => {
    if (oid === OID.ocspNonce) nonce = extension;
  });
  r.leave(outer);
  return { responder: { by: byName ? 'name' : 'key', value }, producedAtMs, responses, nonce };
}

/** `[1] EXPLICIT Extensions OPTIONAL`; a critical one that nobody handles makes the answer unusable. */
function readExtensionsIfAny(r: DerReader, use: (oid: string, value: Uint8Array) => void): void {
  if (r.peek() !== contextConstructed(1)) return;
  const explicit = r.enter(contextConstructed(1));
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (critical && oid !== OID.ocspNonce) throw new PkiError('E_OCSP_FORMAT', `critical extension ${oid}`);
    use(oid, value);
  }
  r.leave(list);
  r.leave(explicit);
}

const GOOD = contextPrimitive(0);
const REVOKED = contextConstructed(1);
const UNKNOWN = contextPrimitive(2);

function readSingle(r: DerReader): SingleResponse {
  const outer = r.enter(TAG.sequence);
  const certId = readCertId(r);
  const found = readStatus(r);
  const thisUpdateMs = r.generalizedTime();
  let nextUpdateMs: number | undefined;
  if (r.peek() === contextConstructed(0)) {
    const explicit = r.enter(contextConstructed(0));
    nextUpdateMs = r.generalizedTime();
    r.leave(explicit);
  }
  readExtensionsIfAny(r, () => {});
  r.leave(outer);
  return { certId, ...found, thisUpdateMs, nextUpdateMs };
}

function readCertId(r: DerReader): CertId | undefined {
  const id = r.enter(TAG.sequence);
  const { oid } = readAlgorithm(r);
  const certId = { issuerNameHash: r.octets(), issuerKeyHash: r.octets(), serial: r.unsigned() };
  r.leave(id);
  return oid === OID.sha1 ? certId : undefined;
}

function readStatus(r: DerReader): Pick<SingleResponse, 'status' | 'reason' | 'revokedAtMs'> {
  const tag = r.peek();
  if (tag === GOOD || tag === UNKNOWN) {
    if (r.content(tag).length !== 0) throw new PkiError('E_OCSP_FORMAT', 'status');
    return { status: tag === GOOD ? 'good' : 'unknown', reason: 0, revokedAtMs: undefined };
  }
  const info = r.enter(REVOKED);
  const revokedAtMs = r.generalizedTime();
  let reason = 0;
  if (!r.atEnd) {
    const explicit = r.enter(contextConstructed(0));
    reason = r.smallInteger(TAG.enumerated);
    r.leave(explicit);
  }
  r.leave(info);
  return { status: 'revoked', reason, revokedAtMs };
}
