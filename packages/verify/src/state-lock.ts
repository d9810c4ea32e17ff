import { closeSync, mkdirSync, openSync, readFileSync, rmSync, writeSync } from 'node:fs';
import { dirname } from 'node:path';
import { UsageError } from './command.ts';

/** Whether a process of this number runs, other than this one: a container's only process has its number again. */
function isRunning(pid: number): boolean {
  if (!Number.isSafeInteger(pid) || pid <= 0 || pid === process.pid) return false;
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM';
  }
}

/**
 * Takes `FILE.lock` for this process and returns how to give it back. Two monitors on one state would each write over
 * what the other saw. Throws {@link UsageError} while another process holds it; a lock left by one that ended is taken.
 */
export function lockState(path: string): () => void {
  const lock = `${path}.lock`;
  mkdirSync(dirname(path), { recursive: true });
  for (let isLast = false; ; isLast = true) {
    try {
      const file = openSync(lock, 'wx');
      writeSync(file, `${process.pid}\n`);
      closeSync(file);
      return () => rmSync(lock, { force: true });
    } catch (error) {
      const isTaken = error instanceof Error && 'code' in error && error.code === 'EEXIST';
      if (!isTaken) throw new UsageError(error instanceof Error ? error.message : String(error));
      const pid = Number(readFileSync(lock, 'utf8').trim() || Number.NaN);
      if (isLast || isRunning(pid))
        throw new UsageError(`${lock}: held by process ${pid}; one monitor a state file`);
      rmSync(lock, { force: true });
    }
  }
}
