import { type Checkpoint, parseCheckpointText, speaksFor } from './checkpoint.ts';
import {
  type NoteFaultCode,
  type NotePrimitives,
  openNote,
  parseNote,
  type VerifiedSignature,
} from './note.ts';
import type { Policy } from './policy.ts';
import { quorumOf } from './quorum.ts';
import { formatVerifierKey, type VerifierKey } from './verifier-key.ts';

/** A witness of the policy whose cosignature held; `timestamp` (POSIX seconds) unless it makes no statement of time. */
export type Cosignature = Readonly<{ name: string; key: VerifierKey; timestamp?: number }>;

export type WitnessedCheckpoint = Readonly<{
  checkpoint: Checkpoint;
  /** Keys of the log, per the policy, that signed. */
  logKeys: readonly VerifierKey[];
  /** In the policy's order; a witness that signed twice counts once, with its earliest time. */
  cosigned: readonly Cosignature[];
  /** Keys of the policy that signed with an algorithm the primitives lack: not verified, and not counted. */
  unchecked: readonly VerifierKey[];
  quorum: boolean;
}>;

const sameKey = (a: VerifierKey, b: VerifierKey): boolean => formatVerifierKey(a) === formatVerifierKey(b);

/**
 * Opens a checkpoint with a policy (c2sp.org/tlog-policy). Required: a signature of a log of the policy whose
 * name is the origin (a witness never speaks for a log, whatever its name), and no bad signature of any key of
 * the policy. Whether the quorum cosigned is told and not required: see `quorum`.
 */
export function openWitnessedCheckpoint(
  primitives: NotePrimitives,
  note: string,
  policy: Policy,
):
  | Readonly<{ ok: true } & WitnessedCheckpoint>
  | Readonly<{ ok: false; code: NoteFaultCode | 'checkpoint-malformed' | 'checkpoint-other-log' }> {
  const keys = new Map(
    [...policy.logs, ...policy.witnesses].map(({ key }) => [formatVerifierKey(key), key] as const),
  );
  const opened = openNote(primitives, note, [...keys.values()]);
  if (!opened.ok) return opened;
  const checkpoint = parseCheckpointText(opened.text);
  if (checkpoint === undefined) return { ok: false, code: 'checkpoint-malformed' };
  const cosigners = policy.witnesses.map(({ key }) => key);
  const own = policy.logs.map(({ key }) => key);
  const logKeys = own.filter(
    (log) =>
      speaksFor(checkpoint.origin, log, { logKeys: own, cosigners }) &&
      opened.verified.some(({ key }) => sameKey(key, log)),
  );
  if (logKeys.length === 0) return { ok: false, code: 'checkpoint-other-log' };
  const cosigned = policy.witnesses.flatMap(({ name, key }) => {
    const held = opened.verified.filter((verified) => sameKey(verified.key, key));
    if (held.length === 0) return [];
    const times = held.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp]));
    return [times.length === 0 ? { name, key } : { name, key, timestamp: Math.min(...times) }];
  });
  const { reached } = quorumOf(
    policy,
    cosigned.map(({ key }) => key),
  );
  return { ok: true, checkpoint, logKeys, cosigned, unchecked: opened.unchecked, quorum: reached };
}

/**
 * Reads a witness's answer to `add-checkpoint` over the checkpoint it was asked about. `lines` are the verified
 * cosignatures verbatim with their newlines, ready to be appended to the note: those of `keys` only, one a key.
 * Any bad signature of a known key, and anything that is no signature line, refuses the whole answer.
 */
export function readCosignatures(
  primitives: NotePrimitives,
  checkpoint: string,
  answer: string,
  keys: readonly VerifierKey[],
):
  | Readonly<{ ok: true; lines: string; verified: readonly VerifiedSignature[] }>
  | Readonly<{ ok: false; code: NoteFaultCode }> {
  const text = parseNote(checkpoint)?.text;
  if (text === undefined) return { ok: false, code: 'note-malformed' };
  const note = `${text}\n${answer}`;
  // An empty line in the answer would move where the text ends.
  if (parseNote(note)?.text !== text) return { ok: false, code: 'note-malformed' };
  const opened = openNote(primitives, note, keys);
  if (!opened.ok) return opened;
  const verified = opened.verified.filter(
    ({ key }, i) => opened.verified.findIndex((other) => sameKey(other.key, key)) === i,
  );
  const lines = verified.map(({ key }) => {
    const signature = parseNote(note)?.signatures.find(({ name, id }) => name === key.name && id === key.id);
    return `${signature?.line}\n`;
  });
  return { ok: true, lines: lines.join(''), verified };
}
