import { NO_QUORUM, type Policy } from './policy.ts';
import { formatVerifierKey, type VerifierKey } from './verifier-key.ts';

/**
 * Whether the keys whose cosignatures held satisfy the quorum, and which of the policy's witnesses they are.
 * Keys match by name, type and public key, never by their 32-bit id alone; others count for nothing.
 */
export function quorumOf(
  policy: Policy,
  cosigned: Iterable<VerifierKey>,
): Readonly<{ reached: boolean; cosigned: readonly string[]; missing: readonly string[] }> {
  const keys = new Set([...cosigned].map(formatVerifierKey));
  const held = policy.witnesses.filter(({ key }) => keys.has(formatVerifierKey(key)));
  const witnessed = new Set(held.map(({ name }) => name));
  // Groups refer to earlier names only, so one pass in order settles them all.
  for (const { name, threshold, members } of policy.groups) {
    if (members.filter((member) => witnessed.has(member)).length >= threshold) witnessed.add(name);
  }
  return {
    reached: policy.quorum === NO_QUORUM || witnessed.has(policy.quorum),
    cosigned: held.map(({ name }) => name),
    missing: policy.witnesses.map(({ name }) => name).filter((name) => !witnessed.has(name)),
  };
}
