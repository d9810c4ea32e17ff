import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { join } from 'node:path';
import { type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { cosigner, ed25519Signer } from '@lianshu/tlog/node';
import { createKeyFile, readKeyFile } from '../platform/key-file.ts';
import type { Clock } from '../platform/time.ts';

const ED25519 = 'log-ed25519.pem';
const ML_DSA_44 = 'log-ml-dsa-44.pem';

/** Makes the log's two private keys, once. @throws when a file is there already: a log keeps its keys. */
export function createLogKeys(directory: string): void {
  for (const [file, type] of [
    [ED25519, 'ed25519'],
    [ML_DSA_44, 'ml-dsa-44'],
  ] as const) {
    // The two overloads differ in nothing we use.
    const { privateKey } =
      type === 'ed25519' ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44');
    createKeyFile(join(directory, file), Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' })));
  }
}

/**
 * The signers of every checkpoint: Ed25519 first, which every verifier knows, and ML-DSA-44 beside it.
 * @throws {KeyFault} for a missing or exposed file.
 */
export function readLogKeys(directory: string, origin: string, clock: Clock): readonly NoteSigner[] {
  const key = (file: string) => createPrivateKey(Buffer.from(readKeyFile(join(directory, file))));
  return [
    ed25519Signer(origin, key(ED25519)),
    cosigner(origin, SIGNATURE_TYPE.mlDsa44, key(ML_DSA_44), () => Math.floor(clock.nowMs() / 1000)),
  ];
}
