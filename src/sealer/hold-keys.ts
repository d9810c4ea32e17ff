import { createCipheriv, createDecipheriv } from 'node:crypto';
import { legalDateOf } from '../platform/time.ts';
import { type ForgetOutcome, SealerFault } from './sealer-types.ts';
import { SealerStartFault, type StateDirectory } from './state-directory.ts';

const FOLDER = 'hold-keys';
const KEY_BYTES = 32;
const NONCE_BYTES = 12;
const TAG_BYTES = 16;
const ALGORITHM = 'aes-256-gcm';
/** Longer than any request lives. */
const GRACE_MS = 3_600_000;
const HOLD_KEY_ID = /^[0-9]{4}-[0-9]{2}-[0-9]{2}-[0-9a-f]{8}$/;

/**
 * The keys held signatures are sealed to: a new one each legal day (Asia/Taipei), kept on disk so that settling
 * works after a restart, destroyed with the day's last held record. The one place where the sealer can reopen
 * what it took (trust.md §2, "Held").
 *
 * An id is `<day>-<8 hex digits>`; the digits keep two sealers of one day apart.
 */
export class HoldKeyring {
  readonly #state: StateDirectory;
  readonly #nowMs: () => number;
  readonly #randomBytes: (length: number) => Uint8Array;

  constructor(state: StateDirectory, nowMs: () => number, randomBytes: (length: number) => Uint8Array) {
    this.#state = state;
    this.#nowMs = nowMs;
    this.#randomBytes = randomBytes;
  }

  /** Seals under today's key: random nonce, ciphertext, tag; bound to the key's id. */
  seal(plaintext: Uint8Array): { readonly holdKeyId: string; readonly ciphertext: Uint8Array } {
    const { id, key } = this.#current();
    const nonce = this.#randomBytes(NONCE_BYTES);
    const cipher = createCipheriv(ALGORITHM, key, nonce);
    cipher.setAAD(associatedData(id));
    const body = Buffer.concat([cipher.update(plaintext), cipher.final()]);
    key.fill(0);
    return { holdKeyId: id, ciphertext: Buffer.concat([nonce, body, cipher.getAuthTag()]) };
  }

  /** Opens what {@link seal} made. Throws `hold-key-destroyed` or `hold-record-unreadable`. */
  open(holdKeyId: string, ciphertext: Uint8Array): Uint8Array {
    const key = HOLD_KEY_ID.test(holdKeyId) ? this.#read(holdKeyId) : undefined;
    if (key === undefined) throw new SealerFault('hold-key-destroyed');
    if (ciphertext.length < NONCE_BYTES + TAG_BYTES) throw new SealerFault('hold-record-unreadable');
    const end = ciphertext.length - TAG_BYTES;
    const decipher = createDecipheriv(ALGORITHM, key, ciphertext.subarray(0, NONCE_BYTES), {
      authTagLength: TAG_BYTES,
    });
    decipher.setAAD(associatedData(holdKeyId));
    decipher.setAuthTag(ciphertext.subarray(end));
    try {
      return Buffer.concat([decipher.update(ciphertext.subarray(NONCE_BYTES, end)), decipher.final()]);
    } catch {
      throw new SealerFault('hold-record-unreadable');
    } finally {
      key.fill(0);
    }
  }

  /**
   * Destroys a past day's key. Today's (or a later day's) is kept: more may still be sealed to it. So is
   * yesterday's in the first hour: what was sealed before midnight may not be in the database yet.
   */
  forget(holdKeyId: string): ForgetOutcome {
    if (!HOLD_KEY_ID.test(holdKeyId)) return { outcome: 'absent' };
    if (holdKeyId.slice(0, 10) >= legalDateOf(this.#nowMs() - GRACE_MS)) return { outcome: 'current' };
    return { outcome: this.#state.destroy(FOLDER, `${holdKeyId}.key`) ? 'forgotten' : 'absent' };
  }

  #current(): { readonly id: string; readonly key: Uint8Array } {
    const today = legalDateOf(this.#nowMs());
    const name = this.#state
      .list(FOLDER)
      .find((file) => file.startsWith(`${today}-`) && HOLD_KEY_ID.test(file.replace(/\.key$/, '')));
    if (name !== undefined) {
      const id = name.replace(/\.key$/, '');
      const key = this.#read(id);
      if (key !== undefined) return { id, key };
    }
    const id = `${today}-${Buffer.from(this.#randomBytes(4)).toString('hex')}`;
    const key = Uint8Array.from(this.#randomBytes(KEY_BYTES));
    this.#state.writeOnce(FOLDER, `${id}.key`, key);
    return { id, key };
  }

  #read(id: string): Uint8Array | undefined {
    const key = this.#state.read(`${FOLDER}/${id}.key`);
    if (key !== undefined && key.length !== KEY_BYTES)
      throw new SealerStartFault('state-malformed', `${FOLDER}/${id}.key`);
    return key;
  }
}

function associatedData(holdKeyId: string): Uint8Array {
  return Buffer.from(`LIANSHU-HELD/1\n${holdKeyId}\n`, 'ascii');
}
