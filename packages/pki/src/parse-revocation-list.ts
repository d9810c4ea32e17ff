import { contextConstructed, contextPrimitive, DerError, DerReader, TAG } from '@lianshu/der';
import { readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { sameBytes, toHex } from './bytes.ts';
import { PkiError } from './error.ts';
import { readAuthorityKey, readExtension } from './extensions.ts';
import { OID } from './oids.ts';
import { SERIAL_WIDTH } from './revocation-index.ts';

/** Most bytes of a list: six times the largest known (20 MB). The sender is a pinned authority. */
const LIST_LIMIT = 128 * 1024 * 1024;

/** Which certificates a list speaks of: all, end entities or authorities of its issuer, or only some of them. */
export type ListScope = 'all' | 'users' | 'authorities' | 'partial';

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
  readonly scope: ListScope;
  readonly count: number;
  /** Unsorted records and reasons; see {@link RevocationList.serials} for the layout of the sorted ones. */
  readonly records: Uint8Array;
  readonly reasons: Uint8Array;
}

function format(detail: string): PkiError {
  return new PkiError('E_CRL_FORMAT', detail);
}

/** Parses a list without verifying it (for inspection; {@link readRevocationList} for use). */
export function parseRevocationList(der: Uint8Array): ParsedRevocationList {
  try {
    return parse(der);
  } catch (error) {
    if (error instanceof DerError || (error instanceof PkiError && error.code === 'E_CERT_FORMAT')) {
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
  const { plain, ...entries } = readEntries(r);
  const { aki, crlNumber, scope } = readListExtensions(r);
  r.leave(body);
  const tbs = der.subarray(tbsStart, r.offset);
  const algorithmStart = r.offset;
  const algorithm = readSignatureAlgorithm(r);
  if (!sameBytes(inner, der.subarray(algorithmStart, r.offset)))
    throw format('inner and outer algorithm differ');
  const signature = r.bitOctets();
  r.leave(outer);
  r.finish();
  return {
    tbs,
    algorithm,
    signature,
    issuer,
    aki,
    crlNumber,
    thisUpdateMs,
    nextUpdateMs,
    ...entries,
    scope: plain ? scope : 'partial',
  };
}

/** Shortest possible entry: SEQUENCE, one-octet INTEGER, UTCTime. Bounds the memory taken by the list's own size. */
const SHORTEST_ENTRY = 2 + 3 + 15;

interface Entries {
  readonly count: number;
  readonly records: Uint8Array;
  readonly reasons: Uint8Array;
  /** False when an entry says something only an indirect or delta list says. */
  readonly plain: boolean;
}

const NONE: Entries = { count: 0, records: new Uint8Array(0), reasons: new Uint8Array(0), plain: true };

function readEntries(r: DerReader): Entries {
  if (r.peek() !== TAG.sequence) return NONE;
  const start = r.offset;
  const outer = r.enter(TAG.sequence);
  const most = Math.ceil((r.bytes.length - start) / SHORTEST_ENTRY);
  const records = new Uint8Array(most * SERIAL_WIDTH);
  const reasons = new Uint8Array(most);
  let count = 0;
  let plain = true;
  while (!r.atEnd) {
    const entry = r.enter(TAG.sequence);
    const serial = r.unsigned();
    if (serial.length > SERIAL_WIDTH) throw format('serial number');
    records.set(serial, (count + 1) * SERIAL_WIDTH - serial.length);
    r.time();
    if (!r.atEnd) {
      const { reason, understood } = readEntryExtensions(r);
      reasons[count] = reason;
      plain &&= understood && reason !== REMOVED;
    }
    r.leave(entry);
    count += 1;
  }
  r.leave(outer);
  return { count, records, reasons, plain };
}

/** removeFromCRL: only delta lists carry it. */
const REMOVED = 8;

function readEntryExtensions(r: DerReader): { readonly reason: number; readonly understood: boolean } {
  let reason = 0;
  let understood = true;
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (oid === OID.reasonCode) {
      const v = new DerReader(value);
      reason = v.smallInteger(TAG.enumerated);
      v.finish();
      if (reason > 10 || reason === 7) throw format('reason code');
    } else if (critical) understood = false;
  }
  r.leave(list);
  return { reason, understood };
}

function readListExtensions(r: DerReader): Pick<ParsedRevocationList, 'aki' | 'crlNumber' | 'scope'> {
  let aki: string | undefined;
  let crlNumber: bigint | undefined;
  let scope: ListScope = 'all';
  const seen = new Set<string>();
  const outer = r.enter(contextConstructed(0));
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (seen.has(oid)) throw format('repeated extension');
    seen.add(oid);
    const v = new DerReader(value);
    if (oid === OID.authorityKeyIdentifier) {
      aki = readAuthorityKey(v);
      v.finish();
    } else if (oid === OID.crlNumber) {
      crlNumber = BigInt(`0x${toHex(v.unsigned())}`);
      v.finish();
    } else if (oid === OID.issuingDistributionPoint && scope === 'all') scope = readScope(v);
    else if (critical || oid === OID.deltaCrl) scope = 'partial';
  }
  r.leave(list);
  r.leave(outer);
  return { aki, crlNumber, scope };
}

const ONLY_USERS = contextPrimitive(1);
const ONLY_AUTHORITIES = contextPrimitive(2);

/** IssuingDistributionPoint (RFC 5280 §5.2.5): one of two flags alone leaves a list complete for one kind of certificate. */
function readScope(v: DerReader): ListScope {
  const outer = v.enter(TAG.sequence);
  const flag = v.peek();
  if (flag !== ONLY_USERS && flag !== ONLY_AUTHORITIES) return v.atEnd ? 'all' : 'partial';
  const value = v.octets(flag);
  if (value.length !== 1 || value[0] !== 0xff) throw format('distribution point');
  if (!v.atEnd) return 'partial';
  v.leave(outer);
  v.finish();
  return flag === ONLY_USERS ? 'users' : 'authorities';
}
