import type { LegalDate } from './deadlines.ts';
import type { ReviewGround } from './parameter-values.ts';

/** Who acts, as the public record names a capacity. */
export type Capacity =
  | 'lead-proposer'
  | 'commission'
  | 'registry'
  | 'agency'
  | 'legislature'
  | 'executive'
  | 'president'
  | 'court'
  | 'system';

/** How a case comes to the vote: §§9–13 are for citizens only. 公民投票法 §§14–16. */
export type Route = 'citizens' | 'executive' | 'legislature' | 'president';

/** Something that happened to a case and that the Act attaches a consequence to. `on` is the legally decisive day. */
export type LegalEvent = Readonly<{ on: LegalDate }> &
  (
    | Readonly<{ kind: 'filed' }>
    | Readonly<{ kind: 'delivered'; route: Exclude<Route, 'citizens'> }>
    | Readonly<{ kind: 'entered-before-collection' }>
    | Readonly<{ kind: 'accepted' | 'refused-inadmissible' }>
    | Readonly<{ kind: 'hearing-notified' | 'hearing-held' }>
    | Readonly<{ kind: 'correction-ordered'; grounds: readonly ReviewGround[] }>
    | Readonly<{ kind: 'corrected' }>
    | Readonly<{ kind: 'found-conforming' }>
    | Readonly<{ kind: 'rejected' }>
    | Readonly<{ kind: 'proposers-sent' }>
    | Readonly<{ kind: 'proposers-checked'; valid: number; required: number }>
    | Readonly<{ kind: 'proposer-supplement-ordered' | 'proposer-supplement-filed' }>
    | Readonly<{ kind: 'opinion-requested' | 'opinion-received'; agency: string }>
    | Readonly<{ kind: 'notified-to-collect' }>
    | Readonly<{ kind: 'collected'; mode: 'paper' | 'code' | 'both' }>
    | Readonly<{ kind: 'applied-for-system' | 'code-issued' | 'code-ended' }>
    | Readonly<{ kind: 'url-obtained' }>
    | Readonly<{ kind: 'roster-filed' }>
    | Readonly<{ kind: 'raw-counted'; count: number; required: number; isBound: boolean }>
    | Readonly<{ kind: 'signers-sent' }>
    | Readonly<{ kind: 'signers-checked'; valid: number; required: number }>
    | Readonly<{ kind: 'supplement-ordered' | 'supplement-filed' }>
    | Readonly<{ kind: 'established'; number?: number }>
    | Readonly<{ kind: 'not-established' }>
    | Readonly<{ kind: 'vote-announced'; vote: LegalDate }>
    | Readonly<{ kind: 'vote-held' }>
    | Readonly<{ kind: 'result-announced'; passed: boolean }>
    | Readonly<{ kind: 'withdrawn'; agreeing: number; proposers: number }>
    | Readonly<{ kind: 'stopped' }>
    | Readonly<{ kind: 'suspended' | 'resumed'; by: string }>
  );

export type LegalEventKind = LegalEvent['kind'];

/** Terminal outcomes, law.md §3.1: each a value of its own. */
export type TerminalOutcome =
  | 'inadmissible'
  | 'rejected'
  | 'withdrawn'
  | 'deemed-abandoned'
  | 'not-established'
  | 'voted'
  | 'stopped';

/** Where a case stands. A stage follows from the events and the day; it is never stored. */
export type LegalStage =
  | 'before-filing'
  | 'formal-check'
  | 'review'
  | 'correction'
  | 'proposer-check'
  | 'proposer-supplement'
  | 'notice'
  | 'collecting'
  | 'signing'
  | 'raw-count'
  | 'signature-check'
  | 'supplement'
  | 'establishing'
  | 'established'
  | 'announced'
  | 'counting'
  | 'ended';
