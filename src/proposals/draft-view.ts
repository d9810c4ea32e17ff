import type { TextVersion } from '../initiatives/index.ts';
import { known, rulePack, type WhoMay } from '../law/index.ts';
import { startOfLegalDay } from '../platform/time.ts';
import type { PublishedCaseCount } from '../record/index.ts';
import type { Localised } from '../web/index.ts';
import { type DraftAct, type DraftFacts, type DraftOutcome, foldDraft } from './draft-facts.ts';
import type { SupplementStanding } from './supplement-standing.ts';

/** A draft as pages and other modules read it: public facts only. */
export interface DraftMaterial {
  readonly facts: DraftFacts;
  readonly acts: readonly DraftAct[];
  /** The frozen text. */
  readonly text: TextVersion;
  /** `supplementing`: opened again after a shortfall. `ended`: the last day has passed, its end is not entered yet. */
  readonly state: 'collecting' | 'supplementing' | 'ended' | DraftOutcome;
  /** The last day of the period that runs or ran last. */
  readonly lastDay: string;
  /** Of a draft that was opened again: its proposers at the published checkpoint, those who passed the check among them. */
  readonly supplement: SupplementStanding | undefined;
  /** The electronic proposers at the published checkpoint; paper ones are in the facts. */
  readonly count: PublishedCaseCount | undefined;
  /** The threshold if it were filed today. */
  readonly required: number;
  readonly electors: number;
  /** The article of the threshold. */
  readonly citation: string;
  readonly nowMs: number;
  readonly logUrl: string;
}

/** What the signing pages show of a draft that collects. */
export interface SignableDraft {
  /** By which days a person counts as a proposer. */
  readonly whoMay: WhoMay | undefined;
  readonly title: Localised;
  readonly demonstrationText: boolean;
  readonly mainText: string;
  readonly mainTextTranslation?: string;
  readonly textDigest: string;
  readonly lastDay: string;
  /** What allows electronic proposals, or what a demonstration says instead. */
  readonly allowedBy: Localised;
}

/** The numbers a page shows, all of one published checkpoint: entries that wait for it are not in them. */
export interface DraftCount {
  readonly electronic: number;
  readonly paper: number;
  readonly excluded: number;
  /** Electronic and paper without the excluded: what stands against the threshold. */
  readonly shown: number;
  readonly checkpoint: Readonly<{ size: number; root: string; at?: string }>;
}

/** Undefined before the first publication: then there is nothing to show. */
export function countOfDraft({ facts, acts, count }: DraftMaterial): DraftCount | undefined {
  if (count === undefined) return undefined;
  const published = acts.filter(({ index }) => index !== undefined && index < count.size);
  const paper = foldDraft(facts.draft, published)?.paper ?? 0;
  const { counted, voided, size, root, at } = count;
  return {
    electronic: counted + voided,
    paper,
    excluded: voided,
    shown: counted + paper,
    checkpoint: { size, root, ...(at === undefined ? {} : { at }) },
  };
}

/** Whole days from now to the end of the last day; 0 on the last day itself. */
export const daysLeftOf = ({ lastDay, nowMs }: DraftMaterial): number =>
  Math.max(0, Math.floor((startOfLegalDay(lastDay) - nowMs) / 86_400_000) + 1);

/** Whether it takes proposals now, a first time or for a supplement. */
export const takesProposals = ({ state }: Pick<DraftMaterial, 'state'>): boolean =>
  state === 'collecting' || state === 'supplementing';

/** How long drafts may collect under the draft's pack, in months. */
export const collectMonthsOf = ({ facts }: DraftMaterial): number =>
  known(rulePack(facts.opened.rulePack), 'proposalCollectMonths', facts.opened.firstDay);

/** The command that recounts the draft from public files. */
export const recountCommand = ({ facts, logUrl }: DraftMaterial): string =>
  `npx lianshu-verify count ${facts.draft} --log ${logUrl} --keys FILE`;
