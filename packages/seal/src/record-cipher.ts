import { createCipheriv, createDecipheriv } from 'node:crypto';
import { canonicalJson } from './canonical-json.ts';
import { KEY_BYTES } from './chain.ts';
import { SealError } from './seal-error.ts';

/** Which of the two sealed parts of a signature a chain carries. */
export type Part = 'evidence' | 'roster';

/** Everything a ciphertext is bound to. Another case, commitment, epoch, place or part does not open it. */
export interface RecordBinding {
  readonly caseNumber: string;
  readonly part: Part;
  readonly epochId: string;
  readonly place: number;
  /** `L`, 32 bytes. */
  readonly recordCommitment: Uint8Array;
}

/** All zero: each key encrypts exactly one record (trust.md §3). */
const NONCE = new Uint8Array(12);
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';

/**
 * The associated data of a record, canonical JSON in UTF-8.
 *
 * @example
 * {"case":"9901","commitment":"<43 characters>","epoch":"<22 characters>","format":"LIANSHU-SEAL/1","part":"evidence","place":0}
 */
export function associatedData(binding: RecordBinding): Uint8Array {
  return Buffer.from(
    canonicalJson({
      format: 'LIANSHU-SEAL/1',
      case: binding.caseNumber,
      commitment: Buffer.from(binding.recordCommitment).toString('base64url'),
      epoch: binding.epochId,
      part: binding.part,
      place: binding.place,
    }),
  );
}

/** AES-256-GCM, ciphertext followed by its 16-byte tag. Requires a key that never encrypted before. */
export function encryptRecord(key: Uint8Array, binding: RecordBinding, plaintext: Uint8Array): Uint8Array {
  const cipher = createCipheriv(ALGORITHM, key, NONCE);
  cipher.setAAD(associatedData(binding));
  return Buffer.concat([cipher.update(plaintext), cipher.final(), cipher.getAuthTag()]);
}

/** Opens what {@link encryptRecord} made; anything else throws `record-unreadable`. */
export function decryptRecord(key: Uint8Array, binding: RecordBinding, ciphertext: Uint8Array): Uint8Array {
  if (key.length !== KEY_BYTES || ciphertext.length < TAG_BYTES) throw new SealError('record-unreadable');
  const body = ciphertext.subarray(0, ciphertext.length - TAG_BYTES);
  const decipher = createDecipheriv(ALGORITHM, key, NONCE, { authTagLength: TAG_BYTES });
  decipher.setAAD(associatedData(binding));
  decipher.setAuthTag(ciphertext.subarray(ciphertext.length - TAG_BYTES));
  try {
    return Buffer.concat([decipher.update(body), decipher.final()]);
  } catch (cause) {
    throw new SealError('record-unreadable', { cause });
  }
}
