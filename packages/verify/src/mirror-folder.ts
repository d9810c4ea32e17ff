import { link, mkdir, open, readdir, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes } from '@lianshu/statement';
import { LogRefusal } from './log-fault.ts';

/** Contradictions kept in one folder, each at most two notes and two tiles: under 40 MB together. */
export const MOST_EVIDENCE = 64;

const isMissing = (error: unknown): boolean =>
  error instanceof Error && 'code' in error && (error.code === 'ENOENT' || error.code === 'ENOTDIR');

async function writeBeside(path: string, bytes: Uint8Array): Promise<string> {
  await mkdir(dirname(path), { recursive: true });
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

/** A folder of verified files. What lies under its final name was proved before it got there. */
export class MirrorFolder {
  readonly path: string;

  constructor(path: string) {
    this.path = path;
  }

  /** A file's bytes, or undefined when there is none. */
  async read(path: string): Promise<Uint8Array | undefined> {
    try {
      return new Uint8Array(await readFile(join(this.path, path)));
    } catch (error) {
      if (isMissing(error)) return undefined;
      throw error;
    }
  }

  /** Stores a file that never changes; other bytes under its name are a {@link LogRefusal}, and what is there stays. */
  async keep(path: string, bytes: Uint8Array): Promise<void> {
    const there = await this.read(path);
    if (there !== undefined && !equalBytes(there, bytes)) {
      const at = there.findIndex((byte, i) => byte !== bytes[i]);
      const range = [Math.max(0, at), there.length] as const;
      throw new LogRefusal({
        code: 'tile-differs',
        file: join(this.path, path),
        bytes: range,
        detail: 'own copy',
      });
    }
    if (there !== undefined) return;
    const unfinished = await writeBeside(join(this.path, path), bytes);
    try {
      await link(unfinished, join(this.path, path));
    } catch (error) {
      const known = error instanceof Error && 'code' in error ? String(error.code) : '';
      if (!['EPERM', 'ENOTSUP', 'EOPNOTSUPP', 'ENOSYS'].includes(known)) throw error;
      await rename(unfinished, join(this.path, path));
    } finally {
      await rm(unfinished, { force: true });
    }
  }

  /** Replaces a file as a whole. */
  async replace(path: string, bytes: Uint8Array): Promise<void> {
    await rename(await writeBeside(join(this.path, path), bytes), join(this.path, path));
  }

  /** Drops the partial files that a full one has replaced (tlog-tiles, "Partial Tiles"). */
  async dropPartials(fullPath: string): Promise<void> {
    await rm(join(this.path, `${fullPath}.p`), { recursive: true, force: true });
  }

  /**
   * Keeps what shows a betrayal, once for each name; returns where. Undefined when it is another one and
   * {@link MOST_EVIDENCE} are here: a log that signs something else at every look must not fill the disk.
   */
  async keepEvidence(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string | undefined> {
    const kept = await readdir(join(this.path, 'evidence')).catch((error: unknown): readonly string[] => {
      if (isMissing(error)) return [];
      throw error;
    });
    if (!kept.includes(name) && kept.length >= MOST_EVIDENCE) return undefined;
    for (const [file, bytes] of Object.entries(files)) {
      const path = join('evidence', name, file);
      if ((await this.read(path)) === undefined) await this.replace(path, bytes);
    }
    return join(this.path, 'evidence', name);
  }
}
