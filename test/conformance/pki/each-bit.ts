import { type EnvelopeInput, verifyEnvelope } from '@lianshu/pki';
import type { fixture } from '../../../packages/pki/src/testing/fixture.ts';

/** Calls `visit` with each mutant in turn, in one buffer. */
export function eachBit(valid: Uint8Array, visit: (mutant: Uint8Array, bit: number) => void): void {
  const mutant = Uint8Array.from(valid);
  for (let bit = 0; bit < valid.length * 8; bit += 1) {
    const at = bit >> 3;
    mutant[at] = (valid[at] ?? 0) ^ (0x80 >> (bit & 7));
    visit(mutant, bit);
    mutant[at] = valid[at] ?? 0;
  }
}

/** What is accepted among the mutants of one field: `offset:old>new`. */
export function acceptedMutants(
  f: ReturnType<typeof fixture>,
  input: EnvelopeInput,
  field: 'signature' | 'certificate' | 'content',
): string[] {
  const valid = input[field];
  if (valid === undefined) throw new Error(`no ${field}`);
  const accepted: string[] = [];
  eachBit(valid, (mutant, bit) => {
    const { outcome } = verifyEnvelope({ ...input, [field]: mutant }, f.trust, f.revocation);
    const at = bit >> 3;
    if (outcome !== 'failed') accepted.push(`${at}:${valid[at]}>${mutant[at]}`);
  });
  return accepted;
}
