import type { LegalDate } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/**
 * 公投案 as its entries tell it: pure types and folds, no I/O. A status is derived from recorded entries and
 * their dates; nothing here is ever stored as a column.
 */

export type { Localised };

/** 公投法 §2: 立法原則之創制 · 法律之複決 · 重大政策之創制或複決. */
export type SubjectMatter = 'principle' | 'statute' | 'policy';

/** What `initiative-filed` says of a case. The lead proposer is the only person a public entry names. */
export interface FiledBody {
  /** The day it was filed, where that is not the day of the entry. */
  readonly on?: LegalDate;
  readonly subject: Localised;
  readonly leadProposer: Localised;
  readonly subjectMatter: SubjectMatter;
  readonly rulePack: string;
  /** Whose signatures are these: ours, or a case that ran elsewhere and is told from public reports? */
  readonly origin: 'here' | 'public-reports';
  /** True where the text was invented for the demonstration. */
  readonly isInvented?: boolean;
  /** The problem in plain words, marked with whose words they are. */
  readonly plainWords?: Readonly<{ author: 'lead-proposer' | 'platform'; text: Localised }>;
  /** Public contact for signers; the lead proposer owes them help (電子連署及查對作業辦法 §4). */
  readonly helpContact?: Localised;
  /** The draft 草案 whose proposers it is filed with, and how many signed it on each way. */
  readonly proposal?: Readonly<{ draft: string; electronic: number; paper: number }>;
  /** Filed on paper, and entered by officers. */
  readonly onPaper?: Readonly<{ textDigest: string; proposers: number }>;
}

export interface VersionBody {
  /** The day it was announced, where that is not the day of the entry. */
  readonly on?: LegalDate;
  readonly version: number;
  readonly textDigest: string;
  /** For information only; the Chinese text is what is signed. */
  readonly translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
}

export interface OpenedBody {
  /** Day of the earliest collection; the period begins on the day after it. */
  readonly collectedOn: LegalDate;
  readonly firstDay: LegalDate;
  readonly lastDay: LegalDate;
  readonly threshold: number;
  readonly electors: number;
  readonly mode: 'electronic' | 'paper-and-electronic';
}

/** Terminal outcomes, law.md §3.1. */
export type Outcome =
  | 'inadmissible'
  | 'rejected'
  | 'withdrawn'
  | 'deemed-abandoned'
  | 'not-established'
  | 'established'
  | 'stopped'
  | 'unconfirmed';

export interface Source {
  readonly label: string;
  readonly href: string;
}

export interface DecisionBody {
  readonly outcome: Outcome;
  readonly on: LegalDate;
  readonly consequence: Localised;
  readonly article?: Localised;
  readonly source?: Source;
}

/** A number somebody else published; never part of our own count. */
export interface StatisticsBody {
  readonly series: readonly Readonly<{
    on: LegalDate;
    value: number;
    qualifier?: '<' | '>' | '≈';
    source: Source;
  }>[];
}

export interface InitiativeFacts {
  readonly caseNumber: string;
  readonly filed: FiledBody & { readonly at: string };
  readonly versions: readonly (VersionBody & { readonly at: string })[];
  readonly opened?: OpenedBody;
  readonly isClosed: boolean;
  readonly decision?: DecisionBody;
  readonly statistics?: StatisticsBody;
}

/** One act as it stands in the record; bodies were checked against their schema when they were entered. */
export interface RecordedAct {
  /** Position in the log; undefined while the act waits for the sequencer. */
  readonly index?: number | undefined;
  readonly kind: string;
  readonly at: string;
  readonly basis: string;
  readonly body: unknown;
  /** Index of the entry this one replaces. */
  readonly replaces?: number | undefined;
  /** What was wrong with that one. */
  readonly why?: Readonly<{ 'zh-Hant-TW': string; en?: string | undefined }> | undefined;
}

/** Folds the acts of one case, oldest first. Undefined when it was never filed. */
export function foldInitiative(
  caseNumber: string,
  acts: readonly RecordedAct[],
): InitiativeFacts | undefined {
  let facts: InitiativeFacts | undefined;
  for (const { kind, at, body } of acts) {
    if (kind === 'initiative-filed') {
      facts = { caseNumber, filed: { ...(body as FiledBody), at }, versions: [], isClosed: false };
      continue;
    }
    if (!facts) continue;
    if (kind === 'version')
      facts = { ...facts, versions: [...facts.versions, { ...(body as VersionBody), at }] };
    if (kind === 'opened') facts = { ...facts, opened: body as OpenedBody };
    if (kind === 'collection' && facts.opened && (body as { mode: string }).mode !== 'code')
      facts = { ...facts, opened: { ...facts.opened, mode: 'paper-and-electronic' } };
    if (kind === 'help-contact')
      facts = { ...facts, filed: { ...facts.filed, helpContact: (body as { text: Localised }).text } };
    if (kind === 'closed') facts = { ...facts, isClosed: true };
    // How a case of this house ended follows from its acts alone, never from a report.
    if (kind === 'decision' && 'outcome' in (body as object) && facts.filed.origin === 'public-reports')
      facts = { ...facts, decision: body as DecisionBody };
    if (kind === 'statistics') facts = { ...facts, statistics: body as StatisticsBody };
  }
  return facts;
}
