import {
  bitString,
  child,
  type Der,
  element,
  enumerated,
  explicit,
  generalizedTime,
  hex,
  implicitPrimitive,
  octetString,
  oid,
  readElements,
  sequence,
} from '../asn1.ts';
import { OID } from '../oids.ts';
import { extension } from './certificate.ts';
import { algorithmIdentifier, type KeyPair, signWith } from './key-pair.ts';
import { REVOCATION_REASON, type RevocationReason } from './revocation-list.ts';

/** Scripted misbehaviour of the responder; `none` is the honest one. */
export type OcspFault =
  | 'none'
  | 'http-503'
  | 'try-later'
  | 'internal-error'
  | 'unknown-status'
  | 'wrong-nonce'
  | 'no-nonce'
  | 'stale'
  | 'other-serial'
  | 'bad-signature'
  | 'responder-without-purpose';

/** What the responder knows of one certificate. */
export type CertificateStatus =
  | { readonly status: 'good' }
  | { readonly status: 'unknown' }
  | { readonly status: 'revoked'; readonly atMs: number; readonly reason: RevocationReason };

/** One question of a request: the CertID as sent, and its parts. */
export type OcspQuestion = {
  readonly certId: Uint8Array;
  readonly hashAlgorithm: string;
  readonly issuerNameHash: string;
  readonly issuerKeyHash: string;
  readonly serialHex: string;
};

/** A parsed OCSPRequest (RFC 6960 §4.1). */
export type OcspRequest = { readonly questions: readonly OcspQuestion[]; readonly nonce?: Uint8Array };

/** OCSPResponseStatus values without response bytes. */
export const OCSP_REFUSAL = { malformed: 1, internalError: 2, tryLater: 3, unauthorized: 6 } as const;

/** A response that carries a status only. */
export function ocspRefusal(kind: keyof typeof OCSP_REFUSAL): Der {
  return sequence(enumerated(OCSP_REFUSAL[kind]));
}

/** Parses a request; throws `SimulatorFault` on anything that is not one. */
export function readOcspRequest(der: Uint8Array): OcspRequest {
  const request = child(der, 0, 0x30);
  const parts = readElements(child(request.content, 0, 0x30).content);
  const list = parts.find((part) => part.tag === 0x30);
  const questions = readElements(list?.content ?? new Uint8Array()).map((item) => readQuestion(item.content));
  const extensions = parts.find((part) => part.tag === 0xa2);
  const nonce = extensions === undefined ? undefined : readNonce(child(extensions.content, 0, 0x30).content);
  return { questions, ...(nonce === undefined ? {} : { nonce }) };
}

/** What a response is made from. */
export type OcspResponsePlan = {
  readonly answers: readonly { readonly certId: Uint8Array; readonly status: CertificateStatus }[];
  readonly nonce?: Uint8Array;
  readonly producedAtMs: number;
  readonly responder: KeyPair;
  readonly responderCertificate: Der;
  readonly fault: OcspFault;
};

/** Hours of validity of one answer. */
const ANSWER_HOURS = 24;

/** Signs a BasicOCSPResponse: ResponderID by key, nonce echoed, the delegated certificate enclosed. */
export function signOcspResponse(plan: OcspResponsePlan): Der {
  const atMs = plan.fault === 'stale' ? plan.producedAtMs - 3 * 86_400_000 : plan.producedAtMs;
  const nonce = plan.fault === 'no-nonce' ? undefined : plan.nonce;
  const echoed =
    plan.fault === 'wrong-nonce' && nonce !== undefined ? nonce.map((octet) => octet ^ 0xff) : nonce;
  const data = sequence(
    explicit(2, octetString(plan.responder.ski)),
    generalizedTime(atMs),
    sequence(...plan.answers.map((answer) => singleResponse(answer, atMs, plan.fault))),
    ...(echoed === undefined ? [] : [explicit(1, sequence(extension(OID.ocspNonce, octetString(echoed))))]),
  );
  const signature = signWith(plan.responder, 'sha256', data);
  if (plan.fault === 'bad-signature') signature[0] = (signature[0] ?? 0) ^ 1;
  const basic = sequence(
    data,
    algorithmIdentifier(plan.responder, 'sha256'),
    bitString(signature),
    explicit(0, sequence(plan.responderCertificate)),
  );
  return sequence(enumerated(0), explicit(0, sequence(oid(OID.ocspBasic), octetString(basic))));
}

function singleResponse(answer: OcspResponsePlan['answers'][number], atMs: number, fault: OcspFault): Der {
  const certId = fault === 'other-serial' ? otherSerial(answer.certId) : answer.certId;
  const status = fault === 'unknown-status' ? ({ status: 'unknown' } as const) : answer.status;
  return sequence(
    certId,
    certStatus(status),
    generalizedTime(atMs),
    explicit(0, generalizedTime(atMs + ANSWER_HOURS * 3_600_000)),
  );
}

function certStatus(status: CertificateStatus): Der {
  if (status.status === 'good') return implicitPrimitive(0, new Uint8Array());
  if (status.status === 'unknown') return implicitPrimitive(2, new Uint8Array());
  return element(
    0xa1,
    generalizedTime(status.atMs),
    explicit(0, enumerated(REVOCATION_REASON[status.reason])),
  );
}

function otherSerial(certId: Uint8Array): Uint8Array {
  const changed = Uint8Array.from(certId);
  const last = changed.length - 1;
  changed[last] = (changed[last] ?? 0) ^ 1;
  return changed;
}

function readQuestion(content: Uint8Array): OcspQuestion {
  const certId = child(content, 0, 0x30);
  const serial = child(certId.content, 3, 0x02).content;
  return {
    certId: certId.whole,
    hashAlgorithm: hex(child(child(certId.content, 0, 0x30).content, 0, 0x06).whole),
    issuerNameHash: hex(child(certId.content, 1, 0x04).content),
    issuerKeyHash: hex(child(certId.content, 2, 0x04).content),
    serialHex: hex(serial[0] === 0 ? serial.subarray(1) : serial),
  };
}

function readNonce(extensions: Uint8Array): Uint8Array | undefined {
  const wanted = hex(oid(OID.ocspNonce));
  for (const item of readElements(extensions)) {
    const parts = readElements(item.content);
    if (parts[0] === undefined || hex(parts[0].whole) !== wanted) continue;
    return child(parts.at(-1)?.content ?? new Uint8Array(), 0, 0x04).content;
  }
  return undefined;
}
