import type { CheckReason, Ground } from './check-reasons.ts';

/** 戶政 as this program knows it: rosters go out sealed, and a reason for every row comes back. */

/** Sealed roster records of one roll, with the public entry of each. */
export interface ElectronicRoll {
  readonly caseNumber: string;
  /** `LIANSHU-EXPORT/1`, part `roster`. */
  readonly export: string;
  /** Commitment (base64url) → index of the entry that counts it. */
  readonly entries: ReadonlyMap<string, number>;
  /** Entries that came with a supplement, and the day they are judged on, where it is not the batch's. */
  readonly later?: Readonly<{ entries: readonly number[]; on: string }>;
}

/** One sheet of a paper roster, sealed to the registry when it was typed. */
export interface PaperSheet {
  /** Our number of the row, from 1. */
  readonly row: number;
  readonly caseNumber: string;
  readonly township: string;
  readonly sheet: number;
  /** Day age and residence are judged on, where it is not the batch's. */
  readonly on?: string;
  readonly sealed: Uint8Array;
}

/** The proposers of an abandoned case of the same matter, whom §12 IV bars for two years. */
export interface BarredRoster {
  readonly caseNumber: string;
  readonly electronic: ElectronicRoll | undefined;
  readonly paper: readonly PaperSheet[];
}

/** What is to be checked together: every row of it is answered. */
export interface CheckBatch {
  /** 32 hex digits, chosen at random; the same batch may be sent again. */
  readonly id: string;
  readonly caseNumber: string;
  readonly of: 'proposers' | 'signers';
  /** Reference day of age and residence: 公民投票法 §8. */
  readonly on: string;
  readonly required: number;
  /** The fewest of one reason whose number may be told (the pack's `suppressionK`). */
  readonly least: number;
  readonly electronic: ElectronicRoll | undefined;
  readonly paper: readonly PaperSheet[];
  readonly barred: readonly BarredRoster[];
  /** To whom the list of deleted persons is sealed when they are too few; empty: no list is made. */
  readonly letterTo: readonly string[];
}

/** Totals of rows; `received` = `valid` + the sum of `excluded`. */
export interface CheckTotals {
  readonly received: number;
  readonly valid: number;
  readonly excluded: Partial<Record<Ground, number>>;
}

/** The body of the act `check-result`, with the registry's signed note over it. */
export interface CheckResultBody extends CheckTotals {
  readonly of: 'proposers' | 'signers';
  readonly on: string;
  readonly required: number;
  /** Those of `least` and more, within their ground; exact reasons are in the lead proposer's letter alone. */
  readonly reasons: Partial<Record<CheckReason, number>>;
  /** Hex SHA-256 of the batch as it was sent. */
  readonly batch: string;
  /** The electronic part, and the digest of which entries are deleted on which ground. */
  readonly electronic: CheckTotals & { readonly voids: string };
  readonly proof: string;
}

/** A result that was judged: every row answered once, sums right, signed by the registry. */
export interface CheckedBatch {
  readonly body: CheckResultBody;
  /** Deleted electronic rows: index of the entry, and the statutory ground, which the record tells. */
  readonly voids: readonly Readonly<{ index: number; ground: Ground }>[];
  /** Deleted paper rows by our row number; why is for the lead proposer alone (施行細則 §9). */
  readonly paper: readonly number[];
  /** 刪除提案人及理由, sealed to the lead proposer: an age file nobody here can open. */
  readonly letter: Uint8Array | undefined;
}

/**
 * Why nothing can be used. `unreachable` no answer, or none in time · `malformed` · `other-batch` · `partial` a row
 * without answer · `foreign-row` an answer nobody asked for · `reason-unknown` · `sum-wrong` · `voids-differ` the
 * rows are not those that were signed · `proof-wrong` · `unreadable` the registry cannot open a row · `unknown-check` ·
 * `not-connected` this house was given no registry.
 */
export type RegistryFault =
  | 'unreachable'
  | 'malformed'
  | 'other-batch'
  | 'partial'
  | 'foreign-row'
  | 'reason-unknown'
  | 'sum-wrong'
  | 'voids-differ'
  | 'proof-wrong'
  | 'unreadable'
  | 'unknown-check'
  | 'not-connected';

type Failed = Readonly<{ ok: false; fault: RegistryFault }>;

/** How far a batch is. */
export type CheckProgress =
  | Failed
  | Readonly<{ ok: true; state: 'working'; done: number; of: number }>
  | Readonly<{ ok: true; state: 'finished'; checked: CheckedBatch }>;

/** The port. Nothing here throws for what the other side does. */
export interface Registry {
  /** The public key to which paper proposers of a draft or case are sealed, vouched for by the registry. */
  recipientFor(caseNumber: string): Promise<Readonly<{ ok: true; recipient: string }> | Failed>;
  /** Sends a batch's bytes (`batchBytes`) under its id; sending the same again is harmless. */
  send(id: string, body: Uint8Array): Promise<Readonly<{ ok: true }> | Failed>;
  /** Asks for the result of what was sent. */
  ask(sent: SentBatch): Promise<CheckProgress>;
}

/** What must be remembered of a batch to judge its answer. */
export interface SentBatch {
  readonly id: string;
  readonly caseNumber: string;
  readonly of: 'proposers' | 'signers';
  readonly required: number;
  readonly least: number;
  /** Hex SHA-256 of its bytes. */
  readonly digest: string;
  /** Index of the entry of every electronic row, and our number of every paper row. */
  readonly entries: readonly number[];
  readonly paper: readonly number[];
}

const NOT_CONNECTED = { ok: false, fault: 'not-connected' } as const;

/** Of a house that was given no registry: every question has the same answer. */
export const noRegistry: Registry = {
  recipientFor: () => Promise.resolve(NOT_CONNECTED),
  send: () => Promise.resolve(NOT_CONNECTED),
  ask: () => Promise.resolve(NOT_CONNECTED),
};
