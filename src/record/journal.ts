/**
 * The sequencer's journal: one line per committed checkpoint, fsynced, outside the database. A database
 * restored from a backup cannot take it back with it, so the next start sees that something is missing.
 */
import { mkdir, open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { base64 } from './bytes.ts';
import { syncFolder } from './public-files.ts';
import { RecordFault } from './record-fault.ts';

/** A tree head as the journal keeps it. */
export type JournalLine = Readonly<{ size: number; root: Uint8Array }>;

/** An open journal. */
export type Journal = Readonly<{
  /** The newest whole line; undefined for a new journal. */
  last: JournalLine | undefined;
  /** Appends and returns when the line is on the disk. */
  append(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}>;

const LINE = /^(\d{1,16}) ([A-Za-z0-9+/]{43}=)$/;

/**
 * Opens the journal, keeping of an older one only its newest line (the earlier ones prove nothing more). A
 * torn last line is the trace of a crash while writing and is dropped; any other line that cannot be read is a fault.
 */
export async function openJournal(path: string): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const last = await readLast(path);
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  if (last !== undefined) await file.write(format(last));
  await file.datasync();
  await rename(fresh, path);
  await syncFolder(dirname(path));
  return {
    last,
    append: async (line) => {
      await file.write(format(line));
      await file.datasync();
    },
    close: () => file.close(),
  };
}

const format = ({ size, root }: JournalLine): string => `${size} ${base64(root)}\n`;

async function readLast(path: string): Promise<JournalLine | undefined> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return '';
    throw error;
  });
  const line = text
    .slice(0, text.lastIndexOf('\n') + 1)
    .trimEnd()
    .split('\n')
    .at(-1);
  if (line === undefined || line === '') return undefined;
  const [, size, root] = LINE.exec(line) ?? [];
  if (size === undefined || root === undefined) {
    throw new RecordFault('journal-failed', `${path}: the last line is not "<size> <base64 root>"`);
  }
  return { size: Number(size), root: new Uint8Array(Buffer.from(root, 'base64')) };
}
