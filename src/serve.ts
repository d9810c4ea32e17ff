import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { POLICY_CATALOGUE } from './credentials/index.ts';
import {
  createInitiatives,
  INITIATIVE_KINDS,
  type Initiatives,
  initiativesApi,
  initiativesRoutes,
} from './initiatives/index.ts';
import type { Config } from './platform/config.ts';
import { openDatabase } from './platform/db/index.ts';
import { serveAssets } from './platform/http/assets.ts';
import { PLATFORM_PROBLEMS, Problems } from './platform/http/problem.ts';
import { createServer } from './platform/http/server.ts';
import { readKeyFile } from './platform/key-file.ts';
import { systemRandom } from './platform/random.ts';
import { type Clock, pause, systemClock } from './platform/time.ts';
import {
  InclusionWatch,
  Publication,
  type PublicRecord,
  publicRecord,
  type RecordFault,
  readLogKeys,
  readPublishedCount,
  recordRoutes,
  Sequencer,
  verifierKeyLines,
} from './record/index.ts';
import type { SealerClient } from './sealer/index.ts';
import {
  createSigning,
  receiptRoutes,
  SIGNING_PROBLEMS,
  settleHeld,
  signingApi,
  signingRoutes,
} from './signing/index.ts';
import { loadContent, type Site } from './web/index.ts';
import { renderProblem, siteRoutes } from './web/site-routes.tsx';

/** What this process does; `sealer` is a program of its own (serve-sealer.ts). */
export type Surface = 'public' | 'sequencer' | 'jobs';
export const SURFACES: readonly Surface[] = ['public', 'sequencer', 'jobs'];

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
  /** Where log lines go; standard output unless told. */
  readonly logDestination?: { write(line: string): void };
  /** Called once when going on would be unsafe. The process must end. */
  readonly onFault: (fault: RecordFault) => void;
  readonly warn: (message: string) => void;
}

export interface Running {
  readonly url: string;
  readonly initiatives: Initiatives;
  readonly record: PublicRecord;
  readonly verifierKeys: readonly string[];
  close(): Promise<void>;
}

const SETTLE_EVERY_MS = 5_000;
const CLOSE_EVERY_MS = 5_000;
/** Longer than any request can take: what was received before the end is stored or refused by then. */
const CLOSING_GRACE_MS = 30_000;

/** Joins configuration, database, modules and servers. Nothing else in the program knows them all. */
export async function serve(options: ServeOptions): Promise<Running> {
  const { config, surfaces, sealer } = options;
  const clock = options.clock ?? systemClock;
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const owner = { connectionString: options.connectionString };
    const { db, pool, close: closeOwner } = openDatabase({ ...owner, applicationName: 'lianshu', max: 6 });
    closers.push(closeOwner);
    const record = publicRecord(INITIATIVE_KINDS);
    const publicDirectory = join(config.dataDirectory, 'public', 'log');
    const keysDirectory = join(config.dataDirectory, 'keys');
    const signers = readLogKeys(keysDirectory, options.logOrigin, clock);
    const keys = signers.map(({ key }) => key);
    const initiativesOf = (database: typeof db) =>
      createInitiatives({
        db: database,
        clock,
        record,
        publishedCount: (caseNumber) => readPublishedCount(publicDirectory, caseNumber, 'joint-signature'),
      });
    const initiatives = initiativesOf(db);

    if (surfaces.has('sequencer')) {
      const sequencer = new Sequencer({
        connection: owner,
        origin: options.logOrigin,
        signers,
        journalFile: join(config.dataDirectory, 'checkpoint-journal'),
        publicDirectory,
        clock,
        onFault: options.onFault,
      });
      await sequencer.start();
      closers.push(() => sequencer.stop());
      const publication = new Publication({
        db,
        clock,
        directory: publicDirectory,
        keys,
        releasedSize: () => sequencer.released?.size ?? 0,
        everyMs: options.publishEveryMs,
        onFault: options.onFault,
      });
      await publication.start();
      closers.push(() => publication.stop());
    }

    if (surfaces.has('jobs')) {
      const stopping = new AbortController();
      const every = async (ms: number, job: () => Promise<unknown>) => {
        while (!stopping.signal.aborted) {
          // A job that fails says so and is tried again at its next turn; each is safe to repeat.
          await job().catch((error: unknown) =>
            options.warn(`job failed: ${error instanceof Error ? error.name : 'unknown'}`),
          );
          await pause(ms, stopping.signal);
        }
      };
      const settling = every(SETTLE_EVERY_MS, () =>
        settleHeld({
          db,
          clock,
          record,
          sealer,
          onUnreadable: (code) => options.warn(`a held signature cannot be opened: ${code}`),
        }),
      );
      const closing = every(CLOSE_EVERY_MS, () => initiatives.closeEnded(CLOSING_GRACE_MS));
      closers.push(async () => {
        stopping.abort();
        await Promise.all([settling, closing]);
      });
    }

    let url = '';
    if (surfaces.has('public')) {
      const { rows } = await pool.query<{ exists: boolean }>(
        `select pg_has_role(current_user, oid, 'member') as exists from pg_roles where rolname = 'lianshu_intake'`,
      );
      const hasRole = rows[0]?.exists === true;
      if (!hasRole)
        options.warn(
          'the database has no role lianshu_intake: this process could read duplicate tags (single-role mode)',
        );
      const intake = openDatabase({
        ...owner,
        applicationName: 'lianshu public',
        max: 12,
        ...(hasRole ? { role: 'lianshu_intake' } : {}),
      });
      closers.push(intake.close);
      const watch = new InclusionWatch({ db: intake.db, clock, connection: owner });
      await watch.start();
      closers.push(() => watch.stop());
      const server = await publicServer(options, {
        clock,
        record,
        watch,
        initiatives: initiativesOf(intake.db),
        db: intake.db,
        publicDirectory,
        tokenKey: readKeyFile(join(keysDirectory, 'token.key')),
        verifierKeys: verifierKeyLines(signers),
        closers,
      });
      url = await server.listen({ host: config.host, port: config.port });
    }
    return { url, initiatives, record, verifierKeys: verifierKeyLines(signers), close };
  } catch (error) {
    await close();
    throw error;
  }
}

interface PublicParts {
  readonly clock: Clock;
  readonly record: PublicRecord;
  readonly watch: InclusionWatch;
  readonly initiatives: Initiatives;
  readonly db: ReturnType<typeof openDatabase>['db'];
  readonly publicDirectory: string;
  readonly tokenKey: Uint8Array;
  readonly verifierKeys: readonly string[];
  readonly closers: (() => Promise<void> | void)[];
}

/** The surface citizens see: pages, `/v1`, the static log. */
async function publicServer(options: ServeOptions, parts: PublicParts): Promise<FastifyInstance> {
  const { config, isDemo } = options;
  const { clock, record, watch, initiatives, tokenKey } = parts;
  const problems = new Problems(PLATFORM_PROBLEMS, POLICY_CATALOGUE, SIGNING_PROBLEMS);
  const publicOrigin = config.publicOrigin ?? `http://localhost:${config.port}`;
  let site: Site | undefined;
  const server = await createServer({
    problems,
    logLevel: config.logLevel,
    ...(options.logDestination ? { logDestination: options.logDestination } : {}),
    isBehindProxy: config.isBehindProxy,
    publicOrigin: () => (config.publicOrigin === undefined ? undefined : config.publicOrigin),
    requestsPerMinute: 3_000,
    renderProblem: (document, language) => (site ? renderProblem(site, document, language) : document.title),
  });
  parts.closers.push(() => server.close());
  const assets = serveAssets(server, config.projectRoot);
  site = {
    demo: isDemo,
    host: new URL(publicOrigin).host,
    assets: {
      css: assets.asset('site.css'),
      signScript: assets.asset('sign-page.js'),
      receiptCheckScript: assets.asset('receipt-check.js'),
    },
  };
  const signing = createSigning({
    db: parts.db,
    clock,
    random: systemRandom,
    tokenKey,
    initiatives,
    sealer: options.sealer,
    record,
    watch,
    isDemo,
  });
  parts.closers.push(() => signing.close());
  const edge = { signing, clock, random: systemRandom, signingsPerMinute: options.signingsPerMinute ?? 240 };

  siteRoutes(server, site, problems, loadContent(new URL(`file://${join(config.projectRoot, 'content')}/`)));
  initiativesRoutes(server, site, initiatives);
  initiativesApi(server, initiatives);
  signingApi(server, edge);
  signingRoutes(server, {
    ...edge,
    site,
    tokenKey,
    cardComponent: config.cardComponentOrigin,
    signable: (caseNumber) => initiatives.findSignable(caseNumber),
    announcedText: initiatives.announcedText,
  });
  receiptRoutes(server, {
    site,
    clock,
    signing,
    verifierKeys: parts.verifierKeys,
    logUrl: `${publicOrigin}/log`,
    titleOf: async (caseNumber) => (await initiatives.findCase(caseNumber))?.material.facts.filed.subject,
    publishedCheckpoint: () => readPublishedCount(parts.publicDirectory, '0000', 'joint-signature'),
  });
  await recordRoutes(server, { directory: parts.publicDirectory, everyMs: options.publishEveryMs });
  server.get('/healthz', async (_request, reply) => reply.send({ ok: true }));
  return server;
}
