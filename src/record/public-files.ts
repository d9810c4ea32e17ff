/** Files that anyone reads: appear whole or not at all, survive a power cut, and immutable ones stay as they are. */
import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname } from 'node:path';
import { sameBytes } from './bytes.ts';
import { RecordFault } from './record-fault.ts';

/** Makes the names in a folder durable. Where folders cannot be synced (Windows) the file system does it. */
export async function syncFolder(path: string): Promise<void> {
  if (process.platform === 'win32') return;
  const folder = await open(path, 'r');
  try {
    await folder.sync();
  } finally {
    await folder.close();
  }
}

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  const unfinished = `${path}.${process.pid}.new`;
  const file = await open(unfinished, 'w', 0o644);
  try {
    await file.writeFile(bytes);
    await file.datasync();
  } finally {
    await file.close();
  }
  return unfinished;
}

/**
 * Publishes a file that never changes. The same bytes again are fine; other bytes under the same name are a
 * `RecordFault` (`file-differs`), and the published file stays.
 */
export async function publishImmutable(path: string, bytes: Uint8Array): Promise<void> {
  const existing = await readOrUndefined(path);
  if (existing === undefined) {
    await mkdir(dirname(path), { recursive: true });
    const unfinished = await writeBeside(path, bytes);
    try {
      await link(unfinished, path);
    } catch (error) {
      // Some file systems know no hard links. There is one publisher, so nothing can have come between.
      if (!hasCode(error, ['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'])) throw error;
      await rename(unfinished, path);
    } finally {
      await rm(unfinished, { force: true });
    }
    await syncFolder(dirname(path));
  } else if (!sameBytes(existing, bytes)) {
    throw new RecordFault('file-differs', `${path} is published with other bytes`);
  }
}

/** Replaces a file that changes with every publication. */
export async function publishMutable(path: string, bytes: Uint8Array): Promise<void> {
  await mkdir(dirname(path), { recursive: true });
  await rename(await writeBeside(path, bytes), path);
  await syncFolder(dirname(path));
}

/** A file's bytes, or undefined when there is none. */
export async function readOrUndefined(path: string): Promise<Uint8Array | undefined> {
  try {
    return new Uint8Array(await readFile(path));
  } catch (error) {
    if (isMissing(error)) return undefined;
    throw error;
  }
}

const hasCode = (error: unknown, codes: readonly string[]): boolean =>
  error instanceof Error && 'code' in error && codes.includes(String(error.code));

const isMissing = (error: unknown): boolean => hasCode(error, ['ENOENT', 'ENOTDIR']);
