import type { TextVersion } from '../initiatives/index.ts';
import type { PublishedCaseCount } from '../record/index.ts';
import type { Localised } from '../web/index.ts';
import type { DraftAct, DraftFacts, DraftOutcome } from './draft-facts.ts';

/** A draft as pages and other modules read it: public facts only. */
export interface DraftMaterial {
  readonly facts: DraftFacts;
  readonly acts: readonly DraftAct[];
  /** The frozen text. */
  readonly text: TextVersion;
  /** `ended`: the last day has passed and the closing is not entered yet. */
  readonly state: 'collecting' | 'ended' | DraftOutcome;
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
  readonly title: Localised;
  readonly demonstrationText: boolean;
  readonly mainText: string;
  readonly mainTextTranslation?: string;
  readonly textDigest: string;
  readonly lastDay: string;
  /** What allows electronic proposals, or what a demonstration says instead. */
  readonly allowedBy: Localised;
}
