/** The files of one embedded cluster: where it lives, how it is made, and which major version it is. */
import { spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, renameSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Random } from '../random.ts';
import type { Binaries } from './binaries.ts';
import { EmbeddedPostgresError } from './fault.ts';
import type { ServerUser } from './server-user.ts';

/** The database superuser and owner of an embedded cluster. */
export const SUPERUSER = 'lianshu';

/** `home` holds `pgdata/`, `socket/`, `password`, `owner.json` and `postgres.log`. */
export type Cluster = Readonly<{ home: string; data: string; socket: string; password: string }>;

/**
 * Chooses the folder of the cluster: `directory` itself, or, when we are root and its parents hide it from
 * the server's user, a fresh folder below `/var/lib/lianshu` whose path is kept in `directory/moved-to`.
 * Removing `directory` therefore always means starting with an empty database.
 */
export function chooseHome(directory: string, user: ServerUser, random: Random): string {
  mkdirSync(directory, { recursive: true });
  const pointer = join(directory, 'moved-to');
  if (existsSync(pointer)) return readFileSync(pointer, 'utf8').trim();
  if (user.canReach(directory)) return directory;
  const name = Buffer.from(random.bytes(9)).toString('base64url');
  const home = join('/var/lib/lianshu', `cluster-${name}`);
  mkdirSync(home, { recursive: true, mode: 0o755 });
  if (!user.canReach(home)) {
    throw new EmbeddedPostgresError(
      'unreachable',
      `PostgreSQL refuses to run as root, and user ${user.uid} can reach neither ${directory} nor ${home}.`,
    );
  }
  writeFileSync(pointer, `${home}\n`);
  return home;
}

/**
 * Opens the cluster in `home`, making it when there is none: UTF-8, locale C, checksums, SCRAM everywhere
 * with a generated password that only we may read. Refuses the data of another major version.
 */
export async function openCluster(
  home: string,
  binaries: Binaries,
  user: ServerUser,
  random: Random,
): Promise<Cluster> {
  const data = join(home, 'pgdata');
  const socket = join(home, 'socket');
  const passwordFile = join(home, 'password');
  if (!existsSync(join(data, 'PG_VERSION'))) {
    if (existsSync(data)) {
      throw new EmbeddedPostgresError('initdb-failed', `${data} exists and is not a PostgreSQL data folder.`);
    }
    await initialise(home, binaries, user, random);
  }
  const major = Number.parseInt(readFileSync(join(data, 'PG_VERSION'), 'utf8'), 10);
  if (major !== binaries.major) {
    throw new EmbeddedPostgresError(
      'other-major',
      `${data} was made by PostgreSQL ${major}; this program brings ${binaries.major}. ` +
        `Dump it with version ${major} and restore, or use another data folder.`,
    );
  }
  mkdirSync(socket, { recursive: true, mode: 0o700 });
  user.own(socket);
  return { home, data, socket, password: readFileSync(passwordFile, 'utf8').trim() };
}

async function initialise(home: string, binaries: Binaries, user: ServerUser, random: Random): Promise<void> {
  const password = Buffer.from(random.bytes(24)).toString('base64url');
  writeFileSync(join(home, 'password'), `${password}\n`, { mode: 0o600 });
  const unfinished = join(home, 'pgdata.new');
  const passwordForServer = join(unfinished, '..', 'initdb-password');
  rmSync(unfinished, { recursive: true, force: true });
  mkdirSync(unfinished, { mode: 0o700 });
  user.own(unfinished);
  writeFileSync(passwordForServer, `${password}\n`, { mode: 0o600 });
  user.own(passwordForServer);
  try {
    await run(
      binaries.initdb,
      [
        '--pgdata',
        unfinished,
        '--encoding=UTF8',
        '--locale=C',
        '--data-checksums',
        '--auth=scram-sha-256',
        `--username=${SUPERUSER}`,
        `--pwfile=${passwordForServer}`,
      ],
      home,
      user,
    );
  } finally {
    rmSync(passwordForServer, { force: true });
  }
  renameSync(unfinished, join(home, 'pgdata'));
}

/** The environment of the server's programs: nothing of ours, so that no secret leaks and no PG variable counts. */
export function serverEnvironment(): { env?: NodeJS.ProcessEnv } {
  if (process.platform === 'win32') return {};
  return { env: { PATH: '/usr/local/bin:/usr/bin:/bin', LANG: 'C', LC_ALL: 'C', TZ: 'UTC' } };
}

function run(program: string, args: readonly string[], cwd: string, user: ServerUser): Promise<void> {
  return new Promise((resolve, reject) => {
    const child = spawn(program, args, {
      cwd,
      ...serverEnvironment(),
      ...user.spawn,
      stdio: ['ignore', 'pipe', 'pipe'],
    });
    let output = '';
    child.stdout.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.stderr.on('data', (chunk: Buffer) => {
      output += chunk.toString();
    });
    child.on('error', (cause) =>
      reject(new EmbeddedPostgresError('initdb-failed', 'initdb did not start.', cause)),
    );
    child.on('close', (status) => {
      if (status === 0) resolve();
      else reject(new EmbeddedPostgresError('initdb-failed', `initdb ended with ${status}:\n${output}`));
    });
  });
}
