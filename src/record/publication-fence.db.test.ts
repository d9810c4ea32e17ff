import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { logSigners, signatureEntry, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { Publication, type PublicationStep } from './publication.ts';

const signers = logSigners();
let database: WorkerDatabase;
let log: TestLog;
beforeEach(async () => {
  database = await workerDatabase();
  log = testLog(database, signers);
});
afterEach(async () => {
  await log.dispose();
  await database.drop();
});

it.each<PublicationStep>(['publish-read', 'publish-tile', 'publish-checkpoint'])(
  'a publication paused after "%s" puts nothing over what another published meanwhile',
  async (step) => {
    const sequencer = await log.sequencer();
    await log.append(...Array.from({ length: 10 }, (_, i) => signatureEntry(`a${i}`)));
    await sequencer.drain();
    const paused = Promise.withResolvers<void>();
    const resumed = Promise.withResolvers<void>();
    const old = new Publication({
      db: database.db,
      clock: log.clock,
      directory: log.directory,
      keys: signers.map(({ key }) => key),
      releasedSize: () => 10,
      everyMs: 60_000,
      onFault: (fault) => log.faults.push(fault),
      atStep: async (at) => {
        if (at !== step) return;
        paused.resolve();
        await resumed.promise;
      },
    });
    const outcome = old.publishNow().then(
      () => 'published',
      (error: { code?: string }) => error.code,
    );
    await paused.promise;

    await log.append(...Array.from({ length: 10 }, (_, i) => signatureEntry(`b${i}`)));
    await sequencer.drain();
    const next = log.publication(sequencer);
    expect(await next.publishNow()).toBe(20);
    const files = ['checkpoint', 'counts/9901.json'].map((name) => join(log.directory, name));
    const before = files.map((file) => readFileSync(file, 'utf8'));
    resumed.resolve();
    expect(await outcome).toBe('another-sequencer');
    expect(files.map((file) => readFileSync(file, 'utf8'))).toEqual(before);
  },
);

it('a sequencer that lost its lock before its publication began takes nothing from the next', async () => {
  const paused = await log.sequencer();
  expect(await paused.isTheOne()).toBe(true);
  // Its session ends while it does not run: what the server does to a connection that is gone.
  await database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where application_name = 'lianshu sequencer' and datname = current_database()`,
  );
  const next = await log.sequencer();
  await log.append(signatureEntry('a'));
  await next.drain();
  const publication = log.publication(next, { isTheOne: () => next.isTheOne() });
  await publication.start();
  expect(await paused.isTheOne()).toBe(false);
  expect(await next.isTheOne()).toBe(true);
  const late = log.publication(next, { isTheOne: () => paused.isTheOne() });
  await expect(late.start()).rejects.toMatchObject({ code: 'another-sequencer' });
  await log.append(signatureEntry('b'));
  await next.drain();
  expect(await publication.publishNow()).toBe(2);
  await publication.stop();
});
