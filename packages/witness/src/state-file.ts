import { open, readFile, rename } from 'node:fs/promises';
import { dirname } from 'node:path';
import { formatVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { type StateLock, takeStateLock } from './state-lock.ts';
import { WitnessFault } from './witness-fault.ts';
import { decodeState, encodeState, type WitnessState } from './witness-state.ts';

/** Where a witness keeps its state. `save` has stored durably when it returns, or throws {@link WitnessFault}. */
export type StateStore = Readonly<{ state: WitnessState; save(next: WitnessState): Promise<void> }>;

/** Makes what a rename did survive a crash. Windows cannot open folders, and its file system journals renames. */
async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(dirname(path), 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeDurably(path: string, text: string, flags: 'w' | 'wx'): Promise<void> {
  const file = await open(path, flags, 0o600);
  try {
    await file.writeFile(text);
    await file.sync();
  } finally {
    await file.close();
  }
}

/** The file's text. Missing and unreadable are two faults: the first may be a wrong path, the second a dead disk. */
async function readState(path: string): Promise<string> {
  try {
    return await readFile(path, 'utf8');
  } catch (cause) {
    const missing = cause instanceof Error && 'code' in cause && cause.code === 'ENOENT';
    throw new WitnessFault(missing ? 'state-missing' : 'state-unreadable', path, { cause });
  }
}

function lock(path: string): StateLock {
  let taken: StateLock | undefined;
  try {
    taken = takeStateLock(`${path}.lock`);
  } catch (cause) {
    throw new WitnessFault('state-unreadable', `${path}.lock`, { cause });
  }
  if (taken === undefined) throw new WitnessFault('state-locked', path);
  return taken;
}

/**
 * Makes the state of a new witness: it has cosigned nothing yet. Only for keys made in the same act: a state made
 * again for an old key would cosign a fork. Never replaces a file (`state-exists`).
 */
export async function createWitnessState(path: string, keys: readonly VerifierKey[]): Promise<void> {
  const state = encodeState({ keys: keys.map(formatVerifierKey), logs: new Map() });
  try {
    await writeDurably(path, state, 'wx');
    await syncFolder(path);
  } catch (cause) {
    const exists = cause instanceof Error && 'code' in cause && cause.code === 'EEXIST';
    throw new WitnessFault(exists ? 'state-exists' : 'state-not-saved', path, { cause });
  }
}

/** Lets a new key use an existing state, as in a rotation: all that was cosigned before binds it too. */
export async function admitKeys(path: string, keys: readonly VerifierKey[]): Promise<void> {
  const file = await StateFile.open(path);
  try {
    const all = new Set([...file.state.keys, ...keys.map(formatVerifierKey)]);
    await file.save({ ...file.state, keys: [...all] });
  } finally {
    file.close();
  }
}

/**
 * A witness's state in one file, ours alone while open. Every save replaces the file whole: temporary file, fsync,
 * rename, fsync of the folder. A crash at any point leaves the old state or the new one.
 */
export class StateFile implements StateStore {
  readonly #path: string;
  readonly #lock: StateLock;
  #text: string;
  #state: WitnessState;

  private constructor(path: string, held: StateLock, text: string, state: WitnessState) {
    this.#path = path;
    this.#lock = held;
    this.#text = text;
    this.#state = state;
  }

  /** Opens an existing state. Throws {@link WitnessFault}; never starts from nothing. */
  static async open(path: string): Promise<StateFile> {
    // Before the lock, so that a mistyped path leaves no lock file behind.
    await readState(path);
    const held = lock(path);
    try {
      const text = await readState(path);
      const state = decodeState(text);
      if (state === undefined) throw new WitnessFault('state-malformed', path);
      return new StateFile(path, held, text, state);
    } catch (error) {
      held.release();
      throw error;
    }
  }

  get state(): WitnessState {
    return this.#state;
  }

  /** Not to be called again before it settled. */
  async save(next: WitnessState): Promise<void> {
    // A file put back by hand under a running witness must not be overwritten as if nothing had happened.
    if ((await readState(this.#path)) !== this.#text) throw new WitnessFault('state-changed', this.#path);
    const text = encodeState(next);
    try {
      await writeDurably(`${this.#path}.new`, text, 'w');
    } catch (cause) {
      throw new WitnessFault('state-not-saved', this.#path, { cause });
    }
    try {
      await rename(`${this.#path}.new`, this.#path);
      await syncFolder(this.#path);
    } catch (cause) {
      throw new WitnessFault('state-unknown', this.#path, { cause });
    }
    [this.#text, this.#state] = [text, next];
  }

  close(): void {
    this.#lock.release();
  }
}
