/**
 * The comparison before a sequencer serves (trust.md §1): the database against itself, the journal and the
 * public files. Whatever is ahead of the database means that the database lost something that was shown or
 * promised; going on would fork the log for ever.
 */
import { join } from 'node:path';
import {
  type Checkpoint,
  consistencyProof,
  openCheckpoint,
  TreeEdge,
  tilesForConsistency,
  type VerifierKey,
  verifyConsistency,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { sameBytes } from './bytes.ts';
import type { JournalLine } from './journal.ts';
import { publishedExtent, readOrUndefined } from './public-files.ts';
import { RecordFault } from './record-fault.ts';
import { highestIndex, type LogRow, readTiles, type SequencerConnection } from './sequencer-store.ts';
import { tilesAt } from './tiles-at.ts';

/** Everything the check looks at. */
export type StartCheck = Readonly<{
  client: SequencerConnection;
  row: LogRow;
  origin: string;
  /** Keys of this log; one of them must have signed what the database and the public folder hold. */
  keys: readonly VerifierKey[];
  journal: JournalLine | undefined;
  publicDirectory: string;
  /** Accept a log that has entries while neither journal nor public checkpoint are here (moved to a new machine). */
  adoptWithoutJournal: boolean;
}>;

/** Returns the right edge when all agree; else throws a `RecordFault` saying what disagrees. */
export async function checkAtStart(check: StartCheck): Promise<TreeEdge> {
  const edge = await checkDatabase(check);
  const published = await readPublished(check);
  if (check.journal === undefined && published === undefined && edge.size > 0 && !check.adoptWithoutJournal) {
    throw new RecordFault(
      'database-behind',
      `the database holds a log of ${edge.size} entries, but neither its journal nor its public checkpoint is here. ` +
        'Bring them, or state that this machine takes the log over.',
    );
  }
  if (check.journal !== undefined) await checkPrefix(check, edge, 'journal', check.journal);
  if (published !== undefined) await checkPrefix(check, edge, 'public checkpoint', published);
  const extent = await publishedExtent(check.publicDirectory);
  if (extent > edge.size) {
    throw new RecordFault(
      'database-behind',
      `public bundles reach entry ${extent}, the database only ${edge.size}`,
    );
  }
  return edge;
}

async function checkDatabase({ client, row, origin, keys }: StartCheck): Promise<TreeEdge> {
  const inconsistent = (what: string): RecordFault => new RecordFault('database-inconsistent', what);
  if (row.origin !== origin) throw inconsistent(`the database holds the log ${row.origin}, not ${origin}`);
  const edge = TreeEdge.decode(sha256, row.edge);
  if (edge === undefined || edge.size !== row.size || !sameBytes(edge.root(), row.root)) {
    throw inconsistent(`the right edge does not give the root of size ${row.size}`);
  }
  const signed = open(row.checkpoint, keys, 'the database');
  if (signed.origin !== origin || signed.size !== row.size || !sameBytes(signed.root, row.root)) {
    throw inconsistent(`the stored checkpoint is of size ${signed.size}, the log of size ${row.size}`);
  }
  const highest = await highestIndex(client);
  if (highest !== row.size - 1)
    throw inconsistent(`entries reach index ${highest}, the log has size ${row.size}`);
  return edge;
}

async function readPublished({ publicDirectory, keys, origin }: StartCheck): Promise<Checkpoint | undefined> {
  const bytes = await readOrUndefined(join(publicDirectory, 'checkpoint'));
  if (bytes === undefined) return undefined;
  const checkpoint = open(new TextDecoder().decode(bytes), keys, publicDirectory);
  if (checkpoint.origin !== origin) {
    throw new RecordFault('database-inconsistent', `${publicDirectory} holds the log ${checkpoint.origin}`);
  }
  return checkpoint;
}

function open(note: string, keys: readonly VerifierKey[], where: string): Checkpoint {
  const opened = openCheckpoint(nodeNotePrimitives, note, keys);
  if (!opened.ok) {
    throw new RecordFault(
      'database-inconsistent',
      `the checkpoint of ${where}: ${opened.code}; another log key?`,
    );
  }
  return opened.checkpoint;
}

/** The log must begin with what `where` knows of it. */
async function checkPrefix(
  { client, row }: StartCheck,
  edge: TreeEdge,
  where: string,
  known: JournalLine,
): Promise<void> {
  if (known.size > row.size) {
    throw new RecordFault(
      'database-behind',
      `the ${where} knows ${known.size} entries, the database ${row.size}: was an old backup restored? ` +
        'Nothing was changed. Restore a later state of the database.',
    );
  }
  if (known.size === 0) return;
  const refs = tilesForConsistency(known.size, row.size);
  const readTile = await tilesAt(edge, refs, (full) => readTiles(client, full));
  const proof = consistencyProof(sha256, known.size, row.size, readTile);
  const claim = { size1: known.size, size2: row.size, root1: known.root, root2: row.root, proof };
  if (!verifyConsistency(sha256, claim)) {
    throw new RecordFault(
      'database-behind',
      `at size ${known.size} the ${where} has another root than the database`,
    );
  }
}
