/** A database of one's own for a test file, cloned from the migrated template (about 50 ms). */
import { randomBytes } from 'node:crypto';
import pg from 'pg';
import { inject } from 'vitest';
import { type Db, openDatabase } from '../src/platform/db/index.ts';

/** Call in `beforeAll`; call `drop` in `afterAll`. `url` serves further connections, also of other processes. */
export type WorkerDatabase = Readonly<{ url: string; db: Db; pool: pg.Pool; drop(): Promise<void> }>;

/** Clones the template. Needs the vitest project `db`, whose global set-up is `test/database.ts`. */
export async function workerDatabase(): Promise<WorkerDatabase> {
  const { adminUrl, template } = inject('database');
  const name = `lianshu_test_${process.pid}_${randomBytes(4).toString('hex')}`;
  await admin(adminUrl, `create database ${name} template ${template}`);
  const url = new URL(adminUrl);
  url.pathname = `/${name}`;
  const { db, pool, close } = openDatabase({ connectionString: url.href });
  return {
    url: url.href,
    db,
    pool,
    drop: async () => {
      await close();
      await admin(adminUrl, `drop database if exists ${name} with (force)`);
    },
  };
}

async function admin(url: string, sql: string): Promise<void> {
  const client = new pg.Client({ connectionString: url });
  await client.connect();
  try {
    await client.query(sql);
  } finally {
    await client.end();
  }
}
