/** No question of the record may read more rows as the log grows: what each reads is counted by PostgreSQL itself. */
import { sql } from 'kysely';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { singleConnection } from '../platform/db/index.ts';
import * as entries from './entry-store.ts';
import * as sequencer from './sequencer-store.ts';

const ENTRIES = 20_000;
/** Far below the size of the log, far above what any of them needs. */
const FEW = 600;
/** What this connection has read; within one transaction nothing of it is handed on, so a difference is exact. */
const READ = `select coalesce(seq_tup_read, 0) + coalesce(idx_tup_fetch, 0) as rows
  from pg_stat_xact_user_tables where relname = 'entry'`;

/** An act of case 9902. */
const actOf = (kind: string): string =>
  `{"at":"2026-05-01T09:00:00+08:00","basis":"§12","body":{},"capacity":"system","case":"9902","kind":"${kind}","v":1}`;

let database: WorkerDatabase;
let client: sequencer.SequencerConnection;
beforeAll(async () => {
  database = await workerDatabase();
  await database.pool.query(
    `with made as (
       select i, i % 5000 = 7 as is_act, (9901 + i / 5000)::text as number,
         sha256(convert_to(i::text, 'UTF8')) as commitment
       from generate_series(0, $1::int - 1) as i),
     texts as (select *, translate(encode(commitment, 'base64'), '+/=', '-_') as l from made)
     insert into entry (seq, kind, initiative, commitment, is_act, body)
     select i, case when is_act then 'opened' else 'joint-signature' end, number,
       case when not is_act then commitment end, is_act,
       case when is_act then convert_to(replace($2, '9902', number), 'UTF8') else convert_to('{"case":"' || number
         || '","commitment":"' || l || '","kind":"joint-signature","tag":"' || l || '","v":1}', 'UTF8') end
     from texts`,
    [ENTRIES, actOf('opened')],
  );
  await database.pool.query(
    `insert into entry (kind, initiative, is_act, body) values ('closed', '9902', true, convert_to($1, 'UTF8'))`,
    [actOf('closed')],
  );
  await database.pool.query('analyze entry');
  client = singleConnection({ connectionString: database.url });
  await client.connect();
});
afterAll(async () => {
  await client?.end();
  await database?.drop();
});

const commitment = async (): Promise<Uint8Array> =>
  (await database.pool.query<{ c: Uint8Array }>("select sha256('12345') as c")).rows[0]?.c ??
  new Uint8Array();

describe('rows of the log read', () => {
  it.each<readonly [string, number, (db: WorkerDatabase['db']) => Promise<readonly unknown[]>]>([
    ['the acts of a case, the pending ones too', 2, (db) => entries.actsOfCase(db, '9902')],
    ['its course', 1, (db) => entries.loggedActs(db, { caseNumber: '9902', before: undefined, limit: 50 })],
    ['where a commitment is', 1, async (db) => entries.loggedAmong(db, [await commitment()], ENTRIES)],
    ['what a commitment became', 1, async (db) => [await entries.entryOf(db, await commitment())]],
    ['what is about an entry', 0, (db) => entries.aboutEntry(db, 12_345n)],
    ['entries by index', 2, (db) => entries.entriesAt(db, [5, 12_345])],
    ['a bundle', 256, (db) => entries.bodiesBetween(db, 512, 768)],
  ])('%s', async (_, found, ask) => {
    await database.db.transaction().execute(async (tx) => {
      const rowsRead = async (): Promise<number> =>
        Number((await sql<{ rows: bigint }>`${sql.raw(READ)}`.execute(tx)).rows[0]?.rows);
      const before = await rowsRead();
      expect(await ask(tx)).toHaveLength(found);
      expect((await rowsRead()) - before).toBeLessThan(FEW);
    });
  });

  it.each<readonly [string, (client: sequencer.SequencerConnection) => Promise<unknown>]>([
    ['the newest day, when there is none', sequencer.newestDay],
    ['when the first entry came', sequencer.firstEnteredMs],
    ['what is pending', (c) => sequencer.pendingEntries(c, 4_096)],
    ['the highest index', sequencer.highestIndex],
  ])('%s', async (_, ask) => {
    const rowsRead = async (): Promise<number> =>
      Number((await client.query<{ rows: bigint }>(READ)).rows[0]?.rows);
    await client.query('begin');
    const before = await rowsRead();
    await ask(client);
    const read = (await rowsRead()) - before;
    await client.query('rollback');
    expect(read).toBeLessThan(FEW);
  });
});
