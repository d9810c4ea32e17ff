/** What a comparison found: pure data, so that the sequencer's start, `lianshu doctor` and a test read the same. */
import { base64 } from './bytes.ts';

/**
 * How much a finding weighs. `refuse`: going on could fork the log. `read-only`: nothing contradicts, but too few
 * witnesses said so. `warn`: a person should know.
 */
export type Severity = 'ok' | 'warn' | 'read-only' | 'refuse';

/** A tree head as findings show it: the root in base64, as checkpoints write it. */
export type ShownHead = Readonly<{ size: number; root?: string }>;

/** What was found. Its words, and what to do, are in `start-check-texts.ts`. */
export type FindingCode =
  // the database against itself
  | 'database-ok'
  | 'database-empty'
  | 'database-other-log' // the row holds another origin
  | 'database-edge' // the right edge does not give the root
  | 'database-checkpoint' // the stored checkpoint is unsigned, signed by another key, or of another tree
  | 'database-indexes' // indexes of entries do not end where the log ends
  | 'database-gap' // an index below the size has no entry
  | 'database-tile-missing'
  | 'database-tile-differs' // a tile does not follow from what lies below it
  | 'database-count' // a stored count is not what the entries give (deep)
  | 'clock-behind' // this machine's clock is before the last signed checkpoint
  // the checkpoint journal
  | 'journal-ok'
  | 'journal-missing'
  | 'journal-adopted'
  | 'journal-unreadable'
  | 'journal-contradicts-itself'
  | 'journal-torn-line'
  | 'journal-ahead'
  | 'journal-differs'
  // the public files
  | 'public-ok'
  | 'public-none'
  | 'public-checkpoint-unreadable' // torn, or not signed by this log's keys
  | 'public-other-log'
  | 'public-ahead'
  | 'public-differs'
  | 'public-files-ahead' // a tile or bundle reaches beyond the database
  | 'public-file-missing'
  | 'public-file-differs' // torn, or other bytes than the database gives
  | 'no-trace' // entries in the database, and neither journal nor public files here
  // the witnesses
  | 'witness-ok'
  | 'witness-new' // it knows nothing of this log yet
  | 'witness-adopted' // likewise, and counts because a person said so
  | 'witness-ahead'
  | 'witness-differs' // another root at a size that we know
  | 'witness-silent' // no answer, or none that counts
  | 'witness-forgot' // it cosigned what is public, and now knows less
  | 'quorum-ok'
  | 'quorum-missing'
  | 'no-quorum' // the policy asks for no cosignature
  | 'no-witnesses';

/** One finding. `ours` and `theirs` are the two sides where a size or a root is involved. */
export type Finding<Code extends string = FindingCode> = Readonly<{
  code: Code;
  severity: Severity;
  /** A table, a file or the address of a witness. */
  where: string;
  ours?: ShownHead;
  theirs?: ShownHead;
  /** Public values that the texts may show. */
  facts?: Readonly<Record<string, string | number>>;
}>;

const ORDER: readonly Severity[] = ['ok', 'warn', 'read-only', 'refuse'];

/** The weightiest severity; `ok` for none. */
export const worst = (findings: readonly Pick<Finding, 'severity'>[]): Severity =>
  findings.reduce<Severity>(
    (most, { severity }) => (ORDER.indexOf(severity) > ORDER.indexOf(most) ? severity : most),
    'ok',
  );

/** A tree head in the form that findings show. */
export const shown = ({
  size,
  root,
}: Readonly<{ size: number; root?: Uint8Array | undefined }>): ShownHead =>
  root === undefined ? { size } : { size, root: base64(root) };
