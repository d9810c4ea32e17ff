/** A disk that can be filled and emptied: a small tmpfs of its own. Needs root on Linux. */
import { spawnSync } from 'node:child_process';
import { closeSync, mkdirSync, openSync, rmSync, writeSync } from 'node:fs';
import { join } from 'node:path';

export interface SmallDisk {
  /** Writes until there is no space left. */
  fill(): void;
  /** Gives the space back. */
  free(): void;
  unmount(): void;
}

/** Mounts one at `path`, or returns undefined where this machine does not let us; say so loudly. */
export function smallDisk(path: string, megabytes: number): SmallDisk | undefined {
  mkdirSync(path, { recursive: true, mode: 0o755 });
  if (process.platform !== 'linux' || process.getuid?.() !== 0) return undefined;
  const options = `size=${megabytes}m,mode=0755`;
  if (spawnSync('mount', ['-t', 'tmpfs', '-o', options, 'tmpfs', path]).status !== 0) return undefined;
  const ballast = join(path, 'ballast');
  return {
    fill() {
      const file = openSync(ballast, 'a');
      // Large pieces first, then what is left page by page.
      for (const size of [1 << 20, 4096]) while (wrote(file, size));
      closeSync(file);
    },
    free: () => rmSync(ballast, { force: true }),
    unmount() {
      // Lazily: a process that was just killed may hold a file for a moment longer.
      spawnSync('umount', ['-l', path]);
    },
  };
}

function wrote(file: number, size: number): boolean {
  try {
    return writeSync(file, new Uint8Array(size)) === size;
  } catch (error) {
    if (error instanceof Error && 'code' in error && error.code === 'ENOSPC') return false;
    throw error;
  }
}
