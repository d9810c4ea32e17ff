/** 草擬: private drafts of a lead proposer and those invited to help, until a text starts to collect proposers. */
export { type DraftingRoutesDeps, draftingRoutes } from './drafting-routes.tsx';
