import { readFileSync, rmSync } from 'node:fs';
import { join } from 'node:path';
import {
  checkpointText,
  ed25519Form,
  openWitnessedCheckpoint,
  SIGNATURE_TYPE,
  signNote,
} from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Asked,
  cosignatureOf,
  cosigns,
  isAt,
  policyText,
  type ScriptedWitness,
  scriptedWitness,
  status,
  witnessSigner,
} from '../../test/builders/scripted-witness.ts';
import { logSigners, ORIGIN, signatureEntry, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { cosignaturesAt, firstCosignedOver } from './cosigning-store.ts';
import type { Sequencer } from './sequencer.ts';
import { readWitnessing, witnessCountOf } from './witnessing.ts';
import { type WitnessPolicy, witnessPolicyOf } from './witnessing-policy.ts';

const signers = logSigners();
const ownKeys = signers.map(({ key }) => key);
const FIRST_SECOND = 1_772_424_000;
let nowSeconds = FIRST_SECOND;
const [a, b, c] = ['a.invalid', 'b.invalid', 'c.invalid'].map((name) =>
  witnessSigner(name, SIGNATURE_TYPE.ed25519Cosignature, () => nowSeconds),
);
if (!a || !b || !c) throw new Error('unreachable');

let database: WorkerDatabase;
let log: TestLog;
let sequencer: Sequencer;
let witnesses: readonly [ScriptedWitness, ScriptedWitness, ScriptedWitness];
let policy: WitnessPolicy;
beforeEach(async () => {
  nowSeconds = FIRST_SECOND;
  database = await workerDatabase();
  log = testLog(database, signers);
  sequencer = await log.sequencer();
  witnesses = [await scriptedWitness(a), await scriptedWitness(b), await scriptedWitness(c)];
  for (const each of witnesses) each.answer(cosigns(each.signer));
  const endpoints = witnesses.map(({ endpoint }) => endpoint);
  policy = witnessPolicyOf(Buffer.from(policyText(ownKeys, endpoints, 2)), ownKeys, 'test');
});
afterEach(async () => {
  await log.dispose();
  for (const each of witnesses) await each.close();
  await database.drop();
});

/** Beats are the test's own; a silent witness is tried again at each. */
const publication = (options = {}) =>
  log.publication(sequencer, { witnesses: policy, everyMs: 0, witnessDeadlineMs: 20_000, ...options });

const append = async (...names: string[]) => {
  await log.append(...names.map((name) => signatureEntry(name)));
  await sequencer.drain();
};

const open = (file = 'checkpoint') => {
  const note = readFileSync(join(log.directory, file), 'utf8');
  const opened = openWitnessedCheckpoint(nodeNotePrimitives, note, policy.policy);
  if (!opened.ok) throw new Error(opened.code);
  const { checkpoint, cosigned, quorum } = opened;
  return { size: checkpoint.size, by: cosigned.map(({ name }) => name), quorum };
};

describe('publication with witnesses', () => {
  it('carries all cosignatures in the policy’s order, and says so', async () => {
    await append('1', '2');
    await publication().publishNow();
    expect(open()).toEqual({ size: 2, by: ['w1', 'w2', 'w3'], quorum: true });
    expect(open('witnessed-checkpoint')).toEqual(open());
    expect(await readWitnessing(log.directory)).toMatchObject({
      policy: policy.digest,
      quorum: true,
      size: 2,
      witnesses: [
        { key: 'a.invalid', name: 'w1', state: 'cosigned', time: '2026-03-02T12:00:00+08:00' },
        { state: 'cosigned' },
        { state: 'cosigned', newest: { size: 2, time: '2026-03-02T12:00:00+08:00' } },
      ],
    });
  });

  it('goes public without a quorum, says so, and is repaired by a later beat', async () => {
    witnesses[1].answer(status(503));
    witnesses[2].answer(({ request }) => request.socket.resetAndDestroy());
    await append('1');
    const beats = publication();
    await beats.publishNow();
    expect(open()).toEqual({ size: 1, by: ['w1'], quorum: false });
    expect(await readWitnessing(log.directory)).toMatchObject({
      quorum: false,
      witnesses: [{ state: 'cosigned' }, { state: 'http-503' }, { state: 'unreachable' }],
    });
    witnesses[2].answer(cosigns(c));
    await beats.publishNow();
    expect(open()).toEqual({ size: 1, by: ['w1', 'w3'], quorum: true });
    witnesses[0].answer(status(503));
    witnesses[2].answer(status(503));
    await append('2');
    await beats.publishNow();
    expect(open()).toEqual({ size: 2, by: [], quorum: false });
    expect(open('witnessed-checkpoint').size).toBe(1);
  });

  it('proves its growth from where each witness is, also after another process took over', async () => {
    await append('1', '2', '3');
    await publication().publishNow();
    await append('4');
    await publication().publishNow();
    expect(witnesses.map(({ asked }) => asked)).toEqual([
      [0, 3],
      [0, 3],
      [0, 3],
    ]);
    witnesses[0].answer((asked) => (asked.parsed?.oldSize === 3 ? cosigns(a)(asked) : isAt(3)(asked)));
    await append('5');
    await publication().publishNow();
    expect(open()).toEqual({ size: 5, by: ['w1', 'w2', 'w3'], quorum: true });
    expect(witnesses[0].asked).toEqual([0, 3, 4, 3]);
  });

  it('loses no cosignature that it had: not with the file, nor with the witnesses', async () => {
    await append('1');
    await publication().publishNow();
    for (const each of witnesses) each.answer(status(500));
    rmSync(join(log.directory, 'checkpoint'));
    await publication().publishNow();
    expect(open()).toEqual({ size: 1, by: ['w1', 'w2', 'w3'], quorum: true });
    expect((await cosignaturesAt(database.db, ownKeys[0]?.name ?? '', 1)).map(({ atMs }) => atMs)).toEqual([
      FIRST_SECOND * 1_000,
      FIRST_SECOND * 1_000,
      FIRST_SECOND * 1_000,
    ]);
    expect((await readWitnessing(log.directory))?.quorum).toBe(true);
  });

  it('refreshes at rest, and the database keeps the first time', async () => {
    await append('1');
    const beats = publication({ witnessFreshForMs: 0 });
    await beats.publishNow();
    nowSeconds += 3_600;
    await beats.publishNow();
    expect((await readWitnessing(log.directory))?.witnesses[0]?.time).toBe('2026-03-02T13:00:00+08:00');
    expect(open()).toEqual({ size: 1, by: ['w1', 'w2', 'w3'], quorum: true });
    const first = await firstCosignedOver(database.db, 0, 1);
    expect(first?.size).toBe(1);
    expect(first?.cosignatures.map(({ atMs }) => atMs)).toEqual(Array(3).fill(FIRST_SECOND * 1_000));
    expect(await firstCosignedOver(database.db, 1, 1)).toBeUndefined();
  });

  it('leaves a fresh cosignature alone', async () => {
    await append('1');
    const beats = publication();
    for (const _beat of [1, 2, 3]) await beats.publishNow();
    expect(witnesses.map(({ asked }) => asked)).toEqual([[0], [0], [0]]);
  });

  it('asks a witness with two keys once, carries both lines and counts one witness', async () => {
    const pq = witnessSigner('a.invalid', SIGNATURE_TYPE.mlDsa44, () => nowSeconds);
    const [one, ...others] = witnesses.map(({ endpoint }) => endpoint);
    if (!one) throw new Error('unreachable');
    const both = { ...one, keys: [a.key, pq.key] };
    const text = policyText(ownKeys, [both, ...others], 2);
    witnesses[0].answer(({ response, parsed }) => {
      response.end([pq, a].map((each) => cosignatureOf(each, parsed?.checkpoint ?? '')).join(''));
    });
    await append('1');
    await publication({ witnesses: witnessPolicyOf(Buffer.from(text), ownKeys, 'test') }).publishNow();
    expect(witnesses[0].asked).toEqual([0]);
    const note = readFileSync(join(log.directory, 'checkpoint'), 'utf8');
    expect(note.match(/^— a\.invalid /gm)).toHaveLength(2);
    expect(note.length - (ed25519Form(note)?.length ?? 0)).toBeGreaterThan(2 * 3_200);
    const witnessing = await readWitnessing(log.directory);
    expect(witnessing?.witnesses.map(({ name }) => name)).toEqual(['w1', 'w1-2', 'w2', 'w3']);
    const head = { size: witnessing?.size ?? 0, root: witnessing?.root ?? '' };
    expect(witnessCountOf(witnessing, head)).toEqual({
      names: ['a.invalid', 'b.invalid', 'c.invalid'],
      of: 3,
      isWitnessed: true,
    });
  });

  it('repairs a crash between tiles, cosignatures and checkpoint', async () => {
    for (const step of ['publish-tile', 'publish-cosigned', 'publish-checkpoint', 'publish-witnessing']) {
      for (const each of witnesses) each.answer(cosigns(each.signer));
      await append(step);
      let isDying = true;
      const dying = publication({
        atStep: async (at: string) => {
          if (isDying && at === step) throw new Error('crash');
        },
      });
      await expect(dying.publishNow()).rejects.toThrow('crash');
      isDying = false;
      for (const each of witnesses) each.answer(step === 'publish-tile' ? cosigns(each.signer) : status(500));
      // What it got before it failed is stored: neither the same process nor another needs to ask again.
      const size = await (step === 'publish-checkpoint' ? publication() : dying).publishNow();
      expect(open()).toEqual({ size, by: ['w1', 'w2', 'w3'], quorum: true });
      expect(open('witnessed-checkpoint')).toEqual(open());
      expect((await readWitnessing(log.directory))?.size).toBe(size);
    }
  });
});

describe('what a witness shows', () => {
  const shows =
    (note: string, otherwise: (asked: Asked) => void) =>
    (asked: Asked): void =>
      asked.request.method === 'GET' ? status(200, note)(asked) : otherwise(asked);

  it('stops publication when our own key signed it and the log does not contain it', async () => {
    await append('1', '2');
    await publication().publishNow();
    const ahead = readFileSync(join(log.directory, 'checkpoint'), 'utf8');
    const another = await workerDatabase();
    const other = testLog(another, signers);
    const restored = await other.sequencer();
    await other.append(signatureEntry('another'));
    await restored.drain();
    witnesses[1].answer(shows(ahead, isAt(2)));
    const beats = other.publication(restored, { witnesses: policy, everyMs: 0 });
    await expect(beats.publishNow()).rejects.toMatchObject({
      code: 'database-behind',
      message: expect.stringContaining('b.invalid disagrees: it holds a checkpoint of 2 entries'),
    });
    expect(() => readFileSync(join(other.directory, 'checkpoint'))).toThrow();
    await other.append(signatureEntry('yet another'));
    await restored.drain();
    witnesses[1].answer(shows(ahead, status(409)));
    await expect(beats.publishNow()).rejects.toMatchObject({ code: 'database-behind' });
    await other.append(signatureEntry('and one more'));
    await restored.drain();
    witnesses[1].answer(shows(ahead, status(422)));
    await expect(beats.publishNow()).rejects.toMatchObject({ code: 'database-behind' });
    await other.dispose();
    await another.drop();
  });

  it('stops nothing when it is a mere claim', async () => {
    await append('1');
    const forged = signNote(checkpointText({ origin: ORIGIN, size: 99, root: new Uint8Array(32) }), [b]);
    for (const [i, claim] of [isAt(99), status(409), status(422), isAt(0)].entries()) {
      witnesses[1].answer(shows(forged, claim));
      await append(`next ${i}`);
      await publication().publishNow();
      expect(open()).toMatchObject({ by: ['w1', 'w3'], quorum: true });
    }
  });
});
