import type { JsonValue } from '@lianshu/statement';
import { sampleAct } from '../../../packages/verify/src/sample-record.ts';
import { longCourse } from './mutate-record.ts';

const both = { 'zh-Hant-TW': '案', en: 'case' };
const hex = '0f'.repeat(32);
const on = '2026-11-20';
const meeting = { number: '601', date: on };
const source = { label: 'A notice', href: 'https://example.org/notice?n=1#top' };
const of = 'signers';

/** Bodies of acts of no case, by kind: each member at least once. */
const PLATFORM: Readonly<Record<string, readonly JsonValue[]>> = {
  policy: [
    { rulePacks: ['tw@1'], release: '1.0', sbomSha256: hex, demonstration: true },
    { rulePacks: [], release: '' },
  ],
  'key-event': [
    { event: 'created', purpose: 'log', publicKey: 'k', sha256: hex, case: '9901' },
    {
      event: 'in-use',
      purpose: 'log',
      origin: 'new.invalid/log',
      keys: ['k'],
      former: { origin: 'old.invalid', size: 3, root: 'r', checkpoint: 'c', witnessed: 'w' },
    },
    { event: 'replaced', purpose: 'log', successor: { origin: 'new.invalid', keys: ['a', 'b', 'c', 'd'] } },
  ],
  day: [{ date: on }],
  incident: [{ summary: both, since: on, cases: ['9901', '990102'] }, { summary: both }],
  switch: [
    { name: 'reflection-period', state: 'on', minutes: 10, from: on, status: 'cited', citation: '§9' },
    { name: 'electronic-proposal', state: 'off', from: on, status: 'demonstration', citation: '示範' },
  ],
  closure: [{ day: on, place: '臺北市', source }],
  'election-day': [
    { on, day: on, election: { 'zh-Hant-TW': '總統選舉', en: 'Presidential election' }, source },
  ],
};

const announced = { on, title: both, text: { 'zh-Hant-TW': '公告', en: '' }, article: '公民投票法 §13 III' };

const vote = { yes: 7, no: 3, invalid: 0, electors: 20, passed: false };
const opinion = { on, agency: '主計總處', textDigest: hex, characters: 12 };
const reasons = { 'zh-Hant-TW': '理由', en: '' };

/** Bodies of acts of one case, by kind. */
const OF_CASE: Readonly<Record<string, readonly JsonValue[]>> = {
  'initiative-filed': [
    {
      on,
      subject: both,
      leadProposer: both,
      subjectMatter: 'statute',
      rulePack: 'tw',
      origin: 'public-reports',
      isInvented: true,
      plainWords: { author: 'platform', text: both },
      helpContact: both,
      onPaper: { textDigest: hex, proposers: 1955 },
    },
  ],
  delivered: [
    {
      on,
      route: 'executive',
      document: { number: '院臺字第1號', date: on },
      consent: { number: '立院字第1號', date: on },
      subject: both,
      subjectMatter: 'policy',
      rulePack: 'tw',
      textDigest: hex,
      isInvented: true,
    },
    {
      on,
      route: 'president',
      document: { number: '1', date: on },
      subject: both,
      subjectMatter: 'policy',
      rulePack: 'tw',
      textDigest: hex,
    },
  ],
  version: [{ on, version: 1, textDigest: hex, translation: { mainText: 't', reasons: ['r'] } }],
  opened: [
    { collectedOn: on, firstDay: on, lastDay: on, threshold: 1, electors: 9, mode: 'paper-and-electronic' },
  ],
  closed: [{ lastDay: on }, {}],
  decision: [
    { outcome: 'withdrawn', on, consequence: both, article: both, source },
    { decides: 'accepted', on, grounds: [{ ground: 'matter', reasons }], reasons, meeting, number: 1 },
  ],
  statistics: [{ series: [{ on, value: 0, qualifier: '≈', source }] }, { series: [] }],
  hearing: [
    { step: 'notified', on, hearingOn: on, place: '臺北' },
    {
      step: 'notified',
      on,
      hearingOn: on,
      hour: '14:30',
      place: '臺北',
      parties: ['領銜人'],
      interested: ['交通部'],
      matter: '爭點',
      rights: '得陳述意見',
      absence: '得不待陳述逕行決定',
    },
    {
      step: 'held',
      on,
      disputedFacts: [{ fact: '甲', settled: '乙' }],
      recordings: ['https://example.org'],
      summary: '要旨',
    },
  ],
  correction: [{ on, version: 2, textDigest: hex }],
  'check-request': [
    { of, on, sent: 0 },
    { of: 'proposers', on, sent: 9, barred: [] },
    { of: 'proposers', on, sent: 9, barred: ['9904'] },
    { of: 'proposers', on, sent: 9, letter: 'ab'.repeat(32) },
  ],
  'check-result': [
    { of, on, received: 9, valid: 8, required: 5, excluded: { forged: 1, duplicate: 0 }, proof: 'note' },
    { of, on, received: 9, valid: 9, required: 5, excluded: {} },
    {
      of,
      on,
      received: 9,
      valid: 8,
      required: 5,
      excluded: { 'not-qualified': 1 },
      reasons: { AGE: 1 },
      batch: hex,
      electronic: { received: 4, valid: 3, excluded: { 'not-qualified': 1 }, voids: hex },
      proof: 'note',
    },
  ],
  supplement: [{ of, step: 'ordered', on }],
  opinion: [
    { step: 'requested', on, agency: '主計總處' },
    { step: 'received', ...opinion },
    { step: 'amended', ...opinion },
  ],
  'notice-to-collect': [{ on }],
  collection: [{ on, mode: 'both' }],
  affidavit: [
    { step: 'signed', on, textDigest: hex, statementDigest: hex },
    { step: 'handed-in', on },
  ],
  'access-code': [
    { step: 'issued', on },
    { step: 'ended', on },
  ],
  'help-contact': [{ text: both }],
  'plain-words': [
    { text: both, why: { 'zh-Hant-TW': '錯字', en: 'a typing mistake' } },
    { text: both, why: { 'zh-Hant-TW': '錯字' } },
  ],
  'signing-address': [{ on }],
  'roster-filed': [{ on }],
  'raw-count': [{ on, electronic: 5, paper: 0, required: 1, isBound: true, meeting }],
  withdrawal: [{ on, agreeing: 1, proposers: 2 }],
  stop: [{ on, notice: '停止' }],
  'purpose-notice': [{ on, summary: reasons, source }],
  retraction: [{ on }],
  suspension: [{ step: 'begun', on, court: '最高行政法院' }],
  vote: [
    { step: 'announced', on, vote: on },
    { step: 'held', on },
    { step: 'result', on, ...vote },
  ],
  'proposal-opened': [
    {
      subject: both,
      leadProposer: both,
      subjectMatter: 'policy',
      rulePack: 'tw',
      allowedBy: both,
      textDigest: hex,
      translation: { mainText: 't', reasons: ['r'] },
      firstDay: on,
      lastDay: on,
      threshold: 1,
      electors: 9,
      isInvented: true,
      plainWords: { author: 'lead-proposer', text: both },
      helpContact: both,
    },
  ],
  'proposal-closed': [
    { outcome: 'filed', case: '9901' },
    { outcome: 'withdrawn' },
    { outcome: 'expired' },
    { outcome: 'supplemented', case: '9901' },
    { outcome: 'lapsed', case: '9901' },
  ],
  'proposal-reopened': [{ case: '9901', allowedBy: both, firstDay: on, lastDay: on, threshold: 5 }],
  'paper-proposers': [
    { on, count: 3, includesLead: true },
    { on, count: 30, includesLead: false, townships: { '63000010': 12 }, sheets: hex },
  ],
  'paper-batch': [{ act: 'joint-signature', townships: { '63000010': 1 }, proof: 'p' }],
  destruction: [{ on, proof: 'p' }],
};

const approved = {
  approval: [
    {
      action: hex,
      nonce: 'A'.repeat(22),
      approvals: ['a', 'b'].map((part) => {
        return { key: hex, clientDataJSON: part, authenticatorData: part, signature: part };
      }),
    },
  ],
};

const acts = (bodies: typeof OF_CASE, caseNumber?: string): readonly JsonValue[] =>
  Object.entries(bodies).flatMap(([kind, each]) =>
    each.map((body) => sampleAct(kind, '2026-11-21T09:00:00', body, caseNumber)),
  );

/** A good entry of every kind, in every one of its forms; acts that replace another too. */
export const kindSpecimens: readonly JsonValue[] = [
  ...longCourse(0),
  ...acts(PLATFORM),
  ...acts(OF_CASE, '9901'),
  ...acts({ announcement: [announced, { ...announced, title: { 'zh-Hant-TW': '告' } }] }),
  ...acts({ announcement: [announced], ...approved }, '9901'),
  ...acts(approved),
  { ...sampleAct('day', '2026-11-21T09:00:00', { date: on }), replaces: 0 },
  { ...sampleAct('day', '2026-11-21T09:00:00', { date: on }), replaces: 0, why: { 'zh-Hant-TW': '誤植' } },
  {
    case: 'D00001',
    commitment: 'A'.repeat(43),
    kind: 'proposal-signature',
    tag: 'B'.repeat(42).concat('A'),
    v: 1,
  },
];
