/**
 * PostgreSQL servers of a campaign: its own, because they are killed, filled up, copied and promoted. Programs and
 * users are those of the embedded server; fsync and checksums stay on.
 */
import { type ChildProcess, spawn, spawnSync } from 'node:child_process';
import {
  appendFileSync,
  closeSync,
  cpSync,
  mkdirSync,
  openSync,
  readFileSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { join } from 'node:path';
import pg from 'pg';
import { findBinaries } from '../../src/platform/embedded-postgres/binaries.ts';
import {
  type Cluster,
  chooseHome,
  openCluster,
  SUPERUSER,
  serverEnvironment,
} from '../../src/platform/embedded-postgres/cluster.ts';
import { serverUser } from '../../src/platform/embedded-postgres/server-user.ts';
import { systemRandom } from '../../src/platform/random.ts';
import { pause } from '../../src/platform/time.ts';

const PATIENCE_MS = 60_000;
const user = serverUser();
const binaries = findBinaries(user);

/** One server on one folder. It can be started again after each end. */
export class PostgresServer {
  readonly cluster: Cluster;
  #child: ChildProcess | undefined;
  #gone: Promise<void> = Promise.resolve();

  constructor(cluster: Cluster) {
    this.cluster = cluster;
  }

  /** Makes the cluster below `directory` if there is none. */
  static async at(directory: string): Promise<PostgresServer> {
    mkdirSync(directory, { recursive: true, mode: 0o755 });
    const home = chooseHome(directory, user, systemRandom);
    return new PostgresServer(await openCluster(home, binaries, user, systemRandom));
  }

  /**
   * A standby of this server in another folder, by a cold copy: this server must not run. It follows over this
   * server's socket under `name`, once both are started.
   */
  standbyAt(directory: string, name: string): PostgresServer {
    const { data, home, socket, password } = this.cluster;
    const there = join(directory, 'pgdata');
    mkdirSync(join(directory, 'socket'), { recursive: true, mode: 0o755 });
    user.own(join(directory, 'socket'));
    rmSync(there, { recursive: true, force: true });
    // Keeps owners and modes, which PostgreSQL insists on.
    const copied = spawnSync('cp', ['-a', data, there]);
    if (copied.status !== 0) throw new Error(`the cluster could not be copied: ${copied.stderr}`);
    cpSync(join(home, 'password'), join(directory, 'password'));
    const upstream = `host=${socket} user=${SUPERUSER} password=${password} application_name=${name}`;
    const signal = join(there, 'standby.signal');
    writeFileSync(signal, '');
    user.own(signal);
    appendFileSync(join(there, 'postgresql.auto.conf'), `primary_conninfo = '${upstream}'\n`);
    return new PostgresServer({ home: directory, data: there, socket: join(directory, 'socket'), password });
  }

  /** Ends following; resolves when it takes changes. */
  async promote(): Promise<void> {
    await this.query('select pg_promote(true, 30)');
  }

  get pid(): number {
    return this.#child?.pid ?? 0;
  }

  get isRunning(): boolean {
    const child = this.#child;
    return child !== undefined && child.exitCode === null && child.signalCode === null;
  }

  /** Begins to start; see {@link ready}. */
  launch(settings: Readonly<Record<string, string>> = {}): void {
    const { data, home, socket } = this.cluster;
    const all = {
      listen_addresses: '',
      unix_socket_directories: socket,
      max_connections: '80',
      shared_buffers: '32MB',
      // A killed backend makes the server restart all; nothing else waits for the next checkpoint.
      min_wal_size: '32MB',
      max_wal_size: '64MB',
      timezone: 'UTC',
      ...settings,
    };
    const args = ['-D', data, ...Object.entries(all).flatMap(([key, value]) => ['-c', `${key}=${value}`])];
    const log = openSync(join(home, 'postgres.log'), 'a', 0o600);
    // Its own process group: killing the server must not reach us, nor ^C it.
    const stdio = ['ignore', log, log] as const;
    const child = spawn(binaries.postgres, args, {
      cwd: home,
      ...serverEnvironment(),
      ...user.spawn,
      detached: true,
      stdio: [...stdio],
    });
    closeSync(log);
    this.#child = child;
    this.#gone = new Promise((gone) => child.once('close', () => gone()));
  }

  /** Starts and waits; starts again where processes of a killed server are still there. */
  async start(settings: Readonly<Record<string, string>> = {}): Promise<void> {
    const end = performance.now() + PATIENCE_MS;
    this.launch(settings);
    while (!(await this.answers())) {
      if (performance.now() > end) throw new Error(`PostgreSQL did not start:\n${this.logTail()}`);
      await pause(25);
      if (!this.isRunning) this.launch(settings);
    }
  }

  /** Whether it takes a query now. */
  async answers(): Promise<boolean> {
    return this.query('select 1').then(
      () => true,
      () => false,
    );
  }

  async query<T extends pg.QueryResultRow>(
    sql: string,
    values: readonly unknown[] = [],
    database = 'postgres',
  ): Promise<readonly T[]> {
    const client = new pg.Client({ connectionString: this.url(database), connectionTimeoutMillis: 5_000 });
    client.on('error', () => undefined);
    try {
      await client.connect();
      return (await client.query<T>(sql, [...values])).rows;
    } finally {
      await client.end().catch(() => undefined);
    }
  }

  /** Like any `DATABASE_URL`. */
  url(database: string): string {
    const { socket, password } = this.cluster;
    return `postgresql://${SUPERUSER}:${encodeURIComponent(password)}@localhost/${database}?host=${encodeURIComponent(socket)}`;
  }

  /** `kill -9` of the postmaster; its backends find out and end by themselves. */
  async kill(): Promise<void> {
    this.#child?.kill('SIGKILL');
    await this.#gone;
  }

  /** An orderly end. */
  async stop(): Promise<void> {
    this.#child?.kill('SIGINT');
    await this.#gone;
  }

  logTail(): string {
    return readFileSync(join(this.cluster.home, 'postgres.log'), 'utf8').slice(-2_000);
  }
}
