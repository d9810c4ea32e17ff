/** 提案: drafts that collect electronic proposers, and their filing (公民投票法 §§9–11). */

export { isDraftNumber } from './draft-context.ts';
export type { DraftFacts, DraftOpenedBody, DraftOutcome } from './draft-facts.ts';
export type { ProposalRefusal, ProposersStanding } from './draft-rules.ts';
export { countHeld } from './draft-store.ts';
export type { DraftMaterial, SignableDraft } from './draft-view.ts';
export type { FileOutcome, PaperProposers } from './end-draft.ts';
export type { Opening, OpenOutcome } from './open-draft.ts';
export { createProposals, type Proposals } from './proposals.ts';
export { proposalsApi } from './proposals-api.ts';
export { PROPOSAL_KINDS } from './proposals-record.ts';
export { proposalsRoutes } from './proposals-routes.tsx';
export { SupplementSum } from './supplement-panel.tsx';
export type { SupplementStanding } from './supplement-standing.ts';
