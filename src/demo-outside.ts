import { createPrivateKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { existsSync, mkdirSync, readdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import {
  cast,
  issueDemoCards,
  type RegistryServer,
  SimulatedAuthority,
  SimulatedCardComponent,
  SimulatedTimeStampAuthority,
  startAuthorityServer,
  startCardComponent,
  startIdentityService,
  startRegistry,
  startTimeStampAuthority,
} from '@lianshu/simulators';
import { writeTrustFile } from './left-by-demo.ts';
import type { Config } from './platform/config.ts';
import { type Clock, systemClock } from './platform/time.ts';

export interface OutsideOptions {
  readonly dataDirectory: string;
  readonly cardPort?: number;
  readonly authorityPort?: number;
  readonly identityPort?: number;
  readonly timeStampPort?: number;
  readonly registryPort?: number;
  /** By which the registry dates its results; the machine's unless told. */
  readonly clock?: Clock;
  /** False where a real card component runs on port 61161. */
  readonly withCard?: boolean;
}

/** The simulated world the demonstration runs in. */
export interface Outside {
  readonly authority: SimulatedAuthority;
  readonly authorityUrl: string;
  readonly identity: Awaited<ReturnType<typeof startIdentityService>>;
  /** The household registry, and the file with its public key. */
  readonly registry: RegistryServer & Readonly<{ keysFile: string }>;
  readonly component: SimulatedCardComponent | undefined;
  readonly cardUrl: string | undefined;
  /** The time-stamp authority, and its certificate beside the demonstration's keys. */
  readonly timeStamps: Readonly<{ url: string; certificateFile: string }>;
}

/** Starts authority, identity service and card component; the first start makes keys and cards. */
export async function startOutside(
  options: OutsideOptions & Pick<Config, 'projectRoot'>,
  closers: (() => unknown)[],
): Promise<Outside> {
  const folder = join(options.dataDirectory, 'simulated-authority');
  const authority = await SimulatedAuthority.open(folder, { spareKeys: 2 }, async (made) => {
    await issueDemoCards(made, systemClock.nowMs());
    await made.serviceClient('lianshu');
  });
  authority.publishLists();
  await authority.save(folder);
  const lists = await startAuthorityServer(authority, port(options.authorityPort));
  closers.push(() => lists.close());
  const identity = await startIdentityService(authority, port(options.identityPort));
  closers.push(() => identity.close());
  const timeStamps = await startTimeStamps(options, closers);
  const registry = await startHouseholdRegistry(options, closers);
  const outside = { authority, authorityUrl: lists.url, identity, timeStamps, registry };
  if (options.withCard === false) return { ...outside, component: undefined, cardUrl: undefined };
  const component = new SimulatedCardComponent({ trustedHosts: ['localhost', '127.0.0.1'] });
  const card = authority.cardOf(cast.jiahao);
  if (card) component.insert(card);
  const server = await startCardComponent(component, {
    drawer: () => authority.cards(),
    ...port(options.cardPort),
  });
  closers.push(() => server.close());
  return { ...outside, component, cardUrl: server.url };
}

/** How long a check takes here, so that its progress can be seen; the statutory term is 15 days. */
const CHECK_MS = 4_000;

/** The registry with a key of its own that outlives a restart, and the ministry's keys from `offline/`. */
async function startHouseholdRegistry(
  options: OutsideOptions & Pick<Config, 'projectRoot'>,
  closers: (() => unknown)[],
): Promise<Outside['registry']> {
  const folder = join(options.dataDirectory, 'simulated-registry');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const server = await startRegistry({
    ...port(options.registryPort),
    clock: () => (options.clock ?? systemClock).nowMs(),
    workMs: CHECK_MS,
    signingKey: signingKeyIn(folder),
    paperKeys: paperKeysIn(folder),
    // Drafts of the demonstration are sealed to one key of the ministry; a deployment has one each.
    identityFiles: (number) =>
      [number, ...(number.startsWith('D') ? ['drafts'] : [])].flatMap((name) => {
        const file = join(options.dataDirectory, 'offline', `${name}-ministry.key`);
        return existsSync(file) ? [readFileSync(file, 'utf8')] : [];
      }),
  });
  closers.push(() => server.close());
  const keysFile = join(folder, 'keys.txt');
  writeFileSync(keysFile, `${server.verifierKey}\n`);
  return { ...server, keysFile };
}

function signingKeyIn(folder: string): KeyObject {
  const file = join(folder, 'signing.pem');
  if (!existsSync(file)) {
    const { privateKey } = generateKeyPairSync('ed25519');
    writeFileSync(file, privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  }
  return createPrivateKey(readFileSync(file));
}

/** Keys of paper rosters, one file each: what was sealed before a restart can be opened after it. */
function paperKeysIn(folder: string): Map<string, string> {
  const paper = join(folder, 'paper-keys');
  mkdirSync(paper, { recursive: true, mode: 0o700 });
  const keys = new Map(readdirSync(paper).map((name) => [name, readFileSync(join(paper, name), 'utf8')]));
  const set = keys.set.bind(keys);
  keys.set = (number, text) => {
    writeFileSync(join(paper, number), text, { mode: 0o600 });
    return set(number, text);
  };
  return keys;
}

async function startTimeStamps(
  { dataDirectory, projectRoot, timeStampPort }: OutsideOptions & Pick<Config, 'projectRoot'>,
  closers: (() => unknown)[],
): Promise<Outside['timeStamps']> {
  const stamper = await SimulatedTimeStampAuthority.open(
    join(dataDirectory, 'simulated-time-stamp-authority'),
  );
  const server = await startTimeStampAuthority(stamper, port(timeStampPort));
  closers.push(() => server.close());
  const body = Buffer.from(stamper.signer.certificate)
    .toString('base64')
    .replace(/.{64}(?=.)/g, '$&\n');
  const pem = `-----BEGIN CERTIFICATE-----\n${body}\n-----END CERTIFICATE-----\n`;
  const certificateFile = writeTrustFile({ dataDirectory, projectRoot }, 'time-stamp.pem', pem);
  return { url: server.url, certificateFile };
}

const port = (value: number | undefined) => (value === undefined ? {} : { port: value });
