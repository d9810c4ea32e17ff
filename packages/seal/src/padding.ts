import type { Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';

/**
 * Plaintext sizes, so that the length of a ciphertext tells nothing about who signed or how.
 * Evidence: 8 KiB holds every card and phone signature we know (attached CMS 2.7 kB, certificate 1.3 kB, both
 * as base64url); a larger one doubles until it fits, at most 256 KiB. Roster record: always 32 bytes.
 */
const BUCKETS: Readonly<Record<Part, { readonly first: number; readonly last: number }>> = {
  evidence: { first: 8_192, last: 262_144 },
  roster: { first: 32, last: 32 },
};

const SPACE = 0x20;

/** Fills up with spaces, which JSON ignores (RFC 8259 §2): an opened record is still a JSON document. */
export function pad(part: Part, json: string): Uint8Array {
  const length = Buffer.byteLength(json);
  let size = BUCKETS[part].first;
  while (size < length) size *= 2;
  if (size > BUCKETS[part].last) throw new SealError('record-too-large');
  const padded = new Uint8Array(size).fill(SPACE);
  new TextEncoder().encodeInto(json, padded);
  return padded;
}

/** The text before the padding. Requires UTF-8; other bytes throw `record-malformed`. */
export function unpad(padded: Uint8Array): string {
  try {
    return new TextDecoder('utf-8', { fatal: true, ignoreBOM: true }).decode(padded).replace(/ +$/, '');
  } catch (cause) {
    throw new SealError('record-malformed', { cause });
  }
}
