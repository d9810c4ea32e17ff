/** 法規: the law as dated data, and pure functions of (facts, day). Nothing here reads a clock or a store. */
export { ACT_RULES } from './act-rules.ts';
export { citation } from './citation.ts';
export {
  type AllowedAct,
  allowedActs,
  type CaseCourse,
  courseOf,
  type LawRefusal,
  refusalOf,
} from './course.ts';
export {
  daysAfter,
  type LegalDate,
  type LegalPeriod,
  monthsAfter,
} from './deadlines.ts';
export { electorBaseOn } from './electors.ts';
export { CAPACITY_NAMES, explainCourse } from './explain.ts';
export type { Capacity, LegalEvent, LegalEventKind, LegalStage, TerminalOutcome } from './legal-event.ts';
export type { Parameter, ParameterStatus } from './parameter.ts';
export { known, type RulePack, rulePack } from './rule-pack.ts';
export { OUTCOME_NAMES, STAGE_NAMES } from './stage-names.ts';
export { countText } from './text-count.ts';
export { type Rate, required } from './thresholds.ts';
export type { Duty, RunningBar } from './walk.ts';
