import { DER_LIMIT } from '@lianshu/der';
import {
  buildOcspRequest,
  isAllowedAuthorityUrl,
  type OcspRequest,
  type OcspVerdict,
  ocspUrlOf,
  type TrustStore,
} from '@lianshu/pki';
import type { OcspProof } from '@lianshu/seal';
import { before } from './patience.ts';
import { readBody } from './revocation-source.ts';
import { SealerStartFault } from './state-directory.ts';

/** Check 21 of LIANSHU-VP/1. `not-asked`: there is no service that may be asked about this certificate. */
export type StatusOutcome =
  | { readonly outcome: 'good'; readonly proof: OcspProof }
  | { readonly outcome: 'refused'; readonly check: 21; readonly code: 'E_REVOKED' | 'E_SUSPENDED' }
  | { readonly outcome: 'unavailable'; readonly code: 'I_OCSP_UNAVAILABLE' | 'I_OCSP_UNKNOWN' }
  | { readonly outcome: 'not-asked' };

/** A certificate that passed checks 7–19, and its issuer. */
export interface StatusQuestion {
  readonly certificate: Uint8Array;
  readonly issuerSki: string;
}

/**
 * Port to whoever knows today whether one certificate is revoked. Answers by the signal's end at the latest.
 * Never rejects for the service's silence or nonsense: those are `unavailable`.
 */
export interface RevocationStatus {
  ask(question: StatusQuestion, signal: AbortSignal): Promise<StatusOutcome>;
}

/** Where no service is configured: signatures wait for a list. */
export const NO_STATUS: RevocationStatus = { ask: async () => ({ outcome: 'not-asked' }) };

/** Which OCSP services may be asked, and how. */
export interface OcspConfig {
  /** Issuer's subject key identifier (hex) → address. For other issuers the certificate's own, if allowed. */
  readonly responders: ReadonlyMap<string, string>;
  readonly fetch: typeof fetch;
}

/** What the adapter needs besides. */
export interface OcspParts extends OcspConfig {
  readonly trust: TrustStore;
  /** Verifies an answer, in a worker. */
  readonly read: (der: Uint8Array, request: OcspRequest) => Promise<OcspVerdict>;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Told when an answer was of no use: an address and a code, nothing about a card. */
  readonly onTrouble: (where: string, code: string) => void;
}

const NONCE_BYTES = 16;
/** Questions at a time. More are answered `unavailable` at once: their signatures are held. */
const MAX_ASKING = 128;
const LOOPBACK = new Set(['127.0.0.1', '[::1]', 'localhost']);

type Unusable = 'ocsp-late' | 'ocsp-unreachable' | 'ocsp-busy' | 'I_OCSP_UNAVAILABLE' | 'I_OCSP_UNKNOWN';

/**
 * OCSP over HTTP as {@link RevocationStatus}: POST, one question each, no redirects, answer bounded.
 *
 * Source: RFC 6960 appendix A.1; RFC 8954; identity.md §4, §10.
 */
export function ocspStatus(parts: OcspParts): RevocationStatus {
  let asking = 0;

  async function exchange(url: string, request: OcspRequest, signal: AbortSignal) {
    const response = await parts.fetch(url, {
      method: 'POST',
      headers: { 'content-type': 'application/ocsp-request', accept: 'application/ocsp-response' },
      body: request.der,
      redirect: 'error',
      signal,
    });
    const der = await readBody(response, DER_LIMIT);
    return { der, verdict: await parts.read(der, request) };
  }

  return {
    async ask({ certificate, issuerSki }, signal) {
      const url = parts.responders.get(issuerSki) ?? ocspUrlOf(certificate);
      if (url === undefined) return { outcome: 'not-asked' };
      const useless = (code: Unusable): StatusOutcome => {
        parts.onTrouble(url, code);
        return {
          outcome: 'unavailable',
          code: code === 'I_OCSP_UNKNOWN' ? code : 'I_OCSP_UNAVAILABLE',
        };
      };
      if (asking >= MAX_ASKING) return useless('ocsp-busy');
      const request = buildOcspRequest(certificate, parts.trust, parts.randomBytes(NONCE_BYTES));
      asking += 1;
      try {
        const answer = await before(signal, exchange(url, request, signal));
        if (answer === undefined) return useless('ocsp-late');
        const { der, verdict } = answer;
        if (verdict.outcome === 'indeterminate') return useless(verdict.code);
        if (verdict.outcome === 'failed') return { outcome: 'refused', check: 21, code: verdict.code };
        return { outcome: 'good', proof: proofOf(issuerSki, der, verdict) };
      } catch {
        return useless(signal.aborted ? 'ocsp-late' : 'ocsp-unreachable');
      } finally {
        asking -= 1;
      }
    },
  };
}

/**
 * Refuses a configured address that is neither loopback nor below an authority's domain, and one for an issuer
 * that is not pinned. Throws {@link SealerStartFault} `ocsp-responder-not-allowed`.
 */
export function judgeResponders(responders: ReadonlyMap<string, string>, trust: TrustStore): void {
  for (const [ski, url] of responders)
    if (trust.issuer(ski) === undefined || !(isAllowedAuthorityUrl(url) || isLoopbackUrl(url)))
      throw new SealerStartFault('ocsp-responder-not-allowed', `${ski}=${url}`);
}

function isLoopbackUrl(text: string): boolean {
  if (!URL.canParse(text)) return false;
  const { protocol, hostname, username, password } = new URL(text);
  return /^https?:$/.test(protocol) && username === '' && password === '' && LOOPBACK.has(hostname);
}

function proofOf(
  issuerSki: string,
  response: Uint8Array,
  verdict: Extract<OcspVerdict, { outcome: 'passed' }>,
): OcspProof {
  return {
    issuerSki,
    response,
    producedAt: new Date(verdict.producedAtMs).toISOString(),
    thisUpdate: new Date(verdict.thisUpdateMs).toISOString(),
    responderKeyHash: verdict.responderKeyHash,
  };
}
