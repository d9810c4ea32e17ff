import { createHash } from 'node:crypto';
import {
  bitString,
  concat,
  type Der,
  element,
  explicit,
  generalizedTime,
  integer,
  nullValue,
  octetString,
  oid,
  readElements,
  SimulatorFault,
  sequence,
  setOf,
  time,
  utf8String,
} from '../asn1.ts';
import { algorithmIdentifier, type KeyPair, signWith } from '../ca/key-pair.ts';
import { OID } from '../oids.ts';

/** TSTInfo and the attributes of RFC 3161 and RFC 5035. */
const TIME_STAMP_INFO = '1.2.840.113549.1.9.16.1.4';
const SIGNING_CERTIFICATE_V2 = '1.2.840.113549.1.9.16.2.47';

/** A request as read (RFC 3161 §2.4.1): the imprint whole, and what the answer has to repeat. */
export type TimeStampQuery = Readonly<{
  imprint: Uint8Array;
  policy?: Uint8Array;
  nonce?: Uint8Array;
  wantsCertificate: boolean;
}>;

/** Reads a request; throws {@link SimulatorFault} for anything else. */
export function readQuery(body: Uint8Array): TimeStampQuery {
  const [whole] = readElements(body);
  const [version, imprint, ...rest] = readElements(whole?.content ?? new Uint8Array());
  if (version?.content[0] !== 1 || imprint?.tag !== 0x30) throw new SimulatorFault('no time-stamp request');
  const find = (tag: number) => rest.find((part) => part.tag === tag);
  const [policy, nonce] = [find(0x06)?.whole, find(0x02)?.whole];
  return {
    imprint: imprint.whole,
    ...(policy === undefined ? {} : { policy }),
    ...(nonce === undefined ? {} : { nonce }),
    wantsCertificate: find(0x01)?.content[0] === 0xff,
  };
}

/** Who signs. `authorities` are enclosed after the signer's certificate. */
export type TimeStampSigner = Readonly<{
  keys: KeyPair;
  certificate: Der;
  issuer: Der;
  serial: Uint8Array;
  authorities: readonly Der[];
}>;

const sha256 = (bytes: Uint8Array): Uint8Array => createHash('sha256').update(bytes).digest();
const SHA256 = sequence(oid(OID.sha256), nullValue());

/** An answer that grants: `SEQUENCE { PKIStatusInfo, ContentInfo }`. */
export function grant(
  query: TimeStampQuery,
  stamp: Readonly<{ policy: string; serial: Uint8Array; atMs: number }>,
  signer: TimeStampSigner,
  isSpoilt = false,
): Der {
  const info = sequence(
    integer(1),
    query.policy ?? oid(stamp.policy),
    query.imprint,
    integer(stamp.serial),
    generalizedTime(stamp.atMs),
    sequence(integer(1)),
    ...(query.nonce === undefined ? [] : [query.nonce]),
  );
  const attributes = [
    sequence(oid(OID.contentType), setOf(oid(TIME_STAMP_INFO))),
    sequence(oid(OID.signingTime), setOf(time(stamp.atMs))),
    sequence(oid(OID.messageDigest), setOf(octetString(sha256(info)))),
    sequence(
      oid(SIGNING_CERTIFICATE_V2),
      setOf(sequence(sequence(sequence(octetString(sha256(signer.certificate)))))),
    ),
  ];
  const signed = setOf(...attributes);
  const signature = signWith(signer.keys, 'sha256', signed);
  if (isSpoilt) signature[signature.length - 1] = (signature.at(-1) ?? 0) ^ 1;
  const signerInfo = sequence(
    integer(1),
    sequence(signer.issuer, integer(signer.serial)),
    SHA256,
    concat(Uint8Array.of(0xa0), signed.subarray(1)),
    algorithmIdentifier(signer.keys, 'sha256'),
    octetString(signature),
  );
  const certificates = query.wantsCertificate ? [signer.certificate, ...signer.authorities] : [];
  const signedData = sequence(
    integer(3),
    setOf(SHA256),
    sequence(oid(TIME_STAMP_INFO), explicit(0, octetString(info))),
    ...(certificates.length === 0 ? [] : [element(0xa0, ...certificates)]),
    setOf(signerInfo),
  );
  return sequence(sequence(integer(0)), sequence(oid(OID.signedData), explicit(0, signedData)));
}

/** An answer that refuses: rejection, a text, and the `systemFailure` bit (RFC 3161 §2.4.2). */
export function refuse(text: string): Der {
  const systemFailure = bitString(Uint8Array.of(0, 0, 0, 0x40), 6);
  return sequence(sequence(integer(2), sequence(utf8String(text)), systemFailure));
}
