/** 歷次公投: national referendums voted on outside this platform, as an operator imported them. */
export { type ImportPlan, importPastCases, planImport } from './import-past-cases.ts';
export { barOfVote, isPastNumber, type PastCase } from './past-case.ts';
export { PAST_COLUMNS, type PastFault, readPastCases } from './past-case-file.ts';
export { PastCaseRows } from './past-case-rows.tsx';
export { createPastCases, type PastCases } from './past-cases.ts';
export { pastCasesApi } from './past-cases-api.ts';
export { pastCasesRoutes } from './past-cases-routes.tsx';
