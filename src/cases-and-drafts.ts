import { createInitiatives, type Initiatives } from './initiatives/index.ts';
import type { Db } from './platform/db/index.ts';
import type { Clock } from './platform/time.ts';
import { createProposals, type Proposals } from './proposals/index.ts';
import { type PublicRecord, readPublishedCount } from './record/index.ts';
import { createSwitches, enteredSwitch } from './switches/index.ts';

type PublishedCount = ReturnType<typeof readPublishedCount>;

export interface CasesAndDraftsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: PublicRecord;
  /** The published counts of an act, by case or draft. */
  readonly counts: (act: 'joint-signature' | 'proposal-signature') => (number: string) => PublishedCount;
  /** Address of the published log, without a slash at its end; empty where no page links to it. */
  readonly logUrl: string;
  readonly isDemo: boolean;
  readonly leadMark?: Parameters<typeof createProposals>[0]['leadMark'];
}

/** The counts as the sequencer last published them into this folder, read anew each time. */
export const countsIn =
  (publicDirectory: string): CasesAndDraftsDeps['counts'] =>
  (act) =>
  (number) =>
    readPublishedCount(publicDirectory, number, act);

/** Cases, drafts, and whether electronic proposals are switched on: as every process of the house sees them. */
export function casesAndDrafts({ counts, isDemo, leadMark, ...deps }: CasesAndDraftsDeps): Readonly<{
  initiatives: Initiatives;
  proposals: Proposals;
  /** Whether a regulation, or the demonstration, has switched electronic proposals on. */
  switched: ReturnType<typeof enteredSwitch>;
}> {
  const initiatives = createInitiatives({
    ...deps,
    publishedCount: counts('joint-signature'),
  });
  const switched = enteredSwitch(createSwitches(deps), 'electronic-proposal');
  const proposals = createProposals({
    ...deps,
    initiatives,
    publishedCount: counts('proposal-signature'),
    isDemo,
    switched,
    ...(leadMark === undefined ? {} : { leadMark }),
  });
  return { initiatives, proposals, switched };
}
