import type { SimulatedAuthority } from '../ca/authority.ts';
import { CONTROL_POLICY } from '../control-style.ts';
import {
  listenWithOutages,
  page,
  type ServerWithOutages,
  type SimulatedRequest,
  type SimulatedResponse,
  sameOrigin,
} from '../loopback.ts';
import { identityControlPage } from './control-page.ts';
import { answerIdentityRequest, IDENTITY_FAULTS, type IdentityFault } from './identity-service.ts';

export const IDENTITY_SERVICE_PORT = 61172;

/** Path of the real service. */
export const IDENTITY_SERVICE_PATH = '/cgi-bin/CheckSNPID/CheckSNPID';

/** Scripted state of the service; set members at any time. */
export type IdentityServiceState = {
  fault: IdentityFault;
  /** Milliseconds before each answer. */
  delayMs: number;
};

/** The running identity service. */
export type IdentityServer = ServerWithOutages & {
  readonly state: IdentityServiceState;
  /** Requests received on the service's path since the start. */
  requests(): number;
};

export type IdentityServerOptions = {
  /** 61172 unless told; 0 takes a free port. */
  readonly port?: number;
  readonly clock?: () => number;
  /** Milliseconds before each answer; 0 unless told. */
  readonly delayMs?: number;
};

/**
 * Starts the simulated 憑證用戶身分確認服務 (ICS) over plain loopback HTTP, where reality has TLS in front.
 * Its register is the authority's; `/control` is a page for people.
 */
export async function startIdentityService(
  authority: SimulatedAuthority,
  options: IdentityServerOptions = {},
): Promise<IdentityServer> {
  const clock = options.clock ?? Date.now;
  const state: IdentityServiceState = { fault: 'none', delayMs: options.delayMs ?? 0 };
  let received = 0;

  async function serve(request: SimulatedRequest): Promise<SimulatedResponse> {
    if (request.method !== 'POST') return { status: 405, headers: { allow: 'POST' } };
    received++;
    const { fault } = state;
    if (state.delayMs > 0) await new Promise((resolve) => setTimeout(resolve, state.delayMs).unref());
    if (fault === 'silent') return 'silent';
    if (fault === 'http-503') return { status: 503 };
    const body = answerIdentityRequest({ authority, clock }, request.body.toString('latin1'), fault);
    return { type: 'text/xml', body };
  }

  function control(request: SimulatedRequest): SimulatedResponse {
    if (request.method === 'GET') return page(identityControlPage(state), CONTROL_POLICY);
    if (request.method !== 'POST' || !sameOrigin(request)) return { status: 403 };
    const form = new URLSearchParams(request.body.toString('utf8'));
    state.fault = IDENTITY_FAULTS.find((fault) => fault === form.get('fault')) ?? state.fault;
    const delayMs = Number(form.get('delay') ?? state.delayMs);
    if (Number.isInteger(delayMs) && delayMs >= 0 && delayMs <= 60_000) state.delayMs = delayMs;
    return { status: 303, headers: { location: '/control' } };
  }

  const handle = (request: SimulatedRequest): SimulatedResponse | Promise<SimulatedResponse> => {
    if (request.path === IDENTITY_SERVICE_PATH) return serve(request);
    if (request.path === '/control') return control(request);
    return { status: 404 };
  };

  const server = await listenWithOutages(handle, options.port ?? IDENTITY_SERVICE_PORT);
  return { ...server, state, requests: () => received };
}
