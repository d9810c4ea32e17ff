import {
  closeSync,
  fsyncSync,
  linkSync,
  mkdirSync,
  openSync,
  readFileSync,
  statSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { dirname } from 'node:path';

/** A key is missing, readable by others, or not what it must be; or its store refuses. The program does not start with it. */
export class KeyFault extends Error {
  readonly code: 'key-missing' | 'key-exposed' | 'key-malformed' | 'key-store-refused' | 'key-store-failed';
  constructor(code: KeyFault['code'], message: string) {
    super(message);
    this.code = code;
  }
}

/**
 * Reads a secret. The file must belong to nobody else and be closed to group and others (mode 0600 or 0400).
 * @throws {KeyFault}
 */
export function readKeyFile(path: string): Uint8Array {
  let mode: number;
  try {
    mode = statSync(path).mode;
  } catch {
    throw new KeyFault('key-missing', `There is no key file at ${path}`);
  }
  if (process.platform !== 'win32' && (mode & 0o077) !== 0)
    throw new KeyFault(
      'key-exposed',
      `${path} can be read by others (mode ${(mode & 0o777).toString(8)}); make it 0600`,
    );
  return new Uint8Array(readFileSync(path));
}

/** Writes a secret once: fsynced, mode 0600. @throws `EEXIST` where a file is already; it stays. */
export function createKeyFile(path: string, bytes: Uint8Array): void {
  mkdirSync(dirname(path), { recursive: true, mode: 0o700 });
  const temporary = `${path}.${process.pid}.new`;
  const file = openSync(temporary, 'wx', 0o600);
  try {
    writeSync(file, bytes);
    fsyncSync(file);
  } finally {
    closeSync(file);
  }
  try {
    // A link, unlike a rename, fails where a file is.
    linkSync(temporary, path);
  } finally {
    unlinkSync(temporary);
  }
}
