import { z } from 'zod';
import { type ActKind, actKind } from '../record/index.ts';
import { LIFE_KINDS, lifeDecision } from './life-record.ts';
import { OFFICE_KINDS } from './office-record.ts';

/** The kinds of act this module appends, each with the shape of its body. Folded by `foldInitiative`. */

const localised = z.strictObject({ 'zh-Hant-TW': z.string().min(1), en: z.string().min(1) });
const day = z.iso.date();
const digest = z.string().regex(/^[0-9a-f]{64}$/);
const source = z.strictObject({ label: z.string(), href: z.url({ protocol: /^https$/ }) });
const translation = z.strictObject({ mainText: z.string(), reasons: z.array(z.string()) });

const filed = z.strictObject({
  on: day.optional(),
  subject: localised,
  leadProposer: localised,
  subjectMatter: z.enum(['principle', 'statute', 'policy']),
  rulePack: z.string(),
  origin: z.enum(['here', 'public-reports']),
  isInvented: z.boolean().optional(),
  plainWords: z.strictObject({ author: z.enum(['lead-proposer', 'platform']), text: localised }).optional(),
  helpContact: localised.optional(),
  /** The draft whose proposers this proposal is filed with, and how many of them there are on each way. */
  proposal: z
    .strictObject({
      draft: z.string().regex(/^D[0-9]{5}$/),
      electronic: z.int().nonnegative(),
      paper: z.int().nonnegative(),
    })
    .optional(),
  /** Filed on paper, and entered by officers: the text they entered, and how many proposers its roster has. */
  onPaper: z.strictObject({ textDigest: digest, proposers: z.int().nonnegative() }).optional(),
});

const version = z.strictObject({
  on: day.optional(),
  version: z.int().positive(),
  textDigest: digest,
  translation: translation.optional(),
});

const opened = z.strictObject({
  collectedOn: day,
  firstDay: day,
  lastDay: day,
  threshold: z.int().positive(),
  electors: z.int().positive(),
  mode: z.enum(['electronic', 'paper-and-electronic']),
});

/** What public reports say of a case that ran elsewhere, or that ended by operation of law. */
const outcome = z.strictObject({
  outcome: z.enum([
    'inadmissible',
    'rejected',
    'withdrawn',
    'deemed-abandoned',
    'not-established',
    'established',
    'stopped',
    'unconfirmed',
  ]),
  on: day,
  consequence: localised,
  article: localised.optional(),
  source: source.optional(),
});

const statistics = z.strictObject({
  series: z.array(
    z.strictObject({
      on: day,
      value: z.int().nonnegative(),
      qualifier: z.enum(['<', '>', '≈']).optional(),
      source,
    }),
  ),
});

export const INITIATIVE_KINDS: readonly ActKind[] = [
  actKind('initiative-filed', { ofCase: true, body: filed }),
  actKind('version', { ofCase: true, body: version }),
  actKind('opened', { ofCase: true, body: opened }),
  actKind('closed', { ofCase: true, body: z.strictObject({ lastDay: day.optional() }) }),
  actKind('decision', { ofCase: true, body: z.union([outcome, lifeDecision]) }),
  actKind('statistics', { ofCase: true, body: statistics }),
  ...LIFE_KINDS,
  ...OFFICE_KINDS,
];
