/** What `/v1/initiatives` takes and gives. The same schemas describe it in `/v1/openapi.json` and judge it in tests. */
import { z } from 'zod';
import { localisedText } from '../platform/http/api.ts';

export const CASE_PATH = z.object({ case: z.string().regex(/^[1-9][0-9]{3,5}$/) });
const day = z.iso.date();
const instant = z.string().regex(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\+08:00$/);
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const count = z.int().nonnegative();
const caseNumber = CASE_PATH.shape.case;

const witnessed = z.object({ names: z.array(z.string()), of: count, isWitnessed: z.boolean() });

/** A number and where it comes from; `none` where nobody confirmed one. */
export const countAnswer = z.discriminatedUnion('origin', [
  z.object({
    origin: z.literal('record'),
    threshold: count,
    electronicOnly: z.boolean().optional(),
    electronic: count,
    paper: count.optional(),
    excluded: count,
    checkpoint: z.object({ size: count, root: z.string(), at: instant.optional() }),
    witnessed: witnessed.optional(),
    recountCommand: z.string(),
  }),
  z.object({
    origin: z.literal('press'),
    threshold: count,
    reported: count,
    on: day,
    source: z.object({ label: z.string(), href: z.string() }),
  }),
  z.object({ origin: z.literal('none'), threshold: count }),
]);

const state = z.enum(['not-yet', 'open', 'closed']);
const stage = z.object({ id: z.string(), name: localisedText, since: day.optional() });

export const initiativesAnswer = z.object({
  initiatives: z.array(
    z.object({
      case: caseNumber,
      subject: localisedText,
      state,
      stage: stage.optional(),
      firstDay: day.optional(),
      lastDay: day.optional(),
      count: countAnswer,
    }),
  ),
});

const dutyAnswer = z.object({
  who: localisedText,
  what: localisedText,
  basis: localisedText,
  state: z.enum(['open', 'overdue', 'waived', 'met', 'lapsed']),
  from: day,
  due: day.optional(),
  metOn: day.optional(),
  agency: z.string().optional(),
  /** Whether the length of the term is the plain text of the law. */
  term: z.enum(['confirmed', 'unconfirmed', 'project-default']),
});
export const dutiesAnswer = z.object({ case: caseNumber, today: day, duties: z.array(dutyAnswer) });

export const versionsAnswer = z.object({
  case: caseNumber,
  versions: z.array(
    z.object({
      version: z.int().positive(),
      on: day,
      sha256: digest,
      file: z.string(),
      isCurrent: z.boolean(),
    }),
  ),
});

export const opinionsAnswer = z.object({
  case: caseNumber,
  opinions: z.array(
    z.object({
      agency: z.string(),
      state: z.enum(['asked', 'received', 'waived']),
      askedOn: day,
      due: day.optional(),
      versions: z.array(
        z.object({
          on: day,
          sha256: digest,
          characters: count,
          isAmendment: z.boolean(),
          index: count.optional(),
          file: z.string(),
        }),
      ),
    }),
  ),
});

/** One page of acts, newest first. */
export const ACTS_QUERY = z.strictObject({
  /** Only acts below this index of the log: `next` of the page before. */
  before: z
    .string()
    .regex(/^[0-9]{1,15}$/)
    .transform(Number)
    .optional(),
  limit: z
    .string()
    .regex(/^[0-9]{1,3}$/)
    .transform(Number)
    .pipe(z.int().min(1).max(200))
    .default(50),
});
export const actsAnswer = z.object({
  case: caseNumber,
  acts: z.array(
    z.object({
      index: count,
      kind: z.string(),
      at: instant,
      capacity: z.string(),
      basis: z.string(),
      /** As recorded; its shape depends on the kind. */
      body: z.unknown(),
      replaces: count.optional(),
      why: z.object({ 'zh-Hant-TW': z.string(), en: z.string().optional() }).optional(),
    }),
  ),
  /** Give this as `before` for the next page; absent on the last one. */
  next: count.optional(),
});

const paper = z.object({ number: z.string(), date: day });

export const initiativeAnswer = z.object({
  case: caseNumber,
  subject: localisedText,
  leadProposer: localisedText,
  subjectMatter: z.enum(['principle', 'statute', 'policy']),
  origin: z.enum(['here', 'public-reports']),
  rulePack: z.string(),
  state,
  stage: stage.optional(),
  outcome: localisedText.optional(),
  /** How long the electronic records are kept; absent while the case runs and where no record of signers exists. */
  retention: z
    .object({
      from: day,
      /** Absent while a suit is pending: nothing is destroyed. */
      until: day.optional(),
      basis: localisedText,
      status: z.enum(['confirmed', 'unconfirmed', 'project-default', 'not-in-force']),
    })
    .optional(),
  period: z
    .object({
      collectedOn: day,
      firstDay: day,
      lastDay: day,
      threshold: count,
      electors: count,
      mode: z.enum(['electronic', 'paper-and-electronic']),
    })
    .optional(),
  text: z
    .object({ version: z.int().positive(), mainText: z.string(), sha256: digest, file: z.string() })
    .optional(),
  proposal: z.object({ draft: z.string(), electronic: count, paper: count }).optional(),
  /** Present where the case was delivered under §§14–16; `leadProposer` then names the body that delivered it. */
  delivered: z
    .object({
      route: z.enum(['executive', 'legislature', 'president']),
      on: day,
      document: paper,
      consent: paper.optional(),
      basis: localisedText,
    })
    .optional(),
  count: countAnswer,
  /** All of them, oldest first; `index` is absent as long as an act waits for its place in the log. */
  acts: z.array(z.object({ kind: z.string(), at: instant, basis: z.string(), index: count.optional() })),
});
