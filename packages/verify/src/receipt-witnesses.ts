import {
  NO_QUORUM,
  type NotePrimitives,
  openWitnessedCheckpoint,
  type Policy,
  parseTlogProof,
  quorumOf,
  type WitnessedCheckpoint,
} from '@lianshu/tlog';
import { checkpointKeys, type Trust } from './trust.ts';

/** One witness of the policy and what its cosignature on a checkpoint is worth here. */
export type WitnessLine = Readonly<{
  name: string;
  /** `unchecked`: it signed with an algorithm these primitives lack, which counts neither way. */
  state: 'cosigned' | 'missing' | 'unchecked';
  /** When it says it cosigned, POSIX seconds; only of `cosigned`. */
  timestamp?: number;
}>;

/** Which witnesses of a policy stand behind a checkpoint, and whether they are enough for the policy. */
export type ReceiptWitnesses = Readonly<{
  /** False: the policy's quorum is `none`, so `quorum` says nothing. */
  required: boolean;
  quorum: boolean;
  /**
   * POSIX seconds: since when nobody is known to have seen this checkpoint but fewer than the quorum. The latest time
   * at or after which enough witnesses say that they cosigned, so that no witness alone can make it look newer.
   */
  since?: number;
  lines: readonly WitnessLine[];
}>;

/** A head's witnesses, and how old that makes the head by the reader's clock. */
export type HeadWitnesses = ReceiptWitnesses & Readonly<{ ageSeconds?: number; isOld: boolean }>;

/** A log publishes and is cosigned every few seconds: what no quorum saw within an hour may hide what came since. */
const MAX_HEAD_AGE_S = 3_600;

function quorumSince(policy: Policy, cosigned: WitnessedCheckpoint['cosigned']): number | undefined {
  const times = cosigned.flatMap(({ timestamp }) => (timestamp === undefined ? [] : [timestamp]));
  return times
    .sort((a, b) => b - a)
    .find((time) => {
      const then = cosigned.filter(({ timestamp }) => timestamp !== undefined && timestamp >= time);
      const keys = then.map(({ key }) => key);
      return quorumOf(policy, keys).reached;
    });
}

/** Reads the cosignatures of a checkpoint. Undefined without a policy, or when the checkpoint does not open. */
function noteWitnesses(primitives: NotePrimitives, note: string, trust: Trust): ReceiptWitnesses | undefined {
  if (trust.policy === undefined) return undefined;
  // Whoever may speak for the log may do so here: the question is only who else has seen it.
  const policy = { ...trust.policy, logs: checkpointKeys(trust).logKeys.map((key) => ({ key })) };
  const opened = openWitnessedCheckpoint(primitives, note, policy);
  if (!opened.ok) return undefined;
  const lines = policy.witnesses.map(({ name, key }): WitnessLine => {
    const found = opened.cosigned.find((cosignature) => cosignature.name === name);
    if (found === undefined) {
      return { name, state: opened.unchecked.includes(key) ? 'unchecked' : 'missing' };
    }
    const { timestamp } = found;
    return { name, state: 'cosigned', ...(timestamp === undefined ? {} : { timestamp }) };
  });
  const required = policy.quorum !== NO_QUORUM;
  const since = required ? quorumSince(policy, opened.cosigned) : undefined;
  return { required, quorum: opened.quorum, ...(since === undefined ? {} : { since }), lines };
}

/**
 * Reads the cosignatures of a receipt's checkpoint under a policy. Undefined when the file is no receipt or its
 * checkpoint does not open: `checkReceipt` says why, and must be asked first.
 */
export function receiptWitnesses(
  primitives: NotePrimitives,
  file: string | Uint8Array,
  trust: Trust,
): ReceiptWitnesses | undefined {
  const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
  const proof = parseTlogProof(text);
  return proof && noteWitnesses(primitives, proof.checkpoint, trust);
}

/** As {@link noteWitnesses}, of the head of a log at `nowMs`. Under a quorum, a head that states no time is old. */
export function headWitnesses(
  primitives: NotePrimitives,
  note: string,
  trust: Trust,
  nowMs: number,
): HeadWitnesses | undefined {
  const found = noteWitnesses(primitives, note, trust);
  if (found === undefined) return undefined;
  const ageSeconds = found.since === undefined ? undefined : Math.floor(nowMs / 1000) - found.since;
  const isOld = found.required && found.quorum && !(ageSeconds !== undefined && ageSeconds <= MAX_HEAD_AGE_S);
  return { ...found, ...(ageSeconds === undefined ? {} : { ageSeconds }), isOld };
}
