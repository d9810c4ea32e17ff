import type { Initiatives } from '../initiatives/index.ts';
import type { Switched } from '../law/index.ts';
import type { Db } from '../platform/db/index.ts';
import type { Clock } from '../platform/time.ts';
import type { PublicRecord, PublishedCaseCount } from '../record/index.ts';

/** What drafts need of the rest of the house. */
export interface ProposalsDeps {
  readonly db: Db;
  readonly clock: Clock;
  readonly record: Pick<PublicRecord, 'appendMany' | 'acts' | 'actsOfKind'>;
  readonly initiatives: Pick<Initiatives, 'file'>;
  /** Public address of the log, for the commands that pages show. */
  readonly logUrl: string;
  readonly publishedCount: (draft: string) => Promise<PublishedCaseCount | undefined>;
  /**
   * The mark on the lead proposer's signature under a draft, from the sealer; undefined where it gives no answer now.
   * Absent in processes that judge no filing: there only the paper roster shows a lead proposer.
   */
  readonly leadMark?: (
    of: Readonly<{ draft: string; person: Uint8Array }>,
  ) => Promise<Uint8Array | undefined>;
  /** A demonstration has electronic proposals on although nothing allows them yet, and says so. */
  readonly isDemo: boolean;
  /** The switch for electronic proposals as the record has it on a day; undefined where it never was switched. */
  readonly switched?: (day: string) => Promise<Switched | undefined>;
}
