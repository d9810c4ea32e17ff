import { contextConstructed, DerReader, TAG } from '@lianshu/der';
import { readAlgorithm } from './algorithm.ts';
import { PkiError } from './error.ts';
import { OID } from './oids.ts';
import { readTimeStampInfo, type TimeStampInfo } from './time-stamp-info.ts';

/** A hash of the signer's certificate inside the signature (RFC 5035; RFC 5816 for time-stamps). */
export type CertificateHash = Readonly<{ algorithm: string; hash: Uint8Array }>;

/** A time-stamp token as parsed: CMS SignedData over {@link TimeStampInfo} by one signer. Nothing is verified. */
export type TimeStampToken = Readonly<{
  info: TimeStampInfo;
  /** TSTInfo as it was hashed. */
  content: Uint8Array;
  signerIssuer: Uint8Array;
  signerSerial: Uint8Array;
  digestAlgorithm: string;
  signatureAlgorithm: string;
  signature: Uint8Array;
  /** Whole encoding, first octet still `[0]`. */
  signedAttributes: Uint8Array;
  messageDigest: Uint8Array | undefined;
  contentType: string | undefined;
  certificateHashes: readonly CertificateHash[];
}>;

/** An authority's answer: a token, or the status and text with which it refused. */
export type TimeStampAnswer =
  | Readonly<{ granted: true; token: TimeStampToken }>
  | Readonly<{ granted: false; status: number }>;

/** An algorithm of the signer: its identifier, with NULL or without parameters. */
function readPlainAlgorithm(r: DerReader): string {
  const { oid, parameters } = readAlgorithm(r);
  if (parameters === 'other') throw fault('algorithm parameters');
  return oid;
}

const MOST_ATTRIBUTES = 16;

function fault(detail: string): PkiError {
  return new PkiError('E_TIME_STAMP', detail);
}

/** Reads `TimeStampResp` (RFC 3161 §2.4.2). Throws `DerError` or {@link PkiError} `E_TIME_STAMP`. */
export function readTimeStampAnswer(der: Uint8Array): TimeStampAnswer {
  const r = new DerReader(der);
  const outer = r.enter(TAG.sequence);
  const info = r.enter(TAG.sequence);
  const status = r.smallInteger();
  while (r.skip());
  r.leave(info);
  // 0 granted, 1 granted with modifications: what was modified shows in the token, which is verified as a whole.
  const granted = status <= 1;
  if (granted === r.atEnd) throw fault('token and status disagree');
  if (!granted) return { granted, status };
  const token = readToken(r);
  r.leave(outer);
  r.finish();
  return { granted, token };
}

function readToken(r: DerReader): TimeStampToken {
  const info = r.enter(TAG.sequence);
  if (r.oid() !== OID.signedData) throw fault('not SignedData');
  const explicit = r.enter(contextConstructed(0));
  const body = r.enter(TAG.sequence);
  if (r.smallInteger() !== 3) throw fault('version');
  const digests = r.enter(TAG.set);
  while (r.skip());
  r.leave(digests);
  const encapsulated = r.enter(TAG.sequence);
  if (r.oid() !== OID.timeStampInfo) throw fault('content type');
  const holder = r.enter(contextConstructed(0));
  const content = r.octets();
  r.leave(holder);
  r.leave(encapsulated);
  // Certificates and lists: the signer's is pinned, so none of them is needed.
  for (const n of [0, 1]) if (r.peek() === contextConstructed(n)) r.skip();
  const signers = r.enter(TAG.set);
  const signer = readSigner(r);
  if (!r.atEnd) throw fault('more than one signer');
  r.leave(signers);
  r.leave(body);
  r.leave(explicit);
  r.leave(info);
  return { info: readTimeStampInfo(content), content, ...signer };
}

function readSigner(r: DerReader): Omit<TimeStampToken, 'info' | 'content'> {
  const signer = r.enter(TAG.sequence);
  if (r.smallInteger() !== 1) throw fault('signer version');
  const identifier = r.enter(TAG.sequence);
  const signerIssuer = r.element(TAG.sequence);
  const signerSerial = r.unsigned();
  r.leave(identifier);
  const digestAlgorithm = readPlainAlgorithm(r);
  const start = r.offset;
  const attributes = readAttributes(r);
  const signedAttributes = r.bytes.subarray(start, r.offset);
  const signatureAlgorithm = readPlainAlgorithm(r);
  const signature = r.octets();
  // Unsigned attributes prove nothing and are passed over.
  if (r.peek() === contextConstructed(1)) r.skip();
  r.leave(signer);
  return {
    signerIssuer,
    signerSerial,
    digestAlgorithm,
    signatureAlgorithm,
    signature,
    signedAttributes,
    ...attributes,
  };
}

function readAttributes(
  r: DerReader,
): Pick<TimeStampToken, 'messageDigest' | 'contentType' | 'certificateHashes'> {
  let messageDigest: Uint8Array | undefined;
  let contentType: string | undefined;
  const certificateHashes: CertificateHash[] = [];
  const seen: string[] = [];
  const attributes = r.enter(contextConstructed(0));
  while (!r.atEnd) {
    const attribute = r.enter(TAG.sequence);
    const oid = r.oid();
    if (seen.includes(oid) || seen.length >= MOST_ATTRIBUTES) throw fault('repeated attribute');
    seen.push(oid);
    const values = r.enter(TAG.set);
    if (oid === OID.contentType) contentType = r.oid();
    else if (oid === OID.messageDigest) messageDigest = r.octets();
    else if (oid === OID.signingCertificate) certificateHashes.push(readCertificateHash(r, OID.sha1));
    else if (oid === OID.signingCertificateV2) certificateHashes.push(readCertificateHash(r, OID.sha256));
    else while (r.skip());
    r.leave(values);
    r.leave(attribute);
  }
  r.leave(attributes);
  return { messageDigest, contentType, certificateHashes };
}

/** The first of a list of certificate hashes, which must be the signer's (RFC 5035 §3, §4); others are its issuers'. */
function readCertificateHash(r: DerReader, byDefault: string): CertificateHash {
  const outer = r.enter(TAG.sequence);
  const list = r.enter(TAG.sequence);
  const first = r.enter(TAG.sequence);
  const algorithm = r.peek() === TAG.sequence ? readAlgorithm(r).oid : byDefault;
  const hash = r.octets();
  while (r.skip());
  r.leave(first);
  while (r.skip());
  r.leave(list);
  while (r.skip());
  r.leave(outer);
  return { algorithm, hash };
}
