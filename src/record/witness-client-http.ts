/** One bounded HTTP exchange with somebody who may be hostile: it ends at the deadline and holds 64 KB at most. */

/** Why there was no answer to look at. */
export type ExchangeFailure = 'timeout' | 'unreachable' | 'redirected' | 'too-large';

export type Exchange =
  | Readonly<{ ok: true; status: number; type: string; body: Uint8Array }>
  | Readonly<{ ok: false; code: ExchangeFailure }>;

/** Room for a note of the witness's cosignatures, ML-DSA-44 ones too (3.3 KB each). */
export const MAX_ANSWER_BYTES = 65_536;

/**
 * Sends one request and reads the whole answer. Never throws and never outlives `signal`, however slowly the
 * other side trickles. Redirects are not followed: the policy names the address, nobody else does.
 */
export async function exchange(
  url: string,
  init: Readonly<{ method: 'GET' | 'POST'; body?: string; signal: AbortSignal }>,
): Promise<Exchange> {
  const { method, body, signal } = init;
  try {
    const response = await fetch(url, {
      method,
      ...(body === undefined ? {} : { body }),
      headers: { 'accept-encoding': 'identity', 'content-type': 'text/plain; charset=utf-8' },
      redirect: 'manual',
      credentials: 'omit',
      signal,
    });
    if (response.status >= 300 && response.status < 400) {
      await response.body?.cancel();
      return { ok: false, code: 'redirected' };
    }
    const bytes = await readBounded(response);
    if (bytes === undefined) return { ok: false, code: 'too-large' };
    const type = (response.headers.get('content-type') ?? '').split(';')[0] ?? '';
    return { ok: true, status: response.status, type: type.trim().toLowerCase(), body: bytes };
  } catch {
    return { ok: false, code: signal.aborted ? 'timeout' : 'unreachable' };
  }
}

/** The body, or undefined as soon as it is longer than {@link MAX_ANSWER_BYTES}; the rest is not read. */
async function readBounded(response: Response): Promise<Uint8Array | undefined> {
  const chunks: Uint8Array[] = [];
  let length = 0;
  for await (const chunk of response.body ?? []) {
    length += chunk.length;
    if (length > MAX_ANSWER_BYTES) return undefined;
    chunks.push(chunk);
  }
  return new Uint8Array(Buffer.concat(chunks));
}
