import { generateKeyPairSync } from 'node:crypto';
import { existsSync } from 'node:fs';
import { readFile, rm, writeFile } from 'node:fs/promises';
import type { NoteSigner } from '@lianshu/tlog';
import { cosigner } from '@lianshu/tlog/node';
import { admitKeys, createWitnessState, startWitness, WitnessFault } from '@lianshu/witness';
import { describe, expect, it, onTestFinished } from 'vitest';
import { StateFile } from '../../../packages/witness/src/state-file.ts';
import { decodeState, encodeState } from '../../../packages/witness/src/witness-state.ts';
import { freshWitness } from './fresh-witness.ts';
import { growingLog } from './growing-log.ts';

const log = growingLog('log.invalid/state', 7);

async function started() {
  const witness = await freshWitness([log.watched]);
  onTestFinished(witness.close);
  const send = async (body: string) => {
    const answer = await fetch(`${witness.url}/add-checkpoint`, { method: 'POST', body });
    return { status: answer.status, text: await answer.text() };
  };
  return { witness, send };
}

const codeOf = (work: Promise<unknown>) =>
  work.then(
    () => 'ok',
    (error: unknown) => (error instanceof WitnessFault ? error.code : String(error)),
  );

describe('the state of a witness', () => {
  it('serves one process at a time', async () => {
    const { witness } = await started();
    expect(await codeOf(StateFile.open(witness.stateFile))).toBe('state-locked');
    await witness.restart();
    expect(await codeOf(createWitnessState(witness.stateFile, witness.keys))).toBe('state-exists');
  });

  it('is never made up: missing, damaged or of other keys, it stops the start', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const path = `${witness.stateFile}.copy`;
    const start = (...signers: readonly NoteSigner[]) =>
      codeOf(startWitness({ stateFile: path, signers, logs: [log.watched], port: 0 }));
    const own = cosigner('other.invalid', 0x04, generateKeyPairSync('ed25519').privateKey, () => 1);
    expect(await start(own)).toBe('state-missing');
    expect(existsSync(`${path}.lock`)).toBe(false);
    const good = await readFile(witness.stateFile, 'utf8');
    for (const bad of ['', good.slice(0, -1), `${good}\n`, good.replace('state/1', 'state/2')]) {
      await writeFile(path, bad);
      expect(await start(own)).toBe('state-malformed');
    }
    await writeFile(path, good);
    expect(await start(own)).toBe('state-other-key');
    await admitKeys(path, [own.key]);
    const rotated = await startWitness({ stateFile: path, signers: [own], logs: [log.watched], port: 0 });
    onTestFinished(rotated.close);
    const body = log.body(4, 9);
    const answer = await fetch(`${rotated.url}/add-checkpoint`, { method: 'POST', body });
    expect([answer.status, await answer.text()]).toEqual([409, '5\n']);
  });

  it('takes signers of cosignatures only, and a log once', async () => {
    const { witness } = await started();
    const start = (signers: readonly NoteSigner[], logs = [log.watched]) =>
      codeOf(startWitness({ stateFile: witness.stateFile, signers, logs, port: 0 }));
    const own = cosigner('other.invalid', 0x04, generateKeyPairSync('ed25519').privateKey, () => 1);
    expect(await start([])).toContain('RangeError');
    expect(await start([log.signer])).toContain('RangeError');
    expect(await start([own], [log.watched, log.watched])).toContain('RangeError');
    expect(await start([own], [{ ...log.watched, keys: [] }])).toContain('RangeError');
  });

  it('shows any octet changed', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const good = await readFile(witness.stateFile, 'utf8');
    const state = decodeState(good);
    if (state === undefined) throw new Error('own state');
    expect(encodeState(state)).toBe(good);
    for (let at = 0; at < good.length; at++) {
      const bad = `${good.slice(0, at)}${String.fromCharCode(good.charCodeAt(at) ^ 1)}${good.slice(at + 1)}`;
      expect(decodeState(bad), `octet ${at}`).toBeUndefined();
    }
  });

  it('survives a crash at every step of its replacement as the old one or the new one', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const old = await readFile(witness.stateFile, 'utf8');
    expect((await send(log.body(5, 9))).status).toBe(200);
    const next = await readFile(witness.stateFile, 'utf8');
    const leftBehind = [undefined, '', next.slice(0, 100), next];
    for (const [i, temporary] of leftBehind.entries()) {
      const path = `${witness.stateFile}.crash${i}`;
      await writeFile(path, old);
      if (temporary !== undefined) await writeFile(`${path}.new`, temporary);
      const file = await StateFile.open(path);
      expect(file.state.logs.get(log.watched.origin)?.head.size).toBe(5);
      await file.save(file.state);
      file.close();
      await rm(`${path}.new`, { force: true });
    }
    // After the rename, before the answer: the log asks again with what it knows, and is told the size.
    await witness.restart();
    expect(await send(log.body(5, 9))).toEqual({ status: 409, text: '9\n' });
    expect((await send(log.body(9, 9))).status).toBe(200);
  });

  it('put back under a running witness stops it', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const old = await readFile(witness.stateFile, 'utf8');
    await send(log.body(5, 9));
    await writeFile(witness.stateFile, old);
    expect((await send(log.body(9, 12))).status).toBe(503);
    expect((await send(log.body(9, 12))).status).toBe(503);
    expect(await readFile(witness.stateFile, 'utf8')).toBe(old);
    expect(witness.events.filter(({ kind }) => kind === 'halted').map(({ code }) => code)).toEqual([
      'state-changed',
    ]);
  });

  it('restored from a backup is found out by a cosignature it does not know, for good', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const backup = await readFile(witness.stateFile, 'utf8');
    const { text: lines } = await send(log.body(5, 9));
    // In its own history such a request is nothing unusual.
    expect((await send(`${log.body(9, 9)}${lines}`)).status).toBe(200);
    await writeFile(witness.stateFile, backup);
    await witness.restart();
    expect((await send(`${log.body(0, 9)}${lines}`)).status).toBe(503);
    expect((await send(log.body(5, 9, 'other'))).status).toBe(503);
    expect((await fetch(`${witness.url}/healthz`)).status).toBe(503);
    expect(await (await fetch(witness.url)).text()).toContain('state-rolled-back');
    const signed = witness.events.filter(({ kind }) => kind === 'cosigned').map(({ size }) => size);
    expect(signed).toEqual([5, 9]);
    await expect(witness.restart()).rejects.toThrow(expect.objectContaining({ code: 'state-halted' }));
  });

  it('restored from a backup cannot tell by itself: the limit that the guide names', async () => {
    const { witness, send } = await started();
    await send(log.body(0, 5));
    const backup = await readFile(witness.stateFile, 'utf8');
    await send(log.body(5, 9));
    await writeFile(witness.stateFile, backup);
    await witness.restart();
    expect((await send(log.body(5, 9, 'other'))).status).toBe(200);
  });
});
