/** Importing past cases into a migrated database, and who may read them. */
import { afterAll, beforeAll, expect, it } from 'vitest';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { openDatabase } from '../platform/db/index.ts';
import { importPastCases } from './import-past-cases.ts';
import type { PastCase } from './past-case.ts';
import { createPastCases } from './past-cases.ts';

const one: PastCase = {
  number: 901,
  voteOn: '2018-11-24',
  title: '甲案（測試）',
  leadProposer: '某人',
  yes: 300n,
  no: 100n,
  invalid: 10n,
  electors: 1000n,
  turnout: 4100,
  passed: true,
  source: 'https://source.invalid/a',
};
const later: PastCase = { ...one, number: 902, voteOn: '2021-12-18', title: '乙案（測試）' };

let database: WorkerDatabase;
let indexed: string[] = [];
const bring = (...cases: readonly PastCase[]) =>
  importPastCases(
    {
      db: database.db,
      clock: { nowMs: () => Date.parse('2026-02-10T00:00:00Z') },
      index: async (_tx, number, title) => void indexed.push(`${number} ${title}`),
    },
    cases,
  );

beforeAll(async () => {
  database = await workerDatabase();
});
afterAll(() => database?.drop());

it('enters what is new, changes what differs and leaves the rest', async () => {
  const past = createPastCases(database);
  expect(await past.list()).toEqual([]);
  expect(await bring(one, later)).toMatchObject({ added: [one, later], changed: [], unchanged: [] });
  expect(indexed).toEqual(['901 甲案（測試）', '902 乙案（測試）']);
  indexed = [];
  const corrected = { ...one, source: 'https://source.invalid/b' };
  expect(await bring(corrected)).toMatchObject({ added: [], changed: [corrected], unchanged: [] });
  expect(await bring(corrected, later)).toMatchObject({
    added: [],
    changed: [],
    unchanged: [corrected, later],
  });
  expect(await past.list()).toEqual([later, corrected]);
  expect(await past.find('901')).toEqual(corrected);
  expect(await past.find('0901')).toBeUndefined();
});

it('enters all or nothing', async () => {
  const wrong = { ...one, number: 904, source: 'http://source.invalid/' };
  await expect(bring({ ...one, number: 903 }, wrong)).rejects.toThrow('past_case_source');
  expect(await createPastCases(database).find('903')).toBeUndefined();
});

it.each(['lianshu_intake', 'lianshu_office', 'lianshu_workspace'])(
  'is read by %s and written by none',
  async (role) => {
    const { db, pool, close } = openDatabase({ connectionString: database.url, role, max: 1 });
    try {
      expect((await createPastCases({ db }).list()).length).toBeGreaterThan(0);
      for (const statement of ['delete from past_case', "update past_case set title = 'x'"])
        await expect(pool.query(statement), statement).rejects.toThrow('permission denied');
    } finally {
      await close();
    }
  },
);
