import { existsSync, readdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  bundlePath,
  type Checkpoint,
  consistencyProof,
  decodeBundle,
  inclusionProof,
  leafHash,
  openCheckpoint,
  parseVerifierKeys,
  rootOf,
  tilePath,
  tileWidth,
  verifyConsistency,
  verifyInclusion,
} from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  actEntry,
  commitmentOf,
  digestOf,
  logSigners,
  START_MS,
  signatureEntry,
  type TestLog,
  testLog,
} from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { pause } from '../platform/time.ts';
import { countedOf, recount } from './count-fold.ts';
import { readEntry } from './prepare-entry.ts';
import type { Sequencer } from './sequencer.ts';

const signers = logSigners();
let database: WorkerDatabase;
let log: TestLog;
let sequencer: Sequencer;
beforeEach(async () => {
  database = await workerDatabase();
  log = testLog(database, signers);
  sequencer = await log.sequencer();
});
afterEach(async () => {
  await log.dispose();
  await database.drop();
});

const read = (path: string): Uint8Array => new Uint8Array(readFileSync(join(log.directory, path)));

/** What a stranger does: keys and checkpoint, then every entry and tile, from the files alone. */
function readPublishedLog(): Readonly<{ checkpoint: Checkpoint; entries: readonly Uint8Array[] }> {
  const { keys, badLines } = parseVerifierKeys(sha256, Buffer.from(read('key')).toString());
  expect(badLines).toEqual([]);
  const opened = openCheckpoint(nodeNotePrimitives, Buffer.from(read('checkpoint')).toString(), {
    logKeys: keys,
  });
  if (!opened.ok) throw new Error(opened.code);
  const { checkpoint } = opened;
  const entries: Uint8Array[] = [];
  for (let index = 0; index * 256 < checkpoint.size; index++) {
    const width = tileWidth(0, index, checkpoint.size);
    const bundle = decodeBundle(read(bundlePath({ index, width })), width);
    if (bundle === undefined) throw new Error(`bundle ${index}`);
    entries.push(...bundle);
  }
  const leaves = entries.map((entry) => leafHash(sha256, entry));
  expect(Buffer.from(rootOf(sha256, leaves))).toEqual(Buffer.from(checkpoint.root));
  for (const index of [0, 255, 256, checkpoint.size - 1].filter((i) => i >= 0 && i < checkpoint.size)) {
    const proof = inclusionProof(sha256, index, checkpoint.size, (tile) => read(tilePath(tile)));
    const leaf = leaves[index] ?? new Uint8Array();
    const { size, root } = checkpoint;
    expect(verifyInclusion(sha256, { index, size, leaf, proof, root })).toBe(true);
  }
  return { checkpoint, entries };
}

const countFile = (caseNumber: string) =>
  JSON.parse(Buffer.from(read(`counts/${caseNumber}.json`)).toString());

describe('publication', () => {
  it('gives strangers a whole log at each beat, each extending the one before', async () => {
    const publication = log.publication(sequencer);
    await publication.start();
    let earlier: Checkpoint | undefined;
    for (const [round, n] of [1, 255, 1, 300, 700].entries()) {
      await log.append(...Array.from({ length: n }, (_, i) => signatureEntry(`${round}/${i}`)));
      await sequencer.drain();
      await publication.publishNow();
      const { checkpoint } = readPublishedLog();
      if (earlier !== undefined) {
        const proof = consistencyProof(sha256, earlier.size, checkpoint.size, (tile) => read(tilePath(tile)));
        const claim = {
          size1: earlier.size,
          size2: checkpoint.size,
          root1: earlier.root,
          root2: checkpoint.root,
        };
        expect(verifyConsistency(sha256, { ...claim, proof })).toBe(true);
      }
      earlier = checkpoint;
    }
    expect(earlier?.size).toBe(1257);
    await publication.stop();
  });

  it('publishes counts that a stranger recounts from the entries', async () => {
    await log.append(
      actEntry('opened'),
      signatureEntry('a'),
      signatureEntry('b'),
      actEntry('opened', '9902'),
    );
    await log.append({
      case: 'D00001',
      commitment: digestOf('p'),
      kind: 'proposal-signature',
      tag: digestOf('t'),
      v: 1,
    });
    await sequencer.drain();
    const state = await log.record.stateOf(database.db, commitmentOf('a'));
    if (state?.state !== 'included') throw new Error(state?.state);
    await log.append({
      act: 'joint-signature',
      case: '9901',
      ground: 'not-an-elector',
      index: state.index,
      kind: 'void',
      v: 1,
    });
    await sequencer.drain();
    const publication = log.publication(sequencer);
    await publication.start();
    const { checkpoint, entries } = readPublishedLog();
    const counts = recount(entries.map(readEntry));
    expect(countFile('9901')).toEqual({
      at: '2026-03-02T12:00:00+08:00',
      case: '9901',
      counts: {
        'joint-signature': {
          counted: 1,
          held: 0,
          settledCounted: 0,
          settledRefused: 0,
          signed: 2,
          voided: 1,
        },
      },
      root: Buffer.from(checkpoint.root).toString('base64'),
      size: 6,
      v: 1,
    });
    const recounted = counts.get('9901/joint-signature');
    expect(recounted && countedOf(recounted)).toBe(1);
    expect(countFile('9902').counts['joint-signature'].counted).toBe(0);
    expect(countFile('D00001').counts['proposal-signature'].counted).toBe(1);
    await publication.stop();
  });

  it('waits for the journal: a committed checkpoint is not yet public', async () => {
    await sequencer.stop();
    const publication = log.publication({
      get released() {
        return journaling.released;
      },
    });
    let publishing: Promise<number> | undefined;
    let sizeAtCommit: number | undefined;
    const journaling = await log.sequencer({
      atStep: async (step) => {
        if (step !== 'committed') return;
        publishing = publication.publishNow();
        await pause(60);
        sizeAtCommit = readPublishedLog().checkpoint.size;
      },
    });
    await publication.start();
    await log.append(signatureEntry('a'));
    await journaling.drain();
    expect(sizeAtCommit).toBe(0);
    expect(await publishing).toBe(1);
    expect(readPublishedLog().checkpoint.size).toBe(1);
    await publication.stop();
  });

  it('does not wait for the next beat when a case was closed', async () => {
    const publication = log.publication(sequencer);
    await publication.start();
    await log.append(signatureEntry('a'));
    await sequencer.drain();
    publication.hearRound({ kinds: new Set(['joint-signature']) });
    await publication.stop();
    expect(readPublishedLog().checkpoint.size).toBe(0);
    const other = log.publication(sequencer);
    other.hearRound({ kinds: new Set(['closed']) });
    await other.stop();
    expect(readPublishedLog().checkpoint.size).toBe(1);
  });

  it('repairs what a crash between tiles, checkpoint and counters left', async () => {
    await log.append(actEntry('opened'), ...Array.from({ length: 299 }, (_, i) => signatureEntry(`${i}`)));
    await sequencer.drain();
    const first = log.publication(sequencer);
    await first.start();
    await first.stop();
    // Before the checkpoint: tiles are there, the checkpoint is not. Before the counters: they are not.
    for (const lost of ['checkpoint', 'counts/9901.json']) {
      rmSync(join(log.directory, lost));
      const next = log.publication(sequencer);
      await next.start();
      await next.stop();
      expect(readPublishedLog().checkpoint.size).toBe(300);
      expect(countFile('9901').size).toBe(300);
    }
  });

  it('never rewrites a published tile or bundle: other bytes stop it, and stay', async () => {
    await log.append(...Array.from({ length: 256 }, (_, i) => signatureEntry(`${i}`)));
    await sequencer.drain();
    const publication = log.publication(sequencer);
    await publication.start();
    const tile = join(log.directory, 'tile/0/000');
    const inode = statSync(tile).ino;
    await log.append(signatureEntry('more'));
    await sequencer.drain();
    await publication.publishNow();
    expect(statSync(tile).ino).toBe(inode);

    writeFileSync(join(log.directory, 'tile/entries/000'), 'tampered');
    rmSync(join(log.directory, 'checkpoint'));
    await expect(publication.publishNow()).rejects.toMatchObject({ code: 'file-differs' });
    expect(existsSync(join(log.directory, 'checkpoint'))).toBe(false);
    await publication.stop();
  });

  it('refuses to publish an entry that somebody edited in the database', async () => {
    await log.append(signatureEntry('a'), signatureEntry('b'));
    await sequencer.drain();
    await database.pool.query('alter table entry disable trigger all');
    await database.db
      .updateTable('entry')
      .set({ body: new TextEncoder().encode(`{"kind":"joint-signature","tag":"${digestOf('other')}"}`) })
      .where('seq', '=', 1n)
      .execute();
    await expect(log.publication(sequencer).publishNow()).rejects.toMatchObject({
      code: 'database-inconsistent',
      message: 'entry 1 is not the one that was logged',
    });
    expect(existsSync(join(log.directory, 'checkpoint'))).toBe(false);
  });

  it('leaves no unfinished file behind', async () => {
    await log.append(...Array.from({ length: 300 }, (_, i) => signatureEntry(`${i}`)));
    await sequencer.drain();
    const publication = log.publication(sequencer);
    await publication.start();
    await publication.stop();
    const files = readdirSync(log.directory, { recursive: true, encoding: 'utf8' });
    expect(files.filter((name) => name.endsWith('.new'))).toEqual([]);
    expect(START_MS).toBeLessThanOrEqual(log.clock.ms);
  });
});
