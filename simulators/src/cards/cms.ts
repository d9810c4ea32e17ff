import { createHash } from 'node:crypto';
import {
  child,
  concat,
  type Der,
  element,
  explicit,
  integer,
  nullValue,
  octetString,
  oid,
  printableString,
  sequence,
  setOf,
  time,
} from '../asn1.ts';
import { algorithmIdentifier, signWith } from '../ca/key-pair.ts';
import { OID } from '../oids.ts';
import type { CardCertificate } from './card.ts';

/** Digests the component offers. */
export type DigestName = 'sha1' | 'sha256' | 'sha384' | 'sha512';

/** What an envelope of the card component contains (identity.md §2.3, §3). */
export type SignedDataPlan = {
  readonly content: Uint8Array;
  readonly attached: boolean;
  readonly digest: DigestName;
  readonly signer: CardCertificate;
  readonly signingTimeMs?: number;
  readonly cardNumber?: string;
  readonly nonce?: string;
  /** Which card library's habit to follow in SignerInfo.signatureAlgorithm; the real one is 未確認. */
  readonly signatureOid: 'rsaEncryption' | 'sha256WithRSAEncryption';
  readonly bend?: SignedDataBend;
};

/** Single deviations, one for each refusal of checks 7 to 10 and 17. */
export type SignedDataBend =
  | 'indefinite-length'
  | 'trailing-byte'
  | 'two-signers'
  | 'signature-algorithm'
  | 'wrong-digest'
  | 'wrong-content-type'
  | 'other-sid'
  | 'no-certificate'
  | 'bad-signature';

/** CMS SignedData version 1 (RFC 5652 §5): one certificate, one signer, signed attributes. */
export function signedData(plan: SignedDataPlan): Der {
  const { bend } = plan;
  const digestAlgorithm = sequence(oid(OID[plan.digest]), nullValue());
  const encapsulated = sequence(
    oid(OID.data),
    ...(plan.attached ? [explicit(0, octetString(plan.content))] : []),
  );
  const signer = signerInfo(plan, digestAlgorithm);
  const certificates = bend === 'no-certificate' ? [] : [element(0xa0, plan.signer.certificate)];
  const inner = sequence(
    integer(1),
    setOf(digestAlgorithm),
    encapsulated,
    ...certificates,
    bend === 'two-signers' ? setOf(signer, signer) : setOf(signer),
  );
  const outer = sequence(oid(OID.signedData), explicit(0, inner));
  if (bend === 'trailing-byte') return concat(outer, Uint8Array.of(0));
  if (bend === 'indefinite-length') {
    const end = Uint8Array.of(0, 0);
    return concat(Uint8Array.of(0x30, 0x80), oid(OID.signedData), explicit(0, inner), end);
  }
  return outer;
}

function signerInfo(plan: SignedDataPlan, digestAlgorithm: Der): Der {
  const { bend, signer } = plan;
  const attributes = signedAttributes(plan);
  const signature = signWith(signer.keys, plan.digest, attributes);
  if (bend === 'bad-signature') {
    const last = signature.length - 1;
    signature[last] = (signature[last] ?? 0) ^ 1;
  }
  const tagged = Uint8Array.from(attributes);
  tagged[0] = 0xa0;
  return sequence(
    integer(1),
    issuerAndSerial(signer.certificate, bend === 'other-sid'),
    digestAlgorithm,
    tagged,
    signatureAlgorithm(plan),
    octetString(signature),
  );
}

function signedAttributes(plan: SignedDataPlan): Der {
  const { bend } = plan;
  const attribute = (type: string, value: Der): Der => sequence(oid(type), setOf(value));
  const digested = bend === 'wrong-digest' ? concat(plan.content, Uint8Array.of(0x0a)) : plan.content;
  const contentType = bend === 'wrong-content-type' ? OID.envelopedData : OID.data;
  return setOf(
    attribute(OID.contentType, oid(contentType)),
    attribute(OID.messageDigest, octetString(createHash(plan.digest).update(digested).digest())),
    ...(plan.signingTimeMs === undefined ? [] : [attribute(OID.signingTime, time(plan.signingTimeMs))]),
    ...(plan.cardNumber === undefined ? [] : [attribute(OID.cardNumber, printableString(plan.cardNumber))]),
    ...(plan.nonce === undefined
      ? []
      : [attribute(OID.randomNonce, octetString(Buffer.from(plan.nonce, 'utf8')))]),
  );
}

function signatureAlgorithm(plan: SignedDataPlan): Der {
  if (plan.bend === 'signature-algorithm') return sequence(oid(OID.sha1WithRsa), nullValue());
  if (plan.signer.keys.kind === 'p256' || plan.signatureOid === 'sha256WithRSAEncryption') {
    return algorithmIdentifier(plan.signer.keys, 'sha256');
  }
  return sequence(oid(OID.rsaEncryption), nullValue());
}

/** IssuerAndSerialNumber copied from a certificate; `other` names the next serial number. */
function issuerAndSerial(certificate: Uint8Array, other: boolean): Der {
  const body = child(child(certificate, 0, 0x30).content, 0, 0x30).content;
  const serial = Uint8Array.from(child(body, 1, 0x02).content);
  if (other) serial[serial.length - 1] = (serial.at(-1) ?? 0) ^ 1;
  return sequence(child(body, 3, 0x30).whole, integer(serial));
}
