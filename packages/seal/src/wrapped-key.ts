import { decrypterWith, encrypterTo } from './age-file.ts';
import { KEY_BYTES } from './chain.ts';
import type { Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';

/** What an opened epoch file says. */
export interface OpenedEpoch {
  readonly caseNumber: string;
  readonly part: Part;
  readonly epochId: string;
  /** c₀. */
  readonly firstKey: Uint8Array;
}

const FORMAT =
  /^LIANSHU-EPOCH\/1\ncase ([0-9A-Za-z-]{1,32})\npart (evidence|roster)\nepoch ([A-Za-z0-9_-]{22})\nkey ([0-9a-f]{64})\n$/;

const HEX = Buffer.from('0123456789abcdef', 'ascii');

/**
 * Wraps an epoch's first key as an age file (age-encryption.org/v1, binary) to every recipient.
 * The plaintext is five lines of ASCII, readable with the ordinary `age -d`:
 *
 *     LIANSHU-EPOCH/1
 *     case 9901
 *     part evidence
 *     epoch <22 characters base64url>
 *     key <64 hex digits>
 *
 * The key is written as bytes, never as a JavaScript string, and wiped: strings cannot be overwritten. (The
 * age library holds transient copies in its stream until they are collected; nothing here can reach those.)
 */
export async function wrapEpoch(epoch: OpenedEpoch, recipients: readonly string[]): Promise<Uint8Array> {
  const encrypter = encrypterTo(recipients);
  const head = Buffer.from(
    `LIANSHU-EPOCH/1\ncase ${epoch.caseNumber}\npart ${epoch.part}\nepoch ${epoch.epochId}\nkey `,
    'ascii',
  );
  const plaintext = new Uint8Array(head.length + 2 * KEY_BYTES + 1);
  plaintext.set(head);
  epoch.firstKey.forEach((byte, i) => {
    plaintext[head.length + 2 * i] = HEX[byte >> 4] ?? 0;
    plaintext[head.length + 2 * i + 1] = HEX[byte & 15] ?? 0;
  });
  plaintext[plaintext.length - 1] = 0x0a;
  try {
    return await encrypter.encrypt(plaintext);
  } finally {
    plaintext.fill(0);
  }
}

/** Opens what {@link wrapEpoch} made with any of the age identities (`AGE-SECRET-KEY-1…`, `AGE-SECRET-KEY-PQ-1…`). */
export async function unwrapEpoch(identities: readonly string[], wrapped: Uint8Array): Promise<OpenedEpoch> {
  const decrypter = decrypterWith(identities);
  let text: string;
  try {
    text = Buffer.from(await decrypter.decrypt(wrapped)).toString('latin1');
  } catch (cause) {
    throw new SealError('no-identity', { cause });
  }
  const [, caseNumber, part, epochId, key] = FORMAT.exec(text) ?? [];
  if (caseNumber === undefined || epochId === undefined || key === undefined)
    throw new SealError('epoch-malformed');
  return {
    caseNumber,
    part: part === 'roster' ? 'roster' : 'evidence',
    epochId,
    firstKey: Buffer.from(key, 'hex'),
  };
}

/**
 * Whether every string is a recipient this version of age can encrypt to: `age1…` (X25519), `age1pq1…` (hybrid
 * ML-KEM-768 with X25519), `age1tag1…`, `age1tagpq1…`. An empty list is not, nor one that mixes classical with
 * post-quantum: the weaker recipient would undo the stronger, and the ordinary age tool refuses it too.
 */
export function areRecipients(recipients: readonly string[]): boolean {
  try {
    encrypterTo(recipients);
    return true;
  } catch {
    return false;
  }
}
