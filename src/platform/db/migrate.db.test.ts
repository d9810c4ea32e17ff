import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../../test/worker-database.ts';
import { MigrationFault, migrate } from './index.ts';

let database: WorkerDatabase;
let folder: string;
beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query('drop table schema_migration');
  folder = mkdtempSync(join(tmpdir(), 'lianshu-migrations-'));
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});
const file = (name: string, sql: string) => writeFileSync(join(folder, name), sql);
const run = () => migrate({ connectionString: database.url }, folder);

describe('migrate', () => {
  it('applies each file once, also when several processes start together', async () => {
    file('0001-first.sql', 'create table first (n integer);');
    file('0002-second.sql', 'insert into first values (1);');
    const runs = await Promise.all([run(), run(), run()]);
    expect(runs.flat()).toEqual(['0001-first.sql', '0002-second.sql']);
    expect((await database.pool.query('select n from first')).rows).toEqual([{ n: 1 }]);
  });

  it('leaves nothing of a file that fails', async () => {
    file('0003-broken.sql', 'insert into first values (2); select no_such_function();');
    await expect(run()).rejects.toThrow(/0003-broken.sql could not be applied/);
    expect((await database.pool.query('select n from first')).rows).toEqual([{ n: 1 }]);
    rmSync(join(folder, '0003-broken.sql'));
  });

  it('refuses a file changed after it was applied, and a gap in the numbers', async () => {
    file('0004-gap.sql', 'select 1;');
    await expect(run()).rejects.toThrow(MigrationFault);
    rmSync(join(folder, '0004-gap.sql'));
    file('0002-second.sql', 'insert into first values (3);');
    await expect(run()).rejects.toThrow(/changed after it was applied/);
  });
});
