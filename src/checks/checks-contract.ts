/** The face of the check of proposers, and what it needs of the rest of the house. */
import type { CaseAct, Initiatives } from '../initiatives/index.ts';
import type { CaseCourse, LegalDate } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import type { Clock } from '../platform/time.ts';
import type { Proposals } from '../proposals/index.ts';
import type { PublicRecord } from '../record/index.ts';
import type { Registry, RegistryFault } from '../registry/index.ts';
import type { AbandonedCase } from './check-facts.ts';
import type { StoredCheck } from './check-store.ts';
import type { PaperRoster } from './paper-roster.ts';

export interface ChecksDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly record: Pick<PublicRecord, 'acts' | 'appendMany'>;
  readonly initiatives: Pick<Initiatives, 'course' | 'findCase' | 'listCases' | 'enter'>;
  readonly registry: Registry;
}

/** A case's proposers as they stand, and how far their check is. */
export interface CheckView {
  readonly caseNumber: string;
  readonly draft: string | undefined;
  readonly subject: Readonly<{ 'zh-Hant-TW': string; en: string }>;
  readonly course: CaseCourse;
  /** Day of filing: age and residence are judged on it (公民投票法 §8). */
  readonly filedOn: LegalDate;
  readonly required: number;
  readonly electronic: number;
  readonly held: number;
  readonly paper: number;
  /** Orders to check that stand, and what was done about each. */
  readonly ordered: number;
  /** Cases whose proposers the last order says are barred. */
  readonly barred: readonly string[];
  readonly checks: readonly StoredCheck[];
  /** The key that the lead proposer gave for the letter: the next order to check names its digest. */
  readonly letterKey: string | undefined;
  /** Digest of the key that the last order names. */
  readonly orderedLetter: string | undefined;
  /** Abandoned cases whose proposers are barred from the same matter on the day of filing. */
  readonly abandoned: readonly AbandonedCase[];
}

export type CheckRefusal =
  | 'unknown-case'
  | 'not-ordered'
  | 'nobody'
  | 'held'
  | 'pending'
  | 'not-sent'
  | 'already-finished'
  | RegistryFault;

export type Done = Readonly<{ ok: true }> | Readonly<{ ok: false; code: CheckRefusal }>;

export interface Checks {
  readonly paper: PaperRoster;
  view(caseNumber: string): Promise<CheckView | undefined>;
  /**
   * Prepares the batch of the check that was ordered, once, and sends it; sending again sends the same bytes. Whose
   * proposers are barred is what two officers signed in the order.
   */
  send(caseNumber: string): Promise<Done>;
  /** Asks the registry how far it is, and keeps a result that can be used. */
  ask(caseNumber: string): Promise<Done>;
  /** The act that enters the finished result. */
  resultAct(caseNumber: string): Promise<CaseAct | undefined>;
  /** `initiatives` with what follows from a result entered in the same transaction. */
  entering<T extends Pick<Initiatives, 'enter'>>(initiatives: T): T;
  /** `proposals` with the sheets of a batch made part of a draft's roster when their number is entered. */
  recording<T extends Pick<Proposals, 'recordPaper'>>(proposals: T): T;
  /** The letter about deleted proposers: ciphertext for the lead proposer alone. */
  letter(caseNumber: string): Promise<Uint8Array | undefined>;
  giveLetterKey(number: string, recipient: string): Promise<void>;
  letterKey(numbers: readonly string[]): Promise<string | undefined>;
}
