import { createPrivateKey, generateKeyPairSync } from 'node:crypto';
import { formatVerifierKey, promiseKeyName, promiseText, signNote } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import type { StateDirectory } from './state-directory.ts';

/** Publication is promised this long after receipt (trust.md §1). */
const PROMISE_MS = 120_000;

/** What a promise is about. */
export interface Promised {
  readonly recordCommitment: Uint8Array;
  readonly caseNumber: string;
  readonly receivedAtMs: number;
}

/** Signs promises under the sealer's own key, never the log's: a promise must not read as a checkpoint. */
export interface PromiseSigner {
  /** Verifier key in its text form. */
  readonly verifierKey: string;
  sign(promised: Promised): string;
}

const FILE = 'promise.pem';

/** Reads the promise key, or makes it at the very first start. Source: trust.md §1; c2sp.org/signed-note. */
export function loadPromiseSigner(state: StateDirectory, origin: string): PromiseSigner {
  const stored = state.read(FILE) ?? createKey(state);
  const signer = ed25519Signer(promiseKeyName(origin), createPrivateKey(Buffer.from(stored)));
  return {
    verifierKey: formatVerifierKey(signer.key),
    sign({ recordCommitment, caseNumber, receivedAtMs }) {
      const text = promiseText({
        origin,
        commitment: recordCommitment,
        caseNumber,
        received: `${iso(receivedAtMs).slice(0, 16)}Z`,
        publishBy: `${iso(Math.ceil((receivedAtMs + PROMISE_MS) / 1_000) * 1_000).slice(0, 19)}Z`,
      });
      return signNote(text, [signer]);
    },
  };
}

function createKey(state: StateDirectory): Uint8Array {
  const { privateKey } = generateKeyPairSync('ed25519');
  const pem = Buffer.from(privateKey.export({ format: 'pem', type: 'pkcs8' }));
  state.writeOnce('.', FILE, pem);
  return pem;
}

function iso(ms: number): string {
  return new Date(ms).toISOString();
}
