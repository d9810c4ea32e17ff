import { formatTlogProof, parseTlogProof, type VerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { checkReceipt } from '@lianshu/verify';
import type { PublishedProof } from '../record/index.ts';

/** A receipt with a newer proof, or why there is none. */
export type UpgradedReceipt =
  | Readonly<{ outcome: 'upgraded'; caseNumber: string; commitment: string; text: string }>
  | Readonly<{ outcome: 'refused'; code: 'malformed-input' | 'receipt-unknown' | 'receipt-not-witnessed' }>;

/**
 * Gives a receipt the witnessed proof of the same entry. What opens the entry (`extra`) stays byte for byte; only
 * index, path and checkpoint are taken from the published log. Requires a receipt that holds under `keys`: whoever
 * has one knows all that the answer says. Nothing is stored.
 */
export async function upgradeReceipt(
  file: Uint8Array,
  keys: readonly VerifierKey[],
  proofOf: (commitment: string) => Promise<PublishedProof | undefined>,
): Promise<UpgradedReceipt> {
  const held = checkReceipt(nodeNotePrimitives, file, { keys });
  const parsed = parseTlogProof(new TextDecoder().decode(file));
  if (held.code !== 'included' || parsed?.extra === undefined)
    return { outcome: 'refused', code: 'malformed-input' };
  const { commitment, caseNumber } = held.receipt;
  const proof = await proofOf(commitment);
  if (proof === undefined) return { outcome: 'refused', code: 'receipt-unknown' };
  if (!proof.witnessed?.isWitnessed) return { outcome: 'refused', code: 'receipt-not-witnessed' };
  const { index, path, checkpoint } = proof;
  const text = formatTlogProof({ extra: parsed.extra, index, hashes: path, checkpoint });
  const upgraded = checkReceipt(nodeNotePrimitives, new TextEncoder().encode(text), { keys });
  if (upgraded.code !== 'included' || upgraded.receipt.commitment !== commitment)
    throw new Error('the published proof of a receipt does not hold');
  return { outcome: 'upgraded', caseNumber, commitment, text };
}
