import { advance, MAX_RECORDS, recordKey } from './chain.ts';
import { decryptRecord, type Part } from './record-cipher.ts';
import { SealError } from './seal-error.ts';
import { type OpenedEpoch, unwrapEpoch } from './wrapped-key.ts';

/**
 * Opens an epoch with age identities. The reader belongs on a trustee's or the ministry's machine, never on
 * the server.
 *
 * @example
 * const epoch = await openEpoch([identity], wrapped);
 * const evidence = decodeEvidence(epoch.open(place, recordCommitment, ciphertext));
 */
export async function openEpoch(identities: readonly string[], wrapped: Uint8Array): Promise<EpochReader> {
  return new EpochReader(await unwrapEpoch(identities, wrapped));
}

/** Opens the records of one epoch, in order (one step each) or by any place (walks from c₀). */
export class EpochReader {
  readonly epochId: string;
  readonly caseNumber: string;
  readonly part: Part;
  readonly #firstKey: Uint8Array;
  #cursor: Uint8Array;
  #cursorPlace = 0;

  constructor(epoch: OpenedEpoch) {
    this.epochId = epoch.epochId;
    this.caseNumber = epoch.caseNumber;
    this.part = epoch.part;
    this.#firstKey = epoch.firstKey;
    this.#cursor = Uint8Array.from(epoch.firstKey);
  }

  /** The padded plaintext. Throws `record-unreadable` for another place, commitment, epoch or changed bytes. */
  open(place: number, recordCommitment: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    if (!Number.isInteger(place) || place < 0 || place >= MAX_RECORDS)
      throw new SealError('record-unreadable');
    if (place < this.#cursorPlace) {
      this.#cursor = Uint8Array.from(this.#firstKey);
      this.#cursorPlace = 0;
    }
    while (this.#cursorPlace < place) {
      advance(this.#cursor);
      this.#cursorPlace += 1;
    }
    const { caseNumber, part, epochId } = this;
    const binding = { caseNumber, part, epochId, place, recordCommitment };
    return decryptRecord(recordKey(this.#cursor), binding, ciphertext);
  }
}
