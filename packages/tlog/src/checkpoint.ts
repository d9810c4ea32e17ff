import { fromBase64, fromDecimal, toBase64 } from './encoding.ts';
import { type NoteFaultCode, type NotePrimitives, openNote, type VerifiedSignature } from './note.ts';
import { PROMISE_SUFFIX } from './promise.ts';
import type { VerifierKey } from './verifier-key.ts';

/** A log's tree head: what a checkpoint states (c2sp.org/tlog-checkpoint). Extension lines are not used. */
export type Checkpoint = Readonly<{ origin: string; size: number; root: Uint8Array }>;

/** The text of a checkpoint: origin, size, base64 root, each with its newline. */
export function checkpointText(checkpoint: Checkpoint): string {
  return `${checkpoint.origin}\n${checkpoint.size}\n${toBase64(checkpoint.root)}\n`;
}

/**
 * Reads a checkpoint's text. Extension lines are refused, although the format allows them: the log of this
 * project writes none and an ML-DSA-44 signature would not cover them. Sizes beyond 2^53 − 1 are refused, and so
 * is an origin that names a promise key: the sealer's key must never speak as a log.
 */
export function parseCheckpointText(text: string): Checkpoint | undefined {
  const [origin = '', sizeText = '', rootText = '', end, ...rest] = text.split('\n');
  const size = fromDecimal(sizeText);
  const root = fromBase64(rootText);
  if (
    origin === '' ||
    origin.endsWith(PROMISE_SUFFIX) ||
    size === undefined ||
    root?.length !== 32 ||
    end !== '' ||
    rest.length > 0
  ) {
    return undefined;
  }
  return { origin, size, root };
}

export type CheckpointFaultCode = NoteFaultCode | 'checkpoint-malformed' | 'checkpoint-other-log';

/**
 * Opens a checkpoint with keys one trusts. Only keys that bear the origin's name speak for the log
 * (tlog-checkpoint: "the log's key name SHOULD match the origin line"; here it must): one of them must have
 * signed. Other keys given are verified as cosigners and do not suffice.
 */
export function openCheckpoint(
  primitives: NotePrimitives,
  note: string,
  keys: readonly VerifierKey[],
):
  | Readonly<{
      ok: true;
      checkpoint: Checkpoint;
      verified: readonly VerifiedSignature[];
      unchecked: readonly VerifierKey[];
    }>
  | Readonly<{ ok: false; code: CheckpointFaultCode }> {
  const opened = openNote(primitives, note, keys);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpointText(opened.text);
  if (checkpoint === undefined) return { ok: false, code: 'checkpoint-malformed' };
  if (!opened.verified.some(({ key }) => key.name === checkpoint.origin)) {
    return { ok: false, code: 'checkpoint-other-log' };
  }
  return { ok: true, checkpoint, verified: opened.verified, unchecked: opened.unchecked };
}
