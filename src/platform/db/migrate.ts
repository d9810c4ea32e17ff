/** Applying `migrations/NNNN-name.sql`: numbered, forward only, each in its own transaction. */
import { createHash } from 'node:crypto';
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import type pg from 'pg';
import { type ConnectionOptions, singleConnection } from './pool.ts';

/** A migration folder or database that must be looked at by a person; nothing was changed. */
export class MigrationFault extends Error {
  override readonly name = 'MigrationFault';
}

/** One migration file. */
export type Migration = Readonly<{ number: number; name: string; sql: string; sha256: string }>;

/** The advisory lock under which one process migrates: `lianshu` in ASCII is too long for 32 bits, this is not. */
const LOCK = 0x6c69616e;

/**
 * Brings the database to the newest migration of `folder` and returns the names applied now. Safe to call from
 * any number of processes. Refuses a file that changed after it was applied, a gap, and a database older than
 * version 15. A database *newer* than the folder is accepted: code must run before and after the next migration.
 */
export async function migrate(options: ConnectionOptions, folder: string): Promise<readonly string[]> {
  const migrations = readMigrations(folder);
  const client = singleConnection({ ...options, applicationName: 'lianshu migrate' });
  await client.connect();
  try {
    await refuseOldServer(client);
    await client.query('select pg_advisory_lock($1)', [LOCK]);
    await client.query(`create table if not exists schema_migration (
      number integer primary key, name text not null, sha256 text not null,
      applied_at timestamptz not null default clock_timestamp())`);
    const { rows } = await client.query<{ number: number; sha256: string }>(
      'select number, sha256 from schema_migration',
    );
    const applied = new Map(rows.map((row) => [row.number, row.sha256]));
    const now: string[] = [];
    for (const migration of migrations) {
      const sha256 = applied.get(migration.number);
      if (sha256 === migration.sha256) continue;
      if (sha256 !== undefined) {
        throw new MigrationFault(
          `${migration.name} was changed after it was applied. Add a new migration instead.`,
        );
      }
      await apply(client, migration);
      now.push(migration.name);
    }
    return now;
  } finally {
    await client.end();
  }
}

/** The migrations of a folder, in order. @throws {MigrationFault} for a gap in their numbers. */
export function readMigrations(folder: string): readonly Migration[] {
  const names = readdirSync(folder)
    .filter((name) => name.endsWith('.sql'))
    .sort();
  return names.map((name, i) => {
    const number = /^(\d{4})-[a-z0-9-]+\.sql$/.exec(name)?.[1];
    if (number === undefined || Number(number) !== i + 1) {
      throw new MigrationFault(`${name}: migrations are numbered 0001, 0002 … without a gap`);
    }
    const sql = readFileSync(join(folder, name), 'utf8').replaceAll('\r\n', '\n');
    return { number: i + 1, name, sql, sha256: createHash('sha256').update(sql).digest('hex') };
  });
}

async function refuseOldServer(client: pg.Client): Promise<void> {
  const { rows } = await client.query<{ version: number; encoding: string }>(
    `select current_setting('server_version_num')::int as version, current_setting('server_encoding') as encoding`,
  );
  const server = rows[0];
  if (server === undefined || server.version < 150_000) {
    throw new MigrationFault(`PostgreSQL 15 or later is needed; this is ${server?.version}.`);
  }
  if (server.encoding !== 'UTF8')
    throw new MigrationFault(`The database must be UTF8; this is ${server.encoding}.`);
}

async function apply(client: pg.Client, { number, name, sql, sha256 }: Migration): Promise<void> {
  await client.query('begin');
  try {
    await client.query(sql);
    await client.query('insert into schema_migration (number, name, sha256) values ($1, $2, $3)', [
      number,
      name,
      sha256,
    ]);
    await client.query('commit');
  } catch (cause) {
    await client.query('rollback');
    throw new MigrationFault(
      `${name} could not be applied: ${cause instanceof Error ? cause.message : cause}`,
      { cause },
    );
  }
}
