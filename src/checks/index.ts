/** 查對: the check of a case's proposers by the household registry (公民投票法 §10 V–VII). */

export { batchSheets } from './batch-sheets.tsx';
export type { Checks } from './checks-contract.ts';
export { checksRoutes } from './checks-routes.tsx';
export { letterRoutes } from './letter-routes.tsx';
export { createChecks } from './proposer-checks.ts';
