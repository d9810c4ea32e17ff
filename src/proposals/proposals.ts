import {
  type AnnouncedText,
  findAnnouncedText,
  findTextFile,
  type Initiatives,
} from '../initiatives/index.ts';
import type { ElectronicProposal } from '../law/index.ts';
import type { Tx } from '../platform/db/index.ts';
import type { ActEntry } from '../record/index.ts';
import { isDraftNumber } from './draft-context.ts';
import type { ProposalRefusal, ProposersStanding } from './draft-rules.ts';
import { findLead, listExpired, listSigned } from './draft-store.ts';
import type { DraftMaterial, SignableDraft } from './draft-view.ts';
import {
  type CloseOutcome,
  closeDraft,
  closeExpired,
  type FileOutcome,
  fileDraft,
  type Mends,
  type PaperProposers,
  recordPaper,
} from './end-draft.ts';
import { allowedUnder, type Opening, type OpenOutcome, openDraft } from './open-draft.ts';
import type { ProposalsDeps } from './proposals-deps.ts';
import { findDraft, findSignable, listDrafts, standingNow } from './read-drafts.ts';
import { supplementing } from './supplement.ts';
import { type SupplementStanding, supplementNow } from './supplement-standing.ts';

/** 提案: drafts that collect proposers, and their filing. */
export interface Proposals {
  /** Whether a pack, or a switch in the record, lets proposals be collected electronically today. */
  allowed(rulePack: string): Promise<ElectronicProposal>;
  /** Freezes the text, gives the next draft number and takes signatures from now on. Within the caller's transaction if given. */
  open(opening: Opening, within?: Tx): Promise<OpenOutcome>;
  find(draft: string): Promise<DraftMaterial | undefined>;
  /** Every draft whose number or subject holds the words, by number: no other order is neutral. */
  list(query?: string): Promise<readonly DraftMaterial[]>;
  /** What the signing page shows, if the draft collects now. */
  findSignable(draft: string): Promise<SignableDraft | 'unknown' | 'closed'>;
  announcedText(draft: string, atMs: number, namedDigest?: string): Promise<AnnouncedText>;
  textFile(draft: string): Promise<Uint8Array | undefined>;
  /** The lead proposer's pseudonym, for the sealer to compare; never shown. */
  leadPerson(draft: string): Promise<Uint8Array | undefined>;
  /** The proposers as they stand this moment, and why filing would be refused. For the lead proposer and officers only. */
  standing(
    draft: string,
  ): Promise<(ProposersStanding & Readonly<{ refusal: ProposalRefusal | undefined }>) | undefined>;
  /** Records proposers on paper, with whatever entries go with it (an `approval`); a wrong count by hand is replaced. */
  recordPaper(
    draft: string,
    paper: PaperProposers,
    also?: readonly ActEntry[],
    within?: Tx,
    mends?: Mends,
  ): Promise<CloseOutcome>;
  /** Ends collecting without filing. */
  close(draft: string, outcome: 'withdrawn' | 'expired', within?: Tx): Promise<CloseOutcome>;
  /** Files the proposal: closes the draft and registers the case with the very bytes that were signed. Once. */
  file(draft: string, within?: Tx): Promise<FileOutcome>;
  /** `initiatives` with what an act means for the draft its case was filed with: opened again for a supplement, or ended. */
  supplementing<T extends Pick<Initiatives, 'enter' | 'extendPeriods'>>(initiatives: T): T;
  /** The proposers of a supplement as they stand this moment. For the lead proposer and officers only. */
  supplement(draft: string): Promise<(SupplementStanding & Readonly<{ held: number }>) | undefined>;
  /** Enters `proposal-closed` for every draft whose time ended at least `graceMs` ago. */
  closeExpired(graceMs: number): Promise<readonly string[]>;
  /** Numbers that take or will take signatures, of drafts and cases alike: the sealer must have a key for each. */
  numbersToSign(): Promise<readonly string[]>;
}

/** Joins the parts: rules, rows, entries. */
export function createProposals(deps: ProposalsDeps): Proposals {
  const { db, clock } = deps;
  return {
    allowed: (rulePack) => allowedUnder(deps, rulePack),
    open: (opening, within) => openDraft(deps, opening, within),
    find: (draft) => findDraft(deps, draft),
    list: (query = '') => listDrafts(deps, query),
    findSignable: (draft) => findSignable(deps, draft),
    announcedText: async (draft, atMs, namedDigest) =>
      isDraftNumber(draft) ? findAnnouncedText(db, draft, atMs, namedDigest) : { state: 'unknown' },
    textFile: async (draft) => (isDraftNumber(draft) ? findTextFile(db, draft, 1) : undefined),
    leadPerson: async (draft) => (await findLead(db, draft))?.person,
    standing: (draft) => standingNow(deps, draft),
    recordPaper: (draft, paper, also = [], within, mends) =>
      recordPaper(deps, draft, paper, also, within, mends),
    close: (draft, outcome, within) => closeDraft(deps, draft, outcome, within),
    file: (draft, within) => fileDraft(deps, draft, within),
    async closeExpired(graceMs) {
      const closed: string[] = [];
      for (const draft of await listExpired(db, clock.nowMs() - graceMs))
        if (await closeExpired(deps, draft)) closed.push(draft);
      return closed;
    },
    supplementing: (inner) => supplementing(deps, inner),
    supplement: (draft) => supplementNow(deps, draft),
    numbersToSign: () => listSigned(db),
  };
}
