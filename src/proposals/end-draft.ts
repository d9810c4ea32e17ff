/** How collecting ends: by filing, by the lead proposer's word, by time. Each under the draft's exclusive lock. */
import {
  type FiledBody,
  type FilingReceipt,
  findTextFile,
  findVersion,
  lockInitiative,
} from '../initiatives/index.ts';
import type { Tx } from '../platform/db/index.ts';
import { legalDateOf } from '../platform/time.ts';
import type { ActEntry } from '../record/index.ts';
import { endSigning, entryOf, factsOf, inside, lockCollecting, standingOf } from './draft-context.ts';
import type { DraftAct, DraftFacts } from './draft-facts.ts';
import { judgeFiling, judgeMending, type ProposalRefusal, packOnFiling } from './draft-rules.ts';
import { nextCaseNumber } from './draft-store.ts';
import type { ProposalsDeps } from './proposals-deps.ts';
import { endSupplement } from './supplement.ts';

export type FileOutcome =
  | Readonly<{ ok: true; receipt: FilingReceipt }>
  | Readonly<{ ok: false; refusal: ProposalRefusal }>;
export type CloseOutcome = Readonly<{ ok: true }> | Readonly<{ ok: false; refusal: ProposalRefusal }>;

/** Paper proposers as an officer counted them. */
export interface PaperProposers {
  readonly on: string;
  readonly count: number;
  /** Whether the lead proposer is one of them. */
  readonly includesLead: boolean;
  /** Sheets by township, those that may be told. */
  readonly townships?: Readonly<Record<string, number>>;
  /** Digest of exactly which sealed sheets; absent where an officer only counted, by hand. */
  readonly sheets?: string;
}

/** 更正: the entry of a wrong count, and why it was wrong; public. Nothing is overwritten. */
export type Mends = Pick<ActEntry, 'replaces' | 'why'>;

/** Records proposers on paper, with whatever entries go with it. */
export const recordPaper = (
  deps: ProposalsDeps,
  draft: string,
  paper: PaperProposers,
  also: readonly ActEntry[],
  within?: Tx,
  mends: Mends = {},
): Promise<CloseOutcome> =>
  inside(deps.db, within, async (tx): Promise<CloseOutcome> => {
    const facts = await lockCollecting(deps, tx, draft);
    if ('code' in facts) return { ok: false, refusal: facts };
    const refusal = judgeMending(mends.replaces, (await deps.record.acts(tx, draft)) as readonly DraftAct[]);
    if (refusal !== undefined) return { ok: false, refusal };
    const act = { kind: 'paper-proposers', capacity: 'commission', basis: '公民投票法 §10 I', body: paper };
    await deps.record.appendMany(tx, [{ ...entryOf(deps, draft, act), ...mends }, ...also]);
    return { ok: true };
  });

/** Ends collecting without filing. */
export const closeDraft = (
  deps: ProposalsDeps,
  draft: string,
  outcome: 'withdrawn' | 'expired',
  within?: Tx,
): Promise<CloseOutcome> =>
  inside(deps.db, within, async (tx): Promise<CloseOutcome> => {
    const facts = await lockCollecting(deps, tx, draft);
    if ('code' in facts) return { ok: false, refusal: facts };
    await endSigning(deps, tx, draft);
    const capacity = outcome === 'withdrawn' ? 'lead-proposer' : 'system';
    const act = { kind: 'proposal-closed', capacity, basis: '平台規則', body: { outcome } };
    await deps.record.appendMany(tx, [entryOf(deps, draft, act)]);
    return { ok: true };
  });

/** Ends what has had its time: a draft that was not filed, or the supplement of a case. */
export const closeExpired = (deps: ProposalsDeps, draft: string): Promise<boolean> =>
  inside(deps.db, undefined, async (tx) => {
    await lockInitiative(tx, draft);
    const facts = await factsOf(deps, tx, draft);
    if (facts?.closed === undefined && facts?.reopened !== undefined) {
      await endSupplement(deps, tx, facts, 'lapsed');
      return true;
    }
    return (await closeDraft(deps, draft, 'expired', tx)).ok;
  });

/** Files the proposal: closes the draft and registers the case with the very bytes that were signed. Once. */
export const fileDraft = (deps: ProposalsDeps, draft: string, within?: Tx): Promise<FileOutcome> =>
  inside(deps.db, within, async (tx): Promise<FileOutcome> => {
    const facts = await lockCollecting(deps, tx, draft);
    if ('code' in facts) return { ok: false, refusal: facts };
    const standing = await standingOf(deps, tx, facts);
    const refusal = judgeFiling(standing);
    if (refusal !== undefined) return { ok: false, refusal };
    const file = await findTextFile(tx, draft, 1);
    const version = await findVersion(tx, draft);
    if (file === undefined || version === undefined) throw new Error(`the draft ${draft} has no text`);
    await endSigning(deps, tx, draft);
    const caseNumber = await nextCaseNumber(tx);
    const body = { outcome: 'filed', case: caseNumber };
    const act = { kind: 'proposal-closed', capacity: 'lead-proposer', basis: '公民投票法 §9', body };
    await deps.record.appendMany(tx, [entryOf(deps, draft, act)]);
    const { electronic, paper } = standing;
    const { translation } = facts.opened;
    const today = legalDateOf(deps.clock.nowMs());
    const receipt = await deps.initiatives.file(
      {
        caseNumber,
        filed: { ...filedBody(facts, today), proposal: { draft, electronic, paper } },
        text: { file, mainText: version.mainText, ...(translation ? { translation } : {}) },
      },
      tx,
    );
    if (receipt === false) throw new Error(`the case number ${caseNumber} is taken`);
    return { ok: true, receipt };
  });

/** What the case's first entry repeats of the draft's; the case is bound to the law of the day it is filed. */
function filedBody({ opened }: DraftFacts, today: string): FiledBody {
  const { subject, leadProposer, subjectMatter, rulePack, isInvented, plainWords, helpContact } = opened;
  return {
    subject,
    leadProposer,
    subjectMatter,
    rulePack: packOnFiling(rulePack, today),
    origin: 'here',
    ...(isInvented === undefined ? {} : { isInvented }),
    ...(plainWords === undefined ? {} : { plainWords }),
    ...(helpContact === undefined ? {} : { helpContact }),
  };
}
