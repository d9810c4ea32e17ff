/** What all worlds of a campaign stand on: one PostgreSQL with a template, the programs, the pool, two disks. */
import { spawnSync } from 'node:child_process';
import { chmodSync, cpSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { migrate } from '../../src/platform/db/migrate.ts';
import { type Pool, readPool } from './pool.ts';
import { PostgresServer } from './postgres.ts';
import { buildPrograms, type Programs } from './programs.ts';
import { type SmallDisk, smallDisk } from './small-disk.ts';

const MIGRATIONS = fileURLToPath(new URL('../../migrations', import.meta.url));
export const TEMPLATE = 'campaign_template';

/** Made once; `close` stops, unmounts and removes everything. */
export interface Ground {
  readonly folder: string;
  readonly server: PostgresServer;
  readonly programs: Programs;
  readonly pool: Pool;
  /** Keys as an operator makes them once; every world begins with a copy. */
  readonly keys: string;
  /** Below it the worlds' files: journal, public log. */
  readonly files: string;
  /** Undefined where this machine lets nobody mount: the disks cannot be filled then. */
  readonly disks: Readonly<{ files: SmallDisk; database: SmallDisk }> | undefined;
  close(): Promise<void>;
}

const FILES_MEGABYTES = 24;
const DATABASE_MEGABYTES = 384;

/** About a second, and a tenth of a second for each of the `envelopes`. */
export async function prepareGround(envelopes: number): Promise<Ground> {
  const folder = mkdtempSync(join(tmpdir(), 'lianshu-campaign-'));
  // Run by root, PostgreSQL is another user and must be able to enter.
  chmodSync(folder, 0o755);
  const files = join(folder, 'files');
  const disk = {
    files: smallDisk(files, FILES_MEGABYTES),
    database: smallDisk(join(folder, 'db'), DATABASE_MEGABYTES),
  };
  const undo: (() => Promise<void> | void)[] = [() => rmSync(folder, { recursive: true, force: true })];
  for (const each of [disk.files, disk.database]) if (each) undo.push(() => each.unmount());
  const close = async () => {
    for (const step of undo.splice(0).reverse()) await step();
  };
  try {
    const server = await PostgresServer.at(join(folder, 'db', 'cluster'));
    undo.push(() => rmSync(server.cluster.home, { recursive: true, force: true }));
    undo.push(() => server.stop());
    await server.start();
    await server.query(`create database ${TEMPLATE} template template0 encoding 'UTF8' locale 'C'`);
    await migrate({ connectionString: server.url(TEMPLATE) }, MIGRATIONS);
    const programs = await buildPrograms();
    undo.push(() => programs.remove());
    const seed = join(folder, 'seed');
    mkdirSync(seed);
    const poolFile = join(folder, 'pool.json');
    const made = spawnSync(
      process.execPath,
      [programs.prepare, server.url(TEMPLATE), seed, poolFile, String(envelopes)],
      {
        encoding: 'utf8',
      },
    );
    if (made.status !== 0) throw new Error(`the envelopes could not be prepared:\n${made.stderr}`);
    const keys = join(folder, 'keys');
    cpSync(join(seed, 'keys'), keys, { recursive: true });
    const disks = disk.files && disk.database ? { files: disk.files, database: disk.database } : undefined;
    return { folder, server, programs, pool: readPool(poolFile), keys, files, disks, close };
  } catch (error) {
    await close();
    throw error;
  }
}
