/**
 * 公文: which acts of a case this desk enters, as which entry of the record, and which members of its body a person
 * fills in. What a lead proposer does on paper is recorded here in their capacity; what the registry does is not here.
 */
import type { Capacity } from '../law/index.ts';
import { BUILT_SWITCHES } from '../switches/index.ts';
import type { DeskKind } from './desk-rules.ts';

export interface DeskAct {
  /** Kind of the entry. */
  readonly entry: string;
  /** Members that are what they are for this act. */
  readonly fixed: Readonly<Record<string, string>>;
  /** Members that a person fills in, in the order of the form. */
  readonly members: readonly string[];
  /** Members without which this act says nothing, though the entry's shape allows that. */
  readonly required: readonly string[];
  /** Whose act it is, where the desk only records it: the legislature's notice, a court's order. */
  readonly capacity?: Capacity;
  /** The member that says whose act it is, where the form asks for that. */
  readonly capacityIn?: 'route';
  /** Of a closed list only these are offered; the others mean nothing here yet. */
  readonly offered?: Readonly<Record<string, readonly string[]>>;
  /** A longer text is filed here; the entry names its digest: an opinion in three parts, or question and reasons. */
  readonly text?: 'opinion' | 'proposal';
}

const decision = (decides: string, members: readonly string[], required: readonly string[]): DeskAct => ({
  entry: 'decision',
  fixed: { decides },
  members: ['on', ...members, 'meeting'],
  required,
});

const sent = (of: string): DeskAct => ({
  entry: 'check-request',
  fixed: { of },
  members: ['on', 'sent'],
  required: [],
});
const ordered = (of: string): DeskAct => ({
  entry: 'supplement',
  fixed: { of, step: 'ordered' },
  members: ['on'],
  required: [],
});
const step = (entry: string, name: string, members: readonly string[], capacity?: Capacity): DeskAct => ({
  entry,
  fixed: { step: name },
  members: ['on', ...members],
  required: [],
  ...(capacity === undefined ? {} : { capacity }),
});

/** By the law's name of the act. */
export const DESK_ACTS: Readonly<Partial<Record<DeskKind, DeskAct>>> = {
  accepted: { entry: 'decision', fixed: { decides: 'accepted' }, members: ['on', 'reasons'], required: [] },
  'refused-inadmissible': decision('inadmissible', ['reasons'], ['reasons']),
  'hearing-notified': {
    ...step('hearing', 'notified', [
      'hearingOn',
      'hour',
      'place',
      'matter',
      'parties',
      'interested',
      'rights',
      'absence',
    ]),
    required: ['matter', 'parties', 'rights', 'absence'],
  },
  'hearing-held': {
    ...step('hearing', 'held', ['summary', 'disputedFacts', 'recordings']),
    required: ['disputedFacts'],
  },
  'correction-ordered': decision('correction', ['grounds'], ['grounds']),
  'found-conforming': decision('conforming', ['reasons'], []),
  rejected: decision('rejected', ['grounds', 'reasons'], ['reasons']),
  'proposers-sent': sent('proposers'),
  'proposer-supplement-ordered': ordered('proposers'),
  'opinion-requested': step('opinion', 'requested', ['agency']),
  'opinion-received': { ...step('opinion', 'received', ['agency'], 'agency'), text: 'opinion' },
  'opinion-amended': { ...step('opinion', 'amended', ['agency'], 'agency'), text: 'opinion' },
  'notified-to-collect': { entry: 'notice-to-collect', fixed: {}, members: ['on'], required: [] },
  'raw-counted': {
    entry: 'raw-count',
    fixed: {},
    members: ['on', 'electronic', 'paper', 'required', 'isBound', 'meeting'],
    required: [],
  },
  'signers-sent': sent('signers'),
  'supplement-ordered': ordered('signers'),
  established: decision('established', ['number', 'reasons'], ['number']),
  'not-established': decision('not-established', ['reasons'], ['reasons']),
  'vote-announced': step('vote', 'announced', ['vote']),
  'vote-held': step('vote', 'held', []),
  'result-announced': step('vote', 'result', ['yes', 'no', 'invalid', 'electors', 'passed']),
  stopped: { entry: 'stop', fixed: {}, members: ['on', 'notice'], required: [], capacity: 'legislature' },
  suspended: step('suspension', 'begun', ['court'], 'court'),
  resumed: step('suspension', 'ended', ['court'], 'court'),
  corrected: {
    entry: 'correction',
    fixed: {},
    members: ['on'],
    required: [],
    capacity: 'lead-proposer',
    text: 'proposal',
  },
  'proposer-supplement-filed': {
    entry: 'supplement',
    fixed: { of: 'proposers', step: 'filed' },
    members: ['on'],
    required: [],
    capacity: 'lead-proposer',
  },
  withdrawn: {
    entry: 'withdrawal',
    fixed: {},
    members: ['on', 'agreeing', 'proposers'],
    required: [],
    capacity: 'lead-proposer',
  },
  'applied-for-system': { entry: 'affidavit', fixed: { step: 'handed-in' }, members: ['on'], required: [] },
  'code-ended': { entry: 'access-code', fixed: { step: 'ended' }, members: ['on'], required: [] },
  collected: {
    entry: 'collection',
    fixed: { mode: 'paper' },
    members: ['on'],
    required: [],
    capacity: 'lead-proposer',
  },
  'collection-correction': {
    entry: 'collection',
    fixed: {},
    members: ['on', 'mode'],
    required: [],
    capacity: 'lead-proposer',
  },
  'purpose-notice': {
    entry: 'purpose-notice',
    fixed: {},
    members: ['on', 'summary', 'source'],
    required: [],
  },
  retraction: { entry: 'retraction', fixed: {}, members: ['on'], required: [] },
  announcement: {
    entry: 'announcement',
    fixed: {},
    members: ['on', 'article', 'title', 'text'],
    required: [],
  },
  switch: {
    entry: 'switch',
    fixed: {},
    members: ['name', 'state', 'from', 'status', 'citation'],
    required: [],
    offered: { name: BUILT_SWITCHES },
  },
  'election-day': {
    entry: 'election-day',
    fixed: {},
    members: ['on', 'day', 'election', 'source'],
    required: [],
  },
  closure: { entry: 'closure', fixed: {}, members: ['day', 'place', 'source'], required: [] },
  delivered: {
    entry: 'delivered',
    fixed: {},
    members: ['on', 'route', 'document', 'consent', 'subject', 'subjectMatter'],
    required: [],
    capacityIn: 'route',
    text: 'proposal',
  },
  'paper-filing': {
    entry: 'initiative-filed',
    fixed: { origin: 'here' },
    members: ['on', 'subject', 'leadProposer', 'subjectMatter', 'onPaper.proposers'],
    required: ['on'],
    capacity: 'lead-proposer',
    text: 'proposal',
  },
  'paper-proposers': {
    entry: 'paper-proposers',
    fixed: {},
    members: ['on', 'count', 'includesLead'],
    required: [],
  },
};

/** By which form an entry of this desk, or of a lead proposer, is corrected. */
export const mendedBy = (act: Readonly<{ kind: string; body: unknown }>): DeskKind | undefined =>
  act.kind === 'collection' ? 'collection-correction' : deskKindOf(act);

/** Which act of the law an entry of this desk is; undefined for one that this desk never makes. */
export function deskKindOf(act: Readonly<{ kind: string; body: unknown }>): DeskKind | undefined {
  const body = (act.body ?? {}) as Readonly<Record<string, unknown>>;
  const kinds = Object.keys(DESK_ACTS) as DeskKind[];
  return kinds.find((kind) => {
    const desk = DESK_ACTS[kind];
    return (
      desk?.entry === act.kind && Object.entries(desk.fixed).every(([name, value]) => body[name] === value)
    );
  });
}
