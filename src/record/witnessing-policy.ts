/** The witness policy in force (c2sp.org/tlog-policy): who is asked to cosign, and how many must have. */
import { readFileSync } from 'node:fs';
import { formatVerifierKey, type Policy, parsePolicy, quorumOf, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { ConfigFault } from '../platform/config.ts';
import type { WitnessEndpoint } from './witness-client.ts';

/** A policy with the file it came from: the published copy is these bytes. */
export type WitnessPolicy = Readonly<{
  policy: Policy;
  bytes: Uint8Array;
  /** SHA-256 of `bytes`, hexadecimal: how the record names it. */
  digest: string;
  /** Whom to ask, one for each address, in the policy's order. */
  endpoints: readonly WitnessEndpoint[];
}>;

/**
 * Reads the policy that this log is to be witnessed under. It must name every key of this log, or nobody could
 * check the log with it, and an address for every witness.
 * @throws {ConfigFault} naming file, line and what is wrong; nothing has been started then.
 */
export function readWitnessPolicy(file: string, ownKeys: readonly VerifierKey[]): WitnessPolicy {
  let bytes: Uint8Array;
  try {
    bytes = new Uint8Array(readFileSync(file));
  } catch (error) {
    throw new ConfigFault(`The witness policy ${file} cannot be read`, { cause: error });
  }
  return witnessPolicyOf(bytes, ownKeys, file);
}

/** As {@link readWitnessPolicy}, of bytes; `where` names them in a fault. */
export function witnessPolicyOf(
  bytes: Uint8Array,
  ownKeys: readonly VerifierKey[],
  where: string,
): WitnessPolicy {
  const parsed = parsePolicy(sha256, bytes);
  if (!parsed.ok) {
    const what = parsed.faults.map(({ line, code }) => `line ${line}: ${code}`).join('; ');
    throw new ConfigFault(`The witness policy ${where} cannot be used: ${what}`);
  }
  const { policy } = parsed;
  const logs = new Set(policy.logs.map(({ key }) => formatVerifierKey(key)));
  for (const key of ownKeys) {
    if (!logs.has(formatVerifierKey(key)))
      throw new ConfigFault(
        `The witness policy ${where} has no line for this log's own key: log ${formatVerifierKey(key)}`,
      );
  }
  const byUrl = Map.groupBy(policy.witnesses, ({ name, url }) => {
    if (url === undefined || !isAddress(url))
      throw new ConfigFault(`The witness policy ${where} gives no http address for the witness ${name}`);
    return url;
  });
  const endpoints = [...byUrl].map(([url, witnesses]) => ({ url, keys: witnesses.map(({ key }) => key) }));
  return { policy, bytes, digest: Buffer.from(sha256(bytes)).toString('hex'), endpoints };
}

/** Whether the policy asks for any cosignature at all: `quorum none` does not, and nothing is witnessed under it. */
export const asksForWitnesses = ({ policy }: WitnessPolicy): boolean => !quorumOf(policy, []).reached;

const isAddress = (url: string): boolean =>
  URL.canParse(url) && /^https?:$/.test(new URL(url).protocol) && new URL(url).search === '';
