import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { formatIdentityFile, generateCaseKey } from '@lianshu/seal';
import {
  cast,
  IDENTITY_SERVICE_PATH,
  issueDemoCards,
  SimulatedAuthority,
  SimulatedCardComponent,
  startAuthorityServer,
  startCardComponent,
  startIdentityService,
} from '@lianshu/simulators';
import closeWithGrace from 'close-with-grace';
import { DEMO_CASES, DEMO_MARK, type DemoCase } from './demo-cases.ts';
import { createOperatorKeys } from './operator-keys.ts';
import { type Config, ConfigFault, readConfig } from './platform/config.ts';
import { inTransaction, migrate, openDatabase } from './platform/db/index.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import {
  addLegalDays,
  legalDateOf,
  monotonicMs,
  pause,
  systemClock,
  taipeiTimestamp,
} from './platform/time.ts';
import { connectSealer, type SealerClient } from './sealer/index.ts';
import { type Running, SURFACES, serve } from './serve.ts';

/** Demo mode: everything on one machine, with the outside world simulated. Marked 示範 wherever it shows. */

const HELP = `lianshu demo (npm start)

  --port N      the site's port, 3000 unless told (0: any free one)
  --data DIR    where the demonstration keeps its things, .lianshu/demo unless told
  --fresh       forget an earlier demonstration in that folder first
  --no-card     do not start the simulated card component on port 61161 (a real one runs there)
  --help

Ctrl-C stops everything it started. DATABASE_URL uses your own, empty PostgreSQL database instead.`;

export const DEMO_ORIGIN = 'demo.lianshu.invalid/log';
const PUBLISH_EVERY_MS = 1_000;
/** Another unprivileged user than the database's, where we may choose one. */
const SEALER_UID = 65_533;

export interface DemoOptions {
  readonly port?: number;
  readonly dataDirectory: string;
  readonly cardPort?: number;
  readonly authorityPort?: number;
  readonly identityPort?: number;
  readonly withCard?: boolean;
  /** Origin of another card component than the simulated one, `http://localhost:61161`. */
  readonly cardComponent?: string;
  /** An empty database of one's own; `DATABASE_URL`, else the embedded server, unless told. */
  readonly databaseUrl?: string;
  readonly signingsPerMinute?: number;
  readonly say: (line: string) => void;
  readonly onFault: (message: string) => void;
}

export interface Demo {
  readonly url: string;
  readonly connectionString: string;
  readonly dataDirectory: string;
  readonly authority: SimulatedAuthority;
  readonly component: SimulatedCardComponent | undefined;
  readonly cardUrl: string | undefined;
  readonly identity: Awaited<ReturnType<typeof startIdentityService>>;
  readonly sealer: SealerClient;
  readonly running: Running;
  close(): Promise<void>;
}

/** The command: parses arguments, starts, prints what to try, and stops on a signal. */
export async function runDemo(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      data: { type: 'string' },
      fresh: { type: 'boolean' },
      'no-card': { type: 'boolean' },
      help: { type: 'boolean' },
    },
  });
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (values.help) return say(HELP);
  const config = readConfig();
  const dataDirectory = resolve(values.data ?? config.dataDirectory);
  if (values.fresh) forget(dataDirectory);
  const started = monotonicMs();
  const demo = await startDemo({
    port: values.port === undefined ? config.port : Number(values.port),
    dataDirectory,
    withCard: !values['no-card'],
    say,
    onFault: (message) => {
      process.stderr.write(
        `\n停止運作，因為繼續下去不安全。Stopping, because going on would be unsafe:\n${message}\n`,
      );
      process.exit(3);
    },
  });
  closeWithGrace({ delay: 20_000, logger: { error: () => undefined } }, async () => {
    say('\n停止中… Stopping…');
    await demo.close();
  });
  say(welcome(demo, monotonicMs() - started));
}

/** Removes only a folder that a demonstration marked as its own. */
function forget(dataDirectory: string): void {
  if (!existsSync(dataDirectory)) return;
  if (!existsSync(join(dataDirectory, DEMO_FLAG)))
    throw new ConfigFault(`${dataDirectory} was not made by a demonstration; --fresh leaves it alone`);
  const moved = join(dataDirectory, 'postgres', 'moved-to');
  if (existsSync(moved)) rmSync(readFileSync(moved, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDirectory, { recursive: true });
}

const DEMO_FLAG = 'THIS-IS-A-DEMONSTRATION';

/** Starts everything, in the order in which each part needs the others. Stops what it started when one fails. */
export async function startDemo(options: DemoOptions): Promise<Demo> {
  const { say, dataDirectory } = options;
  if (readConfig().isProduction)
    throw new ConfigFault(
      'The demonstration does not run with NODE_ENV=production: it trusts simulated authorities',
    );
  const closers: (() => Promise<unknown> | unknown)[] = [];
  const close = async () => {
    for (const closer of closers.splice(0).reverse()) await closer();
  };
  try {
    mkdirSync(dataDirectory, { recursive: true });
    writeFileSync(
      join(dataDirectory, DEMO_FLAG),
      '示範資料，不具法律效力。Demonstration data, no legal effect.\n',
    );
    const base = readConfig({
      ...process.env,
      LIANSHU_DATA: dataDirectory,
      PORT: String(options.port ?? 3000),
      LIANSHU_LOG_LEVEL: process.env['LIANSHU_LOG_LEVEL'] ?? 'warn',
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    });

    say('資料庫 Database…');
    const connectionString = await startDatabase(base, closers);
    await migrate({ connectionString }, join(base.projectRoot, 'migrations'));
    if (!existsSync(join(dataDirectory, 'keys'))) createOperatorKeys(dataDirectory);

    say('模擬的外部世界 Simulators…');
    const outside = await startOutside(options, closers);
    say('封存程序 Sealer…');
    const { client: sealer, config } = await startSealer(base, outside, options, closers);
    const cardComponentOrigin = options.cardComponent ?? outside.cardUrl ?? base.cardComponentOrigin;

    const running = await serve({
      config: { ...config, cardComponentOrigin },
      connectionString,
      logOrigin: DEMO_ORIGIN,
      publishEveryMs: PUBLISH_EVERY_MS,
      sealer,
      surfaces: new Set(SURFACES),
      isDemo: true,
      ...(options.signingsPerMinute === undefined ? {} : { signingsPerMinute: options.signingsPerMinute }),
      onFault: (fault) => options.onFault(fault.message),
      warn: (message) => say(`注意 Warning: ${message}`),
    });
    closers.push(() => running.close());
    await seed(running, connectionString, sealer);
    const { promiseKey } = await sealer.health();
    writeFileSync(
      join(dirname(dataDirectory), 'keys.txt'),
      `# 示範公卷的公鑰 Public keys of the demonstration's log\n${[...running.verifierKeys, promiseKey].join('\n')}\n`,
    );
    const url = running.url.replace('127.0.0.1', 'localhost');
    const { authority, component, cardUrl, identity } = outside;
    return {
      url,
      connectionString,
      dataDirectory,
      authority,
      component,
      cardUrl,
      identity,
      sealer,
      running,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

async function startDatabase(config: Config, closers: (() => unknown)[]): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const server = await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres') });
  closers.push(() => server.stop());
  writeFileSync(join(config.dataDirectory, 'database-url'), `${server.connectionString}\n`, { mode: 0o600 });
  return server.connectionString;
}

interface Outside {
  readonly authority: SimulatedAuthority;
  readonly authorityUrl: string;
  readonly identity: Awaited<ReturnType<typeof startIdentityService>>;
  readonly component: SimulatedCardComponent | undefined;
  readonly cardUrl: string | undefined;
}

async function startOutside(options: DemoOptions, closers: (() => unknown)[]): Promise<Outside> {
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
  const outside = { authority, authorityUrl: lists.url, identity };
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

const port = (value: number | undefined) => (value === undefined ? {} : { port: value });

/** The sealer as a child process with a user of its own where we may choose one. */
async function startSealer(
  base: Config,
  outside: Outside,
  options: DemoOptions,
  closers: (() => unknown)[],
): Promise<{ readonly client: SealerClient; readonly config: Config }> {
  const uid = sealerUser(base);
  const own = (path: string) => {
    if (uid !== undefined) chownSync(path, uid, uid);
  };
  const { dataDirectory } = options;
  const trust = join(dataDirectory, 'trust');
  mkdirSync(trust, { recursive: true });
  writeFileSync(join(trust, 'pins.json'), JSON.stringify(outside.authority.anchors(), null, 2));
  for (const { name } of outside.authority.anchors())
    writeFileSync(join(trust, `${name}.cer`), outside.authority.authority(name).certificate);

  const client = join(dataDirectory, 'ics-client');
  mkdirSync(client, { recursive: true });
  const service = await outside.authority.serviceClient('lianshu');
  writeFileSync(join(client, 'client.cer'), service.certificate);
  const keyFile = join(client, 'client.pem');
  rmSync(keyFile, { force: true });
  writeFileSync(keyFile, service.keys.privateKey.export({ format: 'pem', type: 'pkcs8' }), { mode: 0o600 });
  own(keyFile);

  const state = join(dataDirectory, 'sealer');
  for (const folder of [state, join(state, 'recipients')]) {
    mkdirSync(folder, { recursive: true, mode: 0o700 });
    chmodSync(folder, 0o700);
    own(folder);
  }
  for (const { caseNumber, text } of DEMO_CASES)
    if (text) await writeRecipients(dataDirectory, state, caseNumber, own);

  const socketFolder = mkdtempSync(join(tmpdir(), 'lianshu-'));
  closers.push(() => rmSync(socketFolder, { recursive: true, force: true }));
  chmodSync(socketFolder, 0o700);
  own(socketFolder);
  const socketPath = join(socketFolder, 'sealer.sock');
  const env = {
    ...process.env,
    LIANSHU_DATA: dataDirectory,
    LIANSHU_SEALER: socketPath,
    LIANSHU_LOG_ORIGIN: DEMO_ORIGIN,
    LIANSHU_TRUST_DIRECTORY: trust,
    LIANSHU_CRL_URLS: (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const)
      .map(
        (name) =>
          `${outside.authorityUrl}/crl/${hex(outside.authority.authority(name).keys.ski)}/complete.crl`,
      )
      .join(' '),
    LIANSHU_ICS_URL: `${outside.identity.url}${IDENTITY_SERVICE_PATH}`,
    LIANSHU_ICS_CLIENT: client,
  };
  const child = spawn(
    process.execPath,
    ['--enable-source-maps', join(base.projectRoot, 'dist', 'lianshu.js'), 'serve', 'sealer'],
    {
      env,
      stdio: ['ignore', 'pipe', 'inherit'],
      ...(uid === undefined ? {} : { uid, gid: uid }),
    },
  );
  let isStopping = false;
  child.stdout.on('data', (chunk: Buffer) => {
    for (const line of chunk.toString().split('\n'))
      if (/"level":"(warn|error)"/.test(line)) options.say(line);
  });
  child.once('exit', (code) => {
    if (!isStopping) options.onFault(`The sealer ended with code ${code}.`);
  });
  closers.push(async () => {
    isStopping = true;
    await stop(child);
  });
  const sealer = connectSealer({ socketPath });
  closers.push(() => sealer.close());
  await untilReady(sealer, child);
  return { client: sealer, config: { ...base, sealer: socketPath } };
}

const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');

/**
 * The public halves go to the sealer; the private ones to `offline/`, which stands for another machine. In a
 * deployment they are made in a ceremony and never come near the server.
 */
async function writeRecipients(
  dataDirectory: string,
  state: string,
  caseNumber: string,
  own: (path: string) => void,
): Promise<void> {
  const file = join(state, 'recipients', `${caseNumber}.json`);
  if (existsSync(file)) return;
  const offline = join(dataDirectory, 'offline');
  mkdirSync(offline, { recursive: true, mode: 0o700 });
  const [caseKey, ministry] = [await generateCaseKey('x25519'), await generateCaseKey('x25519')];
  for (const [name, key] of [
    ['trustees', caseKey],
    ['ministry', ministry],
  ] as const)
    writeFileSync(join(offline, `${caseNumber}-${name}.key`), formatIdentityFile(key), { mode: 0o600 });
  const recipients = { evidence: [caseKey.recipient], roster: [ministry.recipient, caseKey.recipient] };
  writeFileSync(file, JSON.stringify(recipients), { mode: 0o600 });
  own(file);
}

/** An unprivileged user for the sealer, if we are root and that user can reach program and data. */
function sealerUser(config: Config): number | undefined {
  if (process.getuid?.() !== 0) return undefined;
  const mustReach = [config.projectRoot, config.dataDirectory, dirname(process.execPath)];
  return mustReach.every(isReachableByAll) ? SEALER_UID : undefined;
}

function isReachableByAll(path: string): boolean {
  for (let folder = resolve(path); ; folder = dirname(folder)) {
    if ((statSync(folder).mode & 0o001) === 0) return false;
    if (dirname(folder) === folder) return true;
  }
}

async function untilReady(sealer: SealerClient, child: ChildProcess): Promise<void> {
  for (let attempt = 0; attempt < 400 && child.exitCode === null; attempt++) {
    const health = await sealer.health().catch(() => undefined);
    if (health?.ready) return;
    await pause(25);
  }
  throw new Error('The sealer did not become ready; its own message is above.');
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const isForced = setTimeout(() => child.kill('SIGKILL'), 10_000);
  await ended;
  clearTimeout(isForced);
}

/** Enters the example cases once; later starts find them. */
async function seed(running: Running, connectionString: string, sealer: SealerClient): Promise<void> {
  const today = legalDateOf(systemClock.nowMs());
  const { db, close } = openDatabase({ connectionString, applicationName: 'lianshu seed', max: 1 });
  try {
    let isFirst = false;
    for (const demoCase of DEMO_CASES) {
      if (await running.initiatives.register(registrationOf(demoCase, today))) isFirst = true;
      if (demoCase.text) await sealer.openCase(demoCase.caseNumber);
    }
    if (!isFirst) return;
    await inTransaction(db, (tx) =>
      running.record.append(tx, {
        v: 1,
        kind: 'policy',
        at: taipeiTimestamp(systemClock.nowMs()),
        capacity: 'operator',
        basis: '平台規則：示範',
        body: {
          rulePacks: [...new Set(DEMO_CASES.map(({ filed }) => filed.rulePack))],
          release: 'demonstration',
          demonstration: true,
        },
      }),
    );
  } finally {
    await close();
  }
}

function registrationOf(demoCase: DemoCase, today: string) {
  const { caseNumber, filed, mode, collected, text, decision, statistics } = demoCase;
  return {
    caseNumber,
    filed,
    mode,
    collectedOn: 'on' in collected ? collected.on : addLegalDays(today, -collected.daysAgo),
    ...(text ? { text: { heading: [DEMO_MARK, `案號 ${caseNumber}`, ''], ...text } } : {}),
    ...(decision ? { decision } : {}),
    ...(statistics ? { statistics } : {}),
  };
}

function welcome(demo: Demo, tookMs: number): string {
  const card = demo.authority.cardOf(cast.jiahao);
  const line = '─'.repeat(72);
  return `
${line}
連署 Lianshu 示範 demonstration — 不具法律效力 no legal effect
${line}

  開啟 Open      ${demo.url}            （English: ${demo.url}/en/）
  連署 Sign      ${demo.url}/initiatives/9901/sign
${
  card
    ? `
  身分證字號 ID   ${card.person.nationalId}      （虛構 fictitious；${card.person.name}）
  PIN 碼         ${card.pin}            （卡片已在讀卡機中 the card is in the reader）
`
    : ''
}
  換卡、鎖卡、逾期 other cards and faults       ${demo.cardUrl ?? '（未啟動 not started: --no-card）'}
  讓身分確認服務沒有回應 silence the identity service  ${demo.identity.url}/control

  查驗收執 Check a receipt offline:
    npx lianshu-verify receipt FILE.tlog-proof
    npx lianshu-verify receipt FILE.tlog-proof --log ${demo.url}/log

  停止 Stop      Ctrl-C                 資料 data: ${demo.dataDirectory}
                                        （${(tookMs / 1000).toFixed(1)} s）
${line}`;
}
