import { DatabaseSync } from 'node:sqlite';

/** Held while a process may write the state. */
export type StateLock = Readonly<{ release(): void }>;

/** SQLite's result code for "somebody else holds the lock". */
const SQLITE_BUSY = 5;

/**
 * Takes the lock beside a state file, or returns undefined while another process (or another witness in this one)
 * holds it. The lock is the operating system's, through an otherwise empty SQLite file: it ends with the process,
 * also by `kill -9`, so that no stale lock ever has to be judged. It does not reach across machines.
 */
export function takeStateLock(path: string): StateLock | undefined {
  const file = new DatabaseSync(path, { timeout: 0 });
  try {
    file.exec('BEGIN EXCLUSIVE');
  } catch (error) {
    file.close();
    if (error instanceof Error && 'errcode' in error && error.errcode === SQLITE_BUSY) return undefined;
    throw error;
  }
  return { release: () => file.close() };
}
