import { createHash, sign } from 'node:crypto';
import * as der from '@lianshu/der';
import type { EnvelopeInput } from '../envelope.ts';
import { OID } from '../oids.ts';
import { TEST_NOW_MS } from './authority.ts';
import { signatureAlgorithm } from './build-certificate.ts';
import type { TestCard } from './citizen.ts';

type Bytes = Uint8Array;

/** A statement of the usual size; its last line is the transaction. */
export const TEST_TRANSACTION = 'AAAAAAAAAAAAAAAAAAAAAA';
export const TEST_CONTENT: Bytes = new TextEncoder().encode(
  `全國性公民投票案電子連署書\n規格：LIANSHU-TBS/1\n案號：9901\n主文：示範文字，非公告主文\n交易序號：${TEST_TRANSACTION}\n`,
);

/** What a test may bend in a CMS. */
export interface CmsBend {
  readonly content?: Bytes;
  readonly detached?: boolean;
  readonly version?: number;
  readonly digestAlgorithms?: Bytes;
  readonly contentType?: string;
  readonly certificates?: readonly Bytes[];
  readonly attributes?: readonly Bytes[];
  readonly signerInfos?: (signer: Bytes) => readonly Bytes[];
  readonly signatureAlgorithm?: Bytes;
  readonly signerSerial?: Bytes;
  readonly unsignedAttributes?: Bytes;
  readonly signingTimeMs?: number;
  readonly nonce?: string;
  /** What the messageDigest attribute is computed over, when not the content. */
  readonly digestOf?: Bytes;
}

/** One signed attribute with one value. */
export function attribute(oid: string, value: Bytes): Bytes {
  return der.sequence(der.oid(oid), der.setOf(value));
}

const SHA256 = der.sequence(der.oid(OID.sha256), der.nullValue());

/** The attributes HiPKI writes with a nonce: contentType, messageDigest, signingTime, nonce. */
export function usualAttributes(bend: CmsBend = {}): readonly Bytes[] {
  const digest = createHash('sha256')
    .update(bend.digestOf ?? bend.content ?? TEST_CONTENT)
    .digest();
  return [
    attribute(OID.contentType, der.oid(OID.data)),
    attribute(OID.messageDigest, der.octetString(digest)),
    attribute(OID.signingTime, der.time(bend.signingTimeMs ?? TEST_NOW_MS)),
    attribute(OID.randomNonce, der.octetString(new TextEncoder().encode(bend.nonce ?? TEST_TRANSACTION))),
  ];
}

/** Signs a statement into CMS SignedData the way the card component does. */
export function buildCms(card: TestCard, bend: CmsBend = {}): Bytes {
  const attributes = der.setOf(...(bend.attributes ?? usualAttributes(bend)));
  const tagged = Uint8Array.from(attributes);
  tagged[0] = 0xa0;
  const rsaEncryption = der.sequence(der.oid(OID.rsaEncryption), der.nullValue());
  const isEc = card.key.asymmetricKeyType === 'ec';
  const signer = der.sequence(
    der.integer(1),
    der.sequence(card.issuerName, der.integer(bend.signerSerial ?? card.serial)),
    SHA256,
    tagged,
    bend.signatureAlgorithm ?? (isEc ? signatureAlgorithm(card.key) : rsaEncryption),
    der.octetString(sign('sha256', attributes, card.key)),
    ...(bend.unsignedAttributes === undefined ? [] : [bend.unsignedAttributes]),
  );
  const content = der.context(0, der.octetString(bend.content ?? TEST_CONTENT));
  const certificates = bend.certificates ?? [card.certificate];
  const signedData = der.sequence(
    der.integer(bend.version ?? 1),
    bend.digestAlgorithms ?? der.setOf(SHA256),
    der.sequence(der.oid(bend.contentType ?? OID.data), ...(bend.detached === true ? [] : [content])),
    ...(certificates.length === 0 ? [] : [der.context(0, ...certificates)]),
    der.setAsGiven(...(bend.signerInfos?.(signer) ?? [signer])),
  );
  return der.sequence(der.oid(OID.signedData), der.context(0, signedData));
}

/** A valid input around a signature; any field can be replaced. */
export function envelopeInput(signature: Bytes, bend: Partial<EnvelopeInput> = {}): EnvelopeInput {
  return {
    form: 'cms-attached',
    signature,
    content: TEST_CONTENT,
    transaction: TEST_TRANSACTION,
    idTail: '6789',
    receivedAtMs: TEST_NOW_MS,
    ...bend,
  };
}

/** A bare signature over the statement, with its certificate beside it. */
export function barePkcs1(card: TestCard, content: Bytes = TEST_CONTENT): EnvelopeInput {
  const signature = sign('sha256', content, card.key);
  return envelopeInput(signature, { form: 'pkcs1', certificate: card.certificate, content });
}
