/** 規則包: which text of the law is in force, said in the record and on a public page. */
export { logPacks, releaseOf } from './log-packs.ts';
export { rulePackRoutes } from './rule-packs-routes.tsx';
