/**
 * Acts of one case, each with the exact shape of its body: what the Commission, the registry and the lead proposer
 * did, in the order of the law. See `entry-kinds.ts`.
 */
import {
  byMember,
  exactly,
  flag,
  listOf,
  mapOf,
  oneOf,
  optional,
  type Shape,
  text,
  textOf,
  whole,
  withOrWithout,
} from './json-shape.ts';

/** A day of the calendar that exists. */
export const day: Shape = (value, at = '') => {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const ms = isDay ? Date.parse(`${value}T00:00:00Z`) : Number.NaN;
  return !Number.isNaN(ms) && new Date(ms).toISOString().slice(0, 10) === value ? undefined : at;
};
const httpsUrl: Shape = (value, at = '') =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:' ? undefined : at;

const hex = text(/^[0-9a-f]{64}$/);
const draft = text(/^D[0-9]{5}$/);
const count = whole(0);
const some = whole(1);
const filled = textOf(1, 65_535);
const chinese = textOf(1, 8_000);
const localised = exactly({ 'zh-Hant-TW': filled, en: filled });
const source = exactly({ label: text(), href: httpsUrl });
const translation = exactly({ mainText: text(), reasons: listOf(text()) });
const reasons = exactly({ 'zh-Hant-TW': chinese, en: optional(textOf(0, 8_000)) });
const ground = oneOf('matter', 'wording', 'indigenous-or-multiple', 'frozen-matter', 'unclear-intent');
const of = oneOf('proposers', 'signers');

/** A source that can be opened: its name and its address. */
const linked = exactly({ label: textOf(1, 200), href: httpsUrl });
const meeting = exactly({ number: textOf(1, 40), date: day });

const outcome = exactly({
  outcome: oneOf(
    'inadmissible',
    'rejected',
    'withdrawn',
    'deemed-abandoned',
    'not-established',
    'established',
    'stopped',
    'unconfirmed',
  ),
  on: day,
  consequence: localised,
  article: optional(localised),
  source: optional(source),
});

const decided = exactly({
  decides: oneOf(
    'accepted',
    'inadmissible',
    'correction',
    'conforming',
    'rejected',
    'established',
    'not-established',
  ),
  on: day,
  grounds: optional(listOf(exactly({ ground, reasons }))),
  reasons: optional(reasons),
  meeting: optional(meeting),
  number: optional(some),
});

const opinionText = (step: string): Shape =>
  exactly({ step: oneOf(step), on: day, agency: textOf(2, 60), textDigest: hex, characters: count });

/** The grounds of exclusion, Act §13 II and §12 III; their totals allow that many `void` entries and no more. */
const EXCLUSIONS = /^(not-qualified|name-id-or-address|unsigned|forged|barred-proposer|duplicate)$/;

/** Why the registry deleted, more exactly than by ground. */
const REASONS =
  /^(AGE|RESIDENCE|GUARDIANSHIP|NOT_NATIONAL|DECEASED|NAME_OR_ID_ERROR|ADDRESS_ERROR|UNSIGNED|FORGED|DUPLICATE_SAME_MEDIUM|DUPLICATE_PAPER_VS_E|BARRED_PROPOSER)$/;

const excluded = mapOf(EXCLUSIONS, count);

/** The registry's signed word, as a note over the act without it (`act-proof.ts`). */
const proof = optional(chinese);

/** A paper by its number and date. */
const paper = exactly({ number: textOf(1, 80), date: day });

const encoded = text(/^[A-Za-z0-9_-]{1,4000}$/);

/** Bodies by kind. */
export const CASE_ACTS: Readonly<Record<string, Shape>> = {
  'initiative-filed': exactly({
    on: optional(day),
    subject: localised,
    leadProposer: localised,
    subjectMatter: oneOf('principle', 'statute', 'policy'),
    rulePack: text(),
    origin: oneOf('here', 'public-reports'),
    isInvented: optional(flag),
    plainWords: optional(exactly({ author: oneOf('lead-proposer', 'platform'), text: localised })),
    helpContact: optional(localised),
    proposal: optional(exactly({ draft, electronic: count, paper: count })),
    onPaper: optional(exactly({ textDigest: hex, proposers: count })),
  }),
  delivered: exactly({
    on: day,
    route: oneOf('executive', 'legislature', 'president'),
    document: paper,
    consent: optional(paper),
    subject: localised,
    subjectMatter: oneOf('principle', 'statute', 'policy'),
    rulePack: text(),
    textDigest: hex,
    isInvented: optional(flag),
  }),
  version: exactly({
    on: optional(day),
    version: some,
    textDigest: hex,
    translation: optional(translation),
  }),
  opened: exactly({
    collectedOn: day,
    firstDay: day,
    lastDay: day,
    threshold: some,
    electors: some,
    mode: oneOf('electronic', 'paper-and-electronic'),
  }),
  closed: exactly({ lastDay: optional(day) }),
  decision: withOrWithout('decides', decided, outcome),
  statistics: exactly({
    series: listOf(exactly({ on: day, value: count, qualifier: optional(oneOf('<', '>', '≈')), source })),
  }),
  hearing: byMember('step', {
    notified: exactly({
      step: oneOf('notified'),
      on: day,
      hearingOn: day,
      hour: optional(text(/^([01]\d|2[0-3]):[0-5]\d$/)),
      place: chinese,
      parties: optional(listOf(textOf(2, 80))),
      interested: optional(listOf(textOf(2, 80))),
      matter: optional(chinese),
      rights: optional(chinese),
      absence: optional(chinese),
    }),
    held: exactly({
      step: oneOf('held'),
      on: day,
      disputedFacts: listOf(exactly({ fact: chinese, settled: chinese })),
      recordings: listOf(httpsUrl),
      summary: optional(chinese),
    }),
  }),
  correction: exactly({ on: day, version: some, textDigest: hex }),
  'check-request': exactly({
    of,
    on: day,
    sent: count,
    barred: optional(listOf(text(/^[0-9]{4,6}$/))),
    letter: optional(hex),
  }),
  'check-result': exactly({
    of,
    on: day,
    received: count,
    valid: count,
    required: some,
    excluded,
    reasons: optional(mapOf(REASONS, count)),
    batch: optional(hex),
    electronic: optional(exactly({ received: count, valid: count, excluded, voids: hex })),
    proof,
  }),
  supplement: exactly({ of, step: oneOf('ordered', 'filed'), on: day }),
  opinion: byMember('step', {
    requested: exactly({ step: oneOf('requested'), on: day, agency: textOf(2, 60) }),
    received: opinionText('received'),
    amended: opinionText('amended'),
  }),
  'notice-to-collect': exactly({ on: day }),
  collection: exactly({ on: day, mode: oneOf('paper', 'code', 'both') }),
  affidavit: byMember('step', {
    signed: exactly({ step: oneOf('signed'), on: day, textDigest: hex, statementDigest: hex }),
    'handed-in': exactly({ step: oneOf('handed-in'), on: day }),
  }),
  'access-code': exactly({ step: oneOf('issued', 'ended'), on: day }),
  'help-contact': exactly({ text: exactly({ 'zh-Hant-TW': textOf(1, 500), en: textOf(1, 500) }) }),
  'plain-words': exactly({
    text: exactly({ 'zh-Hant-TW': textOf(1, 2_000), en: textOf(1, 4_000) }),
    why: exactly({ 'zh-Hant-TW': textOf(1, 500), en: optional(textOf(0, 500)) }),
  }),
  'signing-address': exactly({ on: day }),
  'roster-filed': exactly({ on: day }),
  'raw-count': exactly({
    on: day,
    electronic: count,
    paper: count,
    required: some,
    isBound: flag,
    meeting: optional(meeting),
  }),
  withdrawal: exactly({ on: day, agreeing: count, proposers: some }),
  stop: exactly({ on: day, notice: chinese }),
  'purpose-notice': exactly({ on: day, summary: reasons, source: linked }),
  retraction: exactly({ on: day }),
  suspension: exactly({ step: oneOf('begun', 'ended'), on: day, court: textOf(2, 60) }),
  vote: byMember('step', {
    announced: exactly({ step: oneOf('announced'), on: day, vote: day }),
    held: exactly({ step: oneOf('held'), on: day }),
    result: exactly({
      step: oneOf('result'),
      on: day,
      yes: count,
      no: count,
      invalid: count,
      electors: count,
      passed: flag,
    }),
  }),
  // Of a draft that collects proposers, before there is a case.
  'proposal-opened': exactly({
    subject: localised,
    leadProposer: localised,
    subjectMatter: oneOf('principle', 'statute', 'policy'),
    rulePack: text(),
    allowedBy: localised,
    textDigest: hex,
    translation: optional(translation),
    firstDay: day,
    lastDay: day,
    threshold: some,
    electors: some,
    isInvented: optional(flag),
    plainWords: optional(exactly({ author: oneOf('lead-proposer', 'platform'), text: localised })),
    helpContact: optional(localised),
  }),
  'proposal-closed': byMember('outcome', {
    filed: exactly({ outcome: oneOf('filed'), case: text(/^[0-9]{4,6}$/) }),
    withdrawn: exactly({ outcome: oneOf('withdrawn') }),
    expired: exactly({ outcome: oneOf('expired') }),
    supplemented: exactly({ outcome: oneOf('supplemented'), case: text(/^[0-9]{4,6}$/) }),
    lapsed: exactly({ outcome: oneOf('lapsed'), case: text(/^[0-9]{4,6}$/) }),
  }),
  'proposal-reopened': exactly({
    case: text(/^[0-9]{4,6}$/),
    allowedBy: localised,
    firstDay: day,
    lastDay: day,
    threshold: some,
  }),
  'paper-proposers': exactly({
    on: day,
    count,
    includesLead: flag,
    townships: optional(mapOf(/^[0-9]{8}$/, some)),
    sheets: optional(hex),
  }),
  // Designed, and written by no server yet.
  'paper-batch': exactly({
    act: oneOf('joint-signature', 'proposal-signature'),
    townships: mapOf(/^\d{8}$/, count),
    proof,
  }),
  destruction: exactly({ on: day, proof }),
};

/** Of one case or of none: what the Commission announces, and the approvals of what it enters. */
export const EITHER_ACTS: Readonly<Record<string, Shape>> = {
  announcement: exactly({
    on: day,
    title: exactly({ 'zh-Hant-TW': textOf(1, 200), en: optional(textOf(0, 200)) }),
    text: reasons,
    article: textOf(1, 200),
  }),
  approval: exactly({
    action: hex,
    nonce: text(/^[A-Za-z0-9_-]{22}$/),
    approvals: listOf(
      exactly({ key: hex, clientDataJSON: encoded, authenticatorData: encoded, signature: encoded }),
      2,
    ),
  }),
};

/** What the Commission enters of no case: what of the platform is on, and on which day offices were closed. */
export const OFFICE_ACTS: Readonly<Record<string, Shape>> = {
  switch: exactly({
    name: oneOf('electronic-proposal', 'mobile-certificate', 'reflection-period'),
    state: oneOf('on', 'off'),
    minutes: optional(some),
    from: day,
    status: oneOf('cited', 'project-default', 'demonstration'),
    citation: textOf(1, 200),
  }),
  closure: exactly({ day, place: textOf(2, 60), source: linked }),
  'election-day': exactly({
    on: day,
    day,
    election: exactly({ 'zh-Hant-TW': textOf(2, 100), en: textOf(2, 100) }),
    source: linked,
  }),
};
