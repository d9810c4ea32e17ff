/**
 * The kinds of entry a verifier knows, each with its exact shape (trust.md §1, "Entries"). Written here a second
 * time, apart from the server's own table: a kind or a member that the server adds without telling its readers is
 * a fault to them, not an oversight to pass over.
 */
import {
  exactly,
  flag,
  listOf,
  mapOf,
  oneOf,
  optional,
  present,
  type Shape,
  text,
  textOf,
  whole,
} from './json-shape.ts';

/** What must hold of `body`, and whether the act is of one case or of none. */
export type ActShape = Readonly<{ ofCase: boolean; body: Shape }>;

export const CASE = /^[0-9]{4,6}$/;
/** 32 bytes, base64url without padding: the last character's unused bits are zero. */
const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const NAME = /^[a-z][a-z-]{0,39}$/;
/** A log's name, as checkpoints begin with it. */
const LOG_NAME = /^[a-z0-9.-]+(\/[a-z0-9.-]+)*$/;
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

const caseNumber = text(CASE);
const digest = text(DIGEST);
const act = oneOf('joint-signature', 'proposal-signature');
const v = oneOf(1);

/** The numerous kinds: no time, place or method. `settled` depends on its outcome. */
export const COMPACT_SHAPES: ReadonlyMap<string, Shape> = new Map([
  ...['joint-signature', 'proposal-signature'].map(
    (kind) =>
      [kind, exactly({ case: caseNumber, commitment: digest, kind: oneOf(kind), tag: digest, v })] as const,
  ),
  ['held', exactly({ act, case: caseNumber, commitment: digest, kind: oneOf('held'), v })],
  [
    'settled',
    (value, at) => {
      const base = { act, case: caseNumber, index: whole(0), kind: oneOf('settled'), v };
      const counted = exactly({ ...base, outcome: oneOf('counted'), tag: digest })(value, at);
      if (counted === undefined) return undefined;
      const refused = exactly({ ...base, outcome: oneOf('refused'), code: text(CODE) })(value, at);
      return refused === undefined ? undefined : counted === '/code' ? refused : counted;
    },
  ],
  ['void', exactly({ act, case: caseNumber, ground: text(CODE), index: whole(0), kind: oneOf('void'), v })],
]);

/** The members every act has beside its body. */
export const ENVELOPE: Shape = exactly({
  at: text(AT),
  basis: textOf(1, 200),
  body: present,
  capacity: text(NAME),
  case: optional(caseNumber),
  kind: text(NAME),
  replaces: optional(whole(0)),
  v,
});

const day: Shape = (value, at = '') => {
  const isDay = typeof value === 'string' && /^\d{4}-\d\d-\d\d$/.test(value);
  const exists = isDay && new Date(`${value}T00:00:00Z`).toJSON()?.slice(0, 10) === value;
  return exists ? undefined : at;
};
const httpsUrl: Shape = (value, at = '') =>
  typeof value === 'string' && URL.canParse(value) && new URL(value).protocol === 'https:' ? undefined : at;
const hex = text(/^[0-9a-f]{64}$/);
const filled = textOf(1, 65_535);
const localised = exactly({ 'zh-Hant-TW': filled, en: filled });
const source = exactly({ label: text(), href: httpsUrl });
const translation = exactly({ mainText: text(), reasons: listOf(text()) });

const ofCase = (body: Shape): ActShape => ({ ofCase: true, body });
const ofNone = (body: Shape): ActShape => ({ ofCase: false, body });

/** The acts. */
export const ACT_SHAPES: ReadonlyMap<string, ActShape> = new Map([
  [
    'policy',
    ofNone(
      exactly({
        rulePacks: listOf(text()),
        release: text(),
        sbomSha256: optional(hex),
        demonstration: optional(flag),
      }),
    ),
  ],
  [
    'key-event',
    ofNone(
      exactly({
        event: oneOf('created', 'in-use', 'replaced', 'destroyed', 'compromised'),
        purpose: text(),
        publicKey: optional(text()),
        sha256: optional(hex),
        case: optional(caseNumber),
        origin: optional(text(LOG_NAME)),
        keys: optional(listOf(text())),
        successor: optional(exactly({ origin: text(LOG_NAME), keys: listOf(text()) })),
        former: optional(
          exactly({
            origin: text(LOG_NAME),
            size: whole(0),
            root: text(),
            checkpoint: text(),
            witnessed: optional(text()),
          }),
        ),
      }),
    ),
  ],
  ['day', ofNone(exactly({ date: day }))],
  [
    'incident',
    ofNone(
      exactly({
        summary: exactly({ 'zh-Hant-TW': text(), en: text() }),
        since: optional(text()),
        cases: optional(listOf(caseNumber)),
      }),
    ),
  ],
  [
    'initiative-filed',
    ofCase(
      exactly({
        on: optional(day),
        subject: localised,
        leadProposer: localised,
        subjectMatter: oneOf('principle', 'statute', 'policy'),
        rulePack: text(),
        origin: oneOf('here', 'public-reports'),
        isInvented: optional(flag),
        plainWords: optional(exactly({ author: oneOf('lead-proposer', 'platform'), text: localised })),
        helpContact: optional(localised),
      }),
    ),
  ],
  [
    'version',
    ofCase(
      exactly({ on: optional(day), version: whole(1), textDigest: hex, translation: optional(translation) }),
    ),
  ],
  [
    'opened',
    ofCase(
      exactly({
        collectedOn: day,
        firstDay: day,
        lastDay: day,
        threshold: whole(1),
        electors: whole(1),
        mode: oneOf('electronic', 'paper-and-electronic'),
      }),
    ),
  ],
  ['closed', ofCase(exactly({ lastDay: optional(day) }))],
  [
    'decision',
    ofCase(
      exactly({
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
      }),
    ),
  ],
  [
    'statistics',
    ofCase(
      exactly({
        series: listOf(
          exactly({ on: day, value: whole(0), qualifier: optional(oneOf('<', '>', '≈')), source }),
        ),
      }),
    ),
  ],
  // Not written by any server yet. The registry's totals by statutory ground allow that many voids, no more; the
  // proof is a signed note over the act without it (`act-proof.ts`).
  ['check-result', ofCase(exactly({ act, totals: mapOf(CODE, whole(0)), proof: optional(text()) }))],
  ['paper-batch', ofCase(exactly({ act, townships: mapOf(/^\d{8}$/, whole(0)), proof: optional(text()) }))],
  ['destruction', ofCase(exactly({ on: day, proof: optional(text()) }))],
]);
