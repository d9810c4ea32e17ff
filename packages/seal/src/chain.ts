import { createHmac } from 'node:crypto';

/** Length of every chain and record key. */
export const KEY_BYTES = 32;

/** Records of one epoch (trust.md §3). Places run from 0 to one less. */
export const MAX_RECORDS = 4_096;

/** Life of one epoch (trust.md §3). */
export const MAX_EPOCH_MS = 3_600_000;

const RECORD = 'record';
const NEXT = 'next';

/**
 * The key of the record at this place: `HMAC-SHA-256(cᵢ, "record")`. The caller wipes it after use.
 *
 * Source: trust.md §3.
 */
export function recordKey(chainKey: Uint8Array): Uint8Array {
  return hmac(chainKey, RECORD);
}

/**
 * Moves the chain forward: `cᵢ ← HMAC-SHA-256(cᵢ, "next")`, in the same memory, so that cᵢ is gone.
 * HMAC cannot be walked backwards: whoever seizes cᵢ₊₁ opens no record up to i.
 *
 * Source: trust.md §3.
 */
export function advance(chainKey: Uint8Array): void {
  const next = hmac(chainKey, NEXT);
  chainKey.set(next);
  next.fill(0);
}

function hmac(key: Uint8Array, label: string): Uint8Array {
  return createHmac('sha256', key).update(label, 'ascii').digest();
}
