import { createHash, verify, X509Certificate } from 'node:crypto';
import type { SimulatedAuthority } from '../ca/authority.ts';
import type { ServiceClient } from '../ca/authority-state.ts';
import { type IdentityRecord, type IdentityRequestMessage, readIdentityRequest } from './request.ts';

/** Scripted faults of the identity service; one at a time. */
export const IDENTITY_FAULTS = [
  'none',
  'silent',
  'http-503',
  'wrong-nonce',
  'wrong-client',
  'wrong-count',
  'truncated',
  'garbage',
  'database-down',
  'record-errors',
] as const;

export type IdentityFault = (typeof IDENTITY_FAULTS)[number];

/** What the service answers from. */
export type IdentityServiceDeps = {
  readonly authority: SimulatedAuthority;
  readonly clock: () => number;
};

/**
 * Answers one request body as the service does: an `ICSResponse` with a `Code` for each record, or an `ErrID`
 * (identity.md §5). Where the ErrID stands in the answer is 未確認; here inside `ICSResponse`.
 */
export function answerIdentityRequest(deps: IdentityServiceDeps, body: string, fault: IdentityFault): string {
  const request = readIdentityRequest(body);
  if (typeof request === 'number') return refusal(request);
  const refused = checkClient(deps, request);
  if (refused !== undefined) return refusal(refused);
  if (fault === 'database-down') return refusal(1022);
  if (fault === 'garbage') return '<html><body>502 Bad Gateway</body></html>';
  const answer = response(deps, request, fault);
  return fault === 'truncated' ? answer.slice(0, Math.floor(answer.length / 2)) : answer;
}

/** `Code` of one record. A suspended card answers 0, as in reality. */
function identityCode(deps: IdentityServiceDeps, record: IdentityRecord): number {
  const known = deps.authority.registered(record.ssid);
  if (known.length === 0) return 2;
  const matching = known.filter((entry) => entry.subjectSerialNumber === record.sn);
  if (matching.length === 0) return 1;
  const codes = matching.map((entry) => {
    if (entry.status.status === 'revoked' && entry.status.reason !== 'certificateHold') return 5;
    if (deps.clock() > entry.notAfterMs) return 4;
    return entry.activated ? 0 : 3;
  });
  return Math.min(...codes);
}

function response(deps: IdentityServiceDeps, request: IdentityRequestMessage, fault: IdentityFault): string {
  const records = request.records.map((record, i) => {
    const code = fault === 'record-errors' ? 999 : identityCode(deps, record);
    return `<Rec><ID>${i + 1}</ID><SN>${record.sn}</SN><SSID4>${record.ssid.slice(-4)}</SSID4><Code>${code}</Code></Rec>`;
  });
  const clientId = fault === 'wrong-client' ? '0'.repeat(40) : request.clientId;
  const nonce =
    fault === 'wrong-nonce' ? [...request.nonce].reverse().join('').replace(/^./, 'x') : request.nonce;
  const count = fault === 'wrong-count' ? records.length + 1 : records.length;
  return (
    `<ICSResponse><ClientID>${clientId}</ClientID><Nonce>${nonce}</Nonce>` +
    `<ReqTime>${request.requestTime}</ReqTime><TotalCount>${count}</TotalCount>${records.join('')}</ICSResponse>`
  );
}

function checkClient(deps: IdentityServiceDeps, request: IdentityRequestMessage): number | undefined {
  const client = deps.authority.serviceClients().find((known) => clientId(known) === request.clientId);
  if (client === undefined) return 1020;
  const certificate = new X509Certificate(client.certificate);
  const signed = Buffer.from(request.signed, 'latin1');
  if (!verify('sha1', signed, certificate.publicKey, request.signature)) return 1021;
  const nowMs = deps.clock();
  const valid = certificate.validFromDate.getTime() <= nowMs && nowMs <= certificate.validToDate.getTime();
  return valid ? undefined : 1023;
}

function clientId(client: ServiceClient): string {
  return createHash('sha1').update(client.certificate).digest('hex').toUpperCase();
}

function refusal(errId: number): string {
  return `<ICSResponse><ErrID>${errId}</ErrID></ICSResponse>`;
}
