export { type Deed, deedOf } from './act-words.ts';
export { type AnnouncedText, findAnnouncedText, periodState } from './announced-text.ts';
export type { CaseAct, EnterOutcome, Why } from './case-acts.ts';
export type { Delivery } from './case-delivery.ts';
export type { NewText } from './case-effects.ts';
export { caseFilesRoutes } from './case-files-routes.tsx';
export type { Filing, FilingReceipt } from './case-filing.ts';
export { indexCaseTitle } from './case-grams-store.ts';
export { caseRoutes } from './case-routes.tsx';
export { type CaseSearch, createCaseSearch, type SimilarCase } from './case-search.ts';
export { closedDays } from './closures.ts';
export { electionDays } from './election-days.ts';
export {
  type DecisionBody,
  type FiledBody,
  foldInitiative,
  type RecordedAct,
  type Source,
  type StatisticsBody,
} from './initiative-facts.ts';
export {
  findPeriod,
  findTextFile,
  findVersion,
  insertInitiative,
  insertVersion,
  lockInitiative,
  markClosed,
  reopenSigning,
  type SigningPeriod,
  setPeriod,
  stopSigning,
  type TextVersion,
  textDigestOf,
  textFile,
} from './initiative-store.ts';
export {
  createInitiatives,
  type FoundCase,
  type Initiatives,
  type Registration,
} from './initiatives.ts';
export { initiativesApi } from './initiatives-api.ts';
export { INITIATIVE_KINDS } from './initiatives-record.ts';
export { initiativesRoutes } from './initiatives-routes.tsx';
export { isMendable, isRetractable } from './judge-act.ts';
export { proposersOf } from './judge-figures.ts';
export { legalEvents, standingActs } from './legal-events.ts';
export { mendingWords } from './office-words.ts';
export { opinionRoutes } from './opinion-routes.tsx';
export {
  type AgencyOpinion,
  type OpinionParts,
  type OpinionVersion,
  opinionFile,
  opinionPartsIn,
  opinionsOf,
} from './opinions.ts';
export { type RedlinePart, redline } from './redline.ts';
export { RedlineText } from './redline-text.tsx';
export { WhoMayPart } from './who-may-part.tsx';
