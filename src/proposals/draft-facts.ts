import type { FiledBody } from '../initiatives/index.ts';
import type { LegalDate } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/** 草案 as its entries tell it: pure types and folds. Nothing here is stored as a column. */

/** What `proposal-opened` says. */
export interface DraftOpenedBody
  extends Pick<
    FiledBody,
    'subject' | 'leadProposer' | 'subjectMatter' | 'rulePack' | 'isInvented' | 'plainWords' | 'helpContact'
  > {
  /** What allows electronic proposals, or what a demonstration says instead. */
  readonly allowedBy: Localised;
  readonly textDigest: string;
  readonly translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
  readonly firstDay: LegalDate;
  readonly lastDay: LegalDate;
  readonly threshold: number;
  readonly electors: number;
}

/** What `proposal-reopened` says: a supplement of proposers for the case that was filed with the draft. */
export interface ReopenedBody {
  readonly case: string;
  /** What allows electronic proposals in a supplement, or what a demonstration says instead. */
  readonly allowedBy: Localised;
  readonly firstDay: LegalDate;
  readonly lastDay: LegalDate;
  /** As it was fixed when the case was filed. */
  readonly threshold: number;
}

/** How collecting ended; of a supplement: `supplemented`, or `lapsed`. */
export type DraftOutcome = 'filed' | 'withdrawn' | 'expired' | 'supplemented' | 'lapsed';

export interface DraftFacts {
  readonly draft: string;
  readonly opened: DraftOpenedBody & { readonly at: string };
  /** Absent while it collects, a first time or for a supplement. */
  readonly closed?: Readonly<{ outcome: DraftOutcome; case?: string; at: string }>;
  /** Set once the draft was opened again for a supplement, which is done once. */
  readonly reopened?: ReopenedBody & { readonly at: string };
  /** Proposers on paper, as recorded so far. */
  readonly paper: number;
  /** Whether an officer recorded the lead proposer among the paper proposers. */
  readonly isLeadOnPaper: boolean;
}

/** One act as it stands in the record; bodies were checked against their schema when they were entered. */
export interface DraftAct {
  readonly index?: number | undefined;
  readonly kind: string;
  readonly at: string;
  readonly basis: string;
  readonly body: unknown;
  readonly replaces?: number | undefined;
}

/** Folds the acts of one draft, oldest first; a replaced act no longer speaks. Undefined when it was never opened. */
export function foldDraft(draft: string, acts: readonly DraftAct[]): DraftFacts | undefined {
  const replaced = new Set(acts.flatMap(({ replaces }) => (replaces === undefined ? [] : [replaces])));
  let facts: DraftFacts | undefined;
  for (const { index, kind, at, body } of acts) {
    if (index !== undefined && replaced.has(index)) continue;
    if (kind === 'proposal-opened')
      facts ??= { draft, opened: { ...(body as DraftOpenedBody), at }, paper: 0, isLeadOnPaper: false };
    else if (facts === undefined) continue;
    else if (kind === 'proposal-closed')
      facts = { ...facts, closed: { ...(body as { outcome: DraftOutcome; case?: string }), at } };
    else if (kind === 'proposal-reopened') {
      const { closed: _, ...before } = facts;
      facts = { ...before, reopened: { ...(body as ReopenedBody), at } };
    } else if (kind === 'paper-proposers') {
      const { count, includesLead } = body as { count: number; includesLead: boolean };
      facts = {
        ...facts,
        paper: facts.paper + count,
        isLeadOnPaper: facts.isLeadOnPaper || includesLead,
      };
    }
  }
  return facts;
}
