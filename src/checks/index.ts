/** 查對: the check of a case's proposers by the household registry (公民投票法 §10 V–VII). */
export { checksRoutes } from './checks-routes.tsx';
export { letterRoutes } from './letter-routes.tsx';
export { type Checks, createChecks } from './proposer-checks.ts';
