/** What publication does not believe: witnesses' clocks, policies that ask for nobody, files of an earlier process. */
import { existsSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { openWitnessedCheckpoint, SIGNATURE_TYPE } from '@lianshu/tlog';
import { nodeNotePrimitives } from '@lianshu/tlog/node';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import {
  type Asked,
  cosignatureOf,
  cosigns,
  policyText,
  type ScriptedWitness,
  scriptedWitness,
  status,
  witnessSigner,
} from '../../test/builders/scripted-witness.ts';
import { logSigners, ORIGIN, signatureEntry, type TestLog, testLog } from '../../test/builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../../test/worker-database.ts';
import { insertCosignatures, witnessIdOf } from './cosigning-store.ts';
import type { Sequencer } from './sequencer.ts';
import { readWitnessing, witnessCountOf } from './witnessing.ts';
import { type WitnessPolicy, witnessPolicyOf } from './witnessing-policy.ts';

const signers = logSigners();
const ownKeys = signers.map(({ key }) => key);
const FIRST_SECOND = 1_772_424_000;
const [a, b, c] = ['a.invalid', 'b.invalid', 'c.invalid'].map((name) =>
  witnessSigner(name, SIGNATURE_TYPE.ed25519Cosignature, () => FIRST_SECOND),
);
if (!a || !b || !c) throw new Error('unreachable');

let database: WorkerDatabase;
let log: TestLog;
let sequencer: Sequencer;
let witnesses: readonly [ScriptedWitness, ScriptedWitness, ScriptedWitness];
let policy: WitnessPolicy;
beforeEach(async () => {
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

describe('a witness that lies about the time', () => {
  it.each([253_402_300_800, 8.6e12, Number.MAX_SAFE_INTEGER, FIRST_SECOND - 86_400])(
    'stating %d, holds nothing up and counts for nothing',
    async (seconds) => {
      const liar = witnessSigner('liar.invalid', SIGNATURE_TYPE.ed25519Cosignature, () => seconds);
      const lying = await scriptedWitness(liar);
      lying.answer(cosigns(liar));
      const endpoints = [...witnesses.slice(0, 2), lying].map(({ endpoint }) => endpoint);
      policy = witnessPolicyOf(Buffer.from(policyText(ownKeys, endpoints, 2)), ownKeys, 'test');
      const warned: string[] = [];
      await append('1');
      for (const beats of [publication({ warn: (message: string) => warned.push(message) }), publication()]) {
        await beats.start();
        await beats.stop();
        expect(open()).toEqual({ size: 1, by: ['w1', 'w2'], quorum: true });
        const witnessing = await readWitnessing(log.directory);
        expect(witnessing?.witnesses[2]).toEqual({ key: 'liar.invalid', name: 'w3', state: 'bad-time' });
      }
      expect(warned).toEqual([]);
      await lying.close();
    },
  );

  it('is not believed either when it was stored or published once', async () => {
    const seconds = 253_402_300_700;
    const liar = witnessSigner('c.invalid', SIGNATURE_TYPE.ed25519Cosignature, () => seconds);
    const endpoints = witnesses.map(({ endpoint }) => endpoint);
    const trusting = endpoints.with(2, { ...witnesses[2].endpoint, keys: [liar.key] });
    policy = witnessPolicyOf(Buffer.from(policyText(ownKeys, trusting, 2)), ownKeys, 'test');
    for (const each of witnesses) each.answer(status(500));
    await append('1');
    await publication().publishNow();
    const file = join(log.directory, 'checkpoint');
    const line = cosignatureOf(liar, readFileSync(file, 'utf8'));
    writeFileSync(file, `${readFileSync(file, 'utf8')}${line}`);
    const row = { witness: witnessIdOf(liar.key), line: line.trimEnd(), atMs: seconds * 1_000 };
    await insertCosignatures(database.db, ORIGIN, 1, [row]);
    for (const each of witnesses.slice(0, 2)) each.answer(cosigns(each.signer));
    await publication().publishNow();
    expect(open()).toEqual({ size: 1, by: ['w1', 'w2'], quorum: true });
    const told = (await readWitnessing(log.directory))?.witnesses[2];
    expect(told).toEqual({ key: 'c.invalid', name: 'w3', state: 'http-500' });
  });
});

it('calls nothing witnessed under a policy that asks for no cosignature', async () => {
  const text = policyText(
    ownKeys,
    witnesses.map(({ endpoint }) => endpoint),
    2,
  ).replace(/^quorum .*$/m, 'quorum none');
  await append('1');
  await publication({ witnesses: witnessPolicyOf(Buffer.from(text), ownKeys, 'test') }).publishNow();
  const witnessing = await readWitnessing(log.directory);
  expect(witnessing?.quorum).toBe(false);
  expect(existsSync(join(log.directory, 'witnessed-checkpoint'))).toBe(false);
  const head = { size: witnessing?.size ?? 0, root: witnessing?.root ?? '' };
  const count = witnessCountOf(witnessing, head);
  expect(count).toEqual({ names: ['a.invalid', 'b.invalid', 'c.invalid'], of: 3, isWitnessed: false });
});

describe('what an earlier process called witnessed', () => {
  const FILES = ['policy', 'witnessing.json', 'witnessed-checkpoint'];
  const there = () => FILES.filter((name) => existsSync(join(log.directory, name)));
  /** One start under a policy, whose witnesses answer so. */
  const startUnder = async (inForce: WitnessPolicy, answer: (asked: Asked, i: number) => void) => {
    for (const [i, each] of witnesses.entries()) each.answer((asked) => answer(asked, i));
    const beats = publication({ witnesses: inForce, everyMs: 3_600_000 });
    await beats.start();
    await beats.stop();
  };
  const willing = (asked: Asked, i: number) => cosigns([a, b, c][i] ?? a)(asked);
  const silent = (asked: Asked) => status(500)(asked);
  const strict = () => {
    const endpoints = witnesses.map(({ endpoint }) => endpoint);
    return witnessPolicyOf(Buffer.from(policyText(ownKeys, endpoints, 3)), ownKeys, 'test');
  };

  it('stays under the same policy, also when only its public copy is lost', async () => {
    await append('1');
    await startUnder(policy, willing);
    await append('2');
    rmSync(join(log.directory, 'policy'));
    await startUnder(policy, silent);
    expect(there()).toEqual(FILES);
    expect(open('witnessed-checkpoint').size).toBe(1);
  });

  it.each([[[]], [['policy']], [['witnessing.json']], [['policy', 'witnessing.json']]])(
    'goes with the policy, whatever was deleted before: %j',
    async (deleted) => {
      await append('1');
      await startUnder(policy, willing);
      for (const name of deleted) rmSync(join(log.directory, name));
      await append('2');
      await startUnder(strict(), silent);
      expect(there()).toEqual(['policy', 'witnessing.json']);
    },
  );

  it('goes when the file does not satisfy the policy that it is said to satisfy', async () => {
    await append('1');
    await startUnder(policy, willing);
    const file = join(log.directory, 'witnessed-checkpoint');
    writeFileSync(file, readFileSync(file, 'utf8').replaceAll(/^— [bc]\.invalid .*\n/gm, ''));
    await append('2');
    await startUnder(policy, silent);
    expect(there()).toEqual(['policy', 'witnessing.json']);
  });
});

describe('a publication that fails', () => {
  it('is told at the first, second and fourth time, and when it is over', async () => {
    let isBroken = true;
    const warned: string[] = [];
    await append('1');
    const beats = publication({
      warn: (message: string) => warned.push(message),
      atStep: async () => {
        if (isBroken) throw new Error('no space left');
      },
    });
    for (const _beat of [1, 2, 3, 4, 5]) await expect(beats.publishNow()).rejects.toThrow('no space left');
    isBroken = false;
    await beats.publishNow();
    await beats.publishNow();
    expect(warned).toEqual([
      expect.stringMatching(/failed, 1 in a row: Error: no space left$/),
      expect.stringMatching(/failed, 2 in a row/),
      expect.stringMatching(/failed, 4 in a row/),
      expect.stringMatching(/works again$/),
    ]);
  });
});
