/**
 * 件: what an entry of the public record looks like. Compact kinds carry no time, place or method; acts carry
 * who did what, when, in which capacity and under which provision (trust.md §1, "Entries").
 */
import type { JsonValue } from '@lianshu/statement';
import { z } from 'zod';

/** What a person signs: the two acts that are counted. */
export type Act = 'joint-signature' | 'proposal-signature';

/**
 * The number under which everything of one matter stands: a case's 案號, or `D…`, the 草案編號 of a draft that collects
 * proposers and has no case number yet.
 */
const caseNumber = z.string().regex(/^([0-9]{4,6}|D[0-9]{5})$/);

/** What is signed follows from the number alone: 提案 under a draft's, 連署 under a case's. */
export const actOfNumber = (number: string): Act =>
  number.startsWith('D') ? 'proposal-signature' : 'joint-signature';

/** 32 bytes, base64url without padding. */
const digest = z.string().regex(/^[A-Za-z0-9_-]{42}[AEIMQUYcgkosw048]$/);
const index = z.int().nonnegative();
const act = z.enum(['joint-signature', 'proposal-signature']);
const code = z.string().regex(/^[A-Za-z][A-Za-z0-9_-]{0,59}$/);
const v = z.literal(1);

/** One counted signature: commitment L and public tag T. */
const signature = z.strictObject({ case: caseNumber, commitment: digest, kind: act, tag: digest, v });
/** Received, not yet decided; takes no tag (trust.md §2, "Held"). */
const held = z.strictObject({ act, case: caseNumber, commitment: digest, kind: z.literal('held'), v });
/** What became of the held entry at `index`. */
const settled = z.discriminatedUnion('outcome', [
  z.strictObject({
    act,
    case: caseNumber,
    index,
    kind: z.literal('settled'),
    outcome: z.literal('counted'),
    tag: digest,
    v,
  }),
  z.strictObject({
    act,
    case: caseNumber,
    code,
    index,
    kind: z.literal('settled'),
    outcome: z.literal('refused'),
    v,
  }),
]);
/**
 * 不予計算: the counted entry at `index` no longer counts; `ground` is the statutory ground. `result` names the
 * registry's `check-result` it rests on, by the SHA-256 that its proof signs; a reader's monitor believes no other.
 */
const voided = z.strictObject({
  act,
  case: caseNumber,
  ground: code,
  index,
  kind: z.literal('void'),
  result: z.exactOptional(digest),
  v,
});

/** The numerous kinds. Each one's effect on the count is in `count-fold.ts`. */
export const compactEntry = z
  .union([signature, held, settled, voided])
  .refine((entry) => ('act' in entry ? entry.act : entry.kind) === actOfNumber(entry.case), {
    path: ['case'],
  });

/** A compact entry; canonical JSON orders its members. */
export type CompactEntry = z.infer<typeof compactEntry>;

/** The members every act has; `body` is its kind's own (see {@link ActKind}). */
export const actEnvelope = z.strictObject({
  /** The provision it rests on, e.g. `公民投票法 §12 I`; for acts of the platform itself, its own rule. */
  basis: z.string().min(1).max(200),
  body: z.custom<JsonValue>((value) => value !== undefined),
  /** Who acts: a capacity, never a person's name, e.g. `commission`, `operator`, `lead-proposer`. */
  capacity: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  case: caseNumber.optional(),
  /** Asia/Taipei, whole seconds. */
  at: z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/),
  kind: z.string().regex(/^[a-z][a-z-]{0,39}$/),
  /** Index of the entry this one replaces: a correction never overwrites. */
  replaces: index.optional(),
  v,
  /** Why the entry it replaces was wrong; only beside `replaces`. */
  why: z
    .strictObject({ 'zh-Hant-TW': z.string().min(1).max(2_000), en: z.string().max(2_000).optional() })
    .optional(),
});

/** An act as it is entered. */
export type ActEntry = z.infer<typeof actEnvelope>;

/** Anything that can be appended. */
export type RecordEntry = CompactEntry | ActEntry;

/** A kind of act that a module appends: its name and the shape of its `body`. */
export type ActKind = Readonly<{
  kind: string;
  /** Whether `case` must be there (true), must not (false), or may. */
  ofCase: boolean | 'either';
  body: z.ZodType;
}>;

/** Defines a kind of act. @example actKind('version', { ofCase: true, body: z.strictObject({ version: z.int() }) }) */
export const actKind = (kind: string, shape: Omit<ActKind, 'kind'>): ActKind => ({ kind, ...shape });

const date = z.string().regex(/^\d{4}-\d\d-\d\d$/);
const logName = z.string().regex(/^[a-z0-9.-]+(\/[a-z0-9.-]+)*$/);
const hexDigest = z.string().regex(/^[0-9a-f]{64}$/);

/** The acts the record itself knows; modules register theirs beside them. */
export const PLATFORM_KINDS: readonly ActKind[] = [
  /** Which rules and which software run from here on. */
  actKind('policy', {
    ofCase: false,
    body: z.strictObject({
      rulePacks: z.array(z.string()),
      release: z.string(),
      sbomSha256: hexDigest.optional(),
      demonstration: z.boolean().optional(),
      /** SHA-256 of each rule pack of the program, and the one to which a case filed from here on is bound. */
      packs: z.record(z.string().regex(/^[a-z][a-z0-9.@-]{2,79}$/), hexDigest).optional(),
      inForce: z.string().optional(),
    }),
  }),
  /** A key was made, taken into use, replaced or destroyed; `publicKey` in its own text form. */
  actKind('key-event', {
    ofCase: false,
    body: z.strictObject({
      event: z.enum(['created', 'in-use', 'replaced', 'destroyed', 'compromised']),
      purpose: z.string(),
      publicKey: z.string().optional(),
      sha256: hexDigest.optional(),
      case: caseNumber.optional(),
      /** Of log keys: the log's name, and its keys as verifier keys where there are several. */
      origin: logName.optional(),
      keys: z.array(z.string()).min(1).max(4).optional(),
      /** The last entry under an old name says what the log is called from here on. */
      successor: z.strictObject({ origin: logName, keys: z.array(z.string()).min(1).max(4) }).optional(),
      /** The first entry under a new name says what it was called, and carries its last checkpoint. */
      former: z
        .strictObject({
          origin: logName,
          size: index,
          root: z.string(),
          checkpoint: z.string(),
          /** The newest checkpoint of the old name that its witnesses had cosigned. */
          witnessed: z.string().optional(),
        })
        .optional(),
    }),
  }),
  /** The legal day that has just ended (Asia/Taipei): what precedes it was signed on that day or earlier. */
  actKind('day', { ofCase: false, body: z.strictObject({ date }) }),
  /** Something went wrong and is told: what, since when, what it means for signers. */
  actKind('incident', {
    ofCase: false,
    body: z.strictObject({
      summary: z.strictObject({ 'zh-Hant-TW': z.string(), en: z.string() }),
      since: z.string().optional(),
      cases: z.array(caseNumber).optional(),
    }),
  }),
];
