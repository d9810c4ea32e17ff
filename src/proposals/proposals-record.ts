import { z } from 'zod';
import { type ActKind, actKind } from '../record/index.ts';

/** The kinds of act of a draft 草案 that collects proposers, each with the shape of its body. */

const localised = z.strictObject({ 'zh-Hant-TW': z.string().min(1), en: z.string().min(1) });
const day = z.iso.date();
const caseNumber = z.string().regex(/^[0-9]{4,6}$/);
const translation = z.strictObject({ mainText: z.string(), reasons: z.array(z.string()) });

/** The text is named by its digest and never changes again; another text is another draft. */
const opened = z.strictObject({
  subject: localised,
  leadProposer: localised,
  subjectMatter: z.enum(['principle', 'statute', 'policy']),
  rulePack: z.string(),
  /** The provision that allows electronic proposals, or what a demonstration says instead. */
  allowedBy: localised,
  textDigest: z.string().regex(/^[0-9a-f]{64}$/),
  translation: translation.optional(),
  firstDay: day,
  lastDay: day,
  /** As of the day of opening; what counts is the base on the day of filing. */
  threshold: z.int().positive(),
  electors: z.int().positive(),
  isInvented: z.boolean().optional(),
  plainWords: z.strictObject({ author: z.enum(['lead-proposer', 'platform']), text: localised }).optional(),
  helpContact: localised.optional(),
});

const closed = z.discriminatedUnion('outcome', [
  z.strictObject({ outcome: z.literal('filed'), case: caseNumber }),
  z.strictObject({ outcome: z.literal('withdrawn') }),
  z.strictObject({ outcome: z.literal('expired') }),
  /** The end of a supplement: filed by the lead proposer, or its time over without that. */
  z.strictObject({ outcome: z.enum(['supplemented', 'lapsed']), case: caseNumber }),
]);

/**
 * 補提: the draft takes proposals again, on the same text, while the lead proposer of the case filed with it may supply
 * proposers (公民投票法 §10 VII). `threshold` is the one that was fixed when the case was filed.
 */
const reopened = z.strictObject({
  case: caseNumber,
  allowedBy: localised,
  firstDay: day,
  lastDay: day,
  threshold: z.int().positive(),
});

/**
 * Proposers on paper, as an officer counted them; each entry adds to those before. `townships` tells those of ten and
 * more by their eight-digit code; `sheets` is the SHA-256 of exactly which sealed sheets they are (`LIANSHU-SHEETS/1`),
 * absent where an officer counted by hand.
 */
const paper = z.strictObject({
  on: day,
  count: z.int().nonnegative(),
  includesLead: z.boolean(),
  townships: z.record(z.string().regex(/^[0-9]{8}$/), z.int().positive()).optional(),
  sheets: z
    .string()
    .regex(/^[0-9a-f]{64}$/)
    .optional(),
});

export const PROPOSAL_KINDS: readonly ActKind[] = [
  actKind('proposal-opened', { ofCase: true, body: opened }),
  actKind('proposal-closed', { ofCase: true, body: closed }),
  actKind('proposal-reopened', { ofCase: true, body: reopened }),
  actKind('paper-proposers', { ofCase: true, body: paper }),
];
