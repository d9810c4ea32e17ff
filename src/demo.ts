import { existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { cast } from '@lianshu/simulators';
import closeWithGrace from 'close-with-grace';
import { type DemoInvite, inviteDemoOfficers, officeWelcome } from './demo-office.ts';
import { type Outside, type OutsideOptions, startOutside } from './demo-outside.ts';
import { DEMO_ORIGIN, startSealer } from './demo-sealer.ts';
import { importDemoPastCases, seed } from './demo-seed.ts';
import { startWitnesses, type Witnesses } from './demo-witnesses.ts';
import { DEMO_FLAG, lianshuFor, trustArguments, writeTrustFile } from './left-by-demo.ts';
import { createOperatorKeys, operatorKeyStore } from './operator-keys.ts';
import { type Config, ConfigFault, readConfig } from './platform/config.ts';
import { migrate } from './platform/db/index.ts';
import { startEmbeddedPostgres } from './platform/embedded-postgres/index.ts';
import { type Clock, monotonicMs, systemClock } from './platform/time.ts';
import { logSigners, RecordFault } from './record/index.ts';
import type { SealerClient } from './sealer/index.ts';
import { ALL_SURFACES, type Running, serve } from './serve.ts';

/** Demo mode: everything on one machine, with the outside world simulated. Marked 示範 wherever it shows. */

const HELP = `lianshu demo (npm start)

  --port N      the site's port, 3000 unless told (0: any free one)
  --office-port N   the officers' port, 3001 unless told (0: any free one)
  --workspace-port N   the lead proposers' port, 3002 unless told (0: any free one)
  --data DIR    where the demonstration keeps its things, .lianshu/demo unless told
  --fresh       forget an earlier demonstration in that folder first
  --past-cases FILE   import past referendums from this CSV file (or LIANSHU_PAST_CASES)
  --no-card     do not start the simulated card component on port 61161 (a real one runs there)
  --help

Ctrl-C stops everything it started. DATABASE_URL uses your own, empty PostgreSQL database instead.`;

const PUBLISH_EVERY_MS = 1_000;

export interface DemoOptions extends OutsideOptions {
  readonly port?: number;
  /** The officers' port; `LIANSHU_OFFICE_PORT`, else 3001, unless told. */
  readonly officePort?: number;
  /** The lead proposers' port; `LIANSHU_WORKSPACE_PORT`, else 3002, unless told. */
  readonly workspacePort?: number;
  /** Origin of another card component than the simulated one, `http://localhost:61161`. */
  readonly cardComponent?: string;
  /** An empty database of one's own; `DATABASE_URL`, else the embedded server, unless told. */
  readonly databaseUrl?: string;
  readonly signingsPerMinute?: number;
  /** A CSV file of past referendums, imported before anything is served. */
  readonly pastCases?: string | undefined;
  /** For journeys that last days: the house's clock. The simulators keep the machine's. */
  readonly clock?: Clock;
  /** For the same: a module that the processes of sealer and witnesses load first, to set their clocks likewise. */
  readonly preload?: string;
  readonly say: (line: string) => void;
  readonly onFault: (message: string) => void;
}

export interface Demo extends Omit<Outside, 'authorityUrl'> {
  readonly url: string;
  readonly connectionString: string;
  readonly dataDirectory: string;
  readonly sealer: SealerClient;
  readonly witnesses: Witnesses;
  readonly running: Running;
  readonly officeUrl: string;
  readonly workspaceUrl: string;
  /** For the officers who have no passkey yet. */
  readonly invites: readonly DemoInvite[];
  close(): Promise<void>;
}

/** The command: parses arguments, starts, prints what to try, and stops on a signal. */
export async function runDemo(args: readonly string[]): Promise<void> {
  const { values } = parseArgs({
    args: [...args],
    options: {
      port: { type: 'string' },
      'office-port': { type: 'string' },
      'workspace-port': { type: 'string' },
      data: { type: 'string' },
      fresh: { type: 'boolean' },
      'no-card': { type: 'boolean' },
      'past-cases': { type: 'string' },
      help: { type: 'boolean' },
    },
  });
  if (values.port !== undefined && !/^\d{1,5}$/.test(values.port))
    throw new ConfigFault('--port needs a number from 0 to 65535');
  const officePort = values['office-port'];
  if (officePort !== undefined && !/^\d{1,5}$/.test(officePort))
    throw new ConfigFault('--office-port needs a number from 0 to 65535');
  const workspacePort = values['workspace-port'];
  if (workspacePort !== undefined && !/^\d{1,5}$/.test(workspacePort))
    throw new ConfigFault('--workspace-port needs a number from 0 to 65535');
  const say = (line: string): void => {
    process.stdout.write(`${line}\n`);
  };
  if (values.help) return say(HELP);
  const config = readConfig();
  const dataDirectory = resolve(values.data ?? config.dataDirectory);
  if (values.fresh) forget(dataDirectory);
  const started = monotonicMs();
  const starting = startDemo({
    port: values.port === undefined ? config.port : Number(values.port),
    ...(officePort === undefined ? {} : { officePort: Number(officePort) }),
    ...(workspacePort === undefined ? {} : { workspacePort: Number(workspacePort) }),
    dataDirectory,
    withCard: !values['no-card'],
    pastCases: values['past-cases'] ?? config.pastCases,
    say,
    onFault: (message) => {
      process.stderr.write(
        `\n停止運作，因為繼續下去不安全。Stopping, because going on would be unsafe:\n${message}\n`,
      );
      process.exit(3);
    },
  });
  const demo = await starting.catch((error: unknown) => {
    if (!(error instanceof RecordFault)) throw error;
    process.stderr.write(`${error.message}\n${afterRefusal(lianshuFor({ ...config, dataDirectory }))}\n`);
    process.exit(3);
  });
  closeWithGrace({ delay: 20_000, logger: { error: () => undefined } }, async () => {
    say('\n停止中… Stopping…');
    await demo.close();
  });
  say(
    welcome(
      demo,
      trustArguments({ dataDirectory, projectRoot: config.projectRoot }),
      monotonicMs() - started,
    ),
  );
}

/** A demonstration's next step after a refused start: look, or begin anew. Nothing in it is worth rescuing. */
const afterRefusal = (lianshu: string): string => `
這是示範：Of a demonstration:
  查看 look       ${lianshu} doctor --deep   （會暫時啟動示範的資料庫 starts the demonstration's database for a moment）
  重新開始 anew   npm start -- --fresh       （忘掉這份示範資料；原本用的 --data 也要加上
                                             forgets this demonstration; give the same --data again）`;

/** Removes only a folder that a demonstration marked as its own. */
function forget(dataDirectory: string): void {
  if (!existsSync(dataDirectory)) return;
  if (!existsSync(join(dataDirectory, DEMO_FLAG)))
    throw new ConfigFault(`${dataDirectory} was not made by a demonstration; --fresh leaves it alone`);
  const moved = join(dataDirectory, 'postgres', 'moved-to');
  if (existsSync(moved)) rmSync(readFileSync(moved, 'utf8').trim(), { recursive: true, force: true });
  rmSync(dataDirectory, { recursive: true });
}

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
      ...(options.officePort === undefined ? {} : { LIANSHU_OFFICE_PORT: String(options.officePort) }),
      ...(options.workspacePort === undefined
        ? {}
        : { LIANSHU_WORKSPACE_PORT: String(options.workspacePort) }),
      LIANSHU_LOG_LEVEL: process.env['LIANSHU_LOG_LEVEL'] ?? 'warn',
      ...(options.databaseUrl === undefined ? {} : { DATABASE_URL: options.databaseUrl }),
    });

    say('資料庫 Database…');
    const connectionString = await startDatabase(base, closers);
    await migrate({ connectionString }, join(base.projectRoot, 'migrations'));
    if (options.pastCases !== undefined) await importDemoPastCases(connectionString, options.pastCases);
    if (!existsSync(join(dataDirectory, 'keys'))) createOperatorKeys(dataDirectory);

    say('見證人 Witnesses…');
    const logKeys = logSigners(operatorKeyStore(base), DEMO_ORIGIN, systemClock).map(({ key }) => key);
    const { projectRoot } = base;
    const { preload } = options;
    const witnesses = await startWitnesses({ projectRoot, dataDirectory, logKeys, preload, say }, closers);

    say('模擬的外部世界 Simulators…');
    const outside = await startOutside({ ...options, projectRoot }, closers);
    say('封存程序 Sealer…');
    const { client: sealer, config } = await startSealer(base, outside, options, closers);
    const cardComponentOrigin = options.cardComponent ?? outside.cardUrl ?? base.cardComponentOrigin;

    const running = await serve({
      config: {
        ...config,
        cardComponentOrigin,
        witnessPolicy: witnesses.policyFile,
        mail: config.mail ?? demoMail(dataDirectory),
        mayAdoptLog: config.mayAdoptLog || witnesses.areNew,
        timeStamps: outside.timeStamps,
        registry: { url: outside.registry.url, keysFile: outside.registry.keysFile },
      },
      connectionString,
      logOrigin: DEMO_ORIGIN,
      publishEveryMs: PUBLISH_EVERY_MS,
      sealer,
      surfaces: new Set(ALL_SURFACES),
      isDemo: true,
      ...(options.clock === undefined ? {} : { clock: options.clock }),
      ...(options.signingsPerMinute === undefined ? {} : { signingsPerMinute: options.signingsPerMinute }),
      onFault: (fault) => options.onFault(fault.message),
      warn: (message) => say(`注意 Warning: ${message}`),
      note: say,
    });
    closers.push(() => running.close());
    await seed(running, connectionString, sealer);
    const { promiseKey } = await sealer.health();
    writeTrustFile(
      base,
      'keys.txt',
      `# 示範公卷的公鑰 Public keys of the demonstration's log\n${[...running.verifierKeys, promiseKey].join('\n')}\n# 模擬戶政機關：查對結果的公鑰 Simulated registry: its results are proven under\n${outside.registry.verifierKey}\n`,
    );
    const url = running.url.replace('127.0.0.1', 'localhost');
    const { officeUrl, workspaceUrl } = running;
    const invites = await inviteDemoOfficers(connectionString, officeUrl);
    const { authority, component, cardUrl, identity, timeStamps, registry } = outside;
    return {
      url,
      connectionString,
      dataDirectory,
      authority,
      component,
      cardUrl,
      identity,
      timeStamps,
      registry,
      sealer,
      witnesses,
      running,
      officeUrl,
      workspaceUrl,
      invites,
      close,
    };
  } catch (error) {
    await close();
    throw error;
  }
}

/** Mails of the demonstration are files: nothing leaves this machine. */
const demoMail = (dataDirectory: string): NonNullable<Config['mail']> => ({
  address: { kind: 'file', directory: join(dataDirectory, 'mail') },
  from: 'no-reply@lianshu.invalid',
  passwordFile: undefined,
  certificateFile: undefined,
});

async function startDatabase(config: Config, closers: (() => unknown)[]): Promise<string> {
  if (config.databaseUrl !== undefined) return config.databaseUrl;
  const server = await startEmbeddedPostgres({ directory: join(config.dataDirectory, 'postgres') });
  closers.push(() => server.stop());
  writeFileSync(join(config.dataDirectory, 'database-url'), `${server.connectionString}\n`, { mode: 0o600 });
  return server.connectionString;
}

function welcome(demo: Demo, trust: string, tookMs: number): string {
  const card = demo.authority.cardOf(cast.jiahao);
  const reader =
    demo.cardUrl === undefined
      ? '未啟動模擬讀卡元件；需要自己的 no simulated card component: bring your own'
      : '卡片已在讀卡機中 the card is in the reader';
  const line = '─'.repeat(72);
  return `
${line}
連署 Lianshu 示範 demonstration — 不具法律效力 no legal effect
${line}

  開啟 Open      ${demo.url}            （English: ${demo.url}/en/）
  連署 Sign      ${demo.url}/initiatives/9901/sign
  提案 Propose   ${demo.url}/drafts/D00001/sign
  工作臺 Workspace ${demo.workspaceUrl}            以卡片登入，草擬並提案 sign in with the card, draft and propose
${officeWelcome(demo.officeUrl, demo.invites)}
${
  card
    ? `
  身分證字號 ID   ${card.person.nationalId}      （虛構 fictitious；${card.person.name}）
  PIN 碼         ${card.pin}            （${reader}）
`
    : ''
}
  換卡、鎖卡、逾期 other cards and faults       ${demo.cardUrl ?? '（未啟動 not started: --no-card）'}
  讓身分確認服務沒有回應 silence the identity service  ${demo.identity.url}/control
  模擬戶政機關 simulated household registry           ${demo.registry.url}/control

  查驗收執 Check a receipt offline:
    npx lianshu-verify receipt FILE.tlog-proof${trust}
    npx lianshu-verify receipt FILE.tlog-proof --log ${demo.url}/log${trust}

  見證人 Witnesses   ${demo.url}/witnesses
    三位都在同一台機器上：只展示機制，不證明任何事
    all three on the same machine: shows the mechanism, proves nothing
  時戳 Time-stamps   ${demo.url}/log/stamps/index.json   （模擬的時戳服務 simulated authority）

  信件 Mails       ${join(demo.dataDirectory, 'mail')}/*.eml   （不會寄出 nothing is sent）

  停止 Stop      Ctrl-C                 資料 data: ${demo.dataDirectory}
                                        （${(tookMs / 1000).toFixed(1)} s）
${line}`;
}
