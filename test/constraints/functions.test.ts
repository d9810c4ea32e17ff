/** No process turns a function of the schema against its owner, whatever temporary objects it makes. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { openDatabase } from '../../src/platform/db/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import { actBytes, bytes, verdict } from './schema-fixture.ts';

let database: WorkerDatabase;

beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query("insert into initiative (number) values ('9901')");
}, 60_000);

afterAll(() => database.drop(), 60_000);

describe('functions of the schema', () => {
  it('look for tables and types among the temporary ones last', async () => {
    const { rows } = await database.pool.query<{ name: string; path: string | null }>(
      `select p.oid::regprocedure::text as name,
         (select substr(c, length('search_path=') + 1) from unnest(p.proconfig) c where c like 'search\\_path=%') as path
       from pg_proc p where p.pronamespace = 'public'::regnamespace`,
    );
    expect(rows.length).toBeGreaterThan(20);
    expect(rows.filter(({ path }) => !/^pg_catalog(, public)?, pg_temp$/.test(path ?? ''))).toEqual([]);
  });

  const act = (kind: string, capacity: string): [string, unknown[]] => [
    'insert into entry (kind, initiative, is_act, body) values ($1, $2, true, $3)',
    [kind, '9901', actBytes(kind, { case: '9901', capacity })],
  ];
  const followed: [string, unknown[]] = [
    "select follow_ask('id', '9901', $1, $1, $1, $1, 'en', $1, $1, now())",
    [bytes(32)],
  ];

  it.each([
    ['lianshu_intake', followed],
    ['lianshu_office', act('hearing', 'commission')],
    ['lianshu_workspace', act('help-contact', 'lead-proposer')],
  ] as const)('are not led astray by a type that %s makes', async (role, statement) => {
    const { pool, url } = database;
    await pool.query(`grant temporary on database "${new URL(url).pathname.slice(1)}" to ${role}`);
    const restricted = openDatabase({ connectionString: url, role });
    const types = ['text', 'integer', 'jsonb', 'bytea', 'timestamptz', 'bigint'];
    const asked = () =>
      verdict(restricted.pool, [
        [
          `create function pg_temp.evil() returns pg_catalog.bool language plpgsql as
             $$ begin raise 'ran' using errcode = 'P0999'; end $$`,
        ],
        ...types.map((type): [string] => [
          `create domain pg_temp.${type} as pg_catalog.${STORED[type] ?? type} check (pg_temp.evil())`,
        ]),
        statement,
      ]);
    try {
      expect(await asked()).not.toBe('P0999');
      await pool.query('alter function judge_entries() set search_path = pg_catalog, public');
      await pool.query(`alter function ${FOLLOW_ASK} set search_path = pg_catalog, public`);
      expect(await asked(), 'as it was before').toBe('P0999');
    } finally {
      await pool.query('alter function judge_entries() set search_path = pg_catalog, public, pg_temp');
      await pool.query(`alter function ${FOLLOW_ASK} set search_path = pg_catalog, public, pg_temp`);
      await restricted.close();
    }
  });
});

const FOLLOW_ASK = 'follow_ask(text, text, bytea, bytea, bytea, bytea, text, bytea, bytea, timestamptz)';

/** What PostgreSQL calls a type whose name in SQL is another. */
const STORED: Readonly<Record<string, string>> = { integer: 'int4', bigint: 'int8' };
