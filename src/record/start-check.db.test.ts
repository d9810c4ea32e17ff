import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logSigners, signatureEntry, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { readCondition } from './record-condition-store.ts';
import type { StartRefused } from './start-refused.ts';

const signers = logSigners();
let database: WorkerDatabase;
let log: TestLog;
beforeEach(async () => {
  database = await workerDatabase();
  log = testLog(database, signers);
  const sequencer = await log.sequencer();
  await log.append(signatureEntry('a'), signatureEntry('b'));
  await sequencer.drain();
  await log.publication(sequencer).publishNow();
  await sequencer.stop();
});
afterEach(async () => {
  await log.dispose();
  await database.drop();
});

const refused = (started: Promise<unknown>): Promise<readonly string[]> =>
  started.then(
    () => [],
    ({ findings }: StartRefused) =>
      findings.filter(({ severity }) => severity === 'refuse').map(({ code }) => code),
  );

it('refuses to run without any witness where that is not allowed', async () => {
  const witnessing = { policy: undefined, mayRunWithout: false } as const;
  expect(await refused(log.sequencer({ witnessing }))).toEqual(['no-witnesses']);
  expect(await readCondition(database.db)).toMatchObject({ state: 'refused', reasons: ['no-witnesses'] });
  expect(await refused(log.sequencer())).toEqual([]);
  expect(await readCondition(database.db)).toMatchObject({ state: 'serving', reasons: [], logSize: 2 });
});

it('refuses a lost journal although the public files are here, until the log is adopted', async () => {
  rmSync(join(log.directory, '..', 'journal'));
  expect(await refused(log.sequencer())).toEqual(['journal-missing']);
  const sequencer = await log.sequencer({ adoptWithoutJournal: true });
  await sequencer.stop();
  expect(await refused(log.sequencer())).toEqual([]);
});

it('refuses a clock that went back further than rounds wait for', async () => {
  log.clock.ms -= 60_000;
  expect(await refused(log.sequencer())).toEqual(['clock-behind']);
  log.clock.ms += 55_000;
  expect(await refused(log.sequencer())).toEqual([]);
});

it('lets nobody but a start lift a refusal, and nobody remove the row', async () => {
  await database.pool.query(`update record_condition set state = 'refused'`);
  await expect(log.append(signatureEntry('c'))).rejects.toMatchObject({ constraint: 'record_is_read_only' });
  const intake = await database.pool.connect();
  await intake.query('set role lianshu_intake');
  await expect(intake.query(`update record_condition set state = 'serving'`)).rejects.toMatchObject({
    code: '42501',
  });
  intake.release(true);
  await expect(database.pool.query('delete from record_condition')).rejects.toThrow(/append-only/);
  await log.sequencer();
  await log.append(signatureEntry('c'));
});
