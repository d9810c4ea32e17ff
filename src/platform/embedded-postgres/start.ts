/** Starting and stopping the embedded server as a direct child of ours. */
import { type ChildProcess, spawn } from 'node:child_process';
import { closeSync, openSync, readFileSync } from 'node:fs';
import { createServer } from 'node:net';
import { join, resolve } from 'node:path';
import pg from 'pg';
import { type Random, systemRandom } from '../random.ts';
import { pause } from '../time.ts';
import { findBinaries } from './binaries.ts';
import { type Cluster, chooseHome, openCluster, SUPERUSER, serverEnvironment } from './cluster.ts';
import { EmbeddedPostgresError } from './fault.ts';
import { claim, release } from './orphan.ts';
import { type ServerUser, serverUser } from './server-user.ts';

/** A running server. `connectionString` names the database `postgres` and works like any `DATABASE_URL`. */
export type EmbeddedPostgres = Readonly<{
  connectionString: string;
  /** The folder the cluster lives in; see `chooseHome` for when it is not the folder asked for. */
  home: string;
  pid: number;
  /** Resolves when the server has ended, asked or not. */
  ended: Promise<void>;
  /** Ends every session, writes a checkpoint and waits until the server is gone. */
  stop(): Promise<void>;
}>;

/** A unix socket's path may have about 107 bytes; `/.s.PGSQL.5432` takes 14 of them. */
const LONGEST_SOCKET_PATH = 100;
const PATIENCE_MS = 60_000;

/**
 * Starts PostgreSQL on `directory`, making the cluster the first time (about 0.7 s; later starts 0.15 s).
 *
 * It listens on a unix socket inside its folder, or on the loopback address where that is impossible; a
 * generated password is asked for either way. fsync and checksums are on. Run by root, the server runs as
 * uid 65534. The server is our direct child and is stopped by `stop()` or by the end of this process; one
 * left over from a killed process is stopped first.
 */
export async function startEmbeddedPostgres(
  options: Readonly<{ directory: string; random?: Random }>,
): Promise<EmbeddedPostgres> {
  const random = options.random ?? systemRandom;
  const user = serverUser();
  const binaries = findBinaries(user);
  const home = chooseHome(resolve(options.directory), user, random);
  await claim(home);
  const cluster = await openCluster(home, binaries, user, random);
  const socketFits = Buffer.byteLength(join(cluster.socket, '.s.PGSQL.5432')) <= LONGEST_SOCKET_PATH;
  const address =
    process.platform !== 'win32' && socketFits
      ? { host: cluster.socket, port: 5432 }
      : { host: '127.0.0.1', port: await freePort() };
  const child = launch(binaries.postgres, cluster, address, user);
  const ended = new Promise<void>((done) => child.once('close', () => done()));
  const onExit = () => child.kill('SIGINT');
  process.once('exit', onExit);
  ended.then(() => process.removeListener('exit', onExit));
  await untilReady(child, cluster, address);
  return {
    connectionString: connectionString(cluster, address),
    home,
    pid: child.pid ?? 0,
    ended,
    stop: async () => {
      // SIGINT is PostgreSQL's "fast shutdown": sessions end, a checkpoint is written.
      child.kill('SIGINT');
      await ended;
      release(home);
    },
  };
}

type Address = Readonly<{ host: string; port: number }>;

function launch(postgres: string, cluster: Cluster, address: Address, user: ServerUser): ChildProcess {
  const onSocket = address.host === cluster.socket;
  const settings: Readonly<Record<string, string>> = {
    listen_addresses: onSocket ? '' : address.host,
    unix_socket_directories: onSocket ? cluster.socket : '',
    port: String(address.port),
    max_connections: '80',
    shared_buffers: '64MB',
    // Each page touched first after a checkpoint is logged whole, and commitments touch pages of their index at
    // random. With the default of 1 GB a log of ten million entries would have a checkpoint every few seconds.
    max_wal_size: '4GB',
    timezone: 'UTC',
    log_timezone: 'UTC',
    // Never a row's content in the server's log: no error (its text may quote a value), statement or DETAIL.
    log_min_messages: 'log',
    log_min_error_statement: 'panic',
    log_parameter_max_length_on_error: '0',
    log_error_verbosity: 'terse',
  };
  const args = ['-D', cluster.data, ...Object.entries(settings).flatMap(([k, v]) => ['-c', `${k}=${v}`])];
  const log = openSync(join(cluster.home, 'postgres.log'), 'a', 0o600);
  try {
    // Its own process group: Ctrl-C in the terminal must reach us first, so that we can close in order.
    return spawn(postgres, args, {
      cwd: cluster.home,
      ...serverEnvironment(),
      ...user.spawn,
      detached: process.platform !== 'win32',
      stdio: ['ignore', log, log],
    });
  } finally {
    closeSync(log);
  }
}

async function untilReady(child: ChildProcess, cluster: Cluster, address: Address): Promise<void> {
  let failure: unknown;
  child.once('error', (error) => {
    failure = error;
  });
  for (let waited = 0; waited < PATIENCE_MS; waited += 25) {
    if (failure !== undefined || child.exitCode !== null || child.signalCode !== null) break;
    const client = new pg.Client({
      ...address,
      user: SUPERUSER,
      password: cluster.password,
      database: 'postgres',
    });
    try {
      await client.connect();
      return;
    } catch (error) {
      if (isRefusal(error)) failure = error;
    } finally {
      await client.end().catch(() => undefined);
    }
    await pause(25);
  }
  child.kill('SIGQUIT');
  const tail = readFileSync(join(cluster.home, 'postgres.log'), 'utf8').slice(-2_000);
  throw new EmbeddedPostgresError(
    'start-failed',
    `PostgreSQL did not start. The end of its log:\n${tail}`,
    failure,
  );
}

/** An answer of the server that waiting will not change, such as a wrong password (SQLSTATE class 28). */
function isRefusal(error: unknown): boolean {
  return error instanceof pg.DatabaseError && error.code !== undefined && error.code.startsWith('28');
}

function connectionString(cluster: Cluster, address: Address): string {
  const password = encodeURIComponent(cluster.password);
  return address.host === cluster.socket
    ? `postgresql://${SUPERUSER}:${password}@localhost/postgres?host=${encodeURIComponent(address.host)}`
    : `postgresql://${SUPERUSER}:${password}@${address.host}:${address.port}/postgres`;
}

function freePort(): Promise<number> {
  return new Promise((found, failed) => {
    const server = createServer();
    server.once('error', failed);
    server.listen(0, '127.0.0.1', () => {
      const address = server.address();
      server.close(() =>
        address && typeof address === 'object' ? found(address.port) : failed(new Error('no port')),
      );
    });
  });
}
