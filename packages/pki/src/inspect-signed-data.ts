import { hash } from 'node:crypto';
import { asBuffer, sameBytes, toHex } from './bytes.ts';
import { parseCertificate } from './certificate.ts';
import { inspectCertificate } from './inspect-certificate.ts';
import { FactList, type Inspection, type InspectOptions, instant, personal } from './inspection.ts';
import { nameText, printable } from './name.ts';
import { OID } from './oids.ts';
import { importKey, verifySha256 } from './public-key.ts';
import { attributesToBeSigned, parseSignedData, type SignedData } from './signed-data.ts';

const ATTRIBUTE_NAMES: Readonly<Record<string, string>> = {
  [OID.contentType]: 'contentType',
  [OID.messageDigest]: 'messageDigest',
  [OID.signingTime]: 'signingTime',
  [OID.randomNonce]: 'nonce',
  [OID.cardNumber]: 'cardNumber',
};

/** What a signed statement says. Mathematics is done under the enclosed certificate; no issuer is believed. */
export function inspectSignedData(der: Uint8Array, options: InspectOptions): Inspection {
  const signed = parseSignedData(der);
  const { attributes } = signed;
  const list = new FactList();
  list.add('form', 'Form', signed.content === undefined ? 'detached' : 'attached');
  list.add('content', 'Signed text', contentText(signed.content));
  list.add('contentSha256', 'SHA-256 of the text', signed.content && hash('sha256', signed.content, 'hex'));
  list.add('signerIssuer', 'Signer’s issuer', nameText(signed.signerIssuer));
  list.add('signerSerial', 'Signer’s serial', toHex(signed.signerSerial));
  list.add('algorithm', 'Signature', signed.algorithm);
  list.add(
    'attributes',
    'Signed attributes',
    attributes.oids.map((oid) => ATTRIBUTE_NAMES[oid] ?? oid),
  );
  list.add(
    'signingTime',
    'PC clock',
    attributes.signingTimeMs === undefined ? undefined : instant(attributes.signingTimeMs),
  );
  list.add('nonce', 'Nonce', attributes.nonce && printable(asBuffer(attributes.nonce).toString('latin1')));
  const { cardNumber } = attributes;
  list.add(
    'cardNumber',
    'Card number',
    cardNumber && personal(asBuffer(cardNumber).toString('latin1'), options),
  );
  list.add('sha256', 'SHA-256', hash('sha256', der, 'hex'));
  addWarnings(list, signed);
  const enclosed = signed.certificate === undefined ? [] : [inspectCertificate(signed.certificate, options)];
  return { kind: 'cms-signed-data', facts: list.facts, warnings: list.warnings, enclosed };
}

function contentText(content: Uint8Array | undefined): readonly string[] | undefined {
  if (content === undefined) return undefined;
  const text = new TextDecoder().decode(content);
  if (content.length > 768 || text.includes('�')) return [`${content.length} bytes`];
  return text
    .split('\n')
    .filter((line) => line !== '')
    .map(printable);
}

function addWarnings(list: FactList, signed: SignedData): void {
  const { content, certificate, attributes } = signed;
  const digest = attributes.messageDigest;
  list.warn(digest === undefined, 'The digest of the text is missing: the signature covers no text.');
  if (content !== undefined && digest !== undefined) {
    const equal = sameBytes(digest, hash('sha256', content, 'buffer'));
    list.warn(!equal, 'The digest does not match the text: the text was changed after signing.');
  }
  list.warn(attributes.contentType !== OID.data, 'The content type is not plain data.');
  if (certificate === undefined) {
    list.warn(true, 'No certificate is enclosed, so the signature could not be tried.');
    return;
  }
  const signer = parseCertificate(certificate);
  const named =
    sameBytes(signer.issuer, signed.signerIssuer) && sameBytes(signer.serial, signed.signerSerial);
  list.warn(!named, 'The enclosed certificate is not the one the signature names.');
  const key = importKey(signer.key);
  const good =
    key !== undefined && verifySha256(key, attributesToBeSigned(signed.signedAttributes), signed.signature);
  list.add('verified', 'Signature holds', good ? 'yes, under the enclosed certificate’s key' : 'no');
  list.warn(!good, 'The signature does not hold under the enclosed certificate’s key.');
}
