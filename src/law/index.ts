export { citation } from './citation.ts';
export { type LegalDate, type LegalPeriod, monthsAfter } from './deadlines.ts';
export { type ParameterStatus, type RulePack, rulePack } from './rule-pack.ts';
export { type Rate, required } from './thresholds.ts';
