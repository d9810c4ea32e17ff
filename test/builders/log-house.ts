/**
 * A log in a house of its own: keys, journal, public files and witnesses as a deployment has them, without pages.
 * What a test does to any of them, the start check and `lianshu doctor` must find.
 */
import { cpSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import pg from 'pg';
import { inject } from 'vitest';
import { runDoctor } from '../../src/doctor.ts';
import { createOperatorKeys, operatorKeyStore } from '../../src/operator-keys.ts';
import { type Config, readConfig } from '../../src/platform/config.ts';
import { inTransaction, openDatabase } from '../../src/platform/db/index.ts';
import { systemClock } from '../../src/platform/time.ts';
import {
  askWitnessByHttp,
  introduceByHttp,
  logSigners,
  Publication,
  publicRecord,
  type RecordFault,
  readWitnessPolicy,
  Sequencer,
} from '../../src/record/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { type PlatformWitnesses, platformWitnesses } from './platform-witnesses.ts';
import { ORIGIN, signatureEntry } from './test-log.ts';

/** A finding as a test compares it. */
export type ToldFinding = Readonly<{
  code: string;
  severity: string;
  where: string;
  ours?: Readonly<{ size: number; root?: string }>;
  theirs?: Readonly<{ size: number; root?: string }>;
  facts?: Readonly<Record<string, string | number>>;
}>;

/** Copies of what a restore can take back. */
export type Backup = Readonly<{
  databaseUrl: string;
  restoreJournal(): void;
  restorePublic(): void;
}>;

export interface LogHouse {
  readonly directory: string;
  readonly journal: string;
  readonly publicDirectory: string;
  readonly database: WorkerDatabase;
  readonly config: Config;
  readonly signers: ReturnType<typeof logSigners>;
  readonly watched: PlatformWitnesses;
  readonly faults: RecordFault[];
  /** Appends `n` signatures nobody appended before. */
  append(n: number): Promise<void>;
  /** Starts a sequencer, and once it serves has everything sequenced and published; it is stopped by the caller. */
  sequencer(options?: Readonly<{ url?: string }>): Promise<Sequencer>;
  /** One life of the house: starts, appends, publishes, stops. */
  live(n: number): Promise<void>;
  publish(sequencer: Sequencer): Promise<void>;
  backup(): Promise<Backup>;
  /** `lianshu doctor --json`: its exit code and findings. */
  doctor(
    args?: readonly string[],
    url?: string,
  ): Promise<Readonly<{ exit: number; findings: readonly ToldFinding[] }>>;
  close(): Promise<void>;
}

/** Makes the house, with `witnesses` witnesses of which more than half must have answered. */
export async function logHouse(witnesses: number): Promise<LogHouse> {
  const directory = mkdtempSync(join(tmpdir(), 'lianshu-house-'));
  const database = await workerDatabase();
  createOperatorKeys(directory);
  const watched = await platformWitnesses(directory, ORIGIN, systemClock, witnesses);
  const config = readConfig({
    LIANSHU_DATA: directory,
    LIANSHU_LOG_ORIGIN: ORIGIN,
    LIANSHU_WITNESS_POLICY: watched.policyFile,
  });
  const signers = logSigners(operatorKeyStore(config), ORIGIN, systemClock);
  const keys = signers.map(({ key }) => key);
  const policy = readWitnessPolicy(watched.policyFile, keys);
  const journal = join(directory, 'checkpoint-journal');
  const publicDirectory = join(directory, 'public', 'log');
  const faults: RecordFault[] = [];
  const onFault = (fault: RecordFault) => void faults.push(fault);
  const copies: string[] = [];
  let appended = 0;

  const house: LogHouse = {
    directory,
    journal,
    publicDirectory,
    database,
    config,
    signers,
    watched,
    faults,
    async append(n) {
      const entries = Array.from({ length: n }, (_, i) => signatureEntry(`${appended + i}`));
      await inTransaction(database.db, (tx) => publicRecord([]).appendMany(tx, entries));
      appended += n;
    },
    async sequencer({ url = database.url } = {}) {
      const sequencer = new Sequencer({
        connection: { connectionString: url },
        origin: ORIGIN,
        signers,
        journalFile: journal,
        publicDirectory,
        clock: systemClock,
        onFault,
        witnessing: { policy, ask: askWitnessByHttp, introduce: introduceByHttp(() => systemClock.nowMs()) },
      });
      await sequencer.start();
      return sequencer;
    },
    async publish(sequencer) {
      await sequencer.drain();
      const publication = new Publication({
        db: database.db,
        clock: systemClock,
        directory: publicDirectory,
        keys,
        witnesses: policy,
        releasedSize: () => sequencer.released?.size ?? 0,
        everyMs: 60_000,
        onFault,
      });
      await publication.start();
      await publication.stop();
    },
    async live(n) {
      const sequencer = await house.sequencer();
      await house.append(n);
      await house.publish(sequencer);
      await sequencer.stop();
    },
    async backup() {
      const copy = `${new URL(database.url).pathname.slice(1)}_backup_${copies.length}`;
      const files = join(directory, 'backups', String(copies.length));
      copies.push(copy);
      await admin(async (client) => {
        const from = new URL(database.url).pathname.slice(1);
        await client.query(
          'select pg_terminate_backend(pid) from pg_stat_activity where datname = $1 and pid <> pg_backend_pid()',
          [from],
        );
        await client.query(`create database ${copy} template ${from}`);
      });
      cpSync(journal, join(files, 'journal'));
      cpSync(publicDirectory, join(files, 'public'), { recursive: true });
      const url = new URL(database.url);
      url.pathname = `/${copy}`;
      return {
        databaseUrl: url.href,
        restoreJournal: () => cpSync(join(files, 'journal'), journal),
        restorePublic: () => {
          rmSync(publicDirectory, { recursive: true });
          cpSync(join(files, 'public'), publicDirectory, { recursive: true });
        },
      };
    },
    async doctor(args = [], url = database.url) {
      let text = '';
      const exit = await runDoctor([...args, '--json'], {
        config,
        connectionString: url,
        out: (more) => {
          text += more;
        },
        say: (line) => {
          throw new Error(line);
        },
        progress: () => undefined,
      });
      return { exit, findings: (JSON.parse(text) as { findings: ToldFinding[] }).findings };
    },
    async close() {
      await watched.close();
      await database.drop();
      await admin(async (client) => {
        for (const copy of copies) await client.query(`drop database if exists ${copy} with (force)`);
      });
      rmSync(directory, { recursive: true, force: true });
    },
  };
  return house;
}

async function admin(work: (client: pg.Client) => Promise<void>): Promise<void> {
  const client = new pg.Client({ connectionString: inject('database').adminUrl });
  await client.connect();
  try {
    await work(client);
  } finally {
    await client.end();
  }
}

/** Runs `work` on a database of the house that no start check is looking at, triggers off. */
export async function tamper(url: string, ...statements: readonly string[]): Promise<void> {
  const { pool, close } = openDatabase({ connectionString: url });
  try {
    const client = await pool.connect();
    await client.query(`set session_replication_role = 'replica'`);
    for (const statement of statements) await client.query(statement);
    client.release(true);
  } finally {
    await close();
  }
}
