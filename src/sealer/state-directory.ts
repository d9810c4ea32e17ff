import {
  closeSync,
  fsyncSync,
  linkSync,
  lstatSync,
  mkdirSync,
  openSync,
  readdirSync,
  readFileSync,
  rmSync,
  unlinkSync,
  writeSync,
} from 'node:fs';
import { open, rename } from 'node:fs/promises';
import { join } from 'node:path';
import { DatabaseSync } from 'node:sqlite';

/**
 * Why the sealer does not start. `state-exposed` group or others may enter · `state-foreign-owner` ·
 * `state-not-a-directory` · `state-in-use` another sealer runs on it · `state-malformed` a key of wrong size ·
 * `no-pinned-issuer` · `address-in-use` · `address-not-loopback`.
 */
export type SealerStartCode =
  | 'state-exposed'
  | 'state-foreign-owner'
  | 'state-not-a-directory'
  | 'state-in-use'
  | 'state-malformed'
  | 'no-pinned-issuer'
  | 'ocsp-responder-not-allowed'
  | 'address-in-use'
  | 'address-not-loopback';

/** Refusal to start rather than run unsafely. `what` names a file of ours, never its content. */
export class SealerStartFault extends Error {
  readonly code: SealerStartCode;

  constructor(code: SealerStartCode, what: string, options?: ErrorOptions) {
    super(`${code}: ${what}`, options);
    this.name = 'SealerStartFault';
    this.code = code;
  }
}

const LOCK = 'lock';

/**
 * The sealer's own directory: K_case per case, hold keys per day, the promise key, recipients. Mode 0700, files
 * 0600, owner the running user; anything wider is refused at start. One process at a time: the lock is the
 * kernel's (an open SQLite file), so it ends with the process, however that ends.
 *
 * What is written once is never overwritten: a lost K_case must be noticed, not replaced.
 */
export class StateDirectory {
  readonly #path: string;
  readonly #lock: DatabaseSync;

  private constructor(path: string, lock: DatabaseSync) {
    this.#path = path;
    this.#lock = lock;
  }

  /** Creates the directory if it is missing, judges it, and locks it. Throws {@link SealerStartFault}. */
  static open(path: string): StateDirectory {
    mkdirSync(path, { recursive: true, mode: 0o700 });
    judge(path);
    return new StateDirectory(path, lock(join(path, LOCK)));
  }

  /** The bytes of a file, or undefined when there is none. */
  read(name: string): Uint8Array | undefined {
    try {
      return new Uint8Array(readFileSync(join(this.#path, name)));
    } catch (error) {
      if (isCode(error, 'ENOENT')) return undefined;
      throw error;
    }
  }

  /** Names in a folder of the directory, empty when there is no such folder. */
  list(folder: string): readonly string[] {
    try {
      return readdirSync(join(this.#path, folder)).sort();
    } catch (error) {
      if (isCode(error, 'ENOENT')) return [];
      throw error;
    }
  }

  /**
   * Writes a new file: whole or not at all, on disk when this returns, never over an existing one (throws
   * `EEXIST`).
   */
  writeOnce(folder: string, name: string, bytes: Uint8Array): void {
    const directory = join(this.#path, folder);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const temporary = join(directory, `.${name}.new`);
    rmSync(temporary, { force: true });
    const file = openSync(temporary, 'wx', 0o600);
    try {
      writeSync(file, bytes);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    try {
      linkSync(temporary, join(directory, name));
    } finally {
      unlinkSync(temporary);
    }
    syncDirectory(directory);
    syncDirectory(this.#path);
  }

  /**
   * Writes a file anew: the old bytes or the new ones stand there, whenever the machine stops, and the new ones once this
   * resolves. Does not hold up the process while the disk works. One call at a time for each name.
   */
  async replace(folder: string, name: string, bytes: Uint8Array): Promise<void> {
    const directory = join(this.#path, folder);
    mkdirSync(directory, { recursive: true, mode: 0o700 });
    const temporary = join(directory, `.${name}.new`);
    rmSync(temporary, { force: true });
    const file = await open(temporary, 'wx', 0o600);
    try {
      await file.writeFile(bytes);
      await file.sync();
    } finally {
      await file.close();
    }
    await rename(temporary, join(directory, name));
    if (process.platform === 'win32') return;
    const holder = await open(directory, 'r');
    try {
      await holder.sync();
    } finally {
      await holder.close();
    }
  }

  /** Overwrites a key file with zeros, then removes it. False when it was gone already. */
  destroy(folder: string, name: string): boolean {
    const directory = join(this.#path, folder);
    const path = join(directory, name);
    let file: number;
    try {
      file = openSync(path, 'r+');
    } catch (error) {
      if (isCode(error, 'ENOENT')) return false;
      throw error;
    }
    try {
      writeSync(file, new Uint8Array(lstatSync(path).size), 0, undefined, 0);
      fsyncSync(file);
    } finally {
      closeSync(file);
    }
    unlinkSync(path);
    syncDirectory(directory);
    return true;
  }

  /** Gives the directory free for another process. */
  close(): void {
    this.#lock.close();
  }
}

function lock(path: string): DatabaseSync {
  closeSync(openSync(path, 'a', 0o600));
  const database = new DatabaseSync(path, { timeout: 0 });
  try {
    database.exec('BEGIN EXCLUSIVE');
  } catch (cause) {
    database.close();
    throw new SealerStartFault('state-in-use', path, { cause });
  }
  return database;
}

/** Looks at the directory and everything in it; follows no symbolic link. */
function judge(path: string): void {
  const root = lstatSync(path);
  if (!root.isDirectory()) throw new SealerStartFault('state-not-a-directory', path);
  const owner = process.getuid?.();
  if (owner === undefined) return;
  const names = readdirSync(path, { recursive: true, encoding: 'utf8' });
  for (const entry of [path, ...names.map((name) => join(path, name))]) {
    const { uid, mode } = lstatSync(entry);
    if (uid !== owner) throw new SealerStartFault('state-foreign-owner', entry);
    if ((mode & 0o077) !== 0) throw new SealerStartFault('state-exposed', entry);
  }
}

function syncDirectory(path: string): void {
  if (process.platform === 'win32') return;
  const directory = openSync(path, 'r');
  try {
    fsyncSync(directory);
  } finally {
    closeSync(directory);
  }
}

function isCode(error: unknown, code: string): boolean {
  return error instanceof Error && 'code' in error && error.code === code;
}
