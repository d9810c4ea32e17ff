import { readFileSync, renameSync, statSync, writeFileSync } from 'node:fs';
import { MAX_NOTE_BYTES } from '@lianshu/tlog';
import { MAX_RECEIPT_BYTES } from './check-receipt.ts';
import { UsageError } from './command.ts';

/** The bytes of a saved checkpoint or receipt. Throws {@link UsageError}. */
export function readNoteFile(path: string): Uint8Array {
  try {
    if (statSync(path).size <= Math.max(MAX_NOTE_BYTES, MAX_RECEIPT_BYTES))
      return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  throw new UsageError(`${path}: too large for a checkpoint`);
}

/** Replaces a file as a whole. */
export function writeWhole(path: string, text: string | Uint8Array): void {
  try {
    writeFileSync(`${path}.new`, text);
    renameSync(`${path}.new`, path);
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
}
