import { contextConstructed, contextPrimitive, DerReader, TAG } from '@lianshu/der';
import { asBuffer, toHex } from './bytes.ts';
import { PkiError } from './error.ts';
import { OID } from './oids.ts';

/** Bits of KeyUsage as {@link Extensions.keyUsage} holds them (RFC 5280 §4.2.1.3). */
export const KEY_USAGE = {
  digitalSignature: 1 << 0,
  nonRepudiation: 1 << 1,
  keyEncipherment: 1 << 2,
  dataEncipherment: 1 << 3,
  keyAgreement: 1 << 4,
  keyCertSign: 1 << 5,
  crlSign: 1 << 6,
} as const;

/** The extensions this policy interprets; absent ones are `undefined` or empty. */
export interface Extensions {
  readonly keyUsage: number | undefined;
  readonly isCa: boolean;
  readonly pathLength: number | undefined;
  /** keyIdentifier of the authority, lower-case hex. */
  readonly aki: string | undefined;
  /** Subject key identifier, lower-case hex. */
  readonly ski: string | undefined;
  readonly policies: readonly string[];
  readonly extendedKeyUsage: readonly string[];
  /** Subject directory attributes with exactly one value: attribute identifier → the value's whole encoding. */
  readonly directory: ReadonlyMap<string, Uint8Array>;
  /** OCSP addresses of AuthorityInfoAccess as written; not yet judged ({@link allowedAuthorityUrl}). */
  readonly ocspUrls: readonly string[];
  readonly crlUrls: readonly string[];
  /** Identifiers of critical extensions that nothing here interprets. */
  readonly unknownCritical: readonly string[];
}

type Draft = { -readonly [K in keyof Extensions]: Extensions[K] } & {
  policies: string[];
  extendedKeyUsage: string[];
  directory: Map<string, Uint8Array>;
  ocspUrls: string[];
  crlUrls: string[];
  unknownCritical: string[];
};

/** Most extensions in one certificate; real ones have about ten. */
const MOST = 32;

/** Reads `[3] EXPLICIT Extensions` at the cursor. Duplicates and DEFAULT values written out are refused. */
export function readExtensions(r: DerReader): Extensions {
  const draft: Draft = {
    keyUsage: undefined,
    isCa: false,
    pathLength: undefined,
    aki: undefined,
    ski: undefined,
    policies: [],
    extendedKeyUsage: [],
    directory: new Map(),
    ocspUrls: [],
    crlUrls: [],
    unknownCritical: [],
  };
  const seen: string[] = [];
  const outer = r.enter(contextConstructed(3));
  const list = r.enter(TAG.sequence);
  while (!r.atEnd) {
    const { oid, critical, value } = readExtension(r);
    if (seen.includes(oid) || seen.length >= MOST) throw new PkiError('E_CERT_FORMAT', 'repeated extension');
    seen.push(oid);
    const known = interpret(draft, oid, value);
    if (critical && !known) draft.unknownCritical.push(oid);
  }
  r.leave(list);
  r.leave(outer);
  return draft;
}

/** One `Extension ::= SEQUENCE { extnID, critical DEFAULT FALSE, extnValue }`; also of lists and OCSP. */
export function readExtension(r: DerReader): { oid: string; critical: boolean; value: Uint8Array } {
  const extension = r.enter(TAG.sequence);
  const oid = r.oid();
  let critical = false;
  if (r.peek() === TAG.boolean) {
    critical = r.boolean();
    if (!critical) throw new PkiError('E_CERT_FORMAT', 'default value written out');
  }
  const value = r.octets();
  r.leave(extension);
  return { oid, critical, value };
}

/** Returns whether the extension, if critical, may be relied on as understood. */
function interpret(draft: Draft, oid: string, value: Uint8Array): boolean {
  const v = new DerReader(value);
  switch (oid) {
    case OID.keyUsage:
      draft.keyUsage = v.namedBits();
      break;
    case OID.basicConstraints:
      readBasicConstraints(draft, v);
      break;
    case OID.authorityKeyIdentifier:
      draft.aki = readAuthorityKey(v);
      break;
    case OID.subjectKeyIdentifier:
      draft.ski = toHex(v.octets());
      break;
    case OID.certificatePolicies:
      readList(v, () => {
        const policy = v.enter(TAG.sequence);
        draft.policies.push(v.oid());
        if (v.peek() === TAG.sequence) v.skip();
        v.leave(policy);
      });
      break;
    case OID.subjectDirectoryAttributes:
      readDirectory(draft, v);
      break;
    case OID.extendedKeyUsage:
      readList(v, () => draft.extendedKeyUsage.push(v.oid()));
      v.finish();
      // The policy gives extended usages no meaning in a signer's certificate: a critical one limits it in a way not judged.
      return false;
    case OID.authorityInfoAccess:
      readList(v, () => readAccess(draft, v));
      break;
    case OID.crlDistributionPoints:
      readList(v, () => readDistributionPoint(draft, v));
      v.finish();
      return false;
    default:
      return false;
  }
  v.finish();
  return true;
}

/** `SEQUENCE SIZE (1..) OF`, each item read by `item`. */
function readList(v: DerReader, item: () => void): void {
  const list = v.enter(TAG.sequence);
  do item();
  while (!v.atEnd);
  v.leave(list);
}

function readBasicConstraints(draft: Draft, v: DerReader): void {
  const outer = v.enter(TAG.sequence);
  if (v.peek() === TAG.boolean) {
    draft.isCa = v.boolean();
    if (!draft.isCa) throw new PkiError('E_CERT_FORMAT', 'default value written out');
  }
  if (v.peek() === TAG.integer) draft.pathLength = v.smallInteger();
  v.leave(outer);
}

/** AuthorityKeyIdentifier; only keyIdentifier decides (issuer and serial may follow and are passed over). */
export function readAuthorityKey(v: DerReader): string | undefined {
  const outer = v.enter(TAG.sequence);
  const identifier = v.peek() === contextPrimitive(0) ? toHex(v.octets(contextPrimitive(0))) : undefined;
  if (v.peek() === contextConstructed(1)) v.skip();
  if (v.peek() === contextPrimitive(2)) v.skip();
  v.leave(outer);
  return identifier;
}

function readDirectory(draft: Draft, v: DerReader): void {
  readList(v, () => {
    const attribute = v.enter(TAG.sequence);
    const oid = v.oid();
    const set = v.enter(TAG.set);
    const start = v.offset;
    if (!v.skip()) throw new PkiError('E_CERT_FORMAT', 'attribute without value');
    const value = v.bytes.subarray(start, v.offset);
    const single = v.atEnd;
    while (v.skip());
    v.leave(set);
    v.leave(attribute);
    if (draft.directory.has(oid)) throw new PkiError('E_CERT_FORMAT', 'repeated attribute');
    if (single) draft.directory.set(oid, value);
  });
}

const URI = contextPrimitive(6);

function readAccess(draft: Draft, v: DerReader): void {
  const access = v.enter(TAG.sequence);
  const method = v.oid();
  if (method === OID.ocspAccess && v.peek() === URI)
    draft.ocspUrls.push(asBuffer(v.octets(URI)).toString('latin1'));
  else v.skip();
  v.leave(access);
}

/** `DistributionPoint { [0] { [0] GeneralNames } … }`; only full names that are URIs are kept. */
function readDistributionPoint(draft: Draft, v: DerReader): void {
  const point = v.enter(TAG.sequence);
  if (v.peek() === contextConstructed(0)) {
    const name = v.enter(contextConstructed(0));
    if (v.peek() === contextConstructed(0)) {
      const names = v.enter(contextConstructed(0));
      while (!v.atEnd) {
        if (v.peek() === URI) draft.crlUrls.push(asBuffer(v.octets(URI)).toString('latin1'));
        else v.skip();
      }
      v.leave(names);
    } else v.skip();
    v.leave(name);
  }
  while (v.skip());
  v.leave(point);
}
