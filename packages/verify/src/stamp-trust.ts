import { readFileSync, statSync } from 'node:fs';
import { join } from 'node:path';
import { type Certificate, MAX_TIME_STAMP_BYTES, PkiError, readTimeStampCertificates } from '@lianshu/pki';
import { UsageError } from './command.ts';
import type { CommandCall } from './command-call.ts';

/** The bytes of a file of at most `limit` bytes. Throws {@link UsageError}. */
export function readBounded(path: string, limit: number): Uint8Array {
  try {
    if (statSync(path).size <= limit) return new Uint8Array(readFileSync(path));
  } catch (error) {
    throw new UsageError(error instanceof Error ? error.message : String(error));
  }
  throw new UsageError(`${path}: over ${limit} bytes`);
}

/** The pinned certificates: `--tsa`, else the file named by `LIANSHU_TSA_CERTIFICATE`, else the checkout's own. */
export function pinnedCertificates(call: CommandCall): readonly Certificate[] {
  const { env, programFolder } = call.surroundings;
  const named = call.text('tsa') ?? env['LIANSHU_TSA_CERTIFICATE'];
  const path = named === undefined ? join(programFolder, '.lianshu', 'time-stamp.pem') : call.path(named);
  const file = readBounded(path, MAX_TIME_STAMP_BYTES);
  try {
    return readTimeStampCertificates(file);
  } catch (error) {
    if (error instanceof PkiError) throw new UsageError(`${path}: ${error.message}`);
    throw error;
  }
}
