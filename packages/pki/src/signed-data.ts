import { contextConstructed, type DerCode, DerError, DerReader, TAG } from '@lianshu/der';
import { readAlgorithm, readSignatureAlgorithm, type SignatureAlgorithm } from './algorithm.ts';
import { PkiError } from './error.ts';
import { OID } from './oids.ts';

/**
 * A CMS SignedData of the one shape the policy takes: one SHA-256 signer named by issuer and serial number,
 * signed attributes, at most one certificate, no revocation data, no unsigned attributes.
 * Parsed only; nothing has been verified. Views of the buffer read.
 */
export interface SignedData {
  readonly contentType: string;
  readonly content: Uint8Array | undefined;
  /** The certificate enclosed, whole encoding, unparsed. */
  readonly certificate: Uint8Array | undefined;
  readonly signerIssuer: Uint8Array;
  readonly signerSerial: Uint8Array;
  readonly algorithm: Exclude<SignatureAlgorithm, 'other'>;
  readonly signature: Uint8Array;
  /** The signed attributes as they were hashed: whole encoding, first octet still `[0]` (A0). */
  readonly signedAttributes: Uint8Array;
  readonly attributes: SignedAttributes;
}

/** Signed attributes the policy interprets. */
export interface SignedAttributes {
  readonly contentType: string | undefined;
  readonly messageDigest: Uint8Array | undefined;
  readonly signingTimeMs: number | undefined;
  readonly nonce: Uint8Array | undefined;
  readonly cardNumber: Uint8Array | undefined;
  /** Identifiers of all attributes, in the order written. */
  readonly oids: readonly string[];
}

/** Most signed attributes read; HiPKI writes three to five. */
const MOST_ATTRIBUTES = 16;

/**
 * Check 7 of LIANSHU-VP/1 (RFC 5652 §5). Throws {@link PkiError} with one of the `E_CMS_*` codes.
 *
 * Stricter than RFC 5652: signed attributes are required, because without them a signature over a content that looks
 * like attributes could be shown as a signature over another content; everything not covered by a signature has
 * exactly one encoding, the version number excepted.
 * Laxer than DER: the order of the signed attributes is free. They are hashed as they stand, and card libraries are known to write them unsorted.
 */
export function parseSignedData(der: Uint8Array): SignedData {
  try {
    return readContentInfo(der);
  } catch (error) {
    if (error instanceof DerError) throw new PkiError('E_CMS_SHAPE', error.message, { cause: error });
    throw error;
  }
}

function shape(detail: string): PkiError {
  return new PkiError('E_CMS_SHAPE', detail);
}

const TRAILING: DerCode = 'E_DER_TRAILING';

function readContentInfo(der: Uint8Array): SignedData {
  const r = new DerReader(der);
  const info = r.enter(TAG.sequence);
  if (r.oid() !== OID.signedData) throw shape('not SignedData');
  const explicit = r.enter(contextConstructed(0));
  const result = readSignedData(r);
  r.leave(explicit);
  r.leave(info);
  try {
    r.finish();
  } catch (error) {
    if (error instanceof DerError && error.code === TRAILING) {
      throw new PkiError('E_CMS_TRAILING', error.message, { cause: error });
    }
    throw error;
  }
  return result;
}

function readSignedData(r: DerReader): SignedData {
  const body = r.enter(TAG.sequence);
  // 1 is what RFC 5652 §5.1 asks of this shape; some libraries write 3. The number is not signed and decides nothing.
  const version = r.smallInteger();
  if (version !== 1 && version !== 3) throw shape('version');
  const algorithms = r.enter(TAG.set);
  readSha256(r);
  if (!r.atEnd) throw new PkiError('E_CMS_DIGEST_ALG', 'more than one digest algorithm');
  r.leave(algorithms);
  const encapsulated = r.enter(TAG.sequence);
  const contentType = r.oid();
  let content: Uint8Array | undefined;
  if (!r.atEnd) {
    const explicit = r.enter(contextConstructed(0));
    content = r.octets();
    r.leave(explicit);
  }
  r.leave(encapsulated);
  let certificate: Uint8Array | undefined;
  if (r.peek() === contextConstructed(0)) {
    const certificates = r.enter(contextConstructed(0));
    certificate = r.element(TAG.sequence);
    r.leave(certificates);
  }
  const signers = r.enter(TAG.set);
  if (r.atEnd) throw new PkiError('E_CMS_SIGNERS', 'no signer');
  const signer = readSignerInfo(r);
  if (!r.atEnd) throw new PkiError('E_CMS_SIGNERS', 'more than one signer');
  r.leave(signers);
  r.leave(body);
  return { contentType, content, certificate, ...signer };
}

/** The digest algorithm, with NULL or without parameters: both are met (RFC 5754 §2). */
function readSha256(r: DerReader): void {
  const { oid, parameters } = readAlgorithm(r);
  if (oid !== OID.sha256 || parameters === 'other') throw new PkiError('E_CMS_DIGEST_ALG', oid);
}

function readSignerInfo(r: DerReader): Omit<SignedData, 'contentType' | 'content' | 'certificate'> {
  const signer = r.enter(TAG.sequence);
  if (r.smallInteger() !== 1) throw shape('signer version');
  const identifier = r.enter(TAG.sequence);
  const signerIssuer = r.element(TAG.sequence);
  const signerSerial = r.unsigned();
  r.leave(identifier);
  readSha256(r);
  const start = r.offset;
  const attributes = readAttributes(r);
  const signedAttributes = r.bytes.subarray(start, r.offset);
  const algorithm = readSignatureAlgorithm(r);
  if (algorithm === 'other') throw new PkiError('E_CMS_SIG_ALG', 'signature algorithm');
  const signature = r.octets();
  r.leave(signer);
  return { signerIssuer, signerSerial, algorithm, signature, signedAttributes, attributes };
}

type Draft = { -readonly [K in keyof SignedAttributes]: SignedAttributes[K] } & { oids: string[] };

function readAttributes(r: DerReader): SignedAttributes {
  const draft: Draft = {
    contentType: undefined,
    messageDigest: undefined,
    signingTimeMs: undefined,
    nonce: undefined,
    cardNumber: undefined,
    oids: [],
  };
  const attributes = r.enter(contextConstructed(0));
  while (!r.atEnd) {
    const attribute = r.enter(TAG.sequence);
    const oid = r.oid();
    if (draft.oids.includes(oid) || draft.oids.length >= MOST_ATTRIBUTES) throw shape('repeated attribute');
    draft.oids.push(oid);
    const values = r.enter(TAG.set);
    readValue(draft, oid, r);
    r.leave(values);
    r.leave(attribute);
  }
  r.leave(attributes);
  return draft;
}

function readValue(draft: Draft, oid: string, r: DerReader): void {
  switch (oid) {
    case OID.contentType:
      draft.contentType = r.oid();
      return;
    case OID.messageDigest:
      draft.messageDigest = r.octets();
      return;
    case OID.signingTime:
      draft.signingTimeMs = r.time();
      return;
    case OID.randomNonce:
      draft.nonce = readStringContent(r);
      return;
    case OID.cardNumber:
      draft.cardNumber = readStringContent(r);
      return;
    default:
      while (r.skip());
  }
}

/** HiPKI's nonce and card number: which string type the card library writes is not documented, so any of four is taken. */
function readStringContent(r: DerReader): Uint8Array {
  const tag = r.peek();
  const known =
    tag === TAG.octetString || tag === TAG.printableString || tag === TAG.utf8String || tag === TAG.ia5String;
  if (!known) throw shape('string attribute');
  return r.content(tag);
}

/** The bytes under the signature: the attributes with the SET OF tag in place of `[0]` (RFC 5652 §5.4). */
export function attributesToBeSigned(signedAttributes: Uint8Array): Uint8Array {
  const bytes = new Uint8Array(signedAttributes);
  bytes[0] = TAG.set;
  return bytes;
}
