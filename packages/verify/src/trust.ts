import { type CheckpointKeys, formatVerifierKey, type Policy, type VerifierKey } from '@lianshu/tlog';
import { isRegistryKey } from './act-proof.ts';

/**
 * Whom a reader trusts: keys that may speak for a log or promise for it, those of the registry (named `…/registry`),
 * and the policy that names witnesses and quorum. A witness of the policy speaks for no log, and never stands among
 * `keys`; nor does the registry's.
 */
export type Trust = Readonly<{ keys: readonly VerifierKey[]; policy?: Policy }>;

const unique = (keys: readonly VerifierKey[]): readonly VerifierKey[] => [
  ...new Map(keys.map((key) => [formatVerifierKey(key), key])).values(),
];

/** The keys a checkpoint is opened with, those that may speak for its log apart from those that only cosign. */
export function checkpointKeys({ keys, policy }: Trust): Required<CheckpointKeys> {
  const cosigners = unique((policy?.witnesses ?? []).map(({ key }) => key));
  const witnesses = new Set(cosigners.map(formatVerifierKey));
  const own = unique([...keys, ...(policy?.logs ?? []).map(({ key }) => key)]);
  const logKeys = own.filter((key) => !witnesses.has(formatVerifierKey(key)) && !isRegistryKey(key));
  return { logKeys, cosigners };
}

/** The registry's keys among those a reader trusts: without any of them no exclusion is believed. */
export const registryKeys = ({ keys }: Trust): readonly VerifierKey[] => unique(keys.filter(isRegistryKey));

/** Every key a reader trusts for anything, each once. */
export function allKeys(trust: Trust): readonly VerifierKey[] {
  const { logKeys, cosigners } = checkpointKeys(trust);
  return [...logKeys, ...cosigners];
}
