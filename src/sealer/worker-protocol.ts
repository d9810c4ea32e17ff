import type { OcspRequest, OcspVerdict, PinnedAnchor, RevocationList } from '@lianshu/pki';
import type { AffidavitRequest, SealRequest, SignInRequest } from './sealer-types.ts';
import type { LoginVerdict } from './verify-login.ts';
import type { RequestVerdict } from './verify-request.ts';

/** What a worker verifies against. Serial numbers of the lists are shared memory, swapped whole. */
export interface WorkerTrust {
  readonly pins: readonly PinnedAnchor[];
  readonly certificates: readonly Uint8Array[];
  readonly production: boolean;
}

/** `workerData` of a sealer worker. */
export interface WorkerStart {
  readonly trust: WorkerTrust;
  readonly lists: readonly RevocationList[];
  readonly nowMs: number;
  /** One 32-bit counter: the place in the running batch, so that a dead worker's last job is known. */
  readonly progress: SharedArrayBuffer;
}

/** Work a worker does. */
export type WorkerJob =
  | { readonly kind: 'verify'; readonly request: SealRequest }
  | { readonly kind: 'verify-login'; readonly request: SignInRequest | AffidavitRequest }
  | { readonly kind: 'read-list'; readonly der: Uint8Array }
  | {
      readonly kind: 'read-ocsp';
      readonly der: Uint8Array;
      readonly request: OcspRequest;
      readonly nowMs: number;
    };

/** What came of a job; in the same order as the batch. */
export type WorkerAnswer =
  | { readonly kind: 'verify'; readonly verdict: RequestVerdict }
  | { readonly kind: 'verify-login'; readonly verdict: LoginVerdict }
  | { readonly kind: 'read-list'; readonly list: RevocationList }
  | { readonly kind: 'read-ocsp'; readonly verdict: OcspVerdict }
  | { readonly kind: 'list-refused'; readonly code: string };

/** Sealer → worker. */
export type ToWorker =
  | { readonly kind: 'batch'; readonly jobs: readonly WorkerJob[] }
  | { readonly kind: 'lists'; readonly lists: readonly RevocationList[]; readonly nowMs: number };

/** Worker → sealer. */
export type FromWorker =
  | { readonly kind: 'ready' }
  | { readonly kind: 'answers'; readonly answers: readonly WorkerAnswer[] };
