/**
 * Vitest's global set-up for the `db` project: one PostgreSQL (DATABASE_URL, or the embedded one in a
 * temporary folder), one migrated template database. Test files clone it with `test/worker-database.ts`.
 */
import { chmodSync, existsSync, mkdtempSync, readdirSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import pg from 'pg';
import type { TestProject } from 'vitest/node';
import { migrate } from '../src/platform/db/migrate.ts';
import { ownerLives, startEmbeddedPostgres, stopOrphan } from '../src/platform/embedded-postgres/index.ts';

declare module 'vitest' {
  export interface ProvidedContext {
    /** A database of the server in which others may be created, and the migrated template. */
    database: { adminUrl: string; template: string };
  }
}

const PREFIX = 'lianshu-test-';

/** Starts or finds the server and makes the template; returns the tear-down. */
export async function setup(project: TestProject): Promise<() => Promise<void>> {
  const server = await openServer();
  const template = `lianshu_template_${process.pid}`;
  const dropTemplate = () => query(server.url, `drop database if exists ${template} with (force)`);
  try {
    await dropTemplate();
    await query(server.url, `create database ${template} template template0 encoding 'UTF8' locale 'C'`);
    await migrate(
      { connectionString: databaseUrl(server.url, template) },
      fileURLToPath(new URL('../migrations', import.meta.url)),
    );
  } catch (error) {
    await server.close();
    throw error;
  }
  project.provide('database', { adminUrl: server.url, template });
  return async () => {
    if (server.shared) await dropTemplate();
    await server.close();
  };
}

/** The URL of another database of the same server. */
export function databaseUrl(url: string, name: string): string {
  const other = new URL(url);
  other.pathname = `/${name}`;
  return other.href;
}

async function openServer(): Promise<{ url: string; shared: boolean; close(): Promise<void> }> {
  const given = process.env['DATABASE_URL'];
  if (given !== undefined) return { url: given, shared: true, close: async () => undefined };
  await sweep();
  const directory = mkdtempSync(join(tmpdir(), PREFIX));
  // Run by root, the server is another user and must be able to enter.
  chmodSync(directory, 0o755);
  const server = await startEmbeddedPostgres({ directory });
  return {
    url: server.connectionString,
    shared: false,
    close: async () => {
      await server.stop();
      for (const path of [server.home, directory]) rmSync(path, { recursive: true, force: true });
    },
  };
}

/** Stops and removes what a killed earlier run left behind. */
async function sweep(): Promise<void> {
  for (const name of readdirSync(tmpdir()).filter((n) => n.startsWith(PREFIX))) {
    const directory = join(tmpdir(), name);
    const pointer = join(directory, 'moved-to');
    const home = existsSync(pointer) ? readFileSync(pointer, 'utf8').trim() : directory;
    if (!existsSync(join(home, 'owner.json')) || ownerLives(home)) continue;
    await stopOrphan(join(home, 'pgdata'));
    for (const path of [home, directory]) rmSync(path, { recursive: true, force: true });
  }
}

async function query(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
