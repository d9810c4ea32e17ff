import { externalSigner, type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import type { KeyStore } from '../platform/key-store.ts';
import type { Clock } from '../platform/time.ts';

const TYPES = { ed25519: SIGNATURE_TYPE.ed25519, 'ml-dsa-44': SIGNATURE_TYPE.mlDsa44 } as const;

/**
 * The signers of every checkpoint: Ed25519 first, which every verifier knows, and ML-DSA-44 beside it where the
 * store has it.
 * @throws {KeyFault} for keys that are missing or must not be used.
 */
export function logSigners(store: KeyStore, origin: string, clock: Clock): readonly NoteSigner[] {
  const seconds = () => Math.floor(clock.nowMs() / 1000);
  return store.keys('log').map((key) => externalSigner(sha256, origin, TYPES[key.algorithm], key, seconds));
}
