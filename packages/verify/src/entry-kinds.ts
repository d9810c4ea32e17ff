/**
 * The kinds of entry a verifier knows, each with its exact shape (trust.md §1, "Entries"). Written here a second
 * time, apart from the server's own table: a kind or a member that the server adds without telling its readers is
 * a fault to them, not an oversight to pass over.
 */
import { CASE_ACTS, day, EITHER_ACTS, OFFICE_ACTS } from './case-kinds.ts';
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

/** What must hold of `body`, and whether the act is of one case, of none, or may be either. */
export type ActShape = Readonly<{ ofCase: boolean | 'either'; body: Shape }>;

/** A case number, or the number of a draft that collects proposers. */
export const CASE = /^([0-9]{4,6}|D[0-9]{5})$/;
/** 32 bytes, base64url without padding: the last character's unused bits are zero. */
const DIGEST = /^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/;
const CODE = /^[A-Za-z][A-Za-z0-9_-]{0,59}$/;
const NAME = /^[a-z][a-z-]{0,39}$/;
/** A log's name, as checkpoints begin with it. */
const LOG_NAME = /^[a-z0-9.-]+(\/[a-z0-9.-]+)*$/;
const AT = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/;

/** What is signed follows from the number alone: 提案 under a draft's, 連署 under a case's. */
export const actOfNumber = (number: string): 'joint-signature' | 'proposal-signature' =>
  number.startsWith('D') ? 'proposal-signature' : 'joint-signature';

const caseNumber = text(CASE);
const digest = text(DIGEST);
const act = oneOf('joint-signature', 'proposal-signature');
const v = oneOf(1);

/** The shape, and the act that goes with the number; `act` stands in `kind` where the entry is the signature itself. */
const underNumber =
  (shape: Shape): Shape =>
  (value, at = '') => {
    const fault = shape(value, at);
    if (fault !== undefined) return fault;
    const { act: named, kind, case: number } = value as Readonly<Record<string, string>>;
    return (named ?? kind) === actOfNumber(number ?? '') ? undefined : `${at}/case`;
  };

/** The numerous kinds: no time, place or method. `settled` depends on its outcome. */
export const COMPACT_SHAPES: ReadonlyMap<string, Shape> = new Map(
  compactShapes().map(([kind, shape]) => [kind, underNumber(shape)]),
);

function compactShapes(): readonly (readonly [string, Shape])[] {
  return [
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
    [
      'void',
      exactly({
        act,
        case: caseNumber,
        ground: text(CODE),
        index: whole(0),
        kind: oneOf('void'),
        result: optional(digest),
        v,
      }),
    ],
  ];
}

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
  /** Of an act that replaces another: what was wrong with it. */
  why: optional(exactly({ 'zh-Hant-TW': textOf(1, 2_000), en: optional(textOf(0, 2_000)) })),
});

const hex = text(/^[0-9a-f]{64}$/);
const logName = text(LOG_NAME);
const vkeys: Shape = (value, at = '') =>
  Array.isArray(value) && value.length >= 1 && value.length <= 4 ? listOf(text())(value, at) : at;

/** Acts of no case: about the platform, its keys and its days. */
const PLATFORM_ACTS: Readonly<Record<string, Shape>> = {
  policy: exactly({
    rulePacks: listOf(text()),
    release: text(),
    sbomSha256: optional(hex),
    demonstration: optional(flag),
    packs: optional(mapOf(/^[a-z][a-z0-9.@-]{2,79}$/, hex)),
    inForce: optional(text()),
  }),
  'key-event': exactly({
    event: oneOf('created', 'in-use', 'replaced', 'destroyed', 'compromised'),
    purpose: text(),
    publicKey: optional(text()),
    sha256: optional(hex),
    case: optional(caseNumber),
    origin: optional(logName),
    keys: optional(vkeys),
    successor: optional(exactly({ origin: logName, keys: vkeys })),
    former: optional(
      exactly({
        origin: logName,
        size: whole(0),
        root: text(),
        checkpoint: text(),
        witnessed: optional(text()),
      }),
    ),
  }),
  day: exactly({ date: day }),
  incident: exactly({
    summary: exactly({ 'zh-Hant-TW': text(), en: text() }),
    since: optional(text()),
    cases: optional(listOf(caseNumber)),
  }),
  ...OFFICE_ACTS,
};

const actShapes = (shapes: Readonly<Record<string, Shape>>, ofCase: ActShape['ofCase']) =>
  Object.entries(shapes).map(([kind, body]) => [kind, { ofCase, body }] as const);

/** The acts by kind. */
export const ACT_SHAPES: ReadonlyMap<string, ActShape> = new Map([
  ...actShapes(PLATFORM_ACTS, false),
  ...actShapes(CASE_ACTS, true),
  ...actShapes(EITHER_ACTS, 'either'),
]);
