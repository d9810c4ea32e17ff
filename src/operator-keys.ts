import { existsSync } from 'node:fs';
import { join } from 'node:path';
import type { KeyStoreAddress } from './platform/address-syntax.ts';
import { type Config, moduleEnvironment } from './platform/config.ts';
import { createKeyFile, readKeyFile } from './platform/key-file.ts';
import { type KeyStore, openKeyStore } from './platform/key-store.ts';
import { createFileKeys } from './platform/key-store-file.ts';
import { systemRandom } from './platform/random.ts';

/**
 * `lianshu keys`: the keys the public process and the sequencer need, made once: the log's in
 * `<data>/keys/log`, which only the sequencer reads, and `<data>/keys/token.key`.
 * @throws when they are there already: a log keeps its keys, and a new token key would void open statements.
 */
export function createOperatorKeys(dataDirectory: string): void {
  const directory = join(dataDirectory, 'keys');
  createFileKeys(directory, 'log');
  createKeyFile(join(directory, 'token.key'), systemRandom.bytes(32));
}

/**
 * The key under which addresses of followers are sealed: `<data>/keys/subscriptions.key`. Made where there is none; a
 * lost one costs the subscriptions and nothing else. The public process and the jobs need the same. @throws {KeyFault}
 */
export function subscriptionKey(dataDirectory: string): Uint8Array {
  const path = join(dataDirectory, 'keys', 'subscriptions.key');
  if (!existsSync(path))
    try {
      createKeyFile(path, systemRandom.bytes(32));
    } catch (error) {
      // Another process of the house was faster.
      if ((error as { code?: unknown }).code !== 'EEXIST') throw error;
    }
  return readKeyFile(path);
}

/** Where the log's private keys are: as `LIANSHU_KEY_STORE` says, else files in `<data>/keys`. @throws {KeyFault} */
export function operatorKeyStore(config: Config): KeyStore {
  const ours: KeyStoreAddress = { kind: 'file', directory: join(config.dataDirectory, 'keys') };
  return openOperatorKeys(config.keyStore ?? ours, config.keyStorePinFile);
}

/** The store at an address of the operator's. @throws {KeyFault} */
export function openOperatorKeys(address: KeyStoreAddress, pinFile: string | undefined): KeyStore {
  return openKeyStore(address, { pinFile, environment: moduleEnvironment() });
}
