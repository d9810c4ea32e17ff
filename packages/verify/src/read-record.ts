import { equalBytes } from '@lianshu/statement';
import { type NotePrimitives, TreeEdge } from '@lianshu/tlog';
import { type EntryPlace, growTree } from './grow-tree.ts';
import { type LogFault, LogRefusal } from './log-fault.ts';
import { readCheckpoint } from './log-files.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { readEntry } from './read-entry.ts';
import { RecordFold } from './record-fold.ts';
import type { Progress } from './scan-log.ts';
import { type OpenedCheckpoint, openTrusted, type Trust } from './trusted-log.ts';

/** Malformed entries told one by one; further ones are only counted in the fold's size. */
const MOST_FAULTS = 100;

/** The whole record at one signed checkpoint. */
export type Record = Readonly<{
  opened: OpenedCheckpoint;
  fold: RecordFold;
  /** Roots of the same tree at the earlier sizes asked for. */
  roots: ReadonlyMap<number, Uint8Array>;
  /** Entries that are signed but are no entries: not canonical, of unknown kind or wrong shape. */
  malformed: readonly LogFault[];
}>;

export type RecordContext = Readonly<{
  primitives: NotePrimitives;
  source: LogSource;
  trust: Trust;
  progress: Progress;
}>;

/** The signed checkpoint a log publishes now. Throws {@link LogRefusal}. */
export async function openPublished(context: RecordContext): Promise<OpenedCheckpoint> {
  const bytes = await readCheckpoint(context.source);
  const opened = openTrusted(context.primitives, bytes, context.trust, 'checkpoint');
  if (!opened.ok) throw new LogRefusal(opened.fault);
  return opened;
}

/** Reads an entry into the fold; one that is none is told and keeps its place. */
export function foldEntry(
  fold: RecordFold,
  bytes: Uint8Array,
  place: EntryPlace,
  malformed: LogFault[],
): void {
  const read = readEntry(bytes);
  if (!('code' in read)) {
    fold.take(read);
    return;
  }
  fold.skip();
  if (malformed.length < MOST_FAULTS) malformed.push({ code: read.code, ...place, detail: read.at });
}

/**
 * Reads every tile and entry of the log and proves that they are the tree its checkpoint signs. Throws
 * {@link LogRefusal} when they are not, naming file and bytes. Nothing read is believed before that.
 */
export async function readRecord(
  context: RecordContext,
  opened: OpenedCheckpoint,
  at: ReadonlySet<number> = new Set(),
): Promise<Record> {
  const fold = new RecordFold();
  const malformed: LogFault[] = [];
  const { sha256 } = context.primitives;
  const { size, root } = opened.checkpoint;
  const { edge, roots } = await growTree(
    {
      sha256,
      source: context.source,
      progress: context.progress,
      visit: (bytes, place) => foldEntry(fold, bytes, place, malformed),
    },
    TreeEdge.empty(sha256),
    size,
    at,
  );
  if (!equalBytes(edge.root(), root))
    throw new LogRefusal({ code: 'root-differs', file: 'checkpoint', line: 3 });
  return { opened, fold, roots, malformed };
}

/** What was thrown while a log was read, as a fault; anything else is thrown on. */
export function faultOf(error: unknown): LogFault {
  if (error instanceof LogRefusal) return error.fault;
  if (error instanceof LogSourceError) return { code: error.code, detail: error.message };
  throw error;
}
