import { join } from 'node:path';
import { casesAndDrafts, countsIn } from './cases-and-drafts.ts';
import { createChecks, letterRoutes } from './checks/index.ts';
import { consoleRoutes, createConsole } from './console/index.ts';
import { draftingRoutes } from './drafting/index.ts';
import { INITIATIVE_KINDS } from './initiatives/index.ts';
import {
  type Account,
  cardChallenges,
  createLeadProposers,
  LEAD_PROPOSERS_PROBLEMS,
  renderWorkspaceProblem,
  WorkspaceGate,
  WorkspacePage,
  type WorkspaceSite,
  workspaceRoutes,
} from './lead-proposers/index.ts';
import type { Config } from './platform/config.ts';
import type { Db } from './platform/db/index.ts';
import { serveAssets } from './platform/http/assets.ts';
import { serveOnOwnOrigin } from './platform/http/own-origin.ts';
import { PLATFORM_PROBLEMS, Problems } from './platform/http/problem.ts';
import type { ServerOptions } from './platform/http/server.ts';
import { systemRandom } from './platform/random.ts';
import { type Clock, systemClock } from './platform/time.ts';
import { PROPOSAL_KINDS } from './proposals/index.ts';
import { publicRecord } from './record/index.ts';
import { noRegistry } from './registry/index.ts';
import { openRestrictedAlone, WORKSPACE_ROLE } from './restricted-database.ts';
import { leadMarks, noAnswerNow, type SealerClient } from './sealer/index.ts';

export interface WorkspaceOptions {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly sealer: Pick<SealerClient, 'signIn' | 'sealAffidavit' | 'isNameOnCard' | 'leadMark'>;
  readonly publicDirectory: string;
  readonly isDemo: boolean;
  /** Address of the public site, without a slash at its end; empty where nobody told. */
  readonly publicUrl: string;
  readonly logDestination?: ServerOptions['logDestination'];
}

const REQUESTS_PER_MINUTE = 1_200;
/** Sign-in attempts a minute from one address: the card itself locks after three wrong PINs. */
const ATTEMPTS_PER_MINUTE = 60;

/**
 * 工作臺: where lead proposers and those they invite work, on an origin of its own: neither the officers' pages nor those
 * on which people sign can be reached from it. It holds no key; who somebody is, the sealer says.
 */
export async function serveWorkspace(
  options: WorkspaceOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { config, clock, db, publicDirectory, publicUrl, isDemo } = options;
  const problems = new Problems(PLATFORM_PROBLEMS, LEAD_PROPOSERS_PROBLEMS);
  const own = {
    config,
    port: config.workspacePort,
    origin: config.workspaceOrigin,
    variable: 'LIANSHU_WORKSPACE_ORIGIN',
    because: 'cards and passkeys sign its name',
    problems,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    logDestination: options.logDestination,
  };
  return serveOnOwnOrigin(own, (server, origin) => {
    const assets = serveAssets(server, config.projectRoot);
    const site: WorkspaceSite = {
      demo: isDemo,
      get host() {
        return new URL(origin()).host;
      },
      publicUrl,
      assets: {
        css: assets.asset('workspace.css'),
        signInScript: assets.asset('sign-in-page.js'),
        passkeyScript: assets.asset('passkey.js'),
      },
    };
    const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS]);
    const { initiatives, proposals, switched } = casesAndDrafts({
      ...{ db, clock, record, isDemo },
      counts: countsIn(publicDirectory),
      logUrl: `${publicUrl}/log`,
      leadMark: leadMarks(options.sealer),
    });
    const random = systemRandom;
    // Filing a supplement ends the collecting for it, in its transaction.
    const console = createConsole({ db, clock, random, initiatives: proposals.supplementing(initiatives) });
    const cards = cardChallenges(clock, random);
    const leadProposers = createLeadProposers({
      db,
      clock,
      random,
      sealer: options.sealer,
      cards,
      party: () => ({ origin: origin(), id: new URL(origin()).hostname }),
      checkCode: (caseNumber, code, person) => console.checkCode(caseNumber, code, person),
      codeHolds: (caseNumber, beganAtMs) => console.codeHolds(caseNumber, beganAtMs),
    });
    const gate = new WorkspaceGate({ site, leadProposers, random });
    workspaceRoutes(server, {
      gate,
      leadProposers,
      clock,
      site,
      problems,
      cardComponent: config.cardComponentOrigin,
      attemptsPerMinute: ATTEMPTS_PER_MINUTE,
    });
    draftingRoutes(server, {
      db,
      clock,
      random,
      gate,
      leadProposers,
      initiatives,
      proposals,
      isDemo,
      publicUrl,
      switched,
      isNameOnCard: (claim) => options.sealer.isNameOnCard(claim).catch(noAnswerNow),
      countScript: assets.asset('draft-count.js'),
    });
    const checks = createChecks({ db, clock, random, record, initiatives, registry: noRegistry });
    // The console asks for less of a person than the gate gives: whom it hands back is whom it was given.
    consoleRoutes(server, {
      db,
      console,
      proposals,
      clock,
      publicUrl,
      hasRegistry: config.registry !== undefined,
      isDemo,
      signedIn: (request, reply) => gate.signedIn(request, reply),
      mandatesOf: (who) => leadProposers.mandatesOf(who as Account),
      hasLetter: async (number) => (await checks.letter(number)) !== undefined,
      carryOver: (draft, caseNumber, within) => leadProposers.carryOver(draft, caseNumber, within),
      affidavit: {
        sealer: options.sealer,
        cards,
        cardComponent: config.cardComponentOrigin,
        script: assets.asset('affidavit-page.js'),
      },
      page: (request, who, { script, ...page }) =>
        WorkspacePage({
          frame: gate.frame(request, who as Account),
          current: 'console',
          ...page,
          ...(script === undefined ? {} : { scripts: [script] }),
        }),
    });
    letterRoutes<Account>(server, {
      checks,
      signedIn: (request, reply) => gate.signedIn(request, reply),
      leads: async (who, number) => (await leadProposers.mandateFor(who, number)) === 'lead',
      page: (request, who, page) =>
        WorkspacePage({ frame: gate.frame(request, who), current: 'console', ...page }),
    });
    return (document, _language, request) => renderWorkspaceProblem(gate.refusalFrame(request), document);
  });
}

/** `lianshu serve workspace`: the surface in a process of its own, with the database and the sealer's intake socket. */
export async function serveWorkspaceAlone(
  config: Config,
  databaseUrl: () => string,
  sealer: SealerClient,
  warn: (message: string) => void,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const logins = { own: config.workspaceDatabaseUrl, shared: databaseUrl };
  const { db, close } = await openRestrictedAlone(config, WORKSPACE_ROLE, logins, warn);
  try {
    const workspace = await serveWorkspace({
      config,
      db,
      clock: systemClock,
      sealer,
      publicDirectory: join(config.dataDirectory, 'public', 'log'),
      isDemo: false,
      publicUrl: config.publicOrigin ?? '',
    });
    return {
      url: workspace.url,
      async close() {
        await workspace.close();
        sealer.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
