import type { Rate } from './thresholds.ts';

/** The four statutory grounds for deleting a proposer or signer, and the two for proposers and duplicates. */
export type DeletionGround =
  | 'not-qualified'
  | 'name-id-or-address'
  | 'unsigned'
  | 'forged'
  | 'barred-proposer'
  | 'duplicate';

/** 公民投票法 §10 III: why a correction may be ordered. */
export type ReviewGround =
  | 'matter'
  | 'wording'
  | 'indigenous-or-multiple'
  | 'frozen-matter'
  | 'unclear-intent';

/** A signing method and whether its use counts for the binding act. */
export type Credential = 'card' | 'mobile';

/** When a vote passes. `turnout` is the share of the eligible who must have voted, where the Act asked for it. */
export type PassRule =
  | Readonly<{ kind: 'majority-and-quarter'; quarter: Rate }>
  | Readonly<{ kind: 'majority-and-turnout'; turnout: Rate }>
  | Readonly<{ kind: 'more-than-half-of-electors' }>;

/** On which day a vote is held. */
export type VoteWindow =
  | Readonly<{ kind: 'months-after-establishment'; from: number; to: number }>
  | Readonly<{ kind: 'fourth-saturday-of-august'; everyYears: 2; from: number }>;

/** Whom a refused or failed case bars from what, and for how long. */
export interface Bar {
  readonly after: 'deemed-abandoned' | 'vote' | 'executive-or-legislature-rejected';
  readonly whom: 'the-original-proposers' | 'anyone' | 'the-proposing-body';
  readonly years: number;
  readonly citation: string;
}

/** How long the electronic records are kept, from which event. */
export interface Retention {
  readonly years: number;
  readonly monthsAfterJudgment: number;
  readonly startsWith: readonly ('established' | 'not-established' | 'deemed-abandoned')[];
  /** Where the regulation names no start, the day of the decision (a project default). */
  readonly otherwiseFromDecision: readonly ('inadmissible' | 'withdrawn' | 'stopped')[];
}

/** What every pack states, by name; units in the names. Rates are of the electors of {@link electorBase}. */
export interface ParameterValues {
  readonly proposalRate: Rate;
  readonly petitionRate: Rate;
  readonly sideRegistrationRate: Rate;
  /** Whose number the rates are taken of; it stays when a new election intervenes. */
  readonly electorBase: 'last-presidential-election-at-proposal';
  readonly minimumAgeYears: number;
  readonly residenceMonths: number;
  readonly reviewDays: number;
  readonly correctionDays: number;
  readonly correctionTimes: number;
  readonly proposerCheckDays: number;
  readonly proposerSupplementDays: number;
  readonly proposerSupplementTimes: number;
  readonly opinionDays: number;
  readonly collectDays: number;
  readonly petitionMonths: number;
  readonly signatureCheckDays: number;
  readonly supplementCheckDays: number;
  readonly duplicateMarkDays: number;
  readonly supplementDays: number;
  readonly supplementTimes: number;
  readonly establishAnnounceDays: number;
  readonly voteWindow: VoteWindow;
  readonly announceBeforeVoteDays: number;
  readonly resultAnnounceDays: number;
  readonly questionMaxChars: number;
  readonly reasonMaxChars: number;
  readonly opinionMaxChars: number;
  readonly withdrawalShare: Rate;
  readonly passRule: PassRule;
  readonly deletionGrounds: readonly DeletionGround[];
  readonly reviewGrounds: readonly ReviewGround[];
  readonly bars: readonly Bar[];
  readonly retention: Retention;
  readonly acceptedForProposal: readonly Credential[];
  readonly acceptedForJointSignature: readonly Credential[];
  /** Whether proposals may be collected electronically here, and what allows it. */
  readonly electronicProposal: 'off' | Readonly<{ on: string }>;
  /** How proposers are supplied after a shortfall: on paper only, or electronically where the proposal may be. */
  readonly electronicProposerSupplement: 'off' | 'as-the-proposal';
  /** How long a draft may collect electronic proposers, from the day it is opened. */
  readonly proposalCollectMonths: number;
  readonly isWeekendExtending: boolean;
  readonly isDisasterExtending: boolean;
  /** Whether terms stand still while a suit or a court's order suspends the case. */
  readonly isSuspensionHolding: boolean;
  /** Hour at which signing ends on the last day, `HH:MM` Asia/Taipei. */
  readonly closingHour: string;
  readonly suppressionK: number;
}
