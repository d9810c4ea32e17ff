import { z } from 'zod';
import { type ActKind, actKind } from '../record/index.ts';

/** The acts of a case's statutory life, each with the shape of its body. Mapped to the law by `legal-events.ts`. */

const day = z.iso.date();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const chinese = z.string().min(1).max(8_000);
const reasons = z.strictObject({ 'zh-Hant-TW': chinese, en: z.string().max(8_000).optional() });
const count = z.int().nonnegative();
/** A capacity or an organisation. */
const body = z.string().min(2).max(80);
const httpsLink = z.url({ protocol: /^https$/ });

const ground = z.enum(['matter', 'wording', 'indigenous-or-multiple', 'frozen-matter', 'unclear-intent']);
const deletionGround = z.enum([
  'not-qualified',
  'name-id-or-address',
  'unsigned',
  'forged',
  'barred-proposer',
  'duplicate',
]);

/** Whom a check, request or supplement is about. */
const of = z.enum(['proposers', 'signers']);

/** 刪除理由 as the registry gives them; each belongs to one statutory ground. */
const deletionReason = z.enum([
  'AGE',
  'RESIDENCE',
  'GUARDIANSHIP',
  'NOT_NATIONAL',
  'DECEASED',
  'NAME_OR_ID_ERROR',
  'ADDRESS_ERROR',
  'UNSIGNED',
  'FORGED',
  'DUPLICATE_SAME_MEDIUM',
  'DUPLICATE_PAPER_VS_E',
  'BARRED_PROPOSER',
]);

/**
 * `barred`: abandoned cases that the officers hold to be of the same matter, whose proposers are barred for two years
 * (公民投票法 §12 IV); they are part of what two officers sign. Absent where there was none to judge.
 */
const checkRequest = z.strictObject({
  of,
  on: day,
  sent: count,
  barred: z
    .array(z.string().regex(/^[0-9]{4,6}$/))
    .max(100)
    .optional(),
  /** SHA-256 of the lead proposer's key to which the letter about deleted proposers is sealed; absent where none was given. */
  letter: digest.optional(),
});

const excluded = z.partialRecord(deletionGround, count);

/**
 * The registry's signed note (c2sp.org/signed-note) whose text is `lianshu-act/1` and the SHA-256, base64, of what it
 * says: capacity, case, kind and the body without it. When it was entered and under which provision is not part of it.
 * Kept as it came: readers hold the keys it is judged by, and count no deletion by a result without it.
 */
const proof = z.string().min(1).max(8_000);

/** 委員會議: what is decided in session names its meeting; the desk prepares and publishes it. */
const meeting = z.strictObject({ number: z.string().min(1).max(40), date: day });

/** One decision of the Commission. `on` is the legally decisive day: for orders, the day of receipt. */
export const lifeDecision = z.strictObject({
  decides: z.enum([
    'accepted',
    'inadmissible',
    'correction',
    'conforming',
    'rejected',
    'established',
    'not-established',
  ]),
  on: day,
  grounds: z.array(z.strictObject({ ground, reasons })).optional(),
  reasons: reasons.optional(),
  meeting: meeting.optional(),
  /** The number given at establishment. */
  number: z.int().positive().optional(),
});

const hearing = z.discriminatedUnion('step', [
  z.strictObject({
    step: z.literal('notified'),
    on: day,
    hearingOn: day,
    hour: z
      .string()
      .regex(/^([01]\d|2[0-3]):[0-5]\d$/)
      .optional(),
    place: chinese,
    /** 當事人 and 已知之利害關係人: capacities and organisations, never private persons (行政程序法 §55). */
    parties: z.array(body).optional(),
    interested: z.array(body).optional(),
    matter: chinese.optional(),
    rights: chinese.optional(),
    absence: chinese.optional(),
  }),
  z.strictObject({
    step: z.literal('held'),
    on: day,
    /** 爭點: every disputed fact and how it was settled; the record cannot be closed without. */
    disputedFacts: z.array(z.strictObject({ fact: chinese, settled: chinese })),
    recordings: z.array(httpsLink),
    /** 聽證紀錄要旨: what was said, without the names of those who said it. */
    summary: chinese.optional(),
  }),
]);

const opinion = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('requested'), on: day, agency: z.string().min(2).max(60) }),
  z.strictObject({
    step: z.enum(['received', 'amended']),
    on: day,
    agency: z.string().min(2).max(60),
    textDigest: digest,
    characters: count,
  }),
]);

/** 使用電子連署系統切結書: signed by certificate (the digests of its full text and of what was signed), or on paper. */
const affidavit = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('signed'), on: day, textDigest: digest, statementDigest: digest }),
  z.strictObject({ step: z.literal('handed-in'), on: day }),
]);

/** 諮詢窗口: whom signers may ask; each one replaces the one before. */
const contact = z.strictObject({
  'zh-Hant-TW': z.string().min(1).max(500),
  en: z.string().min(1).max(500),
});

const vote = z.discriminatedUnion('step', [
  z.strictObject({ step: z.literal('announced'), on: day, vote: day }),
  z.strictObject({ step: z.literal('held'), on: day }),
  z.strictObject({
    step: z.literal('result'),
    on: day,
    yes: count,
    no: count,
    invalid: count,
    electors: count,
    passed: z.boolean(),
  }),
]);

const ofCase = <Kind extends string>(kind: Kind, body: z.ZodType): ActKind =>
  actKind(kind, { ofCase: true, body });

/** 交付: the paper of another body that begins a case, by its own number and date. */
const paper = z.strictObject({ number: z.string().min(1).max(80), date: day });

export const LIFE_KINDS: readonly ActKind[] = [
  /** 公民投票法 §§14–16: a case that needs neither proposers nor signers; it begins here, as others with their filing. */
  ofCase(
    'delivered',
    z.strictObject({
      on: day,
      route: z.enum(['executive', 'legislature', 'president']),
      document: paper,
      /** The legislature's consent to what the executive delivers (§14). */
      consent: paper.optional(),
      subject: z.strictObject({ 'zh-Hant-TW': z.string().min(1), en: z.string().min(1) }),
      subjectMatter: z.enum(['principle', 'statute', 'policy']),
      rulePack: z.string(),
      textDigest: digest,
      isInvented: z.boolean().optional(),
    }),
  ),
  ofCase('hearing', hearing),
  ofCase('correction', z.strictObject({ on: day, version: z.int().positive(), textDigest: digest })),
  ofCase('check-request', checkRequest),
  ofCase(
    'check-result',
    z.strictObject({
      of,
      on: day,
      received: count,
      valid: count,
      required: z.int().positive(),
      excluded,
      reasons: z.partialRecord(deletionReason, count).optional(),
      /** SHA-256 of the batch of sealed rows that was checked. */
      batch: digest.optional(),
      /**
       * The electronic part. `voids` is the SHA-256 of the deletions, a line `<index> <ground>` each, by index: the
       * registry signs who is deleted, not only how many.
       */
      electronic: z.strictObject({ received: count, valid: count, excluded, voids: digest }).optional(),
      proof: proof.optional(),
    }),
  ),
  ofCase('supplement', z.strictObject({ of, step: z.enum(['ordered', 'filed']), on: day })),
  ofCase('opinion', opinion),
  ofCase('notice-to-collect', z.strictObject({ on: day })),
  ofCase('collection', z.strictObject({ on: day, mode: z.enum(['paper', 'code', 'both']) })),
  ofCase('affidavit', affidavit),
  ofCase('access-code', z.strictObject({ step: z.enum(['issued', 'ended']), on: day })),
  ofCase('help-contact', z.strictObject({ text: contact })),
  /** 白話說明之修改: the lead proposer's own words about the problem, and why; never the announced text. */
  ofCase(
    'plain-words',
    z.strictObject({
      text: z.strictObject({ 'zh-Hant-TW': z.string().min(1).max(2_000), en: z.string().min(1).max(4_000) }),
      why: z.strictObject({ 'zh-Hant-TW': z.string().min(1).max(500), en: z.string().max(500).optional() }),
    }),
  ),
  ofCase('signing-address', z.strictObject({ on: day })),
  ofCase('roster-filed', z.strictObject({ on: day })),
  ofCase(
    'raw-count',
    z.strictObject({
      on: day,
      electronic: count,
      paper: count,
      required: z.int().positive(),
      isBound: z.boolean(),
      meeting: meeting.optional(),
    }),
  ),
  ofCase('withdrawal', z.strictObject({ on: day, agreeing: count, proposers: z.int().positive() })),
  /** 目的已實現？: somebody other than the legislature may have fulfilled the purpose; signing goes on. */
  ofCase(
    'purpose-notice',
    z.strictObject({
      on: day,
      summary: reasons,
      source: z.strictObject({ label: z.string().min(1).max(200), href: httpsLink }),
    }),
  ),
  /** 註銷: replaces an entry that should not stand at all, such as an act entered under the wrong case. */
  ofCase('retraction', z.strictObject({ on: day })),
  ofCase('stop', z.strictObject({ on: day, notice: chinese })),
  ofCase(
    'suspension',
    z.strictObject({ step: z.enum(['begun', 'ended']), on: day, court: z.string().min(2).max(60) }),
  ),
  ofCase('vote', vote),
];
