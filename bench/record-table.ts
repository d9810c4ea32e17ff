/** The figures of `bench/record.ts` as a table, and what became of them from the smallest log to the largest. */
import type { Measured } from './record-measures.ts';

type Column = Readonly<{ name: string; of: (row: Measured) => number; digits: number }>;

/** In order. `select 1` and `sync` say how the machine was, not what the log costs. */
const COLUMNS: readonly Column[] = [
  { name: 'entries/s', of: (row) => row.entriesPerSecond, digits: 0 },
  { name: 'full round ms', of: (row) => row.fullRound.median, digits: 0 },
  { name: 'its fastest tenth', of: (row) => row.fullRound.p10, digits: 0 },
  { name: 'CPU µs/entry', of: (row) => row.processorPerEntry ?? Number.NaN, digits: 0 },
  { name: 'WAL bytes/entry', of: (row) => row.walPerEntry, digits: 0 },
  { name: 'one entry ms', of: (row) => row.oneEntry.median, digits: 1 },
  { name: 'its fastest tenth', of: (row) => row.oneEntry.p10, digits: 1 },
  { name: 'proof ms', of: (row) => row.proof.median, digits: 2 },
  { name: 'public proof ms', of: (row) => row.publishedProof.median, digits: 2 },
  { name: 'count file ms', of: (row) => row.countFile.median, digits: 2 },
  { name: 'count rows ms', of: (row) => row.countRows.median, digits: 2 },
  { name: 'case acts ms', of: (row) => row.acts.median, digits: 2 },
  { name: 'publication ms', of: (row) => row.publication.median, digits: 1 },
  { name: 'start ms', of: (row) => row.start, digits: 0 },
  { name: 'select 1 ms', of: (row) => row.nothingAsked.median, digits: 2 },
  { name: 'sync ms', of: (row) => row.synced.median, digits: 1 },
  { name: 'bytes/entry', of: (row) => row.bytes.database / row.size, digits: 0 },
];

/** Everything `--json` keeps. `control` is a log of the first size again, made and measured after the largest. */
export type Figures = Readonly<{ rows: readonly Measured[]; control: Measured | undefined }>;

/**
 * Prints as Markdown, so that a report can take it as it is. The last line compares what was measured within the
 * same minutes: a machine shared with other work is not the same one half an hour later.
 */
export function printTable({ rows, control }: Figures): void {
  const line = (cells: readonly string[]): void => console.log(`| ${cells.join(' | ')} |`);
  console.log('');
  line(['entries', ...COLUMNS.map(({ name }) => name)]);
  line(['---:', ...COLUMNS.map(() => '---:')]);
  const cells = (row: Measured): string[] => COLUMNS.map(({ of, digits }) => of(row).toFixed(digits));
  for (const row of rows) line([row.size.toLocaleString('en'), ...cells(row)]);
  if (control !== undefined) line([`${control.size.toLocaleString('en')} again`, ...cells(control)]);
  const [first, last] = [control ?? rows[0], rows.at(-1)];
  if (first === undefined || last === undefined || first === last) return;
  line(['largest : smallest', ...COLUMNS.map(({ of }) => (of(last) / of(first)).toFixed(2))]);
  console.log(`\nagainst the target of 10,000 entries/s: ${(last.entriesPerSecond / 10_000).toFixed(2)}`);
}
