export type { AnnouncedText } from './announced-text.ts';
export type { DecisionBody, FiledBody, RecordedAct, Source, StatisticsBody } from './initiative-facts.ts';
export { createInitiatives, type Initiatives, type Registration } from './initiatives.ts';
export { initiativesApi } from './initiatives-api.ts';
export { INITIATIVE_KINDS } from './initiatives-record.ts';
export { initiativesRoutes } from './initiatives-routes.tsx';
