import type { HeadWitnesses } from './receipt-witnesses.ts';

/** The acts whose signatures the record counts; also the `kind` of their entries. */
export type Act = 'joint-signature' | 'proposal-signature';

/** What a receipt was found to say. Everything here was recomputed or verified unless the comment says otherwise. */
export type ReceiptFacts = Readonly<{
  /** The log, as its checkpoint and the trusted key name it. */
  origin: string;
  caseNumber: string;
  act: Act;
  /** The entry says "received and held": counted only once a later entry settles it. */
  held: boolean;
  /** Number of the entry in the log, from 0. */
  index: number;
  /** Size and base64 root of the tree that the checkpoint signs. */
  size: number;
  root: string;
  /** L, base64url, recomputed from the receipt's parts. */
  commitment: string;
  /** Names and algorithms of the log's keys whose signatures hold. */
  signedBy: readonly string[];
  /** Names of other trusted keys (witnesses) whose signatures hold. */
  cosignedBy: readonly string[];
  /** Trusted keys that signed with an algorithm this verifier lacks (a browser knows no ML-DSA-44). */
  unchecked: readonly string[];
  /** From a demonstration: the receipt says so (its own word), or the log's name ends in `.invalid`. */
  demo: boolean;
  /** Its own word: the server made the receipt secret, because the signer used no script. */
  serverMadeSecret: boolean;
}>;

/** What a signed promise says. */
export type PromiseFacts = Readonly<{
  origin: string;
  caseNumber: string;
  commitment: string;
  received: string;
  publishBy: string;
  signedBy: readonly string[];
  demo: boolean;
}>;

/** The state of the published log when it was asked; `witnesses` of its checkpoint where a policy was given. */
export type LogFacts = Readonly<{ size: number; root: string; asOf?: string; witnesses?: HeadWitnesses }>;

/** The file is not what it should be: nothing can be said about any signature. */
export type MalformedCode =
  | 'file-too-large'
  | 'not-a-receipt'
  | 'line-ends-changed'
  | 'proof-malformed'
  | 'extra-malformed'
  | 'note-malformed'
  | 'checkpoint-malformed';

/** The file reads well, and proves nothing. */
export type NotProvenCode =
  | 'no-trusted-key'
  | 'unknown-signer'
  | 'bad-signature'
  | 'other-log'
  | 'not-included';

/** The log could not be asked, or its answers do not hold together. */
export type LogFaultCode =
  | 'log-unreachable'
  | 'log-answer-too-large'
  | 'log-bad-checkpoint'
  | 'log-other-origin'
  | 'log-files-wrong';

/** What a file proves by itself and the keys one trusts. */
export type ReceiptVerdict =
  | Readonly<{ code: 'included'; receipt: ReceiptFacts }>
  | Readonly<{ code: 'promised'; promise: PromiseFacts }>
  | Readonly<{ code: MalformedCode | NotProvenCode }>;

/** Where a logged signature stands in the published log. `at` is the entry that decided. */
export type Standing =
  | Readonly<{ code: 'counted' }>
  | Readonly<{ code: 'held' }>
  | Readonly<{ code: 'excluded'; at: number; ground: string }>
  | Readonly<{ code: 'refused'; at: number; reason: string }>;

/** What the file and the published log prove together. */
export type Verdict =
  | ReceiptVerdict
  | (Standing & Readonly<{ receipt: ReceiptFacts; log: LogFacts }>)
  | Readonly<{ code: 'log-behind' | 'log-contradicts-receipt'; receipt: ReceiptFacts; log: LogFacts }>
  | Readonly<{ code: 'promise-kept'; promise: PromiseFacts; log: LogFacts; at: number; standing: Standing }>
  | Readonly<{
      code: 'promise-broken' | 'promise-not-due' | 'promise-undecided';
      promise: PromiseFacts;
      log: LogFacts;
    }>
  | Readonly<{ code: LogFaultCode; detail: string }>;

export type VerdictCode = Verdict['code'];

/** How a verdict is to be felt: what a light, an exit code and a reader in a hurry need. */
export type Tone = 'proven' | 'pending' | 'not-proven' | 'alarm';

/** Exit codes of `lianshu-verify` and the tone of each verdict. */
export const OUTCOMES: Readonly<Record<VerdictCode, Readonly<{ exit: number; tone: Tone }>>> = {
  included: { exit: 0, tone: 'proven' },
  counted: { exit: 0, tone: 'proven' },
  'promise-kept': { exit: 0, tone: 'proven' },
  'no-trusted-key': { exit: 3, tone: 'not-proven' },
  'unknown-signer': { exit: 3, tone: 'not-proven' },
  'bad-signature': { exit: 3, tone: 'not-proven' },
  'other-log': { exit: 3, tone: 'not-proven' },
  'not-included': { exit: 3, tone: 'not-proven' },
  'file-too-large': { exit: 4, tone: 'not-proven' },
  'not-a-receipt': { exit: 4, tone: 'not-proven' },
  'line-ends-changed': { exit: 4, tone: 'not-proven' },
  'proof-malformed': { exit: 4, tone: 'not-proven' },
  'extra-malformed': { exit: 4, tone: 'not-proven' },
  'note-malformed': { exit: 4, tone: 'not-proven' },
  'checkpoint-malformed': { exit: 4, tone: 'not-proven' },
  excluded: { exit: 5, tone: 'alarm' },
  refused: { exit: 5, tone: 'alarm' },
  'promise-broken': { exit: 6, tone: 'alarm' },
  'log-unreachable': { exit: 7, tone: 'not-proven' },
  'log-answer-too-large': { exit: 7, tone: 'not-proven' },
  'log-bad-checkpoint': { exit: 7, tone: 'not-proven' },
  'log-other-origin': { exit: 7, tone: 'not-proven' },
  'log-files-wrong': { exit: 7, tone: 'alarm' },
  'log-contradicts-receipt': { exit: 8, tone: 'alarm' },
  promised: { exit: 9, tone: 'pending' },
  held: { exit: 9, tone: 'pending' },
  'log-behind': { exit: 9, tone: 'pending' },
  'promise-not-due': { exit: 9, tone: 'pending' },
  'promise-undecided': { exit: 9, tone: 'pending' },
};
