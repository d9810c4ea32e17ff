import type { LegalDate } from '../law/index.ts';
import type { Localised } from '../web/index.ts';

/**
 * 公投案 as its entries tell it: pure types and folds, no I/O. A status is derived from recorded entries and
 * their dates; nothing here is ever stored as a column.
 */

export type { Localised };

/** 公投法 §2: 立法原則之創制 · 法律之複決 · 重大政策之創制或複決. */
export type SubjectMatter = 'principle' | 'statute' | 'policy';

/** The problem in plain words, and whose words they are. */
export interface PlainWords {
  readonly author: 'lead-proposer' | 'platform';
  readonly text: Localised;
  /** Present where the lead proposer amended them after filing. The announced text is another thing. */
  readonly amended?: Readonly<{ at: string; why: Localised }>;
}

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
  readonly plainWords?: PlainWords;
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

/** Who may deliver a case, 公民投票法 §§14–16. */
export const DELIVERING_BODIES: Readonly<Record<DeliveringBody, Localised>> = {
  executive: { 'zh-Hant-TW': '行政院', en: 'Executive Yuan' },
  legislature: { 'zh-Hant-TW': '立法院', en: 'Legislative Yuan' },
  president: { 'zh-Hant-TW': '總統', en: 'President' },
};

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

/** A paper by its number and its date. */
export type Paper = Readonly<{ number: string; date: LegalDate }>;

/** What `delivered` says of a case that the executive, the legislature or the president delivered. */
export interface DeliveredBody {
  readonly on: LegalDate;
  readonly route: DeliveringBody;
  readonly document: Paper;
  readonly consent?: Paper;
  readonly subject: Localised;
  readonly subjectMatter: SubjectMatter;
  readonly rulePack: string;
  readonly textDigest: string;
  readonly isInvented?: boolean;
}

export type DeliveringBody = 'executive' | 'legislature' | 'president';

export interface InitiativeFacts {
  readonly caseNumber: string;
  /** Present where the case was delivered: there is no lead proposer, no proposer and no signer. */
  readonly delivered?: DeliveredBody;
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

function amendedWords(body: unknown, at: string): PlainWords {
  const { text, why } = body as Readonly<{
    text: Localised;
    why: Readonly<{ 'zh-Hant-TW': string; en?: string }>;
  }>;
  const { 'zh-Hant-TW': zh, en } = why;
  const told = { 'zh-Hant-TW': zh, en: en === undefined || en === '' ? zh : en };
  return { author: 'lead-proposer', text, amended: { at, why: told } };
}

/** A delivered case as pages list it; who delivered it stands where others name their lead proposer. */
const filedByDelivery = (
  { on, route, subject, subjectMatter, rulePack, isInvented }: DeliveredBody,
  at: string,
): InitiativeFacts['filed'] => ({
  on,
  subject,
  leadProposer: DELIVERING_BODIES[route],
  subjectMatter,
  rulePack,
  origin: 'here',
  ...(isInvented === undefined ? {} : { isInvented }),
  at,
});

/**
 * The period that one `opened` told: as it stands, closures of offices counted, or as an earlier one said it before a
 * correction or a supplement.
 */
export function openedIn(body: unknown, { opened }: Pick<InitiativeFacts, 'opened'>): OpenedBody | undefined {
  const own = body as OpenedBody;
  return opened === undefined || own.collectedOn === opened.collectedOn ? opened : own;
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
    if (kind === 'delivered') {
      const delivered = body as DeliveredBody;
      facts = { caseNumber, delivered, filed: filedByDelivery(delivered, at), versions: [], isClosed: false };
      continue;
    }
    if (!facts) continue;
    if (kind === 'version')
      facts = { ...facts, versions: [...facts.versions, { ...(body as VersionBody), at }] };
    // Opened again for a supplement, after it had closed.
    if (kind === 'opened') facts = { ...facts, opened: body as OpenedBody, isClosed: false };
    if (kind === 'collection' && facts.opened && (body as { mode: string }).mode !== 'code')
      facts = { ...facts, opened: { ...facts.opened, mode: 'paper-and-electronic' } };
    if (kind === 'help-contact')
      facts = { ...facts, filed: { ...facts.filed, helpContact: (body as { text: Localised }).text } };
    if (kind === 'plain-words')
      facts = { ...facts, filed: { ...facts.filed, plainWords: amendedWords(body, at) } };
    if (kind === 'closed') facts = { ...facts, isClosed: true };
    // How a case of this house ended follows from its acts alone, never from a report.
    if (kind === 'decision' && 'outcome' in (body as object) && facts.filed.origin === 'public-reports')
      facts = { ...facts, decision: body as DecisionBody };
    if (kind === 'statistics') facts = { ...facts, statistics: body as StatisticsBody };
  }
  return facts;
}
