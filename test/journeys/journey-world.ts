/**
 * The stage of the journeys: the demonstration with its real sealer process on free ports, a simulated card
 * component of our own in front of a real Chromium with an empty profile. Needs `npm run build` and the global
 * set-up `test/database.ts`.
 */
import { chmodSync, cpSync, existsSync, mkdirSync, mkdtempSync, rmSync } from 'node:fs';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  type CardComponentServer,
  cast,
  issueDemoCards,
  type Person,
  SimulatedAuthority,
  type SimulatedCard,
  SimulatedCardComponent,
  startCardComponent,
} from '@lianshu/simulators';
import { type Browser, chromium } from 'playwright-core';
import { type Demo, startDemo } from '../../src/demo.ts';
import { workerDatabase } from '../worker-database.ts';
import { type TimeMachine, timeMachine } from './time-machine.ts';
import { Visit, type VisitOptions } from './visit.ts';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
/** Two RSA-4096 keys and a drawer of cards take seconds: made once, copied for every journey. */
const CACHE = join(ROOT, '.lianshu', 'cache', 'journeys');

/** Longer than the 3.5 s after which other sites give a component up. */
const SLOW_MS = 3_800;

export interface JourneyWorld {
  readonly url: string;
  readonly demo: Demo;
  readonly component: SimulatedCardComponent;
  readonly cardServer: CardComponentServer;
  /** File of the public keys that `lianshu-verify` is told to trust. */
  readonly keysFile: string;
  readonly browser: Browser;
  /** The house's time, where it was started with `movesTime`. */
  readonly time: TimeMachine;
  /** The card of a person of the cast. */
  card(person: Person, label?: string): SimulatedCard;
  visit(options?: VisitOptions): Promise<Visit>;
  /** The count in the public record, as the API tells it. */
  count(caseNumber: string): Promise<number>;
  /** The kinds of entries that the API tells of a case, each once, in order of their names. */
  kindsOf(caseNumber: string): Promise<readonly string[]>;
  /** Everything the database keeps of signatures, counted now: signers, held ones, entries of the log. */
  stored(): Promise<number>;
  close(): Promise<void>;
}

/** Starts everything for one test file; what was started is stopped when something fails. */
export async function startWorld({
  movesTime = false,
}: Readonly<{ movesTime?: boolean }> = {}): Promise<JourneyWorld> {
  await makeAuthority();
  const home = mkdtempSync(join(tmpdir(), 'lianshu-journey-'));
  chmodSync(home, 0o755);
  const dataDirectory = join(home, 'demo');
  mkdirSync(dataDirectory);
  cpSync(CACHE, join(dataDirectory, 'simulated-authority'), { recursive: true });
  const time = timeMachine(home);
  const component = new SimulatedCardComponent({ trustedHosts: ['localhost'] });
  let demo: Demo | undefined;
  const cardServer = await startCardComponent(component, {
    port: 0,
    slowMs: SLOW_MS,
    drawer: () => demo?.authority.cards() ?? [],
  });
  const database = await workerDatabase();
  const closers: (() => Promise<unknown> | unknown)[] = [
    () => rmSync(home, { recursive: true, force: true }),
    () => database.drop(),
    () => cardServer.close(),
  ];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    const running = await startDemo({
      ...(movesTime ? { clock: time.clock, preload: time.preload } : {}),
      port: await freePort(),
      officePort: 0,
      workspacePort: 0,
      dataDirectory,
      databaseUrl: database.url,
      authorityPort: 0,
      identityPort: 0,
      timeStampPort: 0,
      registryPort: 0,
      withCard: false,
      cardComponent: cardServer.url,
      signingsPerMinute: 10_000,
      say: (line) => {
        if (line.startsWith('{')) console.warn(line);
      },
      onFault: (message) => {
        throw new Error(message);
      },
    });
    demo = running;
    closers.push(() => running.close());
    const browser = await chromium.launch({
      executablePath: process.env['CHROMIUM_PATH'] ?? '/usr/bin/chromium',
      args: [
        '--no-sandbox',
        '--disable-gpu',
        '--disable-background-networking',
        '--disable-component-update',
        '--disable-sync',
        '--no-first-run',
      ],
    });
    closers.push(() => browser.close());
    const card: JourneyWorld['card'] = (person, label) => {
      const found = running.authority.cardOf(person, label);
      if (!found) throw new Error(`no card ${label ?? ''} of ${person.key}`);
      return found;
    };
    component.insert(card(cast.jiahao));
    return {
      url: running.url,
      demo: running,
      component,
      cardServer,
      keysFile: join(dataDirectory, 'keys.txt'),
      browser,
      time,
      card,
      visit: (options = {}) => Visit.open(browser, { url: running.url, component: cardServer.url }, options),
      count: (caseNumber) => countOf(running.url, caseNumber),
      kindsOf: (caseNumber) => kindsIn(running.url, caseNumber),
      stored: async () => {
        const { rows } = await database.pool.query<{ stored: string }>(
          `select (select count(*) from joint_signature) + (select count(*) from held_signature)
                + (select count(*) from entry) as stored`,
        );
        return Number(rows[0]?.stored);
      },
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function makeAuthority(): Promise<void> {
  if (!existsSync(join(ROOT, 'dist', 'lianshu.js')))
    throw new Error('The journeys start the built sealer: run `npm run build` first.');
  await SimulatedAuthority.open(CACHE, { spareKeys: 2 }, async (made) => {
    await issueDemoCards(made, Date.now());
    await made.serviceClient('lianshu');
  });
}

async function kindsIn(url: string, caseNumber: string): Promise<readonly string[]> {
  const response = await fetch(`${url}/v1/initiatives/${caseNumber}`);
  if (!response.ok) return [];
  const { acts } = (await response.json()) as { acts: readonly { kind: string }[] };
  return [...new Set(acts.map(({ kind }) => kind))].sort();
}

async function countOf(url: string, caseNumber: string): Promise<number> {
  const response = await fetch(`${url}/v1/initiatives/${caseNumber}`);
  const { count } = (await response.json()) as { count: { electronic: number } };
  return count.electronic;
}

async function freePort(): Promise<number> {
  const server = createServer();
  await new Promise<void>((done) => server.listen(0, '127.0.0.1', done));
  const address = server.address();
  await new Promise((done) => server.close(done));
  if (address === null || typeof address === 'string') throw new Error('no port');
  return address.port;
}
