/** The witnesses of a test platform: the real daemon in this process, which a test may stop, restart or betray. */
import { mkdirSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { createWitnessState, type RunningWitness, startWitness } from '@lianshu/witness';
import { operatorKeyStore } from '../../src/operator-keys.ts';
import { readConfig } from '../../src/platform/config.ts';
import type { Clock } from '../../src/platform/time.ts';
import { logSigners } from '../../src/record/index.ts';
import {
  type Asked,
  policyText,
  type ScriptedWitness,
  scriptedWitness,
  witnessSigner,
} from './scripted-witness.ts';

export interface TestWitness {
  readonly signer: NoteSigner;
  readonly url: string;
  readonly stateFile: string;
  stop(): Promise<void>;
  /** Starts it again with its state, on the same port. */
  start(): Promise<void>;
  /** Puts somebody else in its place, with its key, who answers so; until `start`. */
  betray(answer: (asked: Asked) => void): Promise<void>;
}

export interface PlatformWitnesses {
  readonly witnesses: readonly TestWitness[];
  readonly policyFile: string;
  close(): Promise<void>;
}

/** Starts `n` witnesses named `witness-a.lianshu.invalid` and on, and writes a policy that needs more than half. */
export async function platformWitnesses(
  directory: string,
  origin: string,
  clock: Clock,
  n: number,
): Promise<PlatformWitnesses> {
  const store = operatorKeyStore(readConfig({ LIANSHU_DATA: directory }));
  const keys = logSigners(store, origin, clock).map(({ key }) => key);
  const folder = join(directory, 'witnesses');
  mkdirSync(folder, { recursive: true });
  const witnesses: TestWitness[] = [];
  for (const letter of 'abcdefgh'.slice(0, n)) {
    const name = `witness-${letter}.lianshu.invalid`;
    const seconds = () => Math.floor(clock.nowMs() / 1_000);
    const signer = witnessSigner(name, SIGNATURE_TYPE.ed25519Cosignature, seconds);
    witnesses.push(await testWitness(signer, join(folder, `${letter}.state`), [{ origin, keys }]));
  }
  const policyFile = join(directory, 'policy.txt');
  const endpoints = witnesses.map(({ url, signer }) => ({ url, keys: [signer.key] }));
  writeFileSync(policyFile, policyText(keys, endpoints, Math.floor(n / 2) + 1));
  const close = async () => {
    for (const witness of witnesses) await witness.stop();
  };
  return { witnesses, policyFile, close };
}

async function testWitness(
  signer: NoteSigner,
  stateFile: string,
  logs: Parameters<typeof startWitness>[0]['logs'],
): Promise<TestWitness> {
  await createWitnessState(stateFile, [signer.key]);
  let running: RunningWitness | ScriptedWitness | undefined = await startWitness({
    stateFile,
    signers: [signer],
    logs,
    port: 0,
  });
  const { url } = running;
  const port = Number(new URL(url).port);
  const stop = async () => {
    const ending = running;
    running = undefined;
    await ending?.close();
  };
  return {
    signer,
    url,
    stateFile,
    stop,
    async start() {
      await stop();
      running = await startWitness({ stateFile, signers: [signer], logs, port });
    },
    async betray(answer) {
      await stop();
      const scripted = await scriptedWitness(signer, port);
      scripted.answer(answer);
      running = scripted;
    },
  };
}
