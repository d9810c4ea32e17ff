import { leafHash, openCheckpoint, verifyInclusion } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  commitmentOf,
  logSigners,
  signatureEntry,
  type TestLog,
  testLog,
} from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { openDatabase } from '../platform/db/index.ts';
import { type Inclusion, InclusionWatch } from './inclusion.ts';
import type { Sequencer } from './sequencer.ts';

const signers = logSigners();
const keys = signers.map(({ key }) => key);
let database: WorkerDatabase;
let log: TestLog;
let sequencer: Sequencer;
let watch: InclusionWatch;
beforeEach(async () => {
  database = await workerDatabase();
  log = testLog(database, signers);
  sequencer = await log.sequencer();
  watch = new InclusionWatch({
    db: database.db,
    clock: log.clock,
    connection: { connectionString: database.url },
  });
  await watch.start();
});
afterEach(async () => {
  await watch.stop();
  await log.dispose();
  await database.drop();
});

/** As a signer's own tool verifies it, offline. */
function expectProven(inclusion: Inclusion | undefined, name: string): void {
  if (inclusion === undefined) throw new Error(`${name} is not included`);
  const { index, size, path, checkpoint, entry } = inclusion;
  const opened = openCheckpoint(nodeNotePrimitives, checkpoint, { logKeys: keys });
  if (!opened.ok) throw new Error(opened.code);
  expect(opened.checkpoint.size).toBe(size);
  expect(JSON.parse(Buffer.from(entry).toString())).toEqual(signatureEntry(name));
  const leaf = leafHash(sha256, entry);
  expect(verifyInclusion(sha256, { index, size, leaf, proof: path, root: opened.checkpoint.root })).toBe(
    true,
  );
}

describe('waitIncluded', () => {
  it('answers every waiting signer of a round with a proof', async () => {
    const names = Array.from({ length: 400 }, (_, i) => `signer ${i}`);
    await log.append(...names.map((name) => signatureEntry(name)));
    const waiting = names.map((name) => watch.waitIncluded(commitmentOf(name), 10_000));
    await sequencer.drain();
    for (const [i, inclusion] of (await Promise.all(waiting)).entries())
      expectProven(inclusion, names[i] ?? '');
  });

  it('answers at once who asks after the round', async () => {
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    expectProven(await watch.waitIncluded(commitmentOf('a'), 10_000), 'a');
  });

  it('answers "not yet" when the time is over, and serves the same commitment again later', async () => {
    await log.append(signatureEntry('a'));
    expect(await watch.waitIncluded(commitmentOf('a'), 20)).toBeUndefined();
    await sequencer.drain();
    expectProven(await watch.waitIncluded(commitmentOf('a'), 10_000), 'a');
  });

  it('answers two who wait for the same commitment', async () => {
    const both = [
      watch.waitIncluded(commitmentOf('a'), 10_000),
      watch.waitIncluded(commitmentOf('a'), 10_000),
    ];
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    for (const inclusion of await Promise.all(both)) expectProven(inclusion, 'a');
  });

  it('lets all go when it stops', async () => {
    const waiting = watch.waitIncluded(commitmentOf('a'), 60_000);
    await watch.stop();
    expect(await waiting).toBeUndefined();
  });
});

describe('proofFor', () => {
  it('proves old entries in the newest checkpoint, whatever the size', async () => {
    await log.append(signatureEntry('first'));
    await sequencer.drain();
    await log.append(...Array.from({ length: 1_000 }, (_, i) => signatureEntry(`${i}`)));
    await sequencer.drain();
    await expect.poll(() => watch.proofFor(commitmentOf('first'))).toMatchObject({ index: 0, size: 1001 });
    expectProven(await watch.proofFor(commitmentOf('first')), 'first');
    expectProven(await watch.proofFor(commitmentOf('777')), '777');
    expect(await watch.proofFor(commitmentOf('nobody'))).toBeUndefined();
  });

  it('works with the rights of the intake role', async () => {
    const intake = openDatabase({ connectionString: database.url, role: 'lianshu_intake', max: 1 });
    const restricted = new InclusionWatch({
      db: intake.db,
      clock: { nowMs: () => log.clock.ms + 60_000 },
      connection: { connectionString: database.url, role: 'lianshu_intake' },
    });
    try {
      await restricted.start();
      await log.append(signatureEntry('a'));
      await sequencer.drain();
      expectProven(await restricted.proofFor(commitmentOf('a')), 'a');
    } finally {
      await restricted.stop();
      await intake.close();
    }
  });
});
