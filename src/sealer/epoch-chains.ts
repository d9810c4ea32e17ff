import { EpochSealer } from '@lianshu/seal';
import type { CaseKeys } from './case-keys.ts';
import type { Act, Part, SealedRecord, WrappedEpoch } from './sealer-types.ts';

/** Which roll a signature belongs to, and what seals it. */
export interface Roll {
  readonly caseNumber: string;
  readonly act: Act;
  readonly keys: CaseKeys;
}

/** One signature's two plaintexts, already padded. */
export interface PlainRecords {
  readonly evidence: Uint8Array;
  readonly roster: Uint8Array;
}

/** Their ciphertexts, and the epochs that must be stored with them. */
export interface SealedRecords {
  readonly evidence: SealedRecord;
  readonly rosterRecord: SealedRecord;
  readonly epochs: readonly [WrappedEpoch, WrappedEpoch];
}

/**
 * The running epochs of this process, one for each case, act and part. In memory only: a restart begins new
 * epochs, and what an old one sealed stays closed to this process for ever (trust.md §3).
 */
export class EpochChains {
  readonly #nowMs: () => number;
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #running = new Map<string, Running>();

  constructor(nowMs: () => number, randomBytes: (length: number) => Uint8Array) {
    this.#nowMs = nowMs;
    this.#randomBytes = randomBytes;
  }

  /** Seals both parts of one signature under the same commitment. */
  async seal(roll: Roll, recordCommitment: Uint8Array, plain: PlainRecords): Promise<SealedRecords> {
    const evidence = await this.#sealPart(roll, 'evidence', recordCommitment, plain.evidence);
    const roster = await this.#sealPart(roll, 'roster', recordCommitment, plain.roster);
    return {
      evidence: evidence.record,
      rosterRecord: roster.record,
      epochs: [evidence.epoch, roster.epoch],
    };
  }

  /** Wipes every running chain. */
  async end(): Promise<void> {
    const running = [...this.#running.values()].map(({ epoch }) => epoch);
    this.#running.clear();
    for (const epoch of await Promise.allSettled(running))
      if (epoch.status === 'fulfilled') epoch.value.end();
  }

  /** Between finding an epoch open and sealing into it nothing is awaited: no other caller can come between. */
  async #sealPart(roll: Roll, part: Part, recordCommitment: Uint8Array, plaintext: Uint8Array) {
    const name = `${roll.caseNumber} ${roll.act} ${part}`;
    const recipients = roll.keys.recipients[part].join(' ');
    for (;;) {
      const running = this.#running.get(name) ?? this.#begin(name, roll, part);
      const epoch = await running.epoch;
      if (running.recipients === recipients && epoch.isOpen(this.#nowMs())) {
        const record: SealedRecord = { epochId: epoch.epochId, ...epoch.seal(recordCommitment, plaintext) };
        return { record, epoch: { epochId: epoch.epochId, part, wrapped: epoch.wrapped } };
      }
      if (this.#running.get(name) !== running) continue;
      epoch.end();
      this.#running.delete(name);
    }
  }

  #begin(name: string, roll: Roll, part: Part): Running {
    const recipients = roll.keys.recipients[part];
    const epoch = EpochSealer.begin({
      caseNumber: roll.caseNumber,
      part,
      recipients,
      nowMs: this.#nowMs(),
      randomBytes: this.#randomBytes,
    });
    const running = { recipients: recipients.join(' '), epoch };
    this.#running.set(name, running);
    epoch.catch(() => {
      if (this.#running.get(name) === running) this.#running.delete(name);
    });
    return running;
  }
}

/** An epoch and whom it was wrapped to: other recipients begin a new epoch. */
interface Running {
  readonly recipients: string;
  readonly epoch: Promise<EpochSealer>;
}
