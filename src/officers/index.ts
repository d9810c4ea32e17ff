/** 承辦: the Commission's desk. Officers, their passkeys, and acts that two of them must sign. */
export { type Actions, createActions } from './actions.ts';
export { APPROVAL_KIND } from './approval-record.ts';
export { type DeskDoor, deskDoor } from './desk-door-plugin.tsx';
export { createOfficeActs } from './office-acts.ts';
export { type OfficeSite, renderOfficeProblem } from './office-layout.tsx';
export { officeRoutes } from './office-routes.tsx';
export { endMandate, type OfficerRow, officerRows } from './officer-list.ts';
export { createOfficers, inviteOfficer, type Officers } from './officers.ts';
export { OFFICERS_PROBLEMS } from './officers-problems.ts';
