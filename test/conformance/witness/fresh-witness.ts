import { generateKeyPairSync } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { NoteSigner } from '@lianshu/tlog';
import { cosigner } from '@lianshu/tlog/node';
import { createWitnessState, startWitness, type WatchedLog, type WitnessEvent } from '@lianshu/witness';

const ed25519 = () => generateKeyPairSync('ed25519').privateKey;

export type FreshWitness = Readonly<{
  url: string;
  folder: string;
  stateFile: string;
  keys: readonly NoteSigner['key'][];
  events: readonly WitnessEvent[];
  nowSeconds(): number;
  moveClock(seconds: number): void;
  /** Closes and starts again on the same state. */
  restart(): Promise<void>;
  close(): Promise<void>;
}>;

/** A witness in this process with a folder, keys and clock of its own. */
export async function freshWitness(
  logs: readonly WatchedLog[],
  { name = 'witness.invalid/w', postQuantum = false }: { name?: string; postQuantum?: boolean } = {},
): Promise<FreshWitness> {
  const folder = await mkdtemp(join(tmpdir(), 'lianshu-witness-'));
  const stateFile = join(folder, 'state');
  let now = 1_795_000_000;
  const signers = [cosigner(name, 0x04, ed25519(), () => now)];
  if (postQuantum) {
    signers.push(cosigner(name, 0x06, generateKeyPairSync('ml-dsa-44').privateKey, () => now));
  }
  const keys = signers.map(({ key }) => key);
  await createWitnessState(stateFile, keys);
  const events: WitnessEvent[] = [];
  const start = () =>
    startWitness({
      stateFile,
      signers,
      logs,
      port: 0,
      evidence: join(folder, 'evidence'),
      onEvent: (event) => events.push(event),
    });
  let running = await start();
  let isOpen = true;
  const stop = async (): Promise<void> => {
    if (isOpen) await running.close();
    isOpen = false;
  };
  return {
    get url() {
      return running.url;
    },
    folder,
    stateFile,
    keys,
    events,
    nowSeconds: () => now,
    moveClock: (seconds) => {
      now += seconds;
    },
    restart: async () => {
      await stop();
      running = await start();
      isOpen = true;
    },
    close: async () => {
      await stop();
      await rm(folder, { recursive: true });
    },
  };
}
