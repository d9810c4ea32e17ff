import { areRecipients } from '@lianshu/seal';
import { z } from 'zod';
import { CASE_NUMBER } from './sealer-contract.ts';
import { type CaseState, SealerFault } from './sealer-types.ts';
import { SealerStartFault, type StateDirectory } from './state-directory.ts';

/** What sealing for one case needs. `key` is K_case: it never leaves this process. */
export interface CaseKeys {
  readonly key: Uint8Array;
  readonly recipients: Readonly<Record<'evidence' | 'roster', readonly string[]>>;
}

const KEY_BYTES = 32;
/** Drafts come and go without a ceremony of their own: one file of recipients serves those that have none. */
const DRAFTS = 'recipients/drafts.json';
const isDraft = (caseNumber: string): boolean => /^D[0-9]{5}$/.test(caseNumber);
const recipientList = z.array(z.string().max(4_096)).min(1).max(16).refine(areRecipients);
const recipientsFile = z.strictObject({ evidence: recipientList, roster: recipientList });

/**
 * K_case and recipients per case. Keys are made only by {@link open}: sealing for an unknown case is a fault,
 * since a silently new K_case would let everybody sign twice. Recipients come from files an operator put into
 * the sealer's directory, never from a request: a compromised web server cannot add its own key.
 */
export class CaseKeyring {
  readonly #state: StateDirectory;
  readonly #randomBytes: (length: number) => Uint8Array;
  readonly #loaded = new Map<string, CaseKeys>();

  constructor(state: StateDirectory, randomBytes: (length: number) => Uint8Array) {
    this.#state = state;
    this.#randomBytes = randomBytes;
  }

  /**
   * Reads the recipients again, and creates K_case if the case has recipients and no key yet. So only an operator
   * decides which cases exist here, whoever calls.
   */
  open(caseNumber: string): CaseState {
    if (!CASE_NUMBER.test(caseNumber)) throw new SealerFault('request-malformed');
    const hasRecipients = this.#readRecipients(caseNumber) !== undefined;
    if (hasRecipients) this.#makeKeyOnce(caseNumber);
    this.#loaded.delete(caseNumber);
    const keys = this.#load(caseNumber);
    return {
      caseNumber,
      ready: keys !== undefined,
      evidenceRecipients: keys?.recipients.evidence.length ?? 0,
      rosterRecipients: keys?.recipients.roster.length ?? 0,
    };
  }

  /** A case's key is made once in its life: the mark outlives a lost key, which must be noticed, not replaced. */
  #makeKeyOnce(caseNumber: string): void {
    const isMarked = this.#state.read(`case-keys/${caseNumber}.made`) !== undefined;
    if (this.#readKey(caseNumber) === undefined) {
      if (isMarked) throw new SealerFault('case-key-lost');
      this.#state.writeOnce('case-keys', `${caseNumber}.key`, this.#randomBytes(KEY_BYTES));
    }
    if (!isMarked) this.#state.writeOnce('case-keys', `${caseNumber}.made`, new Uint8Array());
  }

  /** The keys of an opened case, also after a restart; throws `case-not-ready`. */
  require(caseNumber: string): CaseKeys {
    const keys = this.#loaded.get(caseNumber) ?? this.#load(caseNumber);
    if (keys === undefined) throw new SealerFault('case-not-ready');
    return keys;
  }

  #load(caseNumber: string): CaseKeys | undefined {
    if (!CASE_NUMBER.test(caseNumber)) return undefined;
    const key = this.#readKey(caseNumber);
    const recipients = this.#readRecipients(caseNumber);
    if (key === undefined || recipients === undefined) return undefined;
    const keys = { key, recipients };
    this.#loaded.set(caseNumber, keys);
    return keys;
  }

  #readKey(caseNumber: string): Uint8Array | undefined {
    const key = this.#state.read(`case-keys/${caseNumber}.key`);
    if (key !== undefined && key.length !== KEY_BYTES)
      throw new SealerStartFault('state-malformed', `case-keys/${caseNumber}.key`);
    return key;
  }

  #readRecipients(caseNumber: string): CaseKeys['recipients'] | undefined {
    const own = this.#state.read(`recipients/${caseNumber}.json`);
    const bytes = own ?? (isDraft(caseNumber) ? this.#state.read(DRAFTS) : undefined);
    if (bytes === undefined) return undefined;
    try {
      return recipientsFile.safeParse(JSON.parse(Buffer.from(bytes).toString('utf8'))).data;
    } catch {
      return undefined;
    }
  }
}
