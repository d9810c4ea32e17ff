/** 草擬: private drafts of a lead proposer and those invited to help, until a text starts to collect proposers. */
export { createDrafting, type Drafting } from './drafting.ts';
export { draftingRoutes } from './drafting-routes.tsx';
export type { DraftingRoutesDeps, WorkspaceContent } from './page-context-routes.tsx';
export type { Members, Person } from './workspace.ts';
