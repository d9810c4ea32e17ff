import { fromBase64, fromDecimal, toBase64 } from './encoding.ts';
import { MAX_NOTE_BYTES } from './note.ts';

/**
 * The body of `add-checkpoint` (c2sp.org/tlog-witness): the size the log believes the witness last cosigned, the
 * consistency proof from it, and the signed checkpoint verbatim, which parsing does not look into.
 */
export type AddCheckpoint = Readonly<{
  oldSize: number;
  proof: readonly Uint8Array[];
  checkpoint: string;
}>;

export type AddCheckpointFaultCode =
  | 'request-too-large'
  | 'request-not-text'
  | 'request-old-size'
  | 'request-proof'
  | 'request-proof-too-long'
  | 'request-no-checkpoint';

/** Most proof lines: no consistency proof in a tree of fewer than 2^63 leaves has more. */
export const MAX_CONSISTENCY_LINES = 63;

/** Largest body read, in bytes: the largest note, its proof and the first line. */
export const MAX_ADD_CHECKPOINT_BYTES = MAX_NOTE_BYTES + 4096;

/** Writes the body. Throws for a size, a hash or a number of hashes that the format cannot carry. */
export function formatAddCheckpoint({ oldSize, proof, checkpoint }: AddCheckpoint): string {
  const fits = proof.length <= MAX_CONSISTENCY_LINES && proof.every(({ length }) => length === 32);
  if (!Number.isSafeInteger(oldSize) || oldSize < 0 || !fits || checkpoint === '') {
    throw new RangeError('not an add-checkpoint request');
  }
  return `${[`old ${oldSize}`, ...proof.map(toBase64)].join('\n')}\n\n${checkpoint}`;
}

function decoded(bytes: Uint8Array): string | undefined {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(bytes);
  } catch {
    return undefined;
  }
}

/**
 * Reads the body and refuses every other spelling of it: what it returns, {@link formatAddCheckpoint} writes back
 * byte for byte. `line` counts from 1. Sizes beyond 2^53 − 1 are refused. Never throws.
 */
export function parseAddCheckpoint(
  bytes: Uint8Array,
):
  | Readonly<{ ok: true; request: AddCheckpoint }>
  | Readonly<{ ok: false; code: AddCheckpointFaultCode; line: number }> {
  if (bytes.length > MAX_ADD_CHECKPOINT_BYTES) return { ok: false, code: 'request-too-large', line: 1 };
  const text = decoded(bytes);
  if (text === undefined) return { ok: false, code: 'request-not-text', line: 1 };
  const cut = text.indexOf('\n\n');
  const [first = '', ...lines] = (cut < 0 ? text : text.slice(0, cut)).split('\n');
  const oldSize = first.startsWith('old ') ? fromDecimal(first.slice(4)) : undefined;
  if (oldSize === undefined) return { ok: false, code: 'request-old-size', line: 1 };
  if (cut < 0) return { ok: false, code: 'request-no-checkpoint', line: 2 };
  if (lines.length > MAX_CONSISTENCY_LINES) {
    return { ok: false, code: 'request-proof-too-long', line: MAX_CONSISTENCY_LINES + 2 };
  }
  const proof: Uint8Array[] = [];
  for (const [i, line] of lines.entries()) {
    const hash = fromBase64(line);
    if (hash?.length !== 32) return { ok: false, code: 'request-proof', line: i + 2 };
    proof.push(hash);
  }
  const checkpoint = text.slice(cut + 2);
  if (checkpoint === '') return { ok: false, code: 'request-no-checkpoint', line: lines.length + 3 };
  return { ok: true, request: { oldSize, proof, checkpoint } };
}
