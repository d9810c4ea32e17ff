import { join } from 'node:path';
import { casesAndDrafts, countsIn } from './cases-and-drafts.ts';
import { INITIATIVE_KINDS, type Initiatives } from './initiatives/index.ts';
import { mailFollowers } from './mail-followers.ts';
import { operatorKeyStore } from './operator-keys.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/db/index.ts';
import type { ServerOptions } from './platform/http/server.ts';
import { type Clock, pause, systemClock } from './platform/time.ts';
import { PROPOSAL_KINDS, type Proposals } from './proposals/index.ts';
import { publicCopyOf } from './public-copy.ts';
import {
  askWitnessByHttp,
  explain,
  type Finding,
  formerKeys,
  introduceByHttp,
  logSigners,
  Publication,
  type PublicationStep,
  type PublicRecord,
  publicRecord,
  type RecordFault,
  type RoundStep,
  readCondition,
  readWitnessPolicy,
  recordKeys,
  recordWitnessPolicy,
  reportOf,
  Sequencer,
} from './record/index.ts';
import { OFFICE_ROLE, openRestricted, WORKSPACE_ROLE } from './restricted-database.ts';
import { logPacks, releaseOf } from './rule-packs/index.ts';
import { leadMarks, type SealerClient, SealerFault } from './sealer/index.ts';
import { serveOffice } from './serve-office.ts';
import { servePublic } from './serve-public.ts';
import { serveWorkspace } from './serve-workspace.ts';
import { type AtIntakeStep, type AtSettleStep, collectCountyDays, settleHeld } from './signing/index.ts';
import { stampingOf } from './time-stamps.ts';

/** What this process does; `sealer` is a program of its own (serve-sealer.ts). */
export type Surface = 'public' | 'sequencer' | 'jobs' | 'office' | 'workspace';
/** Those that run unless told; office and workspace run where they are asked for. */
export const SURFACES: readonly Surface[] = ['public', 'sequencer', 'jobs'];
export const ALL_SURFACES: readonly Surface[] = [...SURFACES, 'office', 'workspace'];

/** Where a test may stop the program; the lists stand beside the code that takes the steps. */
export type CrashStep =
  | Parameters<AtIntakeStep>[0]
  | Parameters<AtSettleStep>[0]
  | RoundStep
  | PublicationStep;

export interface ServeOptions {
  readonly config: Config;
  readonly connectionString: string;
  readonly logOrigin: string;
  readonly publishEveryMs: number;
  readonly sealer: SealerClient;
  readonly surfaces: ReadonlySet<Surface>;
  readonly isDemo: boolean;
  readonly clock?: Clock;
  readonly signingsPerMinute?: number;
  /** Where the public surface's log lines go; standard output unless told. */
  readonly logDestination?: ServerOptions['logDestination'];
  /** For tests: runs at each step of each surface; a process ended there has crashed there. */
  readonly atStep?: (step: CrashStep) => Promise<void>;
  /** Called once when going on would be unsafe. The process must end. */
  readonly onFault: (fault: RecordFault) => void;
  readonly warn: (message: string) => void;
  /** Told of progress an operator may want to see; names no case and no person. */
  readonly note?: (message: string) => void;
}

export interface Running {
  /** Where the public surface listens; empty when this process has none. */
  readonly url: string;
  /** Where the officers' surface listens; empty when this process has none. */
  readonly officeUrl: string;
  /** Where the workspace of lead proposers listens; empty when this process has none. */
  readonly workspaceUrl: string;
  readonly initiatives: Initiatives;
  readonly proposals: Proposals;
  readonly record: PublicRecord;
  /** The log's public keys; empty without the public surface. */
  readonly verifierKeys: readonly string[];
  close(): Promise<void>;
}

const SETTLE_EVERY_MS = 5_000;
/** Finished days of county totals come a quarter of an hour after midnight; asking is cheap. */
const COLLECT_EVERY_MS = 60_000;
const CLOSE_EVERY_MS = 5_000;
const OPEN_KEYS_EVERY_MS = 1_000;
const COMPARE_PACKS_EVERY_MS = 5_000;
/** Longer than any request can take: what was received before the end is stored or refused by then. */
const CLOSING_GRACE_MS = 30_000;
const SIGNINGS_PER_MINUTE = 240;

/** Starts the surfaces asked for, each with no more than it needs. Stops what it started when one fails. */
export async function serve(options: ServeOptions): Promise<Running> {
  const { config, surfaces } = options;
  const clock = options.clock ?? systemClock;
  const publicDirectory = join(config.dataDirectory, 'public', 'log');
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const { connectionString } = options;
    const owner = openDatabase({ connectionString, applicationName: 'lianshu', max: 6 });
    closers.push(owner.close);
    const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS]);
    const { initiatives, proposals } = casesAndDrafts({
      ...{ db: owner.db, clock, record },
      counts: countsIn(publicDirectory),
      logUrl: '',
      isDemo: options.isDemo,
      leadMark: leadMarks(options.sealer),
    });
    if (surfaces.has('sequencer'))
      closers.push(await runSequencer(options, { db: owner.db, clock, record }, publicDirectory));
    if (surfaces.has('jobs')) await initiatives.indexTexts();
    const release = releaseOf(config.projectRoot);
    const packs = { db: owner.db, clock, record, release, isDemo: options.isDemo };
    // Before anything is filed here the record says under which texts of the law; while it is read-only, nothing is.
    if (surfaces.has('jobs') && (await readCondition(owner.db))?.state === 'serving') await logPacks(packs);
    if (surfaces.has('jobs'))
      closers.push(runJobs(options, { db: owner.db, clock, record, initiatives, proposals, packs }));
    let listening: { readonly url: string; readonly verifierKeys: readonly string[] } = {
      url: '',
      verifierKeys: [],
    };
    let workspaceUrl = '';
    if (surfaces.has('public')) {
      const started = await servePublic({
        workspaceUrl: () => (workspaceUrl === '' ? config.workspaceOrigin : workspaceUrl),
        ...options,
        connectionString: config.publicDatabaseUrl ?? connectionString,
        publicDirectory,
        clock,
        signingsPerMinute: options.signingsPerMinute ?? SIGNINGS_PER_MINUTE,
      });
      closers.push(started.close);
      listening = started;
    }
    const publicOrigin = () =>
      config.publicOrigin ??
      (listening.url === '' ? undefined : listening.url.replace('127.0.0.1', 'localhost'));
    if (surfaces.has('jobs'))
      closers.push(await mailFollowers({ ...options, db: owner.db, clock, initiatives, publicOrigin }));
    let officeUrl = '';
    if (surfaces.has('office')) {
      const publicUrl = config.publicOrigin ?? listening.url.replace('127.0.0.1', 'localhost');
      const login = config.officeDatabaseUrl ?? connectionString;
      const own = await openRestricted(OFFICE_ROLE, login, options.warn);
      closers.push(own.close);
      const office = await serveOffice({ ...options, db: own.db, clock, publicDirectory, publicUrl });
      closers.push(office.close);
      officeUrl = office.url;
    }
    if (surfaces.has('workspace')) {
      const login = config.workspaceDatabaseUrl ?? connectionString;
      const own = await openRestricted(WORKSPACE_ROLE, login, options.warn);
      closers.push(own.close);
      const shared = { ...options, db: own.db, clock, publicDirectory };
      const workspace = await serveWorkspace({ ...shared, publicUrl: publicOrigin() ?? '' });
      closers.push(workspace.close);
      workspaceUrl = workspace.url;
    }
    return { ...listening, officeUrl, workspaceUrl, initiatives, proposals, record, close };
  } catch (error) {
    await close();
    throw error;
  }
}

type Db = ReturnType<typeof openDatabase>['db'];

/** The one writer of the log and its publication; alone reads the log's private keys. Resolves to its stop. */
async function runSequencer(
  options: ServeOptions,
  { db, clock, record }: Readonly<{ db: Db; clock: Clock; record: PublicRecord }>,
  publicDirectory: string,
): Promise<() => Promise<void>> {
  const { dataDirectory, witnessPolicy } = options.config;
  const { onFault, connectionString } = options;
  const signers = logSigners(operatorKeyStore(options.config), options.logOrigin, clock);
  const keys = signers.map(({ key }) => key);
  const witnesses = witnessPolicy === undefined ? undefined : readWitnessPolicy(witnessPolicy, keys);
  if (witnesses === undefined)
    options.warn(
      '沒有設定見證人，公卷沒有任何外部副署 LIANSHU_WITNESS_POLICY is not set: no witness outside this house cosigns the log',
    );
  const sequencer = new Sequencer({
    connection: { connectionString },
    origin: options.logOrigin,
    signers,
    journalFile: join(dataDirectory, 'checkpoint-journal'),
    publicDirectory,
    clock,
    onFault,
    onRound: (round) => publication.hearRound(round),
    ...(options.atStep ? { atStep: options.atStep } : {}),
    adoptWithoutJournal: options.config.mayAdoptLog,
    witnessing:
      witnesses === undefined
        ? { policy: undefined, mayRunWithout: options.config.mayRunWithoutWitnesses }
        : {
            policy: witnesses,
            ask: askWitnessByHttp,
            introduce: introduceByHttp(() => clock.nowMs()),
            mayRunWithout: options.config.mayRunWithoutWitnesses,
          },
    onReadOnly: (findings) => options.warn(readOnlyText(findings)),
    onServing: async () => {
      await recordWitnessPolicy({ db, clock, record }, witnesses);
      // A sealer that does not answer yet is named at a later start.
      const promiseKey = await options.sealer.health().then(
        (health) => health.promiseKey,
        () => undefined,
      );
      await recordKeys({ db, clock, record }, keys, promiseKey);
    },
  });
  const copy = publicCopyOf(options.config, {
    directory: publicDirectory,
    everyMs: options.publishEveryMs,
    clock,
    warn: options.warn,
  });
  const publication = new Publication({
    db,
    clock,
    directory: publicDirectory,
    keys,
    formerKeys: await formerKeys(db),
    ...(witnesses ? { witnesses } : {}),
    releasedSize: () => sequencer.released?.size ?? 0,
    isTheOne: () => sequencer.isTheOne(),
    everyMs: options.publishEveryMs,
    onPublished: () => copy?.hear(),
    warn: options.warn,
    ...(options.atStep ? { atStep: options.atStep } : {}),
    onFault,
  });
  const stamping = stampingOf(options.config, { directory: publicDirectory, clock, warn: options.warn });
  await sequencer.start();
  try {
    await publication.start();
  } catch (error) {
    await sequencer.stop();
    throw error;
  }
  copy?.start();
  stamping?.start();
  return async () => {
    await stamping?.stop();
    await publication.stop();
    await copy?.stop();
    await sequencer.stop();
  };
}

const readOnlyText = (findings: readonly Finding[]): string =>
  [
    '唯讀：見證人未達法定人數，每幾秒再問一次 read-only: too few witnesses answer; asking again every few seconds',
    reportOf(
      findings.filter(({ severity }) => severity !== 'ok').map((finding) => [finding, explain(finding)]),
    ),
  ].join('\n');

/** The sealer makes the key of what newly takes signatures, where an operator has put recipients; it does so once. */
async function openKeys(
  sealer: SealerClient,
  proposals: Proposals,
  done: Set<string>,
  warn: (message: string) => void,
): Promise<void> {
  for (const number of await proposals.numbersToSign()) {
    if (done.has(number)) continue;
    try {
      if ((await sealer.openCase(number)).ready) done.add(number);
    } catch (error) {
      if (!(error instanceof SealerFault)) throw error;
      if (error.retryable) return;
      // A key that is gone is an operator's to find: said once, and nobody signs meanwhile.
      done.add(number);
      warn(`the sealer opens no roll for ${number}: ${error.code}`);
    }
  }
}

/** Settles held signatures and enters closings, again and again; each turn is safe to repeat. */
function runJobs(
  options: ServeOptions,
  deps: {
    readonly db: Db;
    readonly clock: Clock;
    readonly record: PublicRecord;
    readonly initiatives: Initiatives;
    readonly proposals: Proposals;
    readonly packs: Parameters<typeof logPacks>[0];
  },
): () => Promise<void> {
  const { sealer, warn, atStep } = options;
  const stopping = new AbortController();
  // What a record that is read-only would refuse is not even begun; it waits for its next turn.
  const ifServing = async (job: () => Promise<unknown>) => {
    if ((await readCondition(deps.db))?.state === 'serving') await job();
  };
  const every = async (ms: number, job: () => Promise<unknown>) => {
    while (!stopping.signal.aborted) {
      await ifServing(job).catch((error: unknown) =>
        warn(`job failed: ${error instanceof Error ? error.name : 'fault'}`),
      );
      await pause(ms, stopping.signal);
    }
  };
  const onStuck = (code: string) => warn(`a held signature cannot be settled: ${code}`);
  const goneKeys = new Set<string>();
  const opened = new Set<string>();
  const { signal } = stopping;
  const running = [
    every(SETTLE_EVERY_MS, () => settleHeld({ ...deps, sealer, onStuck, goneKeys, signal, atStep })),
    every(COLLECT_EVERY_MS, () =>
      collectCountyDays({ db: deps.db, sealer, note: options.note ?? (() => undefined) }),
    ),
    every(CLOSE_EVERY_MS, () => deps.initiatives.closeEnded(CLOSING_GRACE_MS)),
    every(CLOSE_EVERY_MS, () => deps.proposals.closeExpired(CLOSING_GRACE_MS)),
    every(COMPARE_PACKS_EVERY_MS, () => logPacks(deps.packs)),
    every(OPEN_KEYS_EVERY_MS, () => openKeys(sealer, deps.proposals, opened, warn)),
  ];
  return async () => {
    stopping.abort();
    await Promise.all(running);
  };
}
