/**
 * 見證人: asking one witness for its cosignature (c2sp.org/tlog-witness) and for its newest checkpoint. Whatever it
 * answers, and whether it answers, becomes a state within the deadline; nothing here throws or loops.
 */
import {
  type Checkpoint,
  formatAddCheckpoint,
  openCheckpoint,
  readCosignatures,
  type VerifierKey,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { isTimeOfNow } from './cosignature-time.ts';
import { type Exchange, type ExchangeFailure, exchange } from './witness-client-http.ts';

/** A witness as the policy names it: one address, and the keys under which it cosigns there. */
export type WitnessEndpoint = Readonly<{ url: string; keys: readonly VerifierKey[] }>;

/** Why a witness did not cosign; `http-<status>` for a status that the protocol does not know. */
export type WitnessFailure =
  | ExchangeFailure
  | 'malformed' // not what the protocol says, or of a wrong type
  | 'bad-signature' // no cosignature of the policy's keys over exactly this checkpoint
  | 'bad-time' // it states a time that is not near ours, or none
  | 'unknown-log' // 404: it does not follow this log
  | 'forbidden' // 403: it does not know this log's keys
  | 'proof-refused' // 422: what it knows is no beginning of what we sent
  | 'ahead' // 409: it claims to know more entries than we sent
  | 'conflict' // 409 again, or without a size: it claims something else of the same size
  | `http-${number}`;

/** What a witness made of a checkpoint. `lines` are verified signature lines, each with its newline. */
export type CosignAnswer =
  | Readonly<{ state: 'cosigned'; lines: string }>
  | Readonly<{ state: WitnessFailure /** The size it says it is at. */; size?: number }>;

/** A tree head to be cosigned; `checkpoint` is the log's signed note. */
export type CosignRequest = Readonly<{
  size: number;
  checkpoint: string;
  /** Where we believe the witness is: at most `size`; 0 if nothing is known. */
  oldSize: number;
  /** Consistency proof from an earlier size (0 ≤ size1 ≤ size) to this head. Must not throw for those. */
  proofFrom: (size1: number) => Promise<readonly Uint8Array[]>;
  /** Our time when the answer is read: what the witness states must be near it. */
  nowMs: () => number;
  signal: AbortSignal;
}>;

/** The total time for one witness, its corrections included. */
export const WITNESS_DEADLINE_MS = 2_000;

/**
 * Asks a witness to cosign. A 409 that names an earlier size is answered once with the proof from there; a second
 * one, or one that names a later size, ends the attempt. Ends when `signal` aborts.
 */
export async function askToCosign(witness: WitnessEndpoint, request: CosignRequest): Promise<CosignAnswer> {
  const first = await submit(witness, request, request.oldSize);
  if (first.state !== 'conflict' || first.size === undefined || first.size === request.oldSize) return first;
  if (first.size > request.size) return { ...first, state: 'ahead' };
  const second = await submit(witness, request, first.size);
  return second.state === 'conflict' && second.size !== undefined && second.size > request.size
    ? { ...second, state: 'ahead' }
    : second;
}

async function submit(
  witness: WitnessEndpoint,
  { checkpoint, proofFrom, nowMs, signal }: CosignRequest,
  oldSize: number,
): Promise<CosignAnswer> {
  const body = formatAddCheckpoint({ oldSize, proof: await proofFrom(oldSize), checkpoint });
  const answer = await exchange(`${base(witness)}/add-checkpoint`, { method: 'POST', body, signal });
  if (!answer.ok) return { state: answer.code };
  switch (answer.status) {
    case 200:
      return readAnswer(witness, checkpoint, answer.body, nowMs());
    case 403:
      return { state: 'forbidden' };
    case 404:
      return { state: 'unknown-log' };
    case 409:
      return readConflict(answer);
    case 422:
      return { state: 'proof-refused' };
    default:
      return { state: `http-${answer.status}` };
  }
}

/** Cosignatures must say when: the time binds every entry to one publication (c2sp.org/tlog-cosignature). */
function readAnswer(
  { keys }: WitnessEndpoint,
  checkpoint: string,
  body: Uint8Array,
  nowMs: number,
): CosignAnswer {
  const text = decode(body);
  if (text === undefined) return { state: 'malformed' };
  const read = readCosignatures(nodeNotePrimitives, checkpoint, text, keys);
  if (!read.ok) return { state: read.code === 'note-malformed' ? 'malformed' : 'bad-signature' };
  const isTimed = read.verified.every(
    ({ timestamp }) => timestamp !== undefined && isTimeOfNow(timestamp, nowMs),
  );
  return isTimed ? { state: 'cosigned', lines: read.lines } : { state: 'bad-time' };
}

function readConflict({ type, body }: Extract<Exchange, { ok: true }>): CosignAnswer {
  const [, digits] = /^(0|[1-9]\d{0,15})\n$/.exec(decode(body) ?? '') ?? [];
  if (type !== 'text/x.tlog.size' || digits === undefined) return { state: 'conflict' };
  return { state: 'conflict', size: Number(digits) };
}

/** A witness's newest checkpoint of one log. */
export type NewestAnswer =
  | Readonly<{
      state: 'found';
      /** Carries a signature of the log itself: what it says, the log once said. */
      checkpoint: Checkpoint;
      note: string;
      /** The keys of the witness whose cosignature holds; empty when anybody may have put it there. */
      cosignedBy: readonly VerifierKey[];
    }>
  | Readonly<{ state: 'none' }>
  | Readonly<{ state: WitnessFailure | 'not-of-this-log' }>;

/**
 * Asks for the newest checkpoint that a witness cosigned for `origin`. `found` only when one of `logKeys` signed
 * it; a claim without the log's own signature proves nothing (`not-of-this-log`). `none`: it knows none (404).
 */
export async function newestOf(
  witness: WitnessEndpoint,
  log: Readonly<{ origin: string; logKeys: readonly VerifierKey[] }>,
  signal: AbortSignal = AbortSignal.timeout(WITNESS_DEADLINE_MS),
): Promise<NewestAnswer> {
  const folder = Buffer.from(sha256(new TextEncoder().encode(log.origin))).toString('hex');
  const answer = await exchange(`${base(witness)}/${folder}/checkpoint`, { method: 'GET', signal });
  if (!answer.ok) return { state: answer.code };
  if (answer.status === 404) return { state: 'none' };
  if (answer.status !== 200) return { state: `http-${answer.status}` };
  const note = decode(answer.body);
  if (note === undefined) return { state: 'malformed' };
  const opened = openCheckpoint(nodeNotePrimitives, note, {
    logKeys: log.logKeys,
    cosigners: witness.keys,
  });
  if (!opened.ok && opened.code === 'note-bad-signature') return { state: 'bad-signature' };
  if (!opened.ok && opened.code.endsWith('malformed')) return { state: 'malformed' };
  if (!opened.ok || opened.checkpoint.origin !== log.origin) return { state: 'not-of-this-log' };
  const signed = opened.verified.map(({ key }) => key);
  if (!signed.some((key) => log.logKeys.includes(key))) return { state: 'not-of-this-log' };
  const cosignedBy = signed.filter((key) => witness.keys.includes(key));
  return { state: 'found', checkpoint: opened.checkpoint, note, cosignedBy };
}

const base = ({ url }: WitnessEndpoint): string => url.replace(/\/+$/, '');

function decode(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}
