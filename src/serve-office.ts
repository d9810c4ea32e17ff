import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { casesAndDrafts, countsIn } from './cases-and-drafts.ts';
import { batchSheets, type Checks, checksRoutes, createChecks } from './checks/index.ts';
import { INITIATIVE_KINDS } from './initiatives/index.ts';
import {
  APPROVAL_KIND,
  createActions,
  createOfficeActs,
  createOfficers,
  deskDoor,
  OFFICERS_PROBLEMS,
  type OfficeSite,
  officeRoutes,
  renderOfficeProblem,
} from './officers/index.ts';
import { type Config, ConfigFault } from './platform/config.ts';
import type { Db } from './platform/db/index.ts';
import { serveAssets } from './platform/http/assets.ts';
import { serveOnOwnOrigin } from './platform/http/own-origin.ts';
import { PLATFORM_PROBLEMS, Problems } from './platform/http/problem.ts';
import type { ServerOptions } from './platform/http/server.ts';
import { systemRandom } from './platform/random.ts';
import { type Clock, systemClock } from './platform/time.ts';
import { PROPOSAL_KINDS } from './proposals/index.ts';
import { publicRecord } from './record/index.ts';
import { noRegistry, RegistryKeyFault, readRegistryKeys, registryHttp } from './registry/index.ts';
import { OFFICE_ROLE, openRestrictedAlone } from './restricted-database.ts';
import { SWITCH_KIND } from './switches/index.ts';

export interface OfficeOptions {
  readonly config: Config;
  readonly db: Db;
  readonly clock: Clock;
  readonly publicDirectory: string;
  readonly isDemo: boolean;
  /** Address of the public site; unknown where it runs elsewhere and nobody told. */
  readonly publicUrl: string;
  readonly logDestination?: ServerOptions['logDestination'];
}

const REQUESTS_PER_MINUTE = 1_200;

/**
 * 承辦: the officers' surface, on an origin of its own: passkeys are bound to it, and no page of the public site can
 * send anything here. It holds no key of the log, the sealer or the trustees.
 */
export async function serveOffice(
  options: OfficeOptions,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const { config, clock, db, publicDirectory } = options;
  const problems = new Problems(PLATFORM_PROBLEMS, OFFICERS_PROBLEMS);
  const own = {
    config,
    port: config.officePort,
    origin: config.officeOrigin,
    variable: 'LIANSHU_OFFICE_ORIGIN',
    because: 'passkeys are bound to it',
    problems,
    requestsPerMinute: REQUESTS_PER_MINUTE,
    logDestination: options.logDestination,
  };
  return serveOnOwnOrigin(own, (server, origin) => {
    const assets = serveAssets(server, config.projectRoot);
    const site: OfficeSite = {
      demo: options.isDemo,
      publicUrl: options.publicUrl,
      assets: { css: assets.asset('office.css'), passkeyScript: assets.asset('passkey.js') },
    };
    const record = publicRecord([...INITIATIVE_KINDS, ...PROPOSAL_KINDS, APPROVAL_KIND, SWITCH_KIND]);
    const party = () => ({ origin: origin(), id: new URL(origin()).hostname });
    const deps = { db, clock, random: systemRandom, party };
    const officers = createOfficers({ ...deps, record });
    const { initiatives, proposals } = casesAndDrafts({
      ...{ db, clock, record },
      counts: countsIn(publicDirectory),
      logUrl: `${options.publicUrl}/log`,
      isDemo: options.isDemo,
    });
    // What an act means for the draft its case was filed with happens in the transaction of the act.
    const acting = proposals.supplementing(initiatives);
    const officeActs = createOfficeActs({
      ...{ db, clock, record },
      initiatives: acting,
      isDemo: options.isDemo,
    });
    const checks = checksOf(config, { db, clock, record, initiatives });
    const actions = createActions({
      ...deps,
      initiatives: checks.entering(acting),
      officeActs,
      proposals: checks.recording(proposals),
      record,
    });
    officeRoutes(server, {
      ...{ db, clock, site, officers, actions, initiatives, problems, proposals, record },
      random: systemRandom,
      isDemo: options.isDemo,
      about: batchSheets(checks),
    });
    checksRoutes(server, { door: deskDoor({ site, officers, actions }), checks, initiatives, clock });
    return (document, language) => renderOfficeProblem(site, document, language);
  });
}

/** The check of proposers, by the registry this house was given. Production refuses a simulator's keys. */
function checksOf(
  config: Config,
  deps: Pick<Parameters<typeof createChecks>[0], 'db' | 'clock' | 'record' | 'initiatives'>,
): Checks {
  if (config.registry === undefined)
    return createChecks({ ...deps, random: systemRandom, registry: noRegistry });
  const { url, keysFile } = config.registry;
  try {
    const keys = readRegistryKeys(readFileSync(keysFile, 'utf8'), config.isProduction);
    const registry = registryHttp({ url, keys, fetchFrom: fetch });
    return createChecks({ ...deps, random: systemRandom, registry });
  } catch (cause) {
    if (cause instanceof RegistryKeyFault) throw new ConfigFault(`LIANSHU_REGISTRY_KEYS: ${cause.code}`);
    throw new ConfigFault(`LIANSHU_REGISTRY_KEYS cannot be read: ${keysFile}`);
  }
}

/** `lianshu serve office`: the surface in a process of its own, with nothing but the database. */
export async function serveOfficeAlone(
  config: Config,
  databaseUrl: () => string,
  warn: (message: string) => void,
): Promise<{ readonly url: string; close(): Promise<void> }> {
  const logins = { own: config.officeDatabaseUrl, shared: databaseUrl };
  const { db, close } = await openRestrictedAlone(config, OFFICE_ROLE, logins, warn);
  try {
    const office = await serveOffice({
      config,
      db,
      clock: systemClock,
      publicDirectory: join(config.dataDirectory, 'public', 'log'),
      isDemo: false,
      publicUrl: config.publicOrigin ?? '',
    });
    return {
      url: office.url,
      async close() {
        await office.close();
        await close();
      },
    };
  } catch (error) {
    await close();
    throw error;
  }
}
