/** `lianshu law explain`: a real case by its real dates, other days and packs, and what it refuses. */
import { afterAll, beforeAll, expect, it, test } from 'vitest';
import { DEMO_CASES } from '../../src/demo-cases.ts';
import { createInitiatives, INITIATIVE_KINDS } from '../../src/initiatives/index.ts';
import { explainLaw } from '../../src/law-explain.ts';
import { startOfLegalDay } from '../../src/platform/time.ts';
import { publicRecord } from '../../src/record/index.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';

let database: WorkerDatabase;

beforeAll(async () => {
  database = await workerDatabase();
  await database.db.updateTable('record_condition').set({ state: 'serving' }).execute();
  const initiatives = createInitiatives({
    db: database.db,
    clock: { nowMs: () => startOfLegalDay('2026-11-22') },
    record: publicRecord(INITIATIVE_KINDS),
    logUrl: '',
    publishedCount: async () => undefined,
  });
  const seeded = DEMO_CASES.find(({ caseNumber }) => caseNumber === '9001');
  if (seeded === undefined || !('on' in seeded.collected)) throw new Error('9001 is not among the examples');
  const { caseNumber, filed, mode, collected, decision } = seeded;
  await initiatives.register({
    caseNumber,
    filed,
    mode,
    collectedOn: collected.on,
    ...(decision === undefined ? {} : { decision }),
  });
});
afterAll(() => database?.drop());

async function explain(...args: readonly string[]): Promise<string> {
  const lines: string[] = [];
  await explainLaw(
    () => database.url,
    ['explain', ...args],
    (line) => lines.push(line),
  );
  return lines.join('\n');
}

it('9001 as it is seeded: signing until 2026-01-31, abandoned from the day after, its proposers barred', async () => {
  const before = await explain('9001', '--on', '2026-01-31');
  expect(before).toContain('tw.referendum.national@2019-06-21');
  expect(before).toContain('至 until 2026-01-31（剩 0 日 days left）');
  expect(before).not.toContain('結果 outcome');
  const after = await explain('9001', '--on', '2026-02-01');
  expect(after).toContain('視為放棄連署  deemed abandoned（2026-02-01；期限屆滿');
  expect(after).toContain('2026-02-01 – 2028-02-01');
});

it('replays it under another pack', async () => {
  const told = await explain('9001', '--on', '2026-02-01', '--pack', 'tw.referendum.national@2003-12-31');
  expect(told).toContain('tw.referendum.national@2003-12-31');
  expect(told).not.toContain('deemed abandoned（2026-02-01');
});

test.each([
  [['9999'], '9999'],
  [['9001', '--on', '2026-02-30'], '2026-02-30'],
  [['9001', '--on', 'tomorrow'], 'tomorrow'],
  [['9001', '--pack', 'tw.referendum.none@2000-01-01'], 'tw.referendum.none'],
])('refuses %j and names it', async (args, named) => {
  await expect(explain(...args)).rejects.toThrow(named);
});
