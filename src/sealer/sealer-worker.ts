import { parentPort, workerData } from 'node:worker_threads';
import { PkiError, RevocationIndex, readRevocationList, TrustStore, verifyOcspResponse } from '@lianshu/pki';
import { verifyLogin } from './verify-login.ts';
import { verifyRequest } from './verify-request.ts';
import type { FromWorker, ToWorker, WorkerAnswer, WorkerJob, WorkerStart } from './worker-protocol.ts';

/**
 * A sealer worker: verifies envelopes, revocation lists and OCSP answers. Holds no key and no secret beyond the jobs in
 * its hands; has no network. Entry point of its own: `runSealer` is given its URL.
 */
const start: WorkerStart = workerData;
const progress = new Int32Array(start.progress);
const { pins, certificates, production } = start.trust;
const trust = TrustStore.load(pins, certificates, { production, nowMs: start.nowMs });
let revocation = new RevocationIndex(start.lists);
trust.recheckChain(start.nowMs, revocation);

function answer(job: WorkerJob): WorkerAnswer {
  if (job.kind === 'verify')
    return { kind: 'verify', verdict: verifyRequest(job.request, trust, revocation) };
  if (job.kind === 'verify-login')
    return { kind: 'verify-login', verdict: verifyLogin(job.request, trust, revocation) };
  if (job.kind === 'read-ocsp')
    return { kind: 'read-ocsp', verdict: verifyOcspResponse(job.der, job.request, trust, job.nowMs) };
  try {
    return { kind: 'read-list', list: readRevocationList(job.der, trust) };
  } catch (error) {
    if (error instanceof PkiError) return { kind: 'list-refused', code: error.code };
    throw error;
  }
}

function post(message: FromWorker): void {
  parentPort?.postMessage(message);
}

parentPort?.on('message', (message: ToWorker) => {
  if (message.kind === 'lists') {
    revocation = new RevocationIndex(message.lists);
    trust.recheckChain(message.nowMs, revocation);
    return;
  }
  const answers = message.jobs.map((job, place) => {
    Atomics.store(progress, 0, place);
    return answer(job);
  });
  post({ kind: 'answers', answers });
});

post({ kind: 'ready' });
