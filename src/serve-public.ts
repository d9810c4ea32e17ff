import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { FastifyInstance } from 'fastify';
import { casesAndDrafts } from './cases-and-drafts.ts';
import { embedRoutes } from './console/index.ts';
import { POLICY_CATALOGUE } from './credentials/index.ts';
import {
  caseFilesRoutes,
  caseRoutes,
  createCaseSearch,
  INITIATIVE_KINDS,
  type Initiatives,
  initiativesApi,
  initiativesRoutes,
  opinionRoutes,
} from './initiatives/index.ts';
import { noticesApi, noticesRoutes, readNotices } from './notices/index.ts';
import { subscriptionKey } from './operator-keys.ts';
import { createPastCases, pastCasesApi, pastCasesRoutes } from './past-cases/index.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import type { openDatabase } from './platform/db/index.ts';
import { serveApi } from './platform/http/api.ts';
import { serveAssets } from './platform/http/assets.ts';
import { PLATFORM_PROBLEMS, Problems } from './platform/http/problem.ts';
import { createServer, type ServerOptions } from './platform/http/server.ts';
import { readKeyFile } from './platform/key-file.ts';
import { systemRandom } from './platform/random.ts';
import type { Clock } from './platform/time.ts';
import {
  isDraftNumber,
  PROPOSAL_KINDS,
  type Proposals,
  proposalsApi,
  proposalsRoutes,
} from './proposals/index.ts';
import {
  ConditionWatch,
  InclusionWatch,
  publicRecord,
  publishedCounts,
  readCondition,
  readPublishedSize,
  recordRoutes,
  witnessesApi,
  witnessesRoutes,
} from './record/index.ts';
import { openRestricted, PUBLIC_ROLE } from './restricted-database.ts';
import { rulePackRoutes } from './rule-packs/index.ts';
import type { SealerClient } from './sealer/index.ts';
import {
  type AtIntakeStep,
  createSigning,
  keysApi,
  type NotOpen,
  PROPOSAL_PROBLEMS,
  receiptRoutes,
  SIGNING_PROBLEMS,
  signingApi,
  signingRoutes,
} from './signing/index.ts';
import { createSubscriptions, followerCipher, subscriptionRoutes } from './subscriptions/index.ts';
import { createSwitches } from './switches/index.ts';
import { apiPages } from './web/api-routes.tsx';
import { loadContent, type Site } from './web/index.ts';
import { renderProblem, siteRoutes } from './web/site-routes.tsx';

export interface PublicOptions {
  readonly config: Config;
  /** A login of its own where there is one; it needs no more than membership in `lianshu_intake`. */
  readonly connectionString: string;
  readonly publicDirectory: string;
  readonly publishEveryMs: number;
  /** Where lead proposers draft, as far as this process knows. */
  readonly workspaceUrl?: () => string | undefined;
  readonly sealer: SealerClient;
  readonly isDemo: boolean;
  readonly clock: Clock;
  readonly signingsPerMinute: number;
  readonly logDestination?: ServerOptions['logDestination'];
  /** For tests: see `INTAKE_STEPS`. */
  readonly atStep?: AtIntakeStep;
  readonly warn: (message: string) => void;
}

const REQUESTS_PER_MINUTE = 3_000;

/**
 * The surface citizens see: pages, `/v1`, the static log. It holds the token key and no other secret: neither
 * the log's private keys nor anything that opens or tags a signature.
 */
export async function servePublic(
  options: PublicOptions,
): Promise<{ readonly url: string; readonly verifierKeys: readonly string[]; close(): Promise<void> }> {
  const { config, clock } = options;
  if (config.isProduction && config.publicOrigin === undefined)
    throw new ConfigFault(
      'PUBLIC_ORIGIN must be set in production: forms of other origins are refused by it',
    );
  const closers: (() => Promise<void> | void)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const login = { connectionString: options.connectionString };
    const intake = await openRestricted(PUBLIC_ROLE, options.connectionString, options.warn);
    closers.push(intake.close);
    const watch = new InclusionWatch({ db: intake.db, clock, connection: login });
    await watch.start();
    closers.push(() => watch.stop());
    const condition = new ConditionWatch({
      readRow: () => readCondition(intake.db),
      publishedSize: () => readPublishedSize(options.publicDirectory),
      everyMs: options.publishEveryMs,
    });
    await condition.start();
    closers.push(() => condition.stop());
    const verifierKeys = readFileSync(join(options.publicDirectory, 'key'), 'utf8').trim().split('\n');
    const server = await surface(options, intake.db, { watch, condition }, verifierKeys, closers);
    const url = await server.listen({ host: config.host, port: config.port });
    return { url, verifierKeys, close };
  } catch (error) {
    await close();
    throw error;
  }
}

/** For the signing pages: what stands in the place of the form while nothing can be signed. */
const whyNotOpen =
  (initiatives: Pick<Initiatives, 'findCase'>, proposals: Pick<Proposals, 'find'>) =>
  async (number: string): Promise<NotOpen | undefined> => {
    if (isDraftNumber(number)) {
      const draft = await proposals.find(number);
      if (draft === undefined || draft.state === 'collecting') return undefined;
      return { title: draft.facts.opened.subject, why: 'over' };
    }
    const found = await initiatives.findCase(number);
    if (found === undefined || found.material.state === 'open') return undefined;
    const { facts, state, course } = found.material;
    const title = facts.filed.subject;
    if (facts.opened === undefined) return { title, why: course.outcome === undefined ? 'not-yet' : 'ended' };
    const { firstDay, lastDay } = facts.opened;
    if (state === 'not-yet') return { title, why: 'not-yet', firstDay };
    // Before its last day only an end of the case, or its roster, ends signing.
    if (lastDay >= course.today) return { title, why: course.outcome === undefined ? 'over' : 'ended' };
    return { title, why: 'over', lastDay };
  };

async function surface(
  options: PublicOptions,
  db: ReturnType<typeof openDatabase>['db'],
  { watch, condition }: Readonly<{ watch: InclusionWatch; condition: ConditionWatch }>,
  verifierKeys: readonly string[],
  closers: (() => Promise<void> | void)[],
): Promise<FastifyInstance> {
  const { config, clock, isDemo, publicDirectory } = options;
  const problems = new Problems(PLATFORM_PROBLEMS, POLICY_CATALOGUE, PROPOSAL_PROBLEMS, SIGNING_PROBLEMS);
  const publicOrigin = config.publicOrigin ?? `http://localhost:${config.port}`;
  const mayEnter = () => condition.current.writes === 'open';
  let site: Site | undefined;
  const server = await createServer({
    problems,
    logLevel: config.logLevel,
    ...(options.logDestination ? { logDestination: options.logDestination } : {}),
    trustedProxies: config.trustedProxies,
    publicOrigin: () => config.publicOrigin,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    renderProblem: (document, language) => (site ? renderProblem(site, document, language) : document.title),
  });
  closers.push(() => server.close());
  const assets = serveAssets(server, config.projectRoot);
  site = {
    demo: isDemo,
    sourceUrl: config.sourceUrl,
    sendsMail: config.mail !== undefined,
    get isReadOnly() {
      return !mayEnter();
    },
    host: new URL(publicOrigin).host,
    assets: {
      css: assets.asset('site.css'),
      signScript: assets.asset('sign-page.js'),
      receiptCheckScript: assets.asset('receipt-check.js'),
    },
  };

  const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS]);
  const { initiatives, proposals } = casesAndDrafts({
    ...{ db, clock, record, isDemo },
    counts: (act) => publishedCounts(publicDirectory, act),
    logUrl: `${publicOrigin}/log`,
  });
  const tokenKey = readKeyFile(join(config.dataDirectory, 'keys', 'token.key'));
  const random = systemRandom;
  const { sealer, signingsPerMinute } = options;
  const signing = createSigning({
    db,
    clock,
    random,
    tokenKey,
    announcedText: initiatives.announcedText,
    leadPerson: proposals.leadPerson,
    sealer,
    record,
    watch,
    publicDirectory,
    isDemo,
    mayEnter,
    atStep: options.atStep,
  });
  closers.push(() => signing.close());
  const edge = { signing, clock, random, signingsPerMinute };

  siteRoutes(server, site, problems, loadContent(new URL(`file://${join(config.projectRoot, 'content')}/`)));
  const pastCases = createPastCases({ db });
  const workspaceUrl = options.workspaceUrl ?? (() => config.workspaceOrigin);
  const search = createCaseSearch({ db });
  initiativesRoutes(server, { site, initiatives, pastCases, clock, search, workspaceUrl });
  pastCasesRoutes(server, { site, clock, pastCases });
  caseRoutes(server, { site, initiatives, publicOrigin, hasMail: config.mail !== undefined });
  caseFilesRoutes(server, { site, initiatives, clock, publicOrigin });
  embedRoutes(server, { site, initiatives, publicUrl: publicOrigin });
  subscriptionRoutes(server, {
    site,
    initiatives,
    subscriptions:
      config.mail &&
      createSubscriptions({
        db,
        clock,
        random,
        cipher: followerCipher(subscriptionKey(config.dataDirectory), random),
      }),
  });
  opinionRoutes(server, { site, initiatives });
  const switches = createSwitches({ db, record });
  rulePackRoutes(server, { site, db, clock, record });
  const reading = readNotices({ db, initiatives, record });
  noticesRoutes(server, { site, db, clock, reading, record, switches, publicOrigin });
  proposalsRoutes(server, site, proposals, workspaceUrl);
  signingRoutes(server, {
    ...edge,
    site,
    tokenKey,
    cardComponent: config.cardComponentOrigin,
    signable: (number) =>
      isDraftNumber(number) ? proposals.findSignable(number) : initiatives.findSignable(number),
    whyNotOpen: whyNotOpen(initiatives, proposals),
    announcedText: initiatives.announcedText,
  });
  let promiseKey: string | undefined;
  const allKeys = async () => {
    // The sealer may start later than this process; until it answers, promises cannot be checked here.
    promiseKey ??= await sealer.health().then(
      (health) => health.promiseKey,
      () => undefined,
    );
    return promiseKey === undefined ? verifierKeys : [...verifierKeys, promiseKey];
  };
  receiptRoutes(server, {
    site,
    clock,
    signing,
    verifierKeys: allKeys,
    logUrl: `${publicOrigin}/log`,
    verifierPage: readFileSync(join(config.projectRoot, 'dist', 'lianshu-verify.html'), 'utf8'),
    titleOf: async (number) =>
      isDraftNumber(number)
        ? (await proposals.find(number))?.facts.opened.subject
        : (await initiatives.findCase(number))?.material.facts.filed.subject,
  });
  witnessesRoutes(server, { site, clock, directory: publicDirectory, logUrl: `${publicOrigin}/log` });
  const routes = [
    ...initiativesApi(initiatives),
    pastCasesApi(pastCases),
    ...noticesApi(reading, clock),
    ...proposalsApi(proposals),
    ...signingApi(edge),
    keysApi(allKeys),
    witnessesApi(publicDirectory),
  ];
  serveApi(server, routes);
  apiPages(server, { site, routes, problems, publicOrigin });
  await recordRoutes(server, { directory: publicDirectory, everyMs: options.publishEveryMs });
  server.get('/healthz', async (_request, reply) => reply.send({ ok: true, ...condition.current }));
  return server;
}
