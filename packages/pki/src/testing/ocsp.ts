import type { KeyObject } from 'node:crypto';
import { sign } from 'node:crypto';
import * as der from '@lianshu/der';
import type { OcspRequest } from '../ocsp-request.ts';
import { OID } from '../oids.ts';
import { TEST_NOW_MS, type TestAnchor } from './authority.ts';
import {
  buildCertificate,
  extension,
  keyIdentifier,
  name,
  signatureAlgorithm,
  spkiOf,
} from './build-certificate.ts';

type Bytes = Uint8Array;
const DAY = 86_400_000;

/** A responder with a certificate for OCSP signing. */
export interface TestResponder {
  readonly key: KeyObject;
  readonly certificate: Bytes;
  readonly name: Bytes;
}

/** Certifies a responder below `issuer`; `purpose` may be bent. */
export function issueResponder(
  issuer: TestAnchor,
  key: KeyObject,
  bend: { readonly purpose?: string; readonly signer?: KeyObject; readonly notAfterMs?: number } = {},
): TestResponder {
  const subject = name([OID.country, 'TW'], [OID.commonName, 'SIM OCSP responder']);
  const certificate = buildCertificate({
    serial: 4711n,
    issuer: issuer.name,
    subject,
    notBeforeMs: TEST_NOW_MS - DAY,
    notAfterMs: bend.notAfterMs ?? TEST_NOW_MS + DAY,
    spki: spkiOf(key),
    extensions: [
      extension(OID.authorityKeyIdentifier, der.sequence(der.contextValue(0, issuer.ski))),
      extension(OID.keyUsage, der.namedBits(1), true),
      extension(OID.extendedKeyUsage, der.sequence(der.oid(bend.purpose ?? OID.ocspSigning)), true),
    ],
    signer: bend.signer ?? issuer.key,
  });
  return { key, certificate, name: subject };
}

/** What a test may bend in an answer. */
export interface OcspBend {
  readonly status?: 'good' | 'revoked' | 'suspended' | 'unknown';
  readonly nonce?: Bytes | null;
  readonly serial?: Bytes;
  readonly thisUpdateMs?: number;
  readonly nextUpdateMs?: number;
  readonly byKey?: boolean;
  readonly certificates?: readonly Bytes[];
  readonly responseStatus?: number;
}

function statusOf(status: NonNullable<OcspBend['status']>): Bytes {
  if (status === 'good') return der.contextValue(0, new Uint8Array(0));
  if (status === 'unknown') return der.contextValue(2, new Uint8Array(0));
  const reason = der.context(0, der.enumerated(status === 'suspended' ? 6 : 1));
  return der.context(1, der.generalizedTime(TEST_NOW_MS - DAY), reason);
}

/** Builds and signs an answer. */
export function buildOcspResponse(
  request: OcspRequest,
  responder: TestResponder,
  bend: OcspBend = {},
): Bytes {
  if (bend.responseStatus !== undefined) return der.sequence(der.enumerated(bend.responseStatus));
  const { certId } = request;
  const id = der.sequence(
    der.sequence(der.oid(OID.sha1), der.nullValue()),
    der.octetString(certId.issuerNameHash),
    der.octetString(certId.issuerKeyHash),
    der.integer(bend.serial ?? certId.serial),
  );
  const nonce = bend.nonce === undefined ? request.nonce : bend.nonce;
  const tbs = der.sequence(
    bend.byKey === true
      ? der.context(2, der.octetString(keyIdentifier(responder.key)))
      : der.context(1, responder.name),
    der.generalizedTime(TEST_NOW_MS),
    der.sequence(
      der.sequence(
        id,
        statusOf(bend.status ?? 'good'),
        der.generalizedTime(bend.thisUpdateMs ?? TEST_NOW_MS - 60_000),
        ...(bend.nextUpdateMs === undefined ? [] : [der.context(0, der.generalizedTime(bend.nextUpdateMs))]),
      ),
    ),
    ...(nonce === null
      ? []
      : [der.context(1, der.sequence(extension(OID.ocspNonce, der.octetString(nonce))))]),
  );
  const certificates = bend.certificates ?? [responder.certificate];
  const basic = der.sequence(
    tbs,
    signatureAlgorithm(responder.key),
    der.bitString(sign('sha256', tbs, responder.key)),
    ...(certificates.length === 0 ? [] : [der.context(0, der.sequence(...certificates))]),
  );
  const bytes = der.sequence(der.oid(OID.basicOcspResponse), der.octetString(basic));
  return der.sequence(der.enumerated(0), der.context(0, bytes));
}
