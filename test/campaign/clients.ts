/** Clients: each sends prepared envelopes and, when unanswered, the same again, as the signing page does. */
import { parsePromiseText, parseTlogProof } from '@lianshu/tlog';
import { pause } from '../../src/platform/time.ts';
import type { Answer } from './history.ts';
import type { Observer } from './observer.ts';
import type { Envelope } from './pool.ts';

/** What clients need of the world they live in. */
export type Reach = Readonly<{
  cookie: string;
  observer: Observer;
  nowMs: () => number;
  /** Where the public surface listens now; undefined while it is down. */
  url: () => string | undefined;
  /** Every answer is kept here, in order. */
  answers: Answer[];
}>;

/** An answer that ends the asking. All others mean: nothing was acknowledged, ask again. */
const FINAL = new Set([200, 201, 202, 409, 410, 422]);
const PATIENCE_MS = 4_000;

/** Sends one envelope once; true when it was answered for good. */
export async function sendOnce(reach: Reach, envelope: Envelope): Promise<boolean> {
  const url = reach.url();
  if (url === undefined) return false;
  try {
    const response = await fetch(`${url}/v1/initiatives/${envelope.caseNumber}/joint-signatures`, {
      method: 'POST',
      headers: { 'content-type': 'application/json', cookie: reach.cookie },
      body: JSON.stringify(envelope.body),
      signal: AbortSignal.timeout(PATIENCE_MS),
    });
    const body = (await response.json()) as Record<string, unknown>;
    if (!FINAL.has(response.status)) return false;
    reach.answers.push({
      commitment: envelope.commitment,
      atMs: reach.nowMs(),
      told: read(reach, response.status, body),
    });
    return true;
  } catch {
    // Refused, reset, cut in the middle, or nobody answered in time.
    return false;
  }
}

function read(reach: Reach, status: number, body: Readonly<Record<string, unknown>>): Answer['told'] {
  if (status >= 400) return { kind: 'refused', code: String(body['code']) };
  const included = body['included'] as { index: number } | undefined;
  if (included !== undefined) {
    const proof = parseTlogProof(String(body['receipt']));
    if (proof === undefined) reach.observer.unreadable.push('a receipt');
    else reach.observer.see(proof.checkpoint, 'receipt');
    return { kind: 'included', index: included.index };
  }
  const note = String(body['promise']);
  const promise = parsePromiseText(note.slice(0, note.indexOf('\n\n') + 1));
  if (promise === undefined) reach.observer.unreadable.push(`a promise: ${note}`);
  return {
    kind: 'promised',
    publishByMs: Date.parse(promise?.publishBy ?? '1970-01-01T00:00:00Z'),
    isHeld: body['held'] === true,
  };
}

/** Sends one until it is answered or `signal` says that time is up; whether it was. */
export async function sendUntilAnswered(
  reach: Reach,
  envelope: Envelope,
  signal: AbortSignal,
): Promise<boolean> {
  while (!signal.aborted) {
    if (await sendOnce(reach, envelope)) return true;
    await pause(40, signal);
  }
  return false;
}
