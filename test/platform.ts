/**
 * The whole platform for a test file: its own database, a sealer with real worker threads, the simulated
 * authority and identity service, and the public surface on a free port. Only the clock can be moved.
 */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { type CaseKey, generateCaseKey } from '@lianshu/seal';
import {
  IDENTITY_SERVICE_PATH,
  type Person,
  type RegistryServer,
  type SimulatedAuthority,
  sharedAuthority,
  startIdentityService,
} from '@lianshu/simulators';
import { icsConfirmation, icsPost } from '../src/credentials/index.ts';
import { createOperatorKeys } from '../src/operator-keys.ts';
import { readConfig } from '../src/platform/config.ts';
import { systemRandom } from '../src/platform/random.ts';
import type { Clock } from '../src/platform/time.ts';
import type { RecordFault } from '../src/record/index.ts';
import { preCheckHttp, readRegistryKeys } from '../src/registry/index.ts';
import { connectSealer, type RunningSealer, runSealer, type SealerClient } from '../src/sealer/index.ts';
import { type Running, SURFACES, type Surface, serve } from '../src/serve.ts';
import {
  type PlatformWitnesses,
  platformWitnesses,
  type TestWitness,
} from './builders/platform-witnesses.ts';
import { type WorkerDatabase, workerDatabase } from './worker-database.ts';

export const TEST_ORIGIN = 'test.lianshu.invalid/log';

/** A clock that can be moved forward. */
export interface MovableClock extends Clock {
  moveBy(ms: number): void;
  /** Stands still at an instant, until it is let go; then it goes on from there. */
  standAt(ms: number): void;
  letGo(): void;
}

export interface TestPlatform {
  readonly url: string;
  readonly database: WorkerDatabase;
  readonly directory: string;
  readonly authority: SimulatedAuthority;
  readonly identity: Awaited<ReturnType<typeof startIdentityService>>;
  readonly sealer: SealerClient;
  readonly clock: MovableClock;
  readonly running: Running;
  /** Lines the public surface logged and warnings, as written. */
  readonly serverLog: string[];
  /** Each vkey of log and promises, as published. */
  readonly verifierKeys: readonly string[];
  /** Private halves, as trustees and ministry hold them. */
  readonly keys: Readonly<Record<'trustees' | 'ministry', CaseKey>>;
  /** In the policy's order; empty unless asked for. */
  readonly witnesses: readonly TestWitness[];
  /** The policy the log is witnessed under: more than half of the witnesses. */
  readonly policyFile: string | undefined;
  /** Lines the sealer wrote. */
  readonly sealerLog: readonly string[];
  openCase(caseNumber: string, daysAgo?: number): Promise<void>;
  /** Revocation lists can be read from now on; the sealer is told. */
  publishLists(): Promise<void>;
  stopSealer(): Promise<void>;
  restartSealer(): Promise<void>;
  /** Ends the first server and starts it again: another port, the same folders and database. */
  restartServer(): Promise<void>;
  /** A further process of the same house. The caller closes it before the platform. */
  serveAnother(options: { surfaces: readonly Surface[]; connectionString?: string }): Promise<Running>;
  close(): Promise<void>;
}

export interface PlatformOptions {
  readonly surfaces?: readonly Surface[];
  readonly identityDelayMs?: number;
  /** How long the sealer waits for the identity service; 2,000 as in production unless told. */
  readonly identityWaitMs?: number;
  readonly publishEveryMs?: number;
  readonly signingsPerMinute?: number;
  /** `none` until `publishLists`. */
  readonly crl?: 'fresh' | 'none';
  /** How many witnesses cosign, in this process; none unless told. */
  readonly witnesses?: number;
  /** Address of an OCSP service for both issuers; nobody is asked unless told. */
  readonly ocspUrl?: string;
  /** The registry the sealer asks beside signing; nobody is asked unless told. */
  readonly registry?: Pick<RegistryServer, 'url' | 'verifierKey'>;
  /** Further environment of the server. */
  readonly env?: Readonly<Record<string, string>>;
  /** Hears why the house stops itself, where a test makes it; otherwise that fails the test. */
  readonly onFault?: (fault: RecordFault) => void;
}

const MAIN_TEXT = '你是否同意本測試案之主文？';

/** Starts everything; `close` stops it and removes what it wrote. */
export async function startPlatform(options: PlatformOptions = {}): Promise<TestPlatform> {
  const directory = mkdtempSync(join(tmpdir(), 'lianshu-platform-'));
  const database = await workerDatabase();
  const authority = await sharedAuthority();
  const identity = await startIdentityService(authority, { port: 0, delayMs: options.identityDelayMs ?? 0 });
  const service = await authority.serviceClient('lianshu');
  let offset = 0;
  let standing: number | undefined;
  const clock: MovableClock = {
    nowMs: () => standing ?? Date.now() + offset,
    moveBy(ms) {
      if (standing !== undefined) standing += ms;
      offset += ms;
    },
    standAt(ms) {
      standing = ms;
    },
    letGo() {
      if (standing !== undefined) offset = standing - Date.now();
      standing = undefined;
    },
  };
  const keys = { trustees: await generateCaseKey('x25519'), ministry: await generateCaseKey('x25519') };
  const sealerLog: string[] = [];
  const serverLog: string[] = [];
  let areListsPublished = options.crl !== 'none';
  const socketPath = join(directory, 'sealer.sock');
  const controlPath = join(directory, 'control.sock');
  const state = join(directory, 'sealer');
  mkdirSync(join(state, 'recipients'), { recursive: true, mode: 0o700 });

  const startSealer = (): Promise<RunningSealer> =>
    runSealer({
      stateDirectory: state,
      listen: { socketPath, socketMode: 0o600 },
      control: { socketPath: controlPath, socketMode: 0o600 },
      origin: TEST_ORIGIN,
      trust: {
        pins: authority.anchors(),
        certificates: authority.anchors().map(({ name }) => authority.authority(name).certificate),
        production: false,
      },
      identity: icsConfirmation({
        clientCertificate: service.certificate,
        clientKey: service.keys.privateKey,
        post: icsPost(`${identity.url}${IDENTITY_SERVICE_PATH}`, fetch),
        nowMs: clock.nowMs,
        randomBytes: (length) => systemRandom.bytes(length),
        onFault: () => undefined,
      }),
      identityWaitMs: options.identityWaitMs ?? 2_000,
      revocation: {
        sources: [
          {
            name: 'simulated lists',
            read: async () =>
              areListsPublished
                ? [authority.revocationList('SIM-MOICA-G2'), authority.revocationList('SIM-MOICA-G3')]
                : [],
          },
        ],
        reloadEveryMs: 3_600_000,
      },
      ...(options.registry === undefined ? {} : { preCheck: preCheckOf(options.registry) }),
      ...(options.ocspUrl === undefined ? {} : { ocsp: ocspAt(authority, options.ocspUrl) }),
      workerUrl: new URL('../src/sealer/sealer-worker.ts', import.meta.url),
      workers: 1,
      maxInFlight: 512,
      nowMs: clock.nowMs,
      randomBytes: (length) => systemRandom.bytes(length),
      log: (line) => sealerLog.push(JSON.stringify(line)),
    });
  let runningSealer: RunningSealer | undefined = await startSealer();
  const sealer = connectSealer({ socketPath }, { socketPath: controlPath });

  createOperatorKeys(directory);
  const watched: PlatformWitnesses | undefined =
    options.witnesses === undefined
      ? undefined
      : await platformWitnesses(directory, TEST_ORIGIN, clock, options.witnesses);
  const start = (surfaces: readonly Surface[], connectionString = database.url): Promise<Running> =>
    serve({
      config: readConfig({
        LIANSHU_DATA: directory,
        PORT: '0',
        LIANSHU_WORKSPACE_PORT: '0',
        LIANSHU_LOG_LEVEL: 'info',
        LIANSHU_WITNESS_POLICY: watched?.policyFile,
        ...options.env,
      }),
      connectionString,
      logOrigin: TEST_ORIGIN,
      publishEveryMs: options.publishEveryMs ?? 200,
      sealer,
      surfaces: new Set(surfaces),
      isDemo: true,
      clock,
      signingsPerMinute: options.signingsPerMinute ?? 100_000,
      logDestination: { write: (line) => serverLog.push(line) },
      onFault: (fault) => {
        if (options.onFault === undefined) throw fault;
        options.onFault(fault);
      },
      warn: (message) => serverLog.push(message),
    });
  const surfaces = options.surfaces ?? SURFACES;
  let running = await start(surfaces);

  return {
    get url() {
      return running.url;
    },
    database,
    directory,
    authority,
    identity,
    sealer,
    clock,
    get running() {
      return running;
    },
    keys,
    witnesses: watched?.witnesses ?? [],
    policyFile: watched?.policyFile,
    sealerLog,
    serverLog,
    get verifierKeys() {
      return running.verifierKeys;
    },
    async openCase(caseNumber, daysAgo = 3) {
      const recipients = {
        evidence: [keys.trustees.recipient],
        roster: [keys.ministry.recipient, keys.trustees.recipient],
      };
      writeFileSync(join(state, 'recipients', `${caseNumber}.json`), JSON.stringify(recipients), {
        mode: 0o600,
      });
      const collectedOn = new Date(clock.nowMs() - daysAgo * 86_400_000).toISOString().slice(0, 10);
      await running.initiatives.register({
        caseNumber,
        filed: {
          subject: { 'zh-Hant-TW': '測試案', en: 'Test case' },
          leadProposer: { 'zh-Hant-TW': '測試（虛構）', en: 'Test (invented)' },
          subjectMatter: 'principle',
          rulePack: 'tw.referendum.national@2025-12-03',
          origin: 'here',
          isInvented: true,
        },
        collectedOn,
        mode: 'electronic',
        text: { heading: ['示範文字，非公告主文'], mainText: MAIN_TEXT, reasons: ['一、測試。'] },
      });
      await sealer.openCase(caseNumber);
    },
    async publishLists() {
      areListsPublished = true;
      await sealer.reloadRevocation();
    },
    async stopSealer() {
      await runningSealer?.close();
      runningSealer = undefined;
    },
    async restartSealer() {
      await runningSealer?.close();
      runningSealer = await startSealer();
    },
    async restartServer() {
      await running.close();
      running = await start(surfaces);
    },
    serveAnother: (another) => start(another.surfaces, another.connectionString),
    async close() {
      await running.close();
      await watched?.close();
      sealer.close();
      await runningSealer?.close();
      await identity.close();
      await database.drop();
      rmSync(directory, { recursive: true, force: true });
    },
  };
}

const preCheckOf = ({ url, verifierKey }: NonNullable<PlatformOptions['registry']>) => ({
  registry: preCheckHttp({
    url,
    keys: readRegistryKeys(verifierKey, false),
    fetchFrom: fetch,
    randomBytes: (length) => systemRandom.bytes(length),
  }),
  lingerMs: 20,
  deadlineMs: 6_000,
});

const ocspAt = (authority: SimulatedAuthority, url: string) => ({
  responders: new Map(
    (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) => [
      Buffer.from(authority.authority(name).keys.ski).toString('hex'),
      url,
    ]),
  ),
  fetch,
});

/** The card of a person of the cast, issued once by the shared authority. */
export async function cardOf(platform: TestPlatform, person: Person) {
  return platform.authority.cardOf(person) ?? platform.authority.issueCard(person, { reuseKeys: true });
}
