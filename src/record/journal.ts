/**
 * The sequencer's journal: one line per committed checkpoint, fsynced, outside the database. A database
 * restored from a backup cannot take it back with it, so the next start sees that something is missing.
 */
import { mkdir, open, rename, stat } from 'node:fs/promises';
import { dirname } from 'node:path';
import { base64, sameBytes } from './bytes.ts';
import { syncFolder } from './public-files.ts';
import { RecordFault } from './record-fault.ts';

/** A tree head as the journal keeps it. */
export type JournalLine = Readonly<{ size: number; root: Uint8Array }>;

/** What a journal on the disk says; nothing is changed by reading it. */
export type JournalReading =
  | Readonly<{ state: 'missing' }>
  | Readonly<{ state: 'unreadable'; offset: number }>
  | Readonly<{ state: 'contradicts-itself'; a: JournalLine; b: JournalLine }>
  | Readonly<{
      state: 'read';
      /** The newest whole line; undefined for an empty journal. */
      last: JournalLine | undefined;
      /** Bytes after the last whole line: the trace of a crash while writing. */
      tornBytes: number;
    }>;

const LINE = /^(\d{1,16}) ([A-Za-z0-9+/]{43}=)$/;

/** Read from the end: some 20,000 lines, however long the sequencer has been running. */
const MOST_BYTES = 1_048_576;

/** Reads a journal. A log only grows, so a line that goes back, or gives one size two roots, contradicts the others. */
export async function readJournal(path: string): Promise<JournalReading> {
  const tail = await readTail(path);
  if (tail === undefined) return { state: 'missing' };
  const { bytes, from } = tail;
  const begin = from === 0 ? 0 : bytes.indexOf(0x0a) + 1;
  const end = bytes.lastIndexOf(0x0a) + 1;
  let last: JournalLine | undefined;
  let offset = from + begin;
  for (const text of bytes.subarray(begin, end).toString('latin1').split('\n').slice(0, -1)) {
    const [, size, root] = LINE.exec(text) ?? [];
    if (size === undefined || root === undefined) return { state: 'unreadable', offset };
    const line = { size: Number(size), root: new Uint8Array(Buffer.from(root, 'base64')) };
    if (last !== undefined && (line.size < last.size || isOtherRoot(line, last))) {
      return { state: 'contradicts-itself', a: last, b: line };
    }
    last = line;
    offset += text.length + 1;
  }
  return { state: 'read', last, tornBytes: bytes.length - end };
}

async function readTail(path: string): Promise<Readonly<{ bytes: Buffer; from: number }> | undefined> {
  const file = await open(path, 'r').catch((error: NodeJS.ErrnoException) => {
    if (error.code === 'ENOENT') return undefined;
    throw error;
  });
  if (file === undefined) return undefined;
  try {
    const { size } = await file.stat();
    const from = Math.max(0, size - MOST_BYTES);
    const { buffer, bytesRead } = await file.read(Buffer.alloc(size - from), 0, size - from, from);
    return { bytes: buffer.subarray(0, bytesRead), from };
  } finally {
    await file.close();
  }
}

const isOtherRoot = (a: JournalLine, b: JournalLine): boolean =>
  a.size === b.size && !sameBytes(a.root, b.root);

/** An open journal. */
export type Journal = Readonly<{
  /**
   * Appends and returns when the line is on the disk, in the file that bears the journal's name.
   * @throws {RecordFault} `another-sequencer` when a later sequencer has begun a journal of its own there.
   */
  append(line: JournalLine): Promise<void>;
  close(): Promise<void>;
}>;

/**
 * Begins a journal with the newest line of the one before it (the earlier ones prove nothing more). Only after a
 * start check that passed: from here on the file of an earlier sequencer, perhaps paused, is no longer the journal.
 */
export async function openJournal(path: string, last: JournalLine | undefined): Promise<Journal> {
  await mkdir(dirname(path), { recursive: true });
  const fresh = `${path}.new`;
  const file = await open(fresh, 'w', 0o600);
  if (last !== undefined) await file.writeFile(format(last));
  await file.datasync();
  await rename(fresh, path);
  await syncFolder(dirname(path));
  const mine = await file.stat({ bigint: true });
  return {
    append: async (line) => {
      // Unlike `write`, which a disk that fills up lets end after half a line without an error.
      await file.appendFile(format(line));
      await file.datasync();
      const there = await stat(path, { bigint: true }).catch(() => undefined);
      if (there === undefined || there.ino !== mine.ino || there.dev !== mine.dev) {
        throw new RecordFault(
          'another-sequencer',
          `${path} is no longer the journal that this sequencer writes: another one has begun`,
        );
      }
    },
    close: () => file.close(),
  };
}

const format = ({ size, root }: JournalLine): string => `${size} ${base64(root)}\n`;
