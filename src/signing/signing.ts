import { deriveSalt, fromBase64Url, NationalId, signerCommitment, toBase64Url } from '@lianshu/statement';
import { nodePrimitives } from '@lianshu/statement/node';
import type { CatalogueCode } from '../credentials/index.ts';
import type { Initiatives } from '../initiatives/index.ts';
import { type Batcher, createBatcher, type Db } from '../platform/db/index.ts';
import type { Random } from '../platform/random.ts';
import { type Clock, monotonicMs } from '../platform/time.ts';
import {
  asPublished,
  type CosignedFirst,
  type Inclusion,
  type InclusionWatch,
  isReadOnlyError,
  type PublicRecord,
  type PublishedProof,
  type PublishedState,
  readCosignedFirst,
  readPublishedProof,
  readPublishedSize,
} from '../record/index.ts';
import type { SealerClient } from '../sealer/index.ts';
import { FirstProofs } from './first-proofs.ts';
import {
  type AtIntakeStep,
  confirmStored,
  findKnown,
  type IntakeRow,
  type TakeOutcome,
  takeSignatures,
} from './joint-signature-store.ts';
import { type OfferedStatement, openTransaction } from './open-transaction.ts';
import { receiptFile } from './receipt.ts';
import { type Refusal, type SignCommand, signInitiative, type Taken } from './sign-initiative.ts';
import { storedReports } from './stored-reports.ts';

/** How long an answer waits for inclusion before it gives the promise instead (trust.md §1). */
const INCLUSION_WAIT_MS = 2_000;

export interface SigningServiceDeps {
  /** As the intake role: it inserts tags and cannot read them. */
  readonly db: Db;
  readonly clock: Clock;
  readonly random: Random;
  readonly tokenKey: Uint8Array;
  /** The text that can be signed under a number, of a case or of a draft. */
  readonly announcedText: Initiatives['announcedText'];
  /** The pseudonym of a draft's lead proposer. */
  readonly leadPerson: (draft: string) => Promise<Uint8Array | undefined>;
  readonly sealer: Pick<SealerClient, 'seal' | 'noteStored'>;
  readonly record: Pick<PublicRecord, 'appendMany' | 'reserve' | 'stateOf'>;
  readonly watch: Pick<InclusionWatch, 'waitIncluded'>;
  /** Where the log is published: all that anybody but a first-time signer is told comes from there. */
  readonly publicDirectory: string;
  readonly isDemo: boolean;
  /** Whether the record takes entries now; what was taken before is answered in any case. */
  readonly mayEnter: () => boolean;
  /** For tests: runs at each step of storing; throwing there is a crash there. */
  readonly atStep?: AtIntakeStep | undefined;
}

/** What a signer is told at once. Times are spans of our own work, in milliseconds. */
export interface SigningAnswer {
  readonly outcome: 'answered';
  readonly commitment: string;
  readonly promise: string;
  readonly heldFor?: string;
  readonly receipt?: string;
  readonly included?: { readonly index: number; readonly size: number };
  readonly spans: Readonly<Record<'stored' | 'included', number>>;
}

export interface Signing {
  openTransaction(command: {
    readonly caseNumber: string;
    readonly session: string;
    readonly signerCommitment: string;
  }): Promise<Awaited<ReturnType<typeof openTransaction>> | ReadOnly>;
  /** Without script the server makes the receipt secret, and the page says so. */
  openTransactionFor(command: {
    readonly caseNumber: string;
    readonly session: string;
    readonly nationalId: string;
  }): Promise<(OfferedStatement & { readonly receiptSecret: string }) | Refusal | UnknownCase | ReadOnly>;
  sign(command: SignCommand): Promise<SigningAnswer | Refusal | Overloaded | ReadOnly>;
  stateOf(commitment: string): Promise<PublishedState | undefined>;
  /** The published proof, witnessed as soon as there is a quorum (trust.md §1). */
  proofOf(commitment: string): Promise<PublishedProof | undefined>;
  /** The publication that bound an entry of the log. */
  cosignedFirst(index: number): Promise<CosignedFirst | undefined>;
  close(): Promise<void>;
}

export interface UnknownCase {
  readonly outcome: 'refused';
  readonly code: CatalogueCode | 'not-found';
}

export interface Overloaded {
  readonly outcome: 'overloaded';
}

/** 唯讀: the record takes no entries now. Nothing was stored; the same request may come again. */
export interface ReadOnly {
  readonly outcome: 'read-only';
}

class IntakeOverloaded extends Error {}
class IntakeReadOnly extends Error {}
const READ_ONLY: ReadOnly = { outcome: 'read-only' };

/** Entries are written by this program from the catalogue's codes; the record keeps them as text. */
const refusedAfterHold = (code: string): Refusal => ({ outcome: 'refused', code: code as CatalogueCode });

/** Joins intake's parts: token, text, sealer, batch, record. */
export function createSigning(deps: SigningServiceDeps): Signing {
  const firstProofs = new FirstProofs(deps.clock);
  const batcher: Batcher<IntakeRow, TakeOutcome> = createBatcher({
    flush: (rows) => takeSignatures(deps.db, deps.record, rows, deps.atStep),
  });
  // A row that is seen was committed here, perhaps by a server that ended while it waited for its standby.
  const everywhere = createBatcher<undefined, undefined>({
    flush: async (asked) => {
      await confirmStored(deps.db);
      return asked;
    },
  });
  const reports = storedReports(deps.sealer);
  const signingDeps = {
    tokenKey: deps.tokenKey,
    announcedText: deps.announcedText,
    leadPerson: deps.leadPerson,
    // Asked only for what is new: repeats were answered before. No tag is drawn for what cannot be stored.
    sealer: {
      seal: async (request: Parameters<SealerClient['seal']>[0]) => {
        if (!deps.mayEnter()) throw new IntakeReadOnly();
        return deps.sealer.seal(request);
      },
    },
    known: (caseNumber: string, commitment: Uint8Array) => findKnown(deps.db, caseNumber, commitment),
    take: async (row: IntakeRow) => {
      const submitted = await batcher.submit(row);
      if (submitted.state === 'overloaded') throw new IntakeOverloaded();
      const { sealed } = row;
      if (submitted.result.outcome === 'stored' && sealed.outcome === 'sealed')
        reports.add(sealed.recordCommitment);
      return submitted.result;
    },
  };

  /** What the public record says of a commitment now; anything newer is not told to anybody. */
  async function publishedState(commitment: Uint8Array): Promise<PublishedState | undefined> {
    const state = await deps.record.stateOf(deps.db, commitment);
    return state && asPublished(state, await readPublishedSize(deps.publicDirectory));
  }

  const publishedProof = (commitment: Uint8Array) =>
    readPublishedProof(deps.db, deps.publicDirectory, commitment);

  const firstProof = async (commitment: Uint8Array) =>
    firstProofs.remember(commitment, await deps.watch.waitIncluded(commitment, INCLUSION_WAIT_MS));

  /**
   * A signer who waits is answered from the round that took the signature in; a repeat from what is published, or
   * with the same first proof. So no number of repeats follows the log faster than its publication.
   * A held signature has its receipt once it is settled as counted; until then the promise stands for it. One
   * settled as refused is refused now, with the code that stands in the record.
   */
  async function becameOf(taken: Taken): Promise<Inclusion | Refusal | undefined> {
    const { commitment } = taken.opening;
    if (taken.heldFor === undefined && !taken.isRepeat) return firstProof(commitment);
    if (!taken.isRepeat) return undefined;
    if (taken.heldFor === undefined)
      return (
        (await publishedProof(commitment)) ?? firstProofs.find(commitment) ?? (await firstProof(commitment))
      );
    const state = await publishedState(commitment);
    if (state?.state === 'refused-after-hold') return refusedAfterHold(state.code);
    const isCounted = state?.state === 'counted-after-hold' || state?.state === 'voided';
    return isCounted ? publishedProof(commitment) : undefined;
  }

  async function answer(taken: Taken, startedMs: number): Promise<SigningAnswer | Refusal> {
    const stored = monotonicMs() - startedMs;
    const became = await becameOf(taken);
    if (became && 'outcome' in became) return became;
    if (taken.isRepeat && became === undefined) {
      const confirmed = await everywhere.submit(undefined);
      if (confirmed.state === 'overloaded') throw new IntakeOverloaded();
    }
    return {
      outcome: 'answered',
      commitment: toBase64Url(taken.opening.commitment),
      promise: taken.promise,
      spans: { stored, included: monotonicMs() - startedMs },
      ...(taken.heldFor === undefined ? {} : { heldFor: taken.heldFor }),
      ...(became
        ? {
            receipt: receiptFile(taken.opening, became, deps.isDemo),
            included: { index: became.index, size: became.size },
          }
        : {}),
    };
  }

  return {
    openTransaction: async (command) => (deps.mayEnter() ? openTransaction(deps, command) : READ_ONLY),

    async openTransactionFor({ caseNumber, session, nationalId }) {
      if (!deps.mayEnter()) return READ_ONLY;
      const parsed = NationalId.parse(nationalId);
      if (!(parsed instanceof NationalId))
        return { outcome: 'refused', code: 'E_ID_FORMAT', facts: { reason: parsed.code } };
      const secret = deps.random.bytes(32);
      const salt = deriveSalt(nodePrimitives, secret);
      const commitment = toBase64Url(signerCommitment(nodePrimitives, parsed, salt));
      const offered = await openTransaction(deps, { caseNumber, session, signerCommitment: commitment });
      return offered.outcome === 'offered' ? { ...offered, receiptSecret: toBase64Url(secret) } : offered;
    },

    async sign(command) {
      const startedMs = monotonicMs();
      try {
        const taken = await signInitiative(signingDeps, command);
        return taken.outcome === 'taken' ? await answer(taken, startedMs) : taken;
      } catch (error) {
        if (error instanceof IntakeOverloaded) return { outcome: 'overloaded' };
        if (error instanceof IntakeReadOnly || isReadOnlyError(error)) return READ_ONLY;
        throw error;
      }
    },

    async stateOf(commitment) {
      const bytes = fromBase64Url(commitment, 32);
      return bytes && publishedState(bytes);
    },

    async proofOf(commitment) {
      const bytes = fromBase64Url(commitment, 32);
      return bytes && publishedProof(bytes);
    },

    cosignedFirst: (index) => readCosignedFirst(deps.db, deps.publicDirectory, index),

    async close() {
      await Promise.all([batcher.close(), everywhere.close()]);
      await reports.close();
    },
  };
}
