import { advance, KEY_BYTES, MAX_EPOCH_MS, MAX_RECORDS, recordKey } from './chain.ts';
import { encryptRecord, type Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';
import { wrapEpoch } from './wrapped-key.ts';

/** What an epoch begins with. Recipients are public age keys; `randomBytes` must be cryptographic. */
export interface EpochStart {
  readonly caseNumber: string;
  readonly part: Part;
  readonly recipients: readonly string[];
  readonly nowMs: number;
  readonly randomBytes: (length: number) => Uint8Array;
}

/** A sealed record and the place of its key in the chain. */
export interface SealedAt {
  readonly place: number;
  readonly ciphertext: Uint8Array;
}

/**
 * One epoch of one chain: seals, and cannot open what it sealed.
 *
 * Lives in memory only. `wrapped` must be stored before or with the first record, else nobody opens them.
 * Ends after {@link MAX_RECORDS} records or {@link MAX_EPOCH_MS}; the owner then begins another.
 *
 * Source: trust.md §3.
 */
export class EpochSealer {
  readonly epochId: string;
  readonly part: Part;
  readonly wrapped: Uint8Array;
  readonly #caseNumber: string;
  readonly #endsAtMs: number;
  /** cᵢ for the next place; overwritten in place by every {@link seal}. */
  readonly #chainKey: Uint8Array;
  #nextPlace = 0;

  private constructor(
    start: EpochStart,
    parts: { epochId: string; chainKey: Uint8Array; wrapped: Uint8Array },
  ) {
    this.epochId = parts.epochId;
    this.part = start.part;
    this.wrapped = parts.wrapped;
    this.#caseNumber = start.caseNumber;
    this.#endsAtMs = start.nowMs + MAX_EPOCH_MS;
    this.#chainKey = parts.chainKey;
  }

  /** Draws c₀, wraps it to the recipients, and forgets the way back. */
  static async begin(start: EpochStart): Promise<EpochSealer> {
    const epochId = Buffer.from(start.randomBytes(16)).toString('base64url');
    const chainKey = Uint8Array.from(start.randomBytes(KEY_BYTES));
    const wrapped = await wrapEpoch(
      { caseNumber: start.caseNumber, part: start.part, epochId, firstKey: chainKey },
      start.recipients,
    );
    return new EpochSealer(start, { epochId, chainKey, wrapped });
  }

  /** Whether another record may be sealed now. */
  isOpen(nowMs: number): boolean {
    return this.#nextPlace < MAX_RECORDS && nowMs < this.#endsAtMs;
  }

  /** Seals one padded record at the next place and moves the chain on. Throws `epoch-ended` when used up. */
  seal(recordCommitment: Uint8Array, plaintext: Uint8Array): SealedAt {
    const place = this.#nextPlace;
    if (place >= MAX_RECORDS) throw new SealError('epoch-ended');
    const key = recordKey(this.#chainKey);
    advance(this.#chainKey);
    this.#nextPlace += 1;
    try {
      const binding = {
        caseNumber: this.#caseNumber,
        part: this.part,
        epochId: this.epochId,
        place,
        recordCommitment,
      };
      return { place, ciphertext: encryptRecord(key, binding, plaintext) };
    } finally {
      key.fill(0);
    }
  }

  /** Ends the epoch now and wipes its key. */
  end(): void {
    this.#nextPlace = MAX_RECORDS;
    this.#chainKey.fill(0);
  }
}
