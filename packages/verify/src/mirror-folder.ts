import { link, mkdir, open, readFile, rename, rm } from 'node:fs/promises';
import { dirname, join } from 'node:path';
import { equalBytes } from '@lianshu/statement';
import { LogRefusal } from './log-fault.ts';

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

  /** Keeps what shows a betrayal, once for each pair of checkpoints; returns where. */
  async keepEvidence(name: string, files: Readonly<Record<string, Uint8Array>>): Promise<string> {
    for (const [file, bytes] of Object.entries(files)) {
      const path = join('evidence', name, file);
      if ((await this.read(path)) === undefined) await this.replace(path, bytes);
    }
    return join(this.path, 'evidence', name);
  }
}
