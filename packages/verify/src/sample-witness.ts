import { generateKeyPairSync, type KeyObject } from 'node:crypto';
import type { NoteSigner } from '@lianshu/tlog';
import { cosigner } from '@lianshu/tlog/node';

/** A witness for tests: one key that cosigns at any time asked for. Not part of the package. */
export type SampleWitness = Readonly<{ privateKey: KeyObject; signer: (seconds: number) => NoteSigner }>;

/** Makes a witness of this name; its cosignatures have the given signature type. */
export function generateWitness(name: string, type: 0x04 | 0x06): SampleWitness {
  const { privateKey } = type === 0x04 ? generateKeyPairSync('ed25519') : generateKeyPairSync('ml-dsa-44');
  return { privateKey, signer: (seconds) => cosigner(name, type, privateKey, () => seconds) };
}
