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

/** Opens the records of one epoch in any order. It remembers the chain as far as it went: 4,096 keys at most. */
export class EpochReader {
  readonly epochId: string;
  readonly caseNumber: string;
  readonly part: Part;
  /** cᵢ by place. Forward secrecy is the sealer's concern: who opens an epoch holds c₀. */
  readonly #chain: Uint8Array[];

  constructor(epoch: OpenedEpoch) {
    this.epochId = epoch.epochId;
    this.caseNumber = epoch.caseNumber;
    this.part = epoch.part;
    this.#chain = [epoch.firstKey];
  }

  /** The padded plaintext. Throws `record-unreadable` for another place, commitment, epoch or changed bytes. */
  open(place: number, recordCommitment: Uint8Array, ciphertext: Uint8Array): Uint8Array {
    if (!Number.isInteger(place) || place < 0 || place >= MAX_RECORDS)
      throw new SealError('record-unreadable');
    const { caseNumber, part, epochId } = this;
    const binding = { caseNumber, part, epochId, place, recordCommitment };
    return decryptRecord(recordKey(this.#keyAt(place)), binding, ciphertext);
  }

  #keyAt(place: number): Uint8Array {
    for (let last = this.#chain.at(-1); last !== undefined && this.#chain.length <= place; ) {
      last = Uint8Array.from(last);
      advance(last);
      this.#chain.push(last);
    }
    return this.#chain[place] ?? new Uint8Array();
  }
}
