import { createHash, type KeyObject } from 'node:crypto';
import { IcsError } from './ics-error.ts';
import {
  type IcsCall,
  icsClientId,
  icsNonce,
  icsTime,
  isIcsText,
  readIcsResponse,
  writeIcsRequest,
} from './ics-message.ts';
import { MAX_XML_BYTES } from './ics-xml.ts';
import {
  type IdentityConfirmation,
  type IdentityOutcome,
  type IdentityRequest,
  UNAVAILABLE,
} from './identity-confirmation.ts';

/** What the adapter needs. `clientCertificate` (DER) is registered with 內政部 and `clientKey` is its RSA key. */
export interface IcsSettings {
  readonly clientCertificate: Uint8Array;
  readonly clientKey: KeyObject;
  readonly post: IcsPost;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  /** Told when a call gave nothing: a code, never contents. */
  readonly onFault: (fault: IcsError) => void;
}

/** Sends one body and returns the answer's bytes, or throws {@link IcsError}. */
export type IcsPost = (body: string, signal: AbortSignal) => Promise<Uint8Array>;

/**
 * 憑證用戶身分確認服務 (ICS) as {@link IdentityConfirmation}.
 *
 * Source: identity.md §5 (wire format, codes).
 */
export function icsConfirmation(settings: IcsSettings): IdentityConfirmation {
  const clientId = icsClientId(settings.clientCertificate);

  async function ask(requests: readonly IdentityRequest[], signal: AbortSignal) {
    const call: IcsCall = {
      clientId,
      nonce: icsNonce(settings.randomBytes),
      requestTime: icsTime(settings.nowMs()),
      requests,
    };
    const body = writeIcsRequest(call, settings.clientKey);
    const answer = await settings.post(body, signal);
    const codes = readIcsResponse(answer, call);
    const proof = {
      service: 'ICS',
      client_id: clientId,
      nonce: call.nonce,
      request_time: call.requestTime,
      request_sha256: sha256Hex(Buffer.from(body)),
      response_sha256: sha256Hex(answer),
    };
    return codes.map((code, i) => outcomeOf(code, { ...proof, record: String(i + 1), code }));
  }

  return {
    async confirm(requests, signal) {
      const sendable = requests.filter(isSendable);
      if (sendable.length === 0) return requests.map(() => UNAVAILABLE);
      try {
        const outcomes = await ask(sendable, signal);
        const next = outcomes.values();
        return requests.map((request) =>
          isSendable(request) ? (next.next().value ?? UNAVAILABLE) : UNAVAILABLE,
        );
      } catch (error) {
        settings.onFault(error instanceof IcsError ? error : new IcsError('ics-unreachable'));
        return requests.map(() => UNAVAILABLE);
      }
    },
  };
}

/** {@link IcsPost} over HTTPS with the platform's strict TLS; refuses redirects, other statuses and long answers. */
export function icsPost(url: string, fetchFrom: typeof fetch): IcsPost {
  return async (body, signal) => {
    const response = await fetchFrom(url, {
      method: 'POST',
      headers: { 'content-type': 'application/x-www-form-urlencoded' },
      body,
      redirect: 'error',
      signal,
    }).catch(() => {
      throw new IcsError('ics-unreachable');
    });
    if (response.status !== 200 || response.body === null) throw new IcsError('ics-unreachable');
    const chunks: Uint8Array[] = [];
    let length = 0;
    for await (const chunk of response.body) {
      length += chunk.length;
      if (length > MAX_XML_BYTES) throw new IcsError('ics-too-large');
      chunks.push(chunk);
    }
    return Buffer.concat(chunks);
  };
}

function outcomeOf(code: string, proof: Readonly<Record<string, string>>): IdentityOutcome {
  switch (code) {
    case '0':
      return { outcome: 'confirmed', proof };
    case '1':
    case '2':
      return { outcome: 'refused', code: 'E_ID_NOT_BOUND' };
    case '3':
      return { outcome: 'refused', code: 'E_CERT_NOT_ACTIVATED' };
    case '4':
      return { outcome: 'refused', code: 'E_CERT_EXPIRED' };
    case '5':
      return { outcome: 'refused', code: 'E_REVOKED' };
    default:
      return UNAVAILABLE;
  }
}

function isSendable(request: IdentityRequest): boolean {
  return isIcsText(request.subjectSerialNumber) && isIcsText(request.nationalId);
}

function sha256Hex(bytes: Uint8Array): string {
  return createHash('sha256').update(bytes).digest('hex');
}
