import { rmSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { cosignatureOf, policyText, witnessSigner } from '../../test/builders/scripted-witness.ts';
import { logSigners, ORIGIN, signatureEntry, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { insertCosignatures, witnessIdOf } from './cosigning-store.ts';
import { readHead } from './publication-store.ts';
import { readCondition } from './record-condition-store.ts';
import type { SequencerOptions } from './sequencer.ts';
import type { AskedWitnesses } from './start-check-witnesses.ts';
import type { StartRefused } from './start-refused.ts';
import { witnessPolicyOf } from './witnessing-policy.ts';

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

it('stays read-only while witnesses that cosigned, by its own memory, answer that they know nothing', async () => {
  const witness = witnessSigner('a.invalid');
  const keys = signers.map(({ key }) => key);
  const text = policyText(keys, [{ url: 'http://a.invalid', keys: [witness.key] }], 1);
  const witnessing: AskedWitnesses = {
    policy: witnessPolicyOf(Buffer.from(text), keys, 'test'),
    ask: async () => ({ state: 'none' }),
  };
  const condition = async (options: Partial<SequencerOptions>) => {
    await (await log.sequencer({ witnessing, ...options })).stop();
    return (await readCondition(database.db))?.state;
  };
  expect(await condition({})).toBe('read-only');
  // It never cosigned this log, and a person says that all of it is here.
  expect(await condition({ adoptWithoutJournal: true })).toBe('serving');
  const [line, at] = [cosignatureOf(witness, (await readHead(database.db))?.checkpoint ?? ''), log.clock.ms];
  await insertCosignatures(database.db, ORIGIN, 2, [
    { witness: witnessIdOf(witness.key), line: line.trimEnd(), atMs: at },
  ]);
  expect(await condition({ adoptWithoutJournal: true })).toBe('read-only');
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
