/**
 * A server whose parent was killed goes on running. It is ours to stop if its recorded owner is dead; it is
 * somebody else's, and we refuse to start, while that owner lives.
 */
import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { pause } from '../time.ts';
import { EmbeddedPostgresError } from './fault.ts';

const OWNER = 'owner.json';

type Owner = Readonly<{ pid: number; startedAt: string }>;

/**
 * Makes the cluster in `home/pgdata` ours: refuses (`in-use`) while the process that started it lives, stops
 * an orphaned server, removes a `postmaster.pid` that now names an unrelated process, and records us as owner.
 */
export async function claim(home: string): Promise<void> {
  const owner = readOwner(home);
  if (owner && owner.pid !== process.pid && startTime(owner.pid) === owner.startedAt) {
    throw new EmbeddedPostgresError('in-use', `${home} is in use by process ${owner.pid}.`);
  }
  await stopOrphan(join(home, 'pgdata'));
  const us: Owner = { pid: process.pid, startedAt: startTime(process.pid) ?? '' };
  writeFileSync(join(home, OWNER), JSON.stringify(us));
}

/** Gives the cluster up after an orderly stop. */
export function release(home: string): void {
  rmSync(join(home, OWNER), { force: true });
}

/** Stops the server running on `data`, if one is; used for orphans only. */
export async function stopOrphan(data: string): Promise<void> {
  const pidFile = join(data, 'postmaster.pid');
  if (!existsSync(pidFile)) return;
  const pid = Number.parseInt(readFileSync(pidFile, 'utf8'), 10);
  if (!Number.isInteger(pid) || pid <= 1 || startTime(pid) === undefined) return;
  if (!commandOf(pid).includes(data)) {
    // In a restarted container the old number can belong to anything; PostgreSQL would refuse to start.
    rmSync(pidFile, { force: true });
    return;
  }
  for (const [signal, patienceMs] of [
    ['SIGINT', 10_000],
    ['SIGQUIT', 5_000],
  ] as const) {
    process.kill(pid, signal);
    for (let waited = 0; waited < patienceMs; waited += 50) {
      if (startTime(pid) === undefined || !existsSync(pidFile)) return;
      await pause(50);
    }
  }
  throw new EmbeddedPostgresError('stop-failed', `The orphaned PostgreSQL process ${pid} does not stop.`);
}

/** Whether the process recorded as owner of `home` still lives. */
export function ownerLives(home: string): boolean {
  const owner = readOwner(home);
  return owner !== undefined && startTime(owner.pid) === owner.startedAt;
}

function readOwner(home: string): Owner | undefined {
  try {
    return JSON.parse(readFileSync(join(home, OWNER), 'utf8'));
  } catch {
    return undefined;
  }
}

/** Something that tells a living process from a later one with the same number; undefined when there is none. */
function startTime(pid: number): string | undefined {
  if (process.platform === 'linux') {
    try {
      const stat = readFileSync(`/proc/${pid}/stat`, 'utf8');
      const fields = stat.slice(stat.lastIndexOf(')') + 2).split(' ');
      return fields[0] === 'Z' ? undefined : fields[19];
    } catch {
      return undefined;
    }
  }
  try {
    process.kill(pid, 0);
    return 'alive';
  } catch (error) {
    return error instanceof Error && 'code' in error && error.code === 'EPERM' ? 'alive' : undefined;
  }
}

function commandOf(pid: number): string {
  if (process.platform === 'linux') return readFileSync(`/proc/${pid}/cmdline`, 'utf8');
  if (process.platform === 'win32') return '';
  return spawnSync('ps', ['-o', 'command=', '-p', String(pid)], { encoding: 'utf8' }).stdout;
}
