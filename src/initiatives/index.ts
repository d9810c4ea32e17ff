export type { AnnouncedText } from './announced-text.ts';
export type { CaseAct, EnterOutcome } from './case-acts.ts';
export { caseFilesRoutes } from './case-files-routes.tsx';
export {
  type DecisionBody,
  type FiledBody,
  foldInitiative,
  type RecordedAct,
  type Source,
  type StatisticsBody,
} from './initiative-facts.ts';
export { textDigestOf } from './initiative-store.ts';
export { createInitiatives, type Initiatives, type Registration } from './initiatives.ts';
export { initiativesApi } from './initiatives-api.ts';
export { INITIATIVE_KINDS } from './initiatives-record.ts';
export { initiativesRoutes } from './initiatives-routes.tsx';
export { legalEvents } from './legal-events.ts';
