import { fromBase64, fromDecimal, toBase64 } from './encoding.ts';
import { type NoteFaultCode, type NotePrimitives, openNote, type VerifiedSignature } from './note.ts';
import { PROMISE_SUFFIX } from './promise.ts';
import { formatVerifierKey, SIGNATURE_TYPE, type VerifierKey } from './verifier-key.ts';

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
 * Keys by what their signature means. `logKeys` may speak for the log whose name they bear; `cosigners` (the
 * witnesses of a policy) never do, whatever their name, not even when they are among `logKeys` too: else each
 * witness could write a log of its own. The two must come apart from where they were read, for an ML-DSA-44 key
 * does not show which it is (type 06 is both a log's and a witness's).
 */
export type CheckpointKeys = Readonly<{
  logKeys: readonly VerifierKey[];
  cosigners?: readonly VerifierKey[];
}>;

const sameKey = (a: VerifierKey, b: VerifierKey): boolean => formatVerifierKey(a) === formatVerifierKey(b);

/** Whether a signature under `key` makes the note one of the log `origin`. A key of cosignatures (type 04) cannot. */
export function speaksFor(
  origin: string,
  key: VerifierKey,
  { logKeys, cosigners = [] }: CheckpointKeys,
): boolean {
  return (
    key.name === origin &&
    key.type !== SIGNATURE_TYPE.ed25519Cosignature &&
    logKeys.some((other) => sameKey(other, key)) &&
    !cosigners.some((other) => sameKey(other, key))
  );
}

/**
 * Opens a checkpoint with keys one trusts. Only keys that bear the origin's name speak for the log
 * (tlog-checkpoint: "the log's key name SHOULD match the origin line"; here it must), and only those of
 * {@link speaksFor}: one of them must have signed. All others given are verified as cosigners and do not suffice.
 * `signedBy` are the log's signatures, `cosigned` the others, `verified` all in the order of the note.
 */
export function openCheckpoint(
  primitives: NotePrimitives,
  note: string,
  keys: CheckpointKeys,
):
  | Readonly<{
      ok: true;
      checkpoint: Checkpoint;
      verified: readonly VerifiedSignature[];
      signedBy: readonly VerifiedSignature[];
      cosigned: readonly VerifiedSignature[];
      unchecked: readonly VerifierKey[];
    }>
  | Readonly<{ ok: false; code: CheckpointFaultCode }> {
  const { logKeys, cosigners = [] } = keys;
  const all = new Map([...logKeys, ...cosigners].map((key) => [formatVerifierKey(key), key]));
  const opened = openNote(primitives, note, [...all.values()]);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpointText(opened.text);
  if (checkpoint === undefined) return { ok: false, code: 'checkpoint-malformed' };
  const { verified, unchecked } = opened;
  const signedBy = verified.filter(({ key }) => speaksFor(checkpoint.origin, key, keys));
  if (signedBy.length === 0) return { ok: false, code: 'checkpoint-other-log' };
  const cosigned = verified.filter((signature) => !signedBy.includes(signature));
  return { ok: true, checkpoint, verified, signedBy, cosigned, unchecked };
}
