import { legalDateOf } from '../platform/time.ts';
import { DAY_KEY_BYTES, openUnder, sealUnder } from './day-cipher.ts';
import { type ForgetOutcome, SealerFault } from './sealer-types.ts';
import { SealerStartFault, type StateDirectory } from './state-directory.ts';

const FOLDER = 'hold-keys';
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
    const ciphertext = sealUnder(key, associatedData(id), plaintext, this.#randomBytes);
    key.fill(0);
    return { holdKeyId: id, ciphertext };
  }

  /** Opens what {@link seal} made. Throws `hold-key-destroyed` or `hold-record-unreadable`. */
  open(holdKeyId: string, ciphertext: Uint8Array): Uint8Array {
    const key = HOLD_KEY_ID.test(holdKeyId) ? this.#read(holdKeyId) : undefined;
    if (key === undefined) throw new SealerFault('hold-key-destroyed');
    const plaintext = openUnder(key, associatedData(holdKeyId), ciphertext);
    key.fill(0);
    if (plaintext === undefined) throw new SealerFault('hold-record-unreadable');
    return plaintext;
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
    const key = Uint8Array.from(this.#randomBytes(DAY_KEY_BYTES));
    this.#state.writeOnce(FOLDER, `${id}.key`, key);
    return { id, key };
  }

  #read(id: string): Uint8Array | undefined {
    const key = this.#state.read(`${FOLDER}/${id}.key`);
    if (key !== undefined && key.length !== DAY_KEY_BYTES)
      throw new SealerStartFault('state-malformed', `${FOLDER}/${id}.key`);
    return key;
  }
}

const associatedData = (holdKeyId: string): string => `LIANSHU-HELD/1\n${holdKeyId}\n`;
