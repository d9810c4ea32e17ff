/** 領銜人: accounts of the workspace 工作臺, sessions, mandates and invitations, and the frame of its pages. */
export type { Account, KeptMandate, Mandate, Member, ScopedMandate } from './account.ts';
export { type CardChallenge, type CardChallenges, cardChallenges } from './card-challenge.ts';
export type { CheckCode, CodeCheck } from './card-sign-in.ts';
export { createLeadProposers, type LeadProposers } from './lead-proposers.ts';
export { LEAD_PROPOSERS_PROBLEMS } from './lead-proposers-problems.ts';
export { sendPage, WorkspaceGate } from './workspace-gate-plugin.ts';
export {
  renderWorkspaceProblem,
  type WorkspaceFrame,
  WorkspacePage,
  type WorkspacePageProps,
  type WorkspaceSite,
} from './workspace-page.tsx';
export { type WorkspaceRoutesDeps, workspaceRoutes } from './workspace-routes.tsx';
