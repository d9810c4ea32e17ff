/** 時戳服務: RFC 3161 over HTTP (§3.4), bounded in time and size; redirects are not followed. */
import { readFileSync } from 'node:fs';
import {
  MAX_TIME_STAMP_BYTES,
  readTimeStampCertificates,
  TIME_STAMP_NONCE_BYTES,
  timeStampRequest,
  verifyTimeStamp,
} from '@lianshu/pki';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';
import type { StampAnswer, TimeStampAuthority } from './time-stamp-authority.ts';

/** Why nothing came that could be looked at. */
export type TimeStampFailure = 'tsa-unreachable' | 'tsa-timeout' | 'tsa-too-large' | 'tsa-http' | 'tsa-type';

export type TimeStampHttpOptions = Readonly<{
  url: string;
  /** PEM or DER of the authority's certificates; more than one while it changes its own. */
  certificates: Uint8Array;
  clock: Clock;
  random: Random;
  /** Ten seconds unless told. */
  timeoutMs?: number;
}>;

const TIMEOUT_MS = 10_000;
/** A stamp states the time of the request, give or take the two clocks; else it proves another time than ours. */
const MOST_SKEW_MS = 5 * 60_000;

/** Reads the file of pinned certificates for {@link timeStampHttp}. */
export const readPinnedFile = (path: string): Uint8Array => new Uint8Array(readFileSync(path));

/** The body whole, undefined if longer than a time-stamp can be. */
async function boundedBody(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let size = 0;
  for await (const chunk of response.body ?? []) {
    size += chunk.length;
    if (size > MAX_TIME_STAMP_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}

async function post(
  { url, timeoutMs = TIMEOUT_MS }: TimeStampHttpOptions,
  body: Uint8Array<ArrayBuffer>,
): Promise<Uint8Array | Readonly<{ code: TimeStampFailure; detail: string }>> {
  const signal = AbortSignal.timeout(timeoutMs);
  try {
    const response = await fetch(url, {
      method: 'POST',
      body,
      headers: { 'content-type': 'application/timestamp-query', 'accept-encoding': 'identity' },
      redirect: 'manual',
      credentials: 'omit',
      signal,
    });
    const type = (response.headers.get('content-type') ?? '').split(';')[0]?.trim().toLowerCase();
    if (response.status !== 200 || type !== 'application/timestamp-reply') {
      await response.body?.cancel();
      return response.status === 200
        ? { code: 'tsa-type', detail: 'not application/timestamp-reply' }
        : { code: 'tsa-http', detail: `HTTP ${response.status}` };
    }
    const bytes = await boundedBody(response);
    return bytes ?? { code: 'tsa-too-large', detail: `over ${MAX_TIME_STAMP_BYTES} bytes` };
  } catch {
    return signal.aborted
      ? { code: 'tsa-timeout', detail: `${timeoutMs} ms` }
      : { code: 'tsa-unreachable', detail: 'no connection' };
  }
}

/** The port on the wire. Throws `PkiError` at once for pinned certificates that cannot be such. */
export function timeStampHttp(options: TimeStampHttpOptions): TimeStampAuthority {
  const certificates = readTimeStampCertificates(options.certificates);
  const stamp = async (digest: Uint8Array): Promise<StampAnswer> => {
    const nonce = options.random.bytes(TIME_STAMP_NONCE_BYTES);
    // Positive and of full length, so that it has one encoding.
    nonce[0] = 0x40 | ((nonce[0] ?? 0) & 0x3f);
    const response = await post(options, timeStampRequest({ digest, nonce }));
    if (!(response instanceof Uint8Array)) return { ok: false, ...response };
    const verdict = verifyTimeStamp(response, { digest, nonce, certificates });
    if (!verdict.ok) return verdict;
    const { genTimeMs } = verdict.stamp;
    const skewMs = Math.abs(options.clock.nowMs() - genTimeMs);
    if (skewMs > MOST_SKEW_MS) {
      return { ok: false, code: 'time-stamp-not-now', detail: `${Math.round(skewMs / 1000)} s off` };
    }
    return { ok: true, response, genTimeMs };
  };
  const read: TimeStampAuthority['read'] = (response, digest) => {
    const verdict = verifyTimeStamp(response, { digest, certificates });
    return verdict.ok ? { ok: true, response, genTimeMs: verdict.stamp.genTimeMs } : undefined;
  };
  return { stamp, read };
}
