import { type OcspRequest, type PinnedAnchor, TrustStore } from '@lianshu/pki';
import { IdentityBatcher, type IdentityConfirmation } from '../credentials/index.ts';
import { CaseKeyring } from './case-keys.ts';
import { type Counties, type CountyLogLine, countCounties, type PreCheckConfig } from './county-counting.ts';
import { EpochChains } from './epoch-chains.ts';
import { HoldKeyring } from './hold-keys.ts';
import { before } from './patience.ts';
import { loadPersonKey } from './person-key.ts';
import { loadPromiseSigner } from './promise-signer.ts';
import { RevocationArchive } from './revocation-archive.ts';
import { RevocationLists } from './revocation-lists.ts';
import type { RevocationSource } from './revocation-source.ts';
import { judgeResponders, NO_STATUS, type OcspConfig, ocspStatus } from './revocation-status.ts';
import type { SealingDeps } from './seal-envelope.ts';
import { controlEndpoints, intakeEndpoints } from './sealer-endpoints.ts';
import { createSealerServer, type Endpoint } from './sealer-http.ts';
import { judgeListen, listen, type SealerListen } from './sealer-listen.ts';
import { type AffidavitRequest, SealerFault, type SealRequest, type SignInRequest } from './sealer-types.ts';
import { SealerStartFault, StateDirectory } from './state-directory.ts';
import { WorkerPool } from './worker-pool.ts';

/** A line for the log: codes, paths of ours and counts; nothing personal can be in it. */
export interface SealerLogLine {
  readonly level: 'info' | 'warn' | 'error';
  readonly event:
    | 'started'
    | 'stopped'
    | 'fault'
    | 'worker-died'
    | 'revocation-trouble'
    | CountyLogLine['event'];
  readonly code?: string;
  readonly where?: string;
}

/** Everything the sealer is given. It reads no environment, no clock and no database. */
export interface SealerConfig {
  /** Its own directory, mode 0700, owned by its own user. */
  readonly stateDirectory: string;
  /** For the public process and the workspace: `/seal`, `/sign-in`, `/affidavit` and `/health`, nothing else. */
  readonly listen: SealerListen;
  /**
   * For jobs and operators: settling, opening cases, forgetting hold keys, reloading lists. The public process must
   * not reach it. `same` puts everything on one address: for tests.
   */
  readonly control: SealerListen | 'same';
  /** Origin of the log, e.g. `demo.lianshu.invalid/log`: name of the promise key. */
  readonly origin: string;
  readonly trust: {
    readonly pins: readonly PinnedAnchor[];
    readonly certificates: readonly Uint8Array[];
    readonly production: boolean;
  };
  readonly identity: IdentityConfirmation;
  /**
   * How long a signer waits for outside services before the signature is held, 2,000 in production: the identity
   * service and, where no revocation list is fresh, before it the OCSP service, which gets half of it at most.
   */
  readonly identityWaitMs: number;
  readonly revocation: {
    readonly sources: readonly RevocationSource[];
    readonly reloadEveryMs: number;
    /** Folder in which every list ever relied on is kept, and from which a restart begins. Public data. */
    readonly archive?: string;
  };
  /** Who is asked where no list is fresh (check 21). Absent: nobody, signatures wait for a list. */
  readonly ocsp?: OcspConfig;
  /**
   * 預查: the registry, asked after sealing about those whose signature was sealed. Nothing that is signed waits for it.
   * Absent: nobody is asked, and there are no figures by county.
   */
  readonly preCheck?: PreCheckConfig;
  /** `sealer-worker.ts`, or the file it was bundled into. */
  readonly workerUrl: URL;
  /** Worker threads; give `min(cores, n)`. */
  readonly workers: number;
  readonly maxInFlight: number;
  readonly nowMs: () => number;
  readonly randomBytes: (length: number) => Uint8Array;
  readonly log: (line: SealerLogLine) => void;
}

/** A sealer at work. */
export interface RunningSealer {
  /** The TCP port when it was given as 0. */
  readonly port: number | undefined;
  /** Stops listening, lets running requests end, wipes the chains, frees the directory. */
  close(): Promise<void>;
}

const POOL = { batch: 32, maxWaiting: 4_096, stuckMs: 10_000 };
const BATCHER = { lingerMs: 3, maxCalls: 8, maxWaiting: 8_192 };

/**
 * The body of `lianshu serve sealer`. Refuses to start ({@link SealerStartFault}, or `PkiError` for a trust
 * store it may not use, e.g. `E_SIM_IN_PROD`) rather than run unsafely; otherwise resolves when it listens.
 *
 * Source: trust.md §2, "The sealer".
 */
export async function runSealer(config: SealerConfig): Promise<RunningSealer> {
  const { pins, certificates, production } = config.trust;
  const trust = TrustStore.load(pins, certificates, { production, nowMs: config.nowMs() });
  if (!trust.anchors.some(({ pin }) => pin.role === 'issuer'))
    throw new SealerStartFault('no-pinned-issuer', 'trust store');
  if (config.ocsp !== undefined) judgeResponders(config.ocsp.responders, trust);
  const control = config.control === 'same' ? undefined : config.control;
  const secrets = { intake: judgeListen(config.listen), control: control && judgeListen(control) };

  const state = StateDirectory.open(config.stateDirectory);
  const pool = new WorkerPool({
    workerUrl: config.workerUrl,
    trust: config.trust,
    limits: { ...POOL, workers: config.workers },
    nowMs: config.nowMs,
    onCrash: (code) => config.log({ level: 'error', event: 'worker-died', code }),
  });
  const { sources, archive } = config.revocation;
  const lists = new RevocationLists(pool, {
    sources,
    ...(archive === undefined ? {} : { archive: new RevocationArchive(archive) }),
    onTrouble: (where, code) => config.log({ level: 'warn', event: 'revocation-trouble', where, code }),
  });
  const counties = countCounties(config, state);
  const deps = assemble(config, { state, pool, trust, counties });
  const status = { isReady: () => pool.isReady, inFlight: (): number => http.inFlight() };
  const verifyLogin = async (request: SignInRequest | AffidavitRequest) => {
    const answer = await pool.run({ kind: 'verify-login', request });
    if (answer.kind !== 'verify-login') throw new SealerFault('sealer-fault');
    return answer.verdict;
  };
  const intake = intakeEndpoints(deps, { ...deps, verify: verifyLogin }, { lists, counties, status });
  const powers = controlEndpoints(deps, lists, counties.days);
  const server = (served: ReadonlyMap<string, Endpoint>, secret: string | undefined) =>
    createSealerServer({
      endpoints: served,
      secret,
      maxInFlight: config.maxInFlight,
      onFault: (where, error) => config.log({ level: 'error', event: 'fault', where, code: nameOf(error) }),
    });
  const http = server(control === undefined ? new Map([...intake, ...powers]) : intake, secrets.intake);
  const controlHttp = control && server(new Map([...intake, ...powers]), secrets.control);

  const timer = setInterval(
    () => void lists.reload().catch(() => undefined),
    config.revocation.reloadEveryMs,
  );
  const release = async () => {
    clearInterval(timer);
    await pool.close();
    await deps.epochs.end();
    await counties.days.close();
    state.close();
  };
  try {
    await pool.start();
    await lists.reload();
    await listen(http.server, config.listen);
    if (control !== undefined && controlHttp !== undefined) await listen(controlHttp.server, control);
  } catch (error) {
    await release();
    throw error;
  }
  config.log({ level: 'info', event: 'started' });
  const address = http.server.address();
  return {
    port: typeof address === 'object' && address !== null ? address.port : undefined,
    async close() {
      await Promise.all([http.close(), controlHttp?.close()]);
      await release();
      config.log({ level: 'info', event: 'stopped' });
    },
  };
}

function assemble(
  config: SealerConfig,
  {
    state,
    pool,
    trust,
    counties,
  }: {
    readonly state: StateDirectory;
    readonly pool: WorkerPool;
    readonly trust: TrustStore;
    readonly counties: Counties;
  },
): SealingDeps {
  const { nowMs, randomBytes, ocsp } = config;
  const readOcsp = async (der: Uint8Array, request: OcspRequest) => {
    const answer = await pool.run({ kind: 'read-ocsp', der, request, nowMs: nowMs() });
    if (answer.kind !== 'read-ocsp') throw new SealerFault('sealer-fault');
    return answer.verdict;
  };
  const batcher = new IdentityBatcher(config.identity, { ...BATCHER, deadlineMs: config.identityWaitMs });
  return {
    async verify(request: SealRequest) {
      const answer = await pool.run({ kind: 'verify', request });
      if (answer.kind !== 'verify') throw new SealerFault('sealer-fault');
      return answer.verdict;
    },
    status:
      ocsp === undefined
        ? NO_STATUS
        : ocspStatus({
            ...ocsp,
            trust,
            read: readOcsp,
            randomBytes,
            onTrouble: (where, code) =>
              config.log({ level: 'warn', event: 'revocation-trouble', where, code }),
          }),
    confirm: async (request, signal) =>
      (await before(signal, batcher.confirm(request))) ?? {
        outcome: 'unavailable',
        code: 'I_ICS_UNAVAILABLE',
      },
    waitMs: config.identityWaitMs,
    cases: new CaseKeyring(state, randomBytes),
    epochs: new EpochChains(nowMs, randomBytes),
    holdKeys: new HoldKeyring(state, nowMs, randomBytes),
    promises: loadPromiseSigner(state, config.origin),
    ...loadPersonKey(state, randomBytes),
    forecast: (person) => counties.forecasts?.begin(person),
    nowMs,
    randomBytes,
  };
}

function nameOf(error: unknown): string {
  if (error instanceof SealerFault) return error.code;
  return error instanceof Error ? error.name : 'fault';
}
