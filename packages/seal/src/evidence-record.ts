import { type CanonicalValue, canonicalJson } from './canonical-json.ts';
import {
  decodeListProof,
  decodeOcspProof,
  encodeProof,
  isOcspProof,
  type RevocationProof,
} from './evidence-record-proof.ts';
import { bytes, exactObject, list, stringMap, text } from './json-shape.ts';
import { pad, unpad } from './padding.ts';
import { SealError } from './seal-error.ts';

/** Everything needed to judge one signature again years later (identity.md §12, trust.md §3). */
export interface EvidenceRecord {
  readonly act: 'joint-signature' | 'proposal-signature';
  readonly caseNumber: string;
  /** The statement 連署書 as signed. */
  readonly statement: string;
  readonly form: 'cms-attached' | 'cms-detached' | 'pkcs1';
  /** The signature or envelope as produced. */
  readonly signature: Uint8Array;
  /** The signer's certificate, DER. */
  readonly certificate: Uint8Array;
  readonly nationalId: string;
  /** `s`: opens r, the salt and so L. */
  readonly receiptSecret: Uint8Array;
  /** `r2`: opens T. */
  readonly tagSecret: Uint8Array;
  /** What the identity service answered and to which request; names are the service's own. */
  readonly identityConfirmation: Readonly<Record<string, string>>;
  readonly revocationProof: RevocationProof;
  /** E.g. `LIANSHU-VP/1`; the result is always "passed", else there is no evidence record. */
  readonly policyVersion: string;
  readonly warnings: readonly string[];
  /** ISO instants. `confirmedAt` is when identity was confirmed: later than receipt if the signature was held. */
  readonly receivedAt: string;
  readonly confirmedAt: string;
}

const FORMAT = { list: 'LIANSHU-EVIDENCE/1', ocsp: 'LIANSHU-EVIDENCE/2' } as const;
/** Room for an answer of 1.55 kB with its responder's certificate (identity.md §13) beside an attached CMS. */
const OCSP_LENGTH = 16_384;
const ROSTER_ID = /^[A-Z][0-9]{9}$/;

/**
 * The padded plaintext of an evidence record: canonical JSON, names as below, bytes as base64url, then spaces.
 *
 *     {"act","case","certificate","confirmed_at","form","format":"LIANSHU-EVIDENCE/1","id",
 *      "identity":{…},"policy":{"result":"passed","version"},"r2","received_at",
 *      "revocation":{"crl_number","crl_sha256","issuer_ski"},"s","signature","statement","warnings":[…]}
 *
 * With an OCSP answer as proof it is `LIANSHU-EVIDENCE/2` and `revocation` is
 * `{"issuer_ski","kind":"ocsp","produced_at","responder_key","response","response_sha256","this_update"}`: who
 * reads /1 only says so instead of missing the proof. Then the length is at least 16,384 whatever the form: it
 * tells that no list was fresh, not how somebody signed.
 */
export function encodeEvidence(record: EvidenceRecord): Uint8Array {
  const document: CanonicalValue = {
    format: isOcspProof(record.revocationProof) ? FORMAT.ocsp : FORMAT.list,
    act: record.act,
    case: record.caseNumber,
    statement: record.statement,
    form: record.form,
    signature: base64url(record.signature),
    certificate: base64url(record.certificate),
    id: record.nationalId,
    s: base64url(record.receiptSecret),
    r2: base64url(record.tagSecret),
    identity: record.identityConfirmation,
    revocation: encodeProof(record.revocationProof),
    policy: { version: record.policyVersion, result: 'passed' },
    warnings: record.warnings,
    received_at: record.receivedAt,
    confirmed_at: record.confirmedAt,
  };
  const padded = pad('evidence', canonicalJson(document));
  return isOcspProof(record.revocationProof) ? widen(padded, OCSP_LENGTH) : padded;
}

/** Reads what {@link encodeEvidence} wrote; unknown, missing or reordered members throw `record-malformed`. */
export function decodeEvidence(plaintext: Uint8Array): EvidenceRecord {
  const json = unpad(plaintext);
  const o = exactObject(parse(json), [
    'act',
    'case',
    'certificate',
    'confirmed_at',
    'form',
    'format',
    'id',
    'identity',
    'policy',
    'r2',
    'received_at',
    'revocation',
    's',
    'signature',
    'statement',
    'warnings',
  ]);
  const policy = exactObject(o['policy'], ['result', 'version']);
  const format = oneOf(text(o['format']), [FORMAT.list, FORMAT.ocsp]);
  if (text(policy['result']) !== 'passed') throw malformed();
  const record: EvidenceRecord = {
    act: oneOf(text(o['act']), ['joint-signature', 'proposal-signature']),
    caseNumber: text(o['case']),
    statement: text(o['statement']),
    form: oneOf(text(o['form']), ['cms-attached', 'cms-detached', 'pkcs1']),
    signature: bytes(o['signature']),
    certificate: bytes(o['certificate']),
    nationalId: text(o['id']),
    receiptSecret: bytes(o['s']),
    tagSecret: bytes(o['r2']),
    identityConfirmation: stringMap(o['identity']),
    revocationProof: (format === FORMAT.ocsp ? decodeOcspProof : decodeListProof)(o['revocation']),
    policyVersion: text(policy['version']),
    warnings: list(o['warnings']).map(text),
    receivedAt: text(o['received_at']),
    confirmedAt: text(o['confirmed_at']),
  };
  if (unpad(encodeEvidence(record)) !== json) throw malformed();
  return record;
}

/** Filled up with spaces to a length; the narrower copy is wiped. */
function widen(padded: Uint8Array, length: number): Uint8Array {
  if (padded.length >= length) return padded;
  const wide = new Uint8Array(length).fill(0x20);
  wide.set(padded);
  padded.fill(0);
  return wide;
}

/**
 * The padded plaintext of a roster record: `{"id":"…"}` and nothing else.
 *
 * Source: 全國性公民投票電子連署及查對作業辦法 §3.
 */
export function encodeRosterRecord(nationalId: string): Uint8Array {
  return pad('roster', canonicalJson({ id: nationalId }));
}

/** The national ID of a roster record. */
export function decodeRosterRecord(plaintext: Uint8Array): string {
  const id = text(exactObject(parse(unpad(plaintext)), ['id'])['id']);
  if (!ROSTER_ID.test(id)) throw malformed();
  return id;
}

function parse(json: string): unknown {
  try {
    return JSON.parse(json);
  } catch {
    // The parser's message quotes the text it fails on, which may be personal.
    throw malformed();
  }
}

function oneOf<T extends string>(value: string, allowed: readonly T[]): T {
  const found = allowed.find((candidate) => candidate === value);
  if (found === undefined) throw malformed();
  return found;
}

function base64url(data: Uint8Array): string {
  return Buffer.from(data).toString('base64url');
}

function malformed(): SealError {
  return new SealError('record-malformed');
}
