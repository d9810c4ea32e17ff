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
export { type CaseRetention, retentionOf } from './course-retention.ts';
export {
  daysAfter,
  daysBetween,
  extendedByDisaster,
  isMondayToFriday,
  type LegalDate,
  type LegalPeriod,
  monthsAfter,
} from './deadlines.ts';
export { electorBaseOn } from './electors.ts';
export {
  type ElectronicProposal,
  electronicProposal,
  electronicSupplement,
  type Switched,
} from './electronic-proposal.ts';
export { CAPACITY_NAMES, explainCourse } from './explain.ts';
export type { Capacity, LegalEvent, LegalEventKind, LegalStage, TerminalOutcome } from './legal-event.ts';
export { DELETION_REASONS, ROSTER_FORM, ROSTER_SHEET } from './packs/roster-forms.ts';
export type { LintRule } from './packs/wording-regulation.ts';
export type { Parameter, ParameterStatus } from './parameter.ts';
export { NAMES as VALUE_NAMES, valueInWords } from './parameter-labels.ts';
export { type Verdict, verdict } from './pass-rule.ts';
export { publishedWording } from './published-wording.ts';
export { known, nationalPackOn, RULE_PACKS, type RulePack, rulePack } from './rule-pack.ts';
export { OUTCOME_NAMES, STAGE_NAMES } from './stage-names.ts';
export { type CountedCluster, countText, UNCOUNTED_MARKS } from './text-count.ts';
export { type Rate, required } from './thresholds.ts';
export { toldCounts } from './told-counts.ts';
export { announcedBy, type ElectionDay, type VoteDays, voteDays } from './vote-window.ts';
export type { Duty, RunningBar } from './walk.ts';
export { type WhoMay, whoMay } from './who-may.ts';
export { type LintFinding, lintWording } from './wording-linter.ts';
