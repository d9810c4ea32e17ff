/** 戶政: the port to the household registry. Rosters go out sealed; a reason for every row comes back, signed. */
export { CHECK_REASONS, type CheckReason, type Ground } from './check-reasons.ts';
export { COUNTIES, type CountyCode, isCountyCode } from './counties.ts';
export { addsUp, resultName } from './judge-answer.ts';
export {
  MAX_PRE_CHECK_ROWS,
  type PreCheck,
  type PreCheckAnswer,
  type PreCheckQuestion,
} from './pre-check.ts';
export { preCheckHttp } from './pre-check-http.ts';
export type {
  BarredRoster,
  CheckBatch,
  CheckedBatch,
  CheckProgress,
  CheckResultBody,
  ElectronicRoll,
  PaperSheet,
  Registry,
  RegistryFault,
  SentBatch,
} from './registry.ts';
export { noRegistry } from './registry.ts';
export { batchBytes, registryHttp } from './registry-http.ts';
export { RegistryKeyFault, readRegistryKeys } from './registry-keys.ts';
