import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, rootOf } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  commitmentOf,
  logSigners,
  signatureEntry,
  type TestLog,
  testLog,
} from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { InclusionWatch } from './inclusion.ts';
import { readHead } from './publication-store.ts';
import { ROUND_STEPS } from './round.ts';

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

const signatures = (prefix: string, n: number) =>
  Array.from({ length: n }, (_, i) => signatureEntry(`${prefix}${i}`));
const logged = async () =>
  (
    await database.db.selectFrom('entry').select('body').where('seq', 'is not', null).orderBy('seq').execute()
  ).map(({ body }) => Buffer.from(body).toString());
/** The log's row must be the tree of exactly the entries that have an index. */
async function expectWholeLog(entries: number): Promise<void> {
  const head = await readHead(database.db);
  const bodies = await logged();
  expect(bodies).toHaveLength(entries);
  expect(new Set(bodies).size).toBe(entries);
  expect(head?.size).toBe(entries);
  const root = rootOf(
    sha256,
    bodies.map((body) => leafHash(sha256, Buffer.from(body))),
  );
  expect(Buffer.from(head?.root ?? [])).toEqual(Buffer.from(root));
}

class Crash extends Error {}

describe('a crash between two steps of a round', () => {
  it.each(ROUND_STEPS)('after "%s" neither forks the log nor loses an entry', async (step) => {
    const first = await log.sequencer();
    await log.append(...signatures('a', 300));
    await first.drain();
    await first.stop();
    const before = await logged();

    const crashing = await log.sequencer({
      atStep: async (at) => {
        if (at === step) throw new Crash();
      },
    });
    await log.append(...signatures('b', 300));
    // A real crash ends here; whatever the abandoned sequencer answers is not looked at.
    await crashing.drain().catch(() => undefined);
    await crashing.stop();

    const next = await log.sequencer();
    await next.drain();
    await expectWholeLog(600);
    expect((await logged()).slice(0, 300)).toEqual(before);
    expect(next.released?.size).toBe(600);
  });

  it('between COMMIT and journal keeps the checkpoint from signers until the next start', async () => {
    let atCommit: (() => Promise<void>) | undefined;
    const crashing = await log.sequencer({
      atStep: async (at) => {
        if (at !== 'committed') return;
        await atCommit?.();
        throw new Crash();
      },
    });
    const watch = new InclusionWatch({
      db: database.db,
      clock: log.clock,
      connection: { connectionString: database.url },
    });
    await watch.start();
    try {
      await log.append(signatureEntry('a'));
      const seen: unknown[] = [];
      atCommit = async () => {
        seen.push((await readHead(database.db))?.size, await watch.proofFor(commitmentOf('a')));
      };
      await crashing.drain().catch(() => undefined);
      expect(seen).toEqual([1, undefined]);
      await crashing.stop();
      await log.sequencer();
      await expect.poll(() => watch.proofFor(commitmentOf('a'))).toMatchObject({ index: 0, size: 1 });
    } finally {
      await watch.stop();
    }
  });

  it('keeps the signed checkpoint secret until COMMIT has returned', async () => {
    const seen: unknown[] = [];
    const sequencer = await log.sequencer({
      atStep: async (at) => {
        if (at === 'swapped') seen.push((await readHead(database.db))?.size);
      },
    });
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    expect(seen).toEqual([0]);
  });

  it('with COMMIT sent and never answered ends the sequencer', async () => {
    const sequencer = await log.sequencer({
      atStep: async (at) => {
        if (at === 'swapped') {
          await database.pool.query(
            `select pg_terminate_backend(pid) from pg_stat_activity
             where application_name = 'lianshu sequencer' and datname = current_database()`,
          );
        }
      },
    });
    await log.append(signatureEntry('a'));
    await expect(sequencer.drain()).rejects.toThrow();
    expect(log.faults.map(({ code }) => code)).toHaveLength(1);
    expect(['unknown-outcome', 'round-failed']).toContain(log.faults[0]?.code);
  });
});

describe('two sequencers', () => {
  it('cannot hold the lock at once: the second waits', async () => {
    const first = await log.sequencer();
    let isSecondOpen = false;
    const second = log.sequencer().then((sequencer) => {
      isSecondOpen = true;
      return sequencer;
    });
    await log.append(signatureEntry('a'));
    await first.drain();
    expect(isSecondOpen).toBe(false);
    await first.stop();
    await log.append(signatureEntry('b'));
    await (await second).drain();
    await expectWholeLog(2);
  });

  it('that both believe to be the one do not fork the log: one stops', async () => {
    const first = await log.sequencer();
    await log.append(...signatures('a', 10));
    await first.drain();
    // As if its lock had been lost without its noticing.
    const second = await stolenLock();
    await log.append(...signatures('b', 10));
    await second.drain();
    await log.append(...signatures('c', 10));
    await expect(first.drain()).rejects.toMatchObject({ code: 'another-sequencer' });
    await second.drain();
    await expectWholeLog(30);
    expect(log.faults.map(({ code }) => code)).toEqual(['another-sequencer']);
  });

  async function stolenLock() {
    const { vi } = await import('vitest');
    const store = await import('./sequencer-store.ts');
    const lock = vi.spyOn(store, 'tryLock').mockResolvedValueOnce(true);
    try {
      return await log.sequencer();
    } finally {
      lock.mockRestore();
    }
  }
});

describe('starting', () => {
  it('refuses a database restored from an older backup, and says so', async () => {
    const sequencer = await log.sequencer();
    await log.append(...signatures('a', 3));
    await sequencer.drain();
    const backup = await database.db.selectFrom('log').selectAll().executeTakeFirstOrThrow();
    await log.append(...signatures('b', 3));
    await sequencer.drain();
    await sequencer.stop();
    await database.pool.query('alter table log disable trigger all; alter table entry disable trigger all');
    await database.db.deleteFrom('entry').where('seq', '>=', 3n).execute();
    await database.db
      .updateTable('log')
      .set({ ...backup, signed_at: backup.signed_at.toString() })
      .execute();
    await expect(log.sequencer()).rejects.toMatchObject({
      code: 'database-behind',
      findings: expect.arrayContaining([
        expect.objectContaining({
          code: 'journal-ahead',
          ours: expect.objectContaining({ size: 3 }),
          theirs: expect.objectContaining({ size: 6 }),
        }),
      ]),
    });
  });

  it('refuses a database whose history differs from the journal', async () => {
    const sequencer = await log.sequencer();
    await log.append(...signatures('a', 3));
    await sequencer.drain();
    await sequencer.stop();
    const journal = join(log.directory, '..', 'journal');
    writeFileSync(journal, `2 ${Buffer.alloc(32, 7).toString('base64')}\n`);
    await expect(log.sequencer()).rejects.toMatchObject({ code: 'database-behind' });
  });

  it('refuses public files that reach further than the database', async () => {
    const sequencer = await log.sequencer();
    await log.append(...signatures('a', 300));
    await sequencer.drain();
    await log.publication(sequencer).publishNow();
    await sequencer.stop();
    const fresh = await workerDatabase();
    try {
      const other = testLog(fresh, signers);
      await expect(
        other.sequencer({ publicDirectory: log.directory, journalFile: join(log.directory, '..', 'other') }),
      ).rejects.toMatchObject({
        code: 'database-behind',
        findings: expect.arrayContaining([
          expect.objectContaining({ code: 'public-ahead', theirs: expect.objectContaining({ size: 300 }) }),
        ]),
      });
      await other.dispose();
    } finally {
      await fresh.drop();
    }
  });

  it('refuses a log without any trace of it on this machine, unless told that the log moved here', async () => {
    const sequencer = await log.sequencer();
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    await sequencer.stop();
    const elsewhere = { journalFile: join(log.directory, '..', 'new-journal') };
    await expect(log.sequencer(elsewhere)).rejects.toMatchObject({ code: 'database-behind' });
    await expect(log.sequencer({ ...elsewhere, adoptWithoutJournal: true })).resolves.toBeDefined();
  });

  it('refuses a checkpoint signed by another key', async () => {
    const sequencer = await log.sequencer();
    await sequencer.stop();
    await expect(log.sequencer({ signers: logSigners() })).rejects.toMatchObject({
      code: 'database-inconsistent',
    });
  });

  it('drops a torn last line of the journal, and nothing else', async () => {
    const sequencer = await log.sequencer();
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    await sequencer.stop();
    const journal = join(log.directory, '..', 'journal');
    writeFileSync(journal, `${readFileSync(journal, 'utf8')}99 AAA`);
    await expect(log.sequencer()).resolves.toBeDefined();
  });
});

describe('what must never happen', () => {
  it('a tile with other bytes stops the sequencer', async () => {
    const sequencer = await log.sequencer();
    await database.db
      .insertInto('log_tile')
      .values({ level: 0, n: 0n, hashes: new Uint8Array(8192) })
      .execute();
    await log.append(...signatures('a', 256));
    await expect(sequencer.drain()).rejects.toMatchObject({ code: 'tile-differs' });
    await sequencer.stop();
    expect((await readHead(database.db))?.size).toBe(0);
  });

  it('a clock set back signs nothing until it has caught up', async () => {
    const sequencer = await log.sequencer();
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    log.clock.ms -= 1_000;
    await log.append(signatureEntry('b'));
    await expect(sequencer.drain()).rejects.toMatchObject({ code: 'clock-moved-back' });
    expect((await readHead(database.db))?.size).toBe(1);
    log.clock.ms += 2_000;
    await sequencer.drain();
    expect((await readHead(database.db))?.size).toBe(2);
    expect(log.faults).toEqual([]);
  });
});
