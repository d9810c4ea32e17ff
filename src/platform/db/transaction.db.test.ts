import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../../test/worker-database.ts';
import { Temporal } from '../time.ts';
import { DatabaseBusy, inTransaction, openDatabase, sqlState, violatedConstraint } from './index.ts';

let database: WorkerDatabase;
beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

describe('connections', () => {
  it('read bigint, date, timestamptz and bytea as the types say', async () => {
    const { rows } = await database.pool.query(
      `select 9007199254740993::int8 as int8, count(*) as n, date '2026-03-01' as day,
        timestamptz '2026-03-01 00:00:00.123456+08' as at, '\\x00ff'::bytea as bytes,
        current_setting('TimeZone') as zone, current_setting('synchronous_commit') as commit
       from (values (1)) as t`,
    );
    expect(rows[0]).toEqual({
      int8: 9007199254740993n,
      n: 1n,
      day: '2026-03-01',
      at: Temporal.Instant.from('2026-02-28T16:00:00.123456Z'),
      bytes: Uint8Array.of(0, 255),
      zone: 'UTC',
      commit: 'on',
    });
  });

  it('say that the database is busy when none comes free in time', async () => {
    const narrow = openDatabase({ connectionString: database.url, max: 1, waitMs: 50 });
    try {
      const held = await narrow.pool.connect();
      const asked = inTransaction(narrow.db, (tx) => tx.selectFrom('initiative').select('number').execute());
      await expect(asked).rejects.toBeInstanceOf(DatabaseBusy);
      await expect(asked).rejects.toMatchObject({ statusCode: 503 });
      held.release();
      expect(
        await inTransaction(narrow.db, (tx) => tx.selectFrom('initiative').select('number').execute()),
      ).toEqual([]);
    } finally {
      await narrow.close();
    }
  });

  it('take a role for the whole session', async () => {
    const intake = openDatabase({ connectionString: database.url, role: 'lianshu_intake', max: 1 });
    try {
      expect((await intake.pool.query('select current_user as who')).rows).toEqual([
        { who: 'lianshu_intake' },
      ]);
    } finally {
      await intake.close();
    }
  });
});

describe('inTransaction', () => {
  it('rolls back what a thrown error leaves', async () => {
    const failed = inTransaction(database.db, async (tx) => {
      await tx.insertInto('initiative').values({ number: '7001' }).execute();
      throw new Error('stop');
    });
    await expect(failed).rejects.toThrow('stop');
    expect(await database.db.selectFrom('initiative').select('number').execute()).toEqual([]);
  });

  it('runs again after a deadlock, and both sides commit', async () => {
    await database.db
      .insertInto('initiative')
      .values([{ number: '7002' }, { number: '7003' }])
      .execute();
    let started = 0;
    let bothHold: () => void;
    const meeting = new Promise<void>((resolve) => {
      bothHold = resolve;
    });
    const attempts: string[] = [];
    const swap = (first: string, second: string) =>
      inTransaction(database.db, async (tx) => {
        attempts.push(first);
        const touch = (number: string) =>
          tx.updateTable('initiative').set({ stopped_at: null }).where('number', '=', number).execute();
        await touch(first);
        if (++started === 2) bothHold();
        await meeting;
        await touch(second);
        return first;
      });
    expect(await Promise.all([swap('7002', '7003'), swap('7003', '7002')])).toEqual(['7002', '7003']);
    expect(attempts.length).toBe(3);
  });

  it('leaves other errors alone, with their code and constraint', async () => {
    const error = await inTransaction(database.db, (tx) =>
      tx.insertInto('initiative').values({ number: 'not a number' }).execute(),
    ).catch((e: unknown) => e);
    expect([sqlState(error), violatedConstraint(error)]).toEqual(['23514', 'initiative_number_form']);
  });
});
