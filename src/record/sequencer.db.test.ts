import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { leafHash, openCheckpoint, rootOf } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  actEntry,
  commitmentOf,
  digestOf,
  heldEntry,
  logSigners,
  signatureEntry,
  type TestLog,
  testLog,
} from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { inTransaction, sqlState, violatedConstraint } from '../platform/db/index.ts';
import { startOfLegalDay } from '../platform/time.ts';
import { countedOf, recount } from './count-fold.ts';
import { readEntry } from './prepare-entry.ts';
import { readHeadAndCounts } from './publication-store.ts';

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

const bodies = async (): Promise<readonly Uint8Array[]> =>
  (
    await database.db.selectFrom('entry').select('body').where('seq', 'is not', null).orderBy('seq').execute()
  ).map(({ body }) => body);
const kinds = async (): Promise<readonly string[]> => (await bodies()).map((body) => readEntry(body).kind);
const head = async () => (await readHeadAndCounts(database.db)).head;

describe('a round', () => {
  it('logs what is pending in the order of trust.md §1', async () => {
    const sequencer = await log.sequencer();
    const names = ['c', 'a', 'b'];
    await log.append(actEntry('decision', '9902'), ...names.map((name) => signatureEntry(name)));
    await log.append(actEntry('version'), actEntry('opened'), heldEntry('h'), actEntry('closed'));
    await sequencer.drain();
    const logged = (await bodies()).map(readEntry);
    expect(logged.map(({ kind }) => kind)).toEqual([
      'version',
      'opened',
      ...logged.slice(2, 6).map(({ kind }) => kind),
      'decision',
      'closed',
    ]);
    const commitments = logged.flatMap((entry) =>
      'commitment' in entry ? [Buffer.from(entry.commitment, 'base64url').toString('hex')] : [],
    );
    expect(commitments).toHaveLength(4);
    expect(commitments).toEqual(commitments.toSorted());
  });

  it('signs a checkpoint of exactly the logged entries, with both keys', async () => {
    const sequencer = await log.sequencer();
    for (let i = 0; i < 3; i++) {
      await log.append(...Array.from({ length: 300 }, (_, n) => signatureEntry(`${i}-${n}`)));
      await sequencer.drain();
    }
    const opened = openCheckpoint(nodeNotePrimitives, (await head())?.checkpoint ?? '', {
      logKeys: signers.map(({ key }) => key),
    });
    if (!opened.ok) throw new Error(opened.code);
    expect(opened.verified).toHaveLength(2);
    expect(opened.checkpoint.size).toBe(900);
    const leaves = (await bodies()).map((body) => leafHash(sha256, body));
    expect(Buffer.from(opened.checkpoint.root)).toEqual(Buffer.from(rootOf(sha256, leaves)));
    expect(await database.db.selectFrom('log_tile').select(['level', 'n']).execute()).toHaveLength(3);
  });

  it('leaves the log alone when nothing is pending', async () => {
    const sequencer = await log.sequencer();
    const before = await head();
    await sequencer.drain();
    expect(await head()).toEqual(before);
  });

  it('keeps counts that equal a recount of all entries', async () => {
    const sequencer = await log.sequencer();
    await log.append(
      actEntry('opened'),
      signatureEntry('a'),
      signatureEntry('b'),
      heldEntry('c'),
      heldEntry('d'),
    );
    await sequencer.drain();
    const indexOf = async (name: string): Promise<number> => {
      const state = await log.record.stateOf(database.db, commitmentOf(name));
      return state !== undefined && 'index' in state ? state.index : -1;
    };
    const about = { act: 'joint-signature', case: '9901', v: 1 } as const;
    await log.append(
      { ...about, index: await indexOf('c'), kind: 'settled', outcome: 'counted', tag: digestOf('T c') },
      { ...about, index: await indexOf('d'), kind: 'settled', outcome: 'refused', code: 'E_ID_MISMATCH' },
      { ...about, ground: 'not-an-elector', index: await indexOf('a'), kind: 'void' },
    );
    await sequencer.drain();
    const { counts } = await readHeadAndCounts(database.db);
    const recounted = recount((await bodies()).map(readEntry));
    expect(counts.map(({ count }) => count)).toEqual([...recounted.values()]);
    expect(counts.map(({ caseNumber, count }) => [caseNumber, countedOf(count)])).toEqual([['9901', 2]]);
    expect(await log.record.stateOf(database.db, commitmentOf('a'))).toMatchObject({
      state: 'voided',
      ground: 'not-an-elector',
    });
    expect(await log.record.stateOf(database.db, commitmentOf('c'))).toMatchObject({
      state: 'counted-after-hold',
    });
    expect(await log.record.stateOf(database.db, commitmentOf('d'))).toMatchObject({
      state: 'refused-after-hold',
      code: 'E_ID_MISMATCH',
    });
  });

  it('marks each ended legal day once, after its last entries', async () => {
    const sequencer = await log.sequencer();
    log.clock.ms = startOfLegalDay('2026-03-02');
    await database.pool.query('alter table entry disable trigger entry_is_immutable');
    await log.append(signatureEntry('a'));
    await database.pool.query(`update entry set entered_at = '2026-03-02 12:00+08'`);
    await database.pool.query('alter table entry enable trigger entry_is_immutable');
    log.clock.ms = startOfLegalDay('2026-03-02') + 13 * 3_600_000;
    await sequencer.drain();
    log.clock.ms = startOfLegalDay('2026-03-04') + 60_000;
    await log.append(signatureEntry('b'));
    await sequencer.drain();
    await sequencer.drain();
    const days = (await bodies())
      .map(readEntry)
      .flatMap((e) => (e.kind === 'day' && 'body' in e ? [e.body] : []));
    expect(days).toEqual([{ date: '2026-03-02' }, { date: '2026-03-03' }]);
    expect((await kinds()).filter((kind) => kind === 'day')).toHaveLength(2);
  });
});

describe('appending', () => {
  it('leaves no entry when its cause is rolled back', async () => {
    await expect(
      inTransaction(database.db, async (tx) => {
        await log.record.append(tx, signatureEntry('a'));
        throw new Error('the signature was not stored');
      }),
    ).rejects.toThrow();
    expect(await database.db.selectFrom('entry').select('id').execute()).toEqual([]);
  });

  it('refuses a commitment that is already recorded, as a signature or as held', async () => {
    await log.append(heldEntry('a'));
    const error = await log.append(signatureEntry('a')).catch((e: unknown) => e);
    expect([sqlState(error), violatedConstraint(error)]).toEqual(['23505', 'entry_commitment']);
  });

  it('refuses to settle or void what is not there, and to do it twice', async () => {
    const sequencer = await log.sequencer();
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    await log.append(heldEntry('b'));
    const about = { act: 'joint-signature', case: '9901', v: 1 } as const;
    const refused = { ...about, kind: 'settled', outcome: 'refused', code: 'E_ID_MISMATCH' } as const;
    const voids = { ...about, kind: 'void', ground: 'not-an-elector' } as const;
    await expect(log.append({ ...refused, index: 0 })).rejects.toMatchObject({ code: 'entry-invalid' });
    await expect(log.append({ ...refused, index: 1 })).rejects.toMatchObject({ code: 'entry-invalid' });
    await expect(log.append({ ...voids, index: 1 })).rejects.toMatchObject({ code: 'entry-invalid' });
    await expect(log.append({ ...voids, case: '9902', index: 0 })).rejects.toMatchObject({
      code: 'entry-invalid',
    });
    await sequencer.drain();
    await expect(log.append({ ...voids, index: 1 })).rejects.toMatchObject({ code: 'entry-invalid' });
    await log.append({ ...refused, index: 1 }, { ...voids, index: 0 });
    for (const again of [
      { ...refused, index: 1 },
      { ...voids, index: 0 },
    ]) {
      const error = await log.append(again).catch((e: unknown) => e);
      expect(violatedConstraint(error)).toBe('entry_settles_or_voids_once');
    }
    await sequencer.drain();
    expect(log.faults).toEqual([]);
  });

  it('gives acts back in order, pending ones without an index', async () => {
    const sequencer = await log.sequencer();
    await log.append(actEntry('initiative-filed', '9902', { subject: '示範' }), signatureEntry('x', '9902'));
    await sequencer.drain();
    await log.append(actEntry('opened', '9902'));
    const acts = await log.record.acts(database.db, '9902');
    expect(acts.map(({ kind, index }) => [kind, index])).toEqual([
      ['initiative-filed', 1],
      ['opened', undefined],
    ]);
    await sequencer.drain();
    const course = await log.record.course(database.db, '9902', { limit: 1 });
    expect(course.map(({ kind, index }) => [kind, index])).toEqual([['opened', 2]]);
    const older = await log.record.course(database.db, '9902', { before: 2, limit: 5 });
    expect(older.map(({ kind }) => kind)).toEqual(['initiative-filed']);
  });
});

describe('the loop', () => {
  it('includes an entry by itself, and ends when stopped', async () => {
    const sizes: number[] = [];
    const sequencer = await log.sequencer({ onRound: ({ size }) => sizes.push(size) });
    await sequencer.stop();
    const { Sequencer } = await import('./sequencer.ts');
    const looping = new Sequencer({
      connection: { connectionString: database.url },
      origin: 'test.lianshu.invalid/log',
      signers,
      journalFile: join(log.directory, '..', 'journal'),
      publicDirectory: log.directory,
      clock: log.clock,
      onFault: (fault) => log.faults.push(fault),
      onRound: ({ size }) => sizes.push(size),
    });
    await looping.start();
    await log.append(signatureEntry('a'));
    await expect.poll(() => sizes, { timeout: 3_000, interval: 20 }).toEqual([1]);
    await looping.stop();
    expect(log.faults).toEqual([]);
    const journal = readFileSync(join(log.directory, '..', 'journal'), 'utf8')
      .trimEnd()
      .split('\n');
    expect(journal.at(-1)).toMatch(/^1 /);
  });
});
