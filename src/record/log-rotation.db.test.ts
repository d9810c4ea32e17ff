import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  formatVerifierKey,
  type NoteSigner,
  openCheckpoint,
  parseVerifierKeys,
  SIGNATURE_TYPE,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { runCli } from '@lianshu/verify/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  actEntry,
  logSigners,
  ORIGIN,
  signatureEntry,
  type TestLog,
  testLog,
} from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { readPublishedCount } from './index.ts';
import { confirmationOf, type RotationOptions, rotateLog } from './log-rotation.ts';
import { formerKeys, publishRotation } from './log-rotation-files.ts';
import { readEntry } from './prepare-entry.ts';
import { readHead } from './publication-store.ts';
import { RecordFault } from './record-fault.ts';

const NEXT = 'next.lianshu.invalid/log';
const signers = logSigners();
const signersFor = (origin: string): readonly NoteSigner[] => [
  ed25519Signer(origin, generateKeyPairSync('ed25519').privateKey),
  cosigner(origin, SIGNATURE_TYPE.mlDsa44, generateKeyPairSync('ml-dsa-44').privateKey, () => 0),
];
const nextSigners = signersFor(NEXT);
const oldPrivateKey = generateKeyPairSync('ed25519').privateKey;

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

const rotation = (more: Partial<RotationOptions> = {}): RotationOptions => ({
  connection: { connectionString: database.url },
  clock: log.clock,
  old: { origin: ORIGIN, signers },
  next: { origin: NEXT, signers: nextSigners },
  isStolen: false,
  journalFile: join(dirname(log.directory), 'journal'),
  publicDirectory: log.directory,
  witnessing: { policy: undefined, mayRunWithout: true },
  ...more,
});

const files = () => ({ db: database.db, clock: log.clock, directory: log.directory, witnesses: undefined });

async function planned(options = rotation()): Promise<string> {
  const result = await rotateLog(options, undefined);
  if (result.state !== 'planned') throw new Error(result.state);
  return confirmationOf(result.plan);
}

const OPENED = {
  collectedOn: '2026-03-01',
  electors: 100,
  firstDay: '2026-03-02',
  lastDay: '2026-09-01',
  mode: 'electronic',
  threshold: 10,
};

/** A log of `n` signatures under the old name, published, its sequencer stopped. */
async function oldLog(n: number): Promise<void> {
  const sequencer = await log.sequencer();
  await log.append(
    actEntry('opened', '9901', OPENED),
    ...Array.from({ length: n }, (_, i) => signatureEntry(`${i}`)),
  );
  await sequencer.drain();
  await log.publication(sequencer).publishNow();
  await sequencer.stop();
}

const nextSequencer = (options = {}) => log.sequencer({ origin: NEXT, signers: nextSigners, ...options });
const keysOf = (some: readonly NoteSigner[]) => some.map(({ key }) => key);
const published = (path: string, keys = keysOf([...signers, ...nextSigners])) => {
  const opened = openCheckpoint(nodeNotePrimitives, readFileSync(join(log.directory, path), 'utf8'), {
    logKeys: keys,
  });
  if (!opened.ok) throw new Error(opened.code);
  return opened.checkpoint;
};
const lastBodies = async (n: number) =>
  (await database.db.selectFrom('entry').select('body').where('seq', 'is not', null).orderBy('seq').execute())
    .slice(-n)
    .map(({ body }) => readEntry(body));

/** `lianshu-verify` with the keys of both names. */
async function verify(...args: string[]): Promise<Readonly<{ exit: number; out: string }>> {
  const keys = keysOf([...signers, ...nextSigners]).flatMap((key) => ['--key', formatVerifierKey(key)]);
  let out = '';
  const exit = await runCli([...args, ...keys], {
    env: {},
    folder: log.directory,
    programFolder: log.directory,
    nowMs: () => log.clock.ms,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      out += text;
    },
    isTerminal: false,
  });
  return { exit, out };
}

describe('a log that goes on under another name', () => {
  it('changes nothing until the plan it showed is confirmed', async () => {
    await oldLog(5);
    const before = await readHead(database.db);
    const code = await planned();
    expect(code).toMatch(/^[0-9a-f]{12}$/);
    expect(await planned()).toBe(code);
    expect(await planned(rotation({ isStolen: true }))).not.toBe(code);
    expect((await rotateLog(rotation(), '000000000000')).state).toBe('other-plan');
    expect(await readHead(database.db)).toEqual(before);
  });

  it('says so in its last entry under the old name and the first under the new one', async () => {
    await oldLog(300);
    // What is still waiting comes after, whatever its kind.
    await log.append(actEntry('closed'), signatureEntry('late'));
    expect(await rotateLog(rotation(), await planned())).toEqual({ state: 'done', isNew: true });
    const [last, first] = await lastBodies(2);
    expect(last).toMatchObject({
      kind: 'key-event',
      body: { event: 'replaced', origin: ORIGIN, successor: { origin: NEXT } },
    });
    expect(first).toMatchObject({
      kind: 'key-event',
      body: { event: 'in-use', origin: NEXT, former: { origin: ORIGIN, size: 302 } },
    });
    const former = first !== undefined && 'body' in first ? (first.body as Record<string, unknown>) : {};
    const note = (former['former'] as { checkpoint: string }).checkpoint;
    expect(openCheckpoint(nodeNotePrimitives, note, { logKeys: keysOf(signers) })).toMatchObject({
      ok: true,
      checkpoint: { origin: ORIGIN, size: 302 },
    });
    expect((await readHead(database.db))?.size).toBe(303);
  });

  it('is published with the old log’s last checkpoint beside it, and goes on', async () => {
    await oldLog(300);
    await rotateLog(rotation(), await planned());
    await publishRotation(files());
    expect(published('former/1/checkpoint', keysOf(signers))).toMatchObject({ origin: ORIGIN, size: 302 });
    expect(published('checkpoint', keysOf(nextSigners))).toMatchObject({ origin: NEXT, size: 303 });
    const sequencer = await nextSequencer();
    await log.append(signatureEntry('after'));
    await sequencer.drain();
    const next = log.publication(sequencer, { keys: keysOf(nextSigners) });
    await next.publishNow();
    expect(published('checkpoint')).toMatchObject({ origin: NEXT, size: 304 });
    expect((await readPublishedCount(log.directory, '9901', 'joint-signature'))?.counted).toBe(301);
    expect((await formerKeys(database.db)).map(({ name }) => name)).toEqual([ORIGIN, ORIGIN]);
  });

  it('is one log to a verifier who kept a checkpoint or a copy from before', async () => {
    await oldLog(300);
    const kept = join(dirname(log.directory), 'kept');
    writeFileSync(kept, readFileSync(join(log.directory, 'checkpoint')));
    const copy = mkdtempSync(join(tmpdir(), 'lianshu-copy-'));
    expect((await verify('mirror', '--log', '.', '--to', copy, '--once')).exit).toBe(0);
    await rotateLog(rotation(), await planned());
    await publishRotation(files());
    const sequencer = await nextSequencer();
    await log.append(...Array.from({ length: 300 }, (_, i) => signatureEntry(`later ${i}`)));
    await sequencer.drain();
    await log.publication(sequencer, { keys: keysOf(nextSigners) }).publishNow();
    const checked = await verify('log', '--log', '.', '--from', kept);
    expect(checked.out).not.toContain('log-other-origin');
    expect(checked.exit, checked.out).toBe(0);
    const mirrored = await verify('mirror', '--log', '.', '--to', copy, '--once');
    expect(mirrored.exit, mirrored.out).toBe(0);
    rmSync(copy, { recursive: true });
  });

  it('is completed by a second run when the first ended before its files were public', async () => {
    await oldLog(10);
    await rotateLog(rotation(), await planned());
    await expect(nextSequencer()).rejects.toThrow(RecordFault);
    expect(await rotateLog(rotation(), undefined)).toEqual({ state: 'done', isNew: false });
    await publishRotation(files());
    await publishRotation(files());
    const sequencer = await nextSequencer();
    expect(sequencer.released?.size).toBe(13);
    expect(existsSync(join(log.directory, 'former/1/checkpoint'))).toBe(true);
  });

  it('never goes on under the old name', async () => {
    await oldLog(10);
    await rotateLog(rotation(), await planned());
    await publishRotation(files());
    await expect(log.sequencer()).rejects.toThrow(/next\.lianshu/);
    const back = rotation({
      old: { origin: NEXT, signers: nextSigners },
      next: { origin: ORIGIN, signers },
    });
    await expect(rotateLog(back, await planned(back))).rejects.toThrow(/forward/);
    const third = 'third.lianshu.invalid/log';
    const onward = rotation({
      old: { origin: NEXT, signers: nextSigners },
      next: { origin: third, signers: signersFor(third) },
    });
    await rotateLog(onward, await planned(onward));
    await publishRotation(files());
    expect(published('former/1/checkpoint')).toMatchObject({ origin: ORIGIN, size: 12 });
    expect(published('former/2/checkpoint')).toMatchObject({ origin: NEXT, size: 14 });
  });

  it('is refused while a sequencer runs, when anything disagrees, and by the database outside a rotation', async () => {
    await oldLog(10);
    const running = await log.sequencer();
    await expect(rotateLog(rotation(), undefined)).rejects.toMatchObject({ code: 'another-sequencer' });
    await running.stop();
    await expect(
      database.pool.query(`update log set origin = 'thief.invalid/log', size = size + 1`),
    ).rejects.toMatchObject({ constraint: 'log_moves_forward' });
    await expect(database.pool.query('delete from former_log')).resolves.toMatchObject({ rowCount: 0 });
    const reused = ed25519Signer(NEXT, oldPrivateKey);
    const same = rotation({
      old: { origin: ORIGIN, signers: [ed25519Signer(ORIGIN, oldPrivateKey)] },
      next: { origin: NEXT, signers: [reused] },
    });
    await expect(rotateLog(same, undefined)).rejects.toMatchObject({ code: 'entry-invalid' });
    const other = rotation({ old: { origin: ORIGIN, signers: signersFor(ORIGIN) } });
    await expect(rotateLog(other, undefined)).rejects.toThrow(RecordFault);
  });

  it('says that the key was stolen, and carries what the witnesses last cosigned', async () => {
    await oldLog(10);
    const witnessed = readFileSync(join(log.directory, 'checkpoint'), 'utf8');
    const stolen = rotation({ isStolen: true, witnessed });
    await rotateLog(stolen, await planned(stolen));
    const [last, first] = await lastBodies(2);
    expect(last).toMatchObject({ body: { event: 'compromised' } });
    expect(first).toMatchObject({ body: { former: { witnessed } } });
  });

  it('keeps the keys of the old name readable', async () => {
    await oldLog(1);
    await rotateLog(rotation(), await planned());
    const { rows } = await database.pool.query<{ keys: string }>('select keys from former_log');
    expect(parseVerifierKeys(sha256, rows[0]?.keys ?? '').keys).toHaveLength(2);
  });
});
