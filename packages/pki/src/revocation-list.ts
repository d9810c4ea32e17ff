import { hash } from 'node:crypto';
import { contextConstructed, contextPrimitive, DerError, DerReader, TAG } from '@lianshu/der';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { sameBytes, toHex } from './bytes.ts';
import { PkiError } from './error.ts';
import { KEY_USAGE, readAuthorityKey, readExtension } from './extensions.ts';
import { OID } from './oids.ts';
import { verifySha256 } from './public-key.ts';
import { type RevocationList, SERIAL_WIDTH } from './revocation-index.ts';
import { sortSerials } from './serial-sort.ts';
import type { Anchor, TrustStore } from './trust-store.ts';

/** Most bytes of a list: six times the largest known (20 MB). The sender is a pinned authority. */
const LIST_LIMIT = 128 * 1024 * 1024;

/** A list as parsed: whom it names, nothing verified. */
export interface ParsedRevocationList {
  readonly tbs: Uint8Array;
  readonly algorithm: SignatureAlgorithm;
  readonly signature: Uint8Array;
  readonly issuer: Uint8Array;
  readonly aki: string | undefined;
  readonly crlNumber: bigint | undefined;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number | undefined;
  readonly count: number;
  /** Unsorted records and reasons; see {@link RevocationList.serials} for the layout of the sorted ones. */
  readonly records: Uint8Array;
  readonly reasons: Uint8Array;
}

/**
 * Reads and verifies a complete revocation list (RFC 5280 §5; check 20).
 *
 * Guarantees: signed by the pinned authority whose key identifier the list's AKI names, and which may sign lists;
 * it names that authority; its number is higher than `previous` (or it is the same list again); it covers all
 * end-entity certificates. Whether it is current is judged at each look-up, not here.
 *
 * Throws {@link PkiError}: `E_CRL_FORMAT`, `E_CRL_SCOPE` (delta, indirect or partitioned list: absence would prove nothing),
 * `E_ISSUER_UNKNOWN`, `E_CRL_SIG`, `E_CRL_NUMBER`.
 */
export function readRevocationList(
  der: Uint8Array,
  trust: TrustStore,
  previous?: RevocationList,
): RevocationList {
  const parsed = parseRevocationList(der);
  const authority = parsed.aki === undefined ? undefined : trust.anchor(parsed.aki);
  if (authority === undefined || !sameBytes(authority.certificate.subject, parsed.issuer)) {
    throw new PkiError('E_ISSUER_UNKNOWN', `list of authority ${parsed.aki ?? 'unnamed'}`);
  }
  if (!isListSignedBy(parsed, authority)) throw new PkiError('E_CRL_SIG', authority.pin.name);
  const sha256 = hash('sha256', der, 'hex');
  const { crlNumber, nextUpdateMs } = parsed;
  if (crlNumber === undefined || nextUpdateMs === undefined) throw format('no number or no next update');
  if (nextUpdateMs <= parsed.thisUpdateMs) throw format('next update not after this update');
  if (previous !== undefined && previous.issuerSki === authority.pin.ski) {
    const floor = BigInt(previous.crlNumber);
    if (crlNumber < floor || (crlNumber === floor && sha256 !== previous.sha256)) {
      throw new PkiError('E_CRL_NUMBER', `${crlNumber} does not follow ${floor}`);
    }
  }
  return {
    issuerSki: authority.pin.ski,
    crlNumber: crlNumber.toString(),
    sha256,
    thisUpdateMs: parsed.thisUpdateMs,
    nextUpdateMs,
    ...sortSerials(parsed.records, parsed.reasons, parsed.count),
  };
}

function isListSignedBy(parsed: ParsedRevocationList, authority: Anchor): boolean {
  const wanted = authority.certificate.key.kind === 'rsa' ? 'rsa-sha256' : 'ecdsa-sha256';
  return (
    ((authority.certificate.keyUsage ?? 0) & KEY_USAGE.crlSign) !== 0 &&
    parsed.algorithm === wanted &&
    verifySha256(authority.key, parsed.tbs, parsed.signature)
  );
}

function format(detail: string): PkiError {
  return new PkiError('E_CRL_FORMAT', detail);
}

/** Parses a list without verifying it (for inspection; {@link readRevocationList} for use). */
export function parseRevocationList(der: Uint8Array): ParsedRevocationList {
  try {
    return parse(der);
  } catch (error) {
    const own = error instanceof PkiError && error.code !== 'E_CERT_FORMAT';
    if (error instanceof DerError || (error instanceof PkiError && !own)) {
      throw new PkiError('E_CRL_FORMAT', error.message, { cause: error });
    }
    throw error;
  }
}

function parse(der: Uint8Array): ParsedRevocationList {
  const r = new DerReader(der, LIST_LIMIT);
  const outer = r.enter(TAG.sequence);
  const tbsStart = r.offset;
  const body = r.enter(TAG.sequence);
  if (r.smallInteger() !== 1) throw format('not version 2');
  const inner = r.element(TAG.sequence);
  const issuer = r.element(TAG.sequence);
  const thisUpdateMs = r.time();
  const hasNext = r.peek() === TAG.utcTime || r.peek() === TAG.generalizedTime;
  const nextUpdateMs = hasNext ? r.time() : undefined;
  const entries = readEntries(r);
  const { aki, crlNumber } = readListExtensions(r);
  r.leave(body);
  const tbs = der.subarray(tbsStart, r.offset);
  const algorithmStart = r.offset;
  const algorithm = readSignatureAlgorithm(r);
  if (!sameBytes(inner, der.subarray(algorithmStart, r.offset)))
    throw format('inner and outer algorithm differ');
  const signature = r.bitOctets();
  r.leave(outer);
  r.finish();
  return { tbs, algorithm, signature, issuer, aki, crlNumber, thisUpdateMs, nextUpdateMs, ...entries };
}

/** Shortest possible entry: SEQUENCE, one-octet INTEGER, UTCTime. Bounds the memory taken by the list's own size. */
const SHORTEST_ENTRY = 2 + 3 + 15;

function readEntries(r: DerReader): { count: number; records: Uint8Array; reasons: Uint8Array } {
  if (r.peek() !== TAG.sequence) return { count: 0, records: new Uint8Array(0), reasons: new Uint8Array(0) };
  const start = r.offset;
  const outer = r.enter(TAG.sequence);
  const most = Math.ceil((r.bytes.length - start) / SHORTEST_ENTRY);
  const records = new Uint8Array(most * SERIAL_WIDTH);
  const reasons = new Uint8Array(most);
  let count = 0;
  while (!r.atEnd) {
    const entry = r.enter(TAG.sequence);
    const serial = r.unsigned();
    if (serial.length > SERIAL_WIDTH) throw format('serial number');
    records.set(serial, (count + 1) * SERIAL_WIDTH - serial.length);
    r.time();
    if (!r.atEnd) reasons[count] = readReason(r);
    r.leave(entry);
    count += 1;
  }
  r.leave(outer);
  return { count, records, reasons };
}

/** The reason in the extensions of an entry. 7 is unused and 8 (removeFromCRL) belongs to delta lists. */
function readReason(r: DerReader): number {
  let reason = 0;
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (oid === OID.reasonCode) {
      const v = new DerReader(value);
      reason = v.smallInteger(TAG.enumerated);
      v.finish();
      if (reason > 10 || reason === 7 || reason === 8) throw format('reason code');
    } else if (critical) throw new PkiError('E_CRL_SCOPE', `critical entry extension ${oid}`);
  }
  r.leave(list);
  return reason;
}

function readListExtensions(r: DerReader): { aki: string | undefined; crlNumber: bigint | undefined } {
  let aki: string | undefined;
  let crlNumber: bigint | undefined;
  const seen = new Set<string>();
  const outer = r.enter(contextConstructed(0));
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (seen.has(oid)) throw format('repeated extension');
    seen.add(oid);
    const v = new DerReader(value);
    if (oid === OID.authorityKeyIdentifier) aki = readAuthorityKey(v);
    else if (oid === OID.crlNumber) crlNumber = BigInt(`0x${toHex(v.unsigned())}`);
    else if (oid === OID.issuingDistributionPoint) readScope(v);
    else if (oid === OID.deltaCrl) throw new PkiError('E_CRL_SCOPE', 'delta list');
    else if (critical) throw new PkiError('E_CRL_SCOPE', `critical extension ${oid}`);
  }
  r.leave(list);
  r.leave(outer);
  return { aki, crlNumber };
}

/** IssuingDistributionPoint: only "user certificates only" leaves the list complete for us (RFC 5280 §5.2.5). */
function readScope(v: DerReader): void {
  const outer = v.enter(TAG.sequence);
  if (v.peek() === contextPrimitive(1)) v.skip();
  if (!v.atEnd) throw new PkiError('E_CRL_SCOPE', 'partitioned, indirect or restricted list');
  v.leave(outer);
}
