import {
  NO_QUORUM,
  type NotePrimitives,
  openWitnessedCheckpoint,
  type Policy,
  parseTlogProof,
} from '@lianshu/tlog';

/** One witness of the policy and what its cosignature on a receipt is worth here. */
export type WitnessLine = Readonly<{
  name: string;
  /** `unchecked`: it signed with an algorithm these primitives lack, which counts neither way. */
  state: 'cosigned' | 'missing' | 'unchecked';
  /** When it says it cosigned, POSIX seconds; only of `cosigned`. */
  timestamp?: number;
}>;

/** Which witnesses of a policy stand behind a receipt, and whether they are enough for the policy. */
export type ReceiptWitnesses = Readonly<{
  /** False: the policy's quorum is `none`, so `quorum` says nothing. */
  required: boolean;
  quorum: boolean;
  lines: readonly WitnessLine[];
}>;

/**
 * Reads the cosignatures of a receipt's checkpoint under a policy. Undefined when the file is no receipt or its
 * checkpoint does not open: `checkReceipt` says why, and must be asked first.
 */
export function receiptWitnesses(
  primitives: NotePrimitives,
  file: string | Uint8Array,
  policy: Policy,
): ReceiptWitnesses | undefined {
  const text = typeof file === 'string' ? file : new TextDecoder().decode(file);
  const proof = parseTlogProof(text);
  const opened = proof && openWitnessedCheckpoint(primitives, proof.checkpoint, policy);
  if (opened?.ok !== true) return undefined;
  const lines = policy.witnesses.map(({ name, key }): WitnessLine => {
    const found = opened.cosigned.find((cosignature) => cosignature.name === name);
    if (found === undefined) {
      return { name, state: opened.unchecked.includes(key) ? 'unchecked' : 'missing' };
    }
    return {
      name,
      state: 'cosigned',
      ...(found.timestamp === undefined ? {} : { timestamp: found.timestamp }),
    };
  });
  return { required: policy.quorum !== NO_QUORUM, quorum: opened.quorum, lines };
}
