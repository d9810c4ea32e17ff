import { createHash } from 'node:crypto';
import { hex, oid, SimulatorFault } from '../asn1.ts';
import { listen, type RunningServer, type SimulatedRequest, type SimulatedResponse } from '../loopback.ts';
import { OID } from '../oids.ts';
import type { SimulatedAuthority } from './authority.ts';
import type { CertificationAuthority } from './authority-state.ts';
import type { IssuerName } from './issuer-name.ts';
import { type OcspFault, ocspRefusal, readOcspRequest, signOcspResponse } from './ocsp.ts';
import { partitions } from './publication.ts';

/** Scripted state of the authority's servers. */
export type AuthorityServerFaults = {
  ocsp: OcspFault;
  /** `unavailable`: 503; `truncated`: half of the list. */
  lists: 'none' | 'unavailable' | 'truncated';
};

/** The authority's web server: lists, certificates and OCSP. */
export type AuthorityServer = RunningServer & {
  /** Set members to script faults; read at each request. */
  readonly faults: AuthorityServerFaults;
};

export type AuthorityServerOptions = {
  /** 61171 unless told; 0 takes a free port (then addresses in certificates do not lead here). */
  readonly port?: number;
  readonly clock?: () => number;
};

export const AUTHORITY_PORT = 61171;

const ISSUERS: readonly IssuerName[] = ['SIM-GRCA-G3', 'SIM-MOICA-G2', 'SIM-MOICA-G3'];

/**
 * Serves `/crl/<ski>/complete.crl`, `/crl/<ski>/p<n>.crl`, `/certs/<name>.cer` and POST `/ocsp`.
 * Lists bear `ETag`, and a matching `If-None-Match` answers 304.
 */
export async function startAuthorityServer(
  authority: SimulatedAuthority,
  options: AuthorityServerOptions = {},
): Promise<AuthorityServer> {
  const faults: AuthorityServerFaults = { ocsp: 'none', lists: 'none' };
  const clock = options.clock ?? Date.now;
  const handle = (request: SimulatedRequest): SimulatedResponse => {
    if (request.path === '/ocsp') {
      if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
      if (faults.ocsp === 'http-503') return { status: 503 };
      return {
        type: 'application/ocsp-response',
        body: answerOcsp(authority, request.body, faults.ocsp, clock()),
      };
    }
    if (request.method !== 'GET' && request.method !== 'HEAD')
      return { status: 405, headers: { allow: 'GET' } };
    const certificate = /^\/certs\/([\w-]+)\.cer$/.exec(request.path)?.[1];
    const name = ISSUERS.find((known) => known === certificate);
    if (name !== undefined) {
      return { type: 'application/pkix-cert', body: authority.authority(name).certificate };
    }
    return list(authority, request, faults);
  };
  return { ...(await listen(handle, options.port ?? AUTHORITY_PORT)), faults };
}

/** Answers one OCSP request; each CertID by the issuer whose key it names, all by one issuer's responder. */
function answerOcsp(
  authority: SimulatedAuthority,
  der: Uint8Array,
  fault: OcspFault,
  nowMs: number,
): Uint8Array {
  if (fault === 'try-later') return ocspRefusal('tryLater');
  if (fault === 'internal-error') return ocspRefusal('internalError');
  try {
    const request = readOcspRequest(der);
    const issuer = issuerOf(authority, request.questions[0]?.issuerKeyHash);
    const responder = issuer?.responder;
    const sha1 = hex(oid(OID.sha1));
    const ours = request.questions.every(
      (question) =>
        question.hashAlgorithm === sha1 &&
        question.issuerKeyHash === hex(issuer?.keys.ski ?? new Uint8Array()) &&
        question.issuerNameHash === nameHash(issuer),
    );
    if (issuer === undefined || responder === undefined || !ours) return ocspRefusal('unauthorized');
    return signOcspResponse({
      answers: request.questions.map((question) => ({
        certId: question.certId,
        status: authority.status(issuer.name, question.serialHex),
      })),
      ...(request.nonce === undefined ? {} : { nonce: request.nonce }),
      producedAtMs: nowMs,
      responder: responder.keys,
      responderCertificate:
        fault === 'responder-without-purpose' ? responder.withoutPurpose : responder.certificate,
      fault,
    });
  } catch (error) {
    if (error instanceof SimulatorFault) return ocspRefusal('malformed');
    throw error;
  }
}

function list(
  authority: SimulatedAuthority,
  request: SimulatedRequest,
  faults: AuthorityServerFaults,
): SimulatedResponse {
  const [, ski, file] = /^\/crl\/([0-9a-f]{40})\/(complete|p\d)\.crl$/.exec(request.path) ?? [];
  const issuer = issuerOf(authority, ski);
  const partition = file === 'complete' ? undefined : Number(file?.slice(1));
  if (issuer === undefined || (partition !== undefined && !partitions.includes(partition))) {
    return { status: 404 };
  }
  if (faults.lists === 'unavailable') return { status: 503 };
  const der = authority.revocationList(issuer.name, partition);
  const etag = `"${createHash('sha256').update(der).digest('hex').slice(0, 32)}"`;
  if (request.headers['if-none-match'] === etag) return { status: 304, headers: { etag } };
  const body = faults.lists === 'truncated' ? der.subarray(0, Math.floor(der.length / 2)) : der;
  return { type: 'application/pkix-crl', headers: { etag }, body };
}

function issuerOf(
  authority: SimulatedAuthority,
  ski: string | undefined,
): CertificationAuthority | undefined {
  const name = ISSUERS.find((known) => hex(authority.authority(known).keys.ski) === ski);
  return name === undefined ? undefined : authority.authority(name);
}

function nameHash(issuer: CertificationAuthority | undefined): string {
  return createHash('sha1')
    .update(issuer?.subject ?? new Uint8Array())
    .digest('hex');
}
