import { join } from 'node:path';
import { createKeyFile } from './platform/key-file.ts';
import { systemRandom } from './platform/random.ts';
import { createLogKeys } from './record/index.ts';

/**
 * `lianshu keys`: the keys the public process and the sequencer need, made once: the log's in
 * `<data>/keys/log`, which only the sequencer reads, and `<data>/keys/token.key`.
 * @throws when they are there already: a log keeps its keys, and a new token key would void open statements.
 */
export function createOperatorKeys(dataDirectory: string): void {
  const directory = join(dataDirectory, 'keys');
  createLogKeys(join(directory, 'log'));
  createKeyFile(join(directory, 'token.key'), systemRandom.bytes(32));
}
