/** What a witness's newest checkpoint proves about us. Only what our own key signed is evidence; a claim is not. */
import { verifyConsistency } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { base64, sameBytes } from './bytes.ts';

type Head = Readonly<{ size: number; root: Uint8Array }>;

/**
 * Compares a checkpoint that the log itself once signed with the log as it is. Undefined when they agree; else what
 * disagrees, for a human: the log lost something, or two logs are running under one key.
 */
export async function disagreementWith(
  shown: Head,
  log: Head,
  proofFrom: (size1: number) => Promise<readonly Uint8Array[]>,
): Promise<string | undefined> {
  if (shown.size > log.size)
    return `it holds a checkpoint of ${shown.size} entries signed by this log, which has only ${log.size}`;
  if (shown.size === log.size && sameBytes(shown.root, log.root)) return undefined;
  if (shown.size === 0) return undefined;
  const proof = shown.size === log.size ? [] : await proofFrom(shown.size);
  const claim = { size1: shown.size, size2: log.size, root1: shown.root, root2: log.root, proof };
  if (shown.size < log.size && verifyConsistency(sha256, claim)) return undefined;
  return `at size ${shown.size} it holds the root ${base64(shown.root)}, signed by this log, which has another there`;
}
