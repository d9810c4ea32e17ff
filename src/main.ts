import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import closeWithGrace from 'close-with-grace';
import { HELP } from './main-help.ts';
import { createOperatorKeys } from './operator-keys.ts';
import { type Config, ConfigFault, readConfig } from './platform/config.ts';
import { migrate } from './platform/db/index.ts';
import { KeyFault } from './platform/key-file.ts';
import { portInUseText } from './port-in-use.ts';
import { connectSealer, type SealerClient } from './sealer/index.ts';
import { ALL_SURFACES, SURFACES, type Surface, serve } from './serve.ts';
import { serveOfficeAlone } from './serve-office.ts';
import { serveSealer } from './serve-sealer.ts';
import { serveWorkspaceAlone } from './serve-workspace.ts';

/** The program `lianshu`. The only place where the parts are chosen; nothing else decides what runs. */

const EXIT = { fault: 1, usage: 2, unsafe: 3 } as const;

/** Commands that answer `--help` themselves. */
const HAS_OWN_HELP: ReadonlySet<string> = new Set([
  'ceremony',
  'demo',
  'doctor',
  'law',
  'officers',
  'past-cases',
  'rotate-log',
]);

class Usage extends Error {}

const say = (line: string) => process.stderr.write(`${line}\n`);

function need<T>(value: T | undefined, variable: string): T {
  if (value === undefined) throw new ConfigFault(`請設定 ${variable}。${variable} must be set for this.`);
  return value;
}

/** A running demonstration leaves its database's address for the other commands. */
function databaseUrl(config: Config): string {
  const left = join(config.dataDirectory, 'database-url');
  return need(
    config.databaseUrl ?? (existsSync(left) ? readFileSync(left, 'utf8').trim() : undefined),
    'DATABASE_URL',
  );
}

/** The database for a command that needs no running service: a stopped demonstration's is started meanwhile. */
async function withDatabase<T>(
  config: Config,
  use: (connectionString: string, isDemoStopped: boolean) => Promise<T>,
): Promise<T> {
  const { lendDemoDatabase } = await import('./left-by-demo.ts');
  const lent = await lendDemoDatabase(config);
  try {
    return await use(lent?.connectionString ?? databaseUrl(config), lent !== undefined);
  } finally {
    await lent?.stop();
  }
}

/** The public surface alone never learns the owner's login where it has one of its own. */
function connectionFor(config: Config, surfaces: ReadonlySet<Surface>): string {
  const isPublicOnly = surfaces.size === 1 && surfaces.has('public');
  return (isPublicOnly ? config.publicDatabaseUrl : undefined) ?? databaseUrl(config);
}

/** Only jobs reach the sealer's control; a public process is not even told where it is. */
function sealerFor(config: Config, surfaces: ReadonlySet<Surface>): SealerClient {
  const intake = { socketPath: need(config.sealer, 'LIANSHU_SEALER') };
  return surfaces.has('jobs')
    ? connectSealer(intake, { socketPath: need(config.sealerControl, 'LIANSHU_SEALER_CONTROL') })
    : connectSealer(intake);
}

async function runServe(config: Config, asked: string, endsWithStdin: boolean): Promise<void> {
  if (asked === 'sealer') {
    const sealer = await serveSealer(config);
    const { close } = closeWithGrace({ delay: 10_000 }, () => sealer.close());
    if (endsWithStdin) process.stdin.resume().once('end', () => close());
    return;
  }
  if (asked === 'office') {
    const office = await serveOfficeAlone(config, () => databaseUrl(config), say);
    say(`The office listens on ${office.url}`);
    closeWithGrace({ delay: 15_000 }, () => office.close());
    return;
  }
  if (asked === 'workspace') {
    const sealer = sealerFor(config, new Set(['workspace']));
    const workspace = await serveWorkspaceAlone(config, () => databaseUrl(config), sealer, say);
    say(`The workspace listens on ${workspace.url}`);
    closeWithGrace({ delay: 15_000 }, () => workspace.close());
    return;
  }
  const surfaces = new Set(asked === '' ? SURFACES : (asked.split(',') as Surface[]));
  for (const surface of surfaces)
    if (!ALL_SURFACES.includes(surface))
      throw new Usage(`There is no surface ${surface}: ${ALL_SURFACES.join(', ')}, sealer`);
  const running = await serve({
    config,
    connectionString: connectionFor(config, surfaces),
    logOrigin: need(config.logOrigin, 'LIANSHU_LOG_ORIGIN'),
    publishEveryMs: config.publishEveryMs,
    sealer: sealerFor(config, surfaces),
    surfaces,
    isDemo: false,
    onFault: (fault) => {
      say(`Stopping, because going on would be unsafe: ${fault.message}`);
      process.exit(EXIT.unsafe);
    },
    warn: (message) => say(`Warning: ${message}`),
    note: say,
  });
  if (running.url) say(`Listening on ${running.url}`);
  if (running.officeUrl) say(`The office listens on ${running.officeUrl}`);
  if (running.workspaceUrl) say(`The workspace listens on ${running.workspaceUrl}`);
  closeWithGrace({ delay: 15_000 }, () => running.close());
}

async function main([command = '--help', ...args]: readonly string[]): Promise<void> {
  if (command === '--help' || command === '-h' || command === 'help' || args.includes('--help'))
    if (!HAS_OWN_HELP.has(command)) {
      process.stdout.write(`${HELP}\n`);
      return;
    }
  switch (command) {
    case 'demo': {
      const { runDemo } = await import('./demo.ts');
      return runDemo(args);
    }
    case 'serve':
      return runServe(readConfig(), args[0] ?? '', args.includes('--until-stdin-ends'));
    case 'migrate': {
      const config = readConfig();
      const applied = await migrate(
        { connectionString: databaseUrl(config) },
        join(config.projectRoot, 'migrations'),
      );
      say(applied.length === 0 ? 'The schema is up to date.' : `Applied: ${applied.join(', ')}`);
      return;
    }
    case 'keys': {
      const { dataDirectory } = readConfig();
      createOperatorKeys(dataDirectory);
      say(`Made ${join(dataDirectory, 'keys')}. Keep a copy of the log's keys offline.`);
      return;
    }
    case 'rotate-log': {
      const { runRotateLog } = await import('./rotate-log.ts');
      const config = readConfig();
      return runRotateLog(config, (use) => withDatabase(config, use), args, say);
    }
    case 'ceremony': {
      const { runCeremony } = await import('./ceremony.ts');
      const config = readConfig();
      process.exitCode = await runCeremony(config, (use) => withDatabase(config, use), args, say);
      return;
    }
    case 'doctor': {
      const { DOCTOR_HELP, progressBar, runDoctor } = await import('./doctor.ts');
      const out = (text: string) => process.stdout.write(text);
      if (args.includes('--help')) return void out(`${DOCTOR_HELP}\n`);
      const config = readConfig();
      const progress = progressBar(process.stderr);
      process.exitCode = await withDatabase(config, (connectionString, isDemoStopped) =>
        runDoctor(args, { config, connectionString, out, say, progress, isDemoStopped }),
      );
      return;
    }
    case 'officers': {
      const { runOfficers } = await import('./officers-command.ts');
      const config = readConfig();
      const out = (line: string) => process.stdout.write(`${line}\n`);
      return runOfficers(config, () => databaseUrl(config), args, out);
    }
    case 'law': {
      const { explainLaw } = await import('./law-explain.ts');
      return explainLaw(
        () => databaseUrl(readConfig()),
        args,
        (line) => process.stdout.write(`${line}\n`),
      );
    }
    case 'past-cases': {
      const { runPastCases } = await import('./past-cases-command.ts');
      const config = readConfig();
      const out = (line: string) => process.stdout.write(`${line}\n`);
      process.exitCode = await runPastCases((use) => withDatabase(config, use), args, out, say);
      return;
    }
    case 'export': {
      const { exportSealed } = await import('./export-sealed.ts');
      const config = readConfig();
      return exportSealed(databaseUrl(config), args, say);
    }
    default:
      throw new Usage(`沒有這個指令 There is no command ${command}.`);
  }
}

/** What `parseArgs` throws for an option nobody knows or a value nobody gave. */
const isWrongArgument = (error: unknown): error is Error =>
  error instanceof Error && 'code' in error && String(error.code).startsWith('ERR_PARSE_ARGS');

main(process.argv.slice(2)).catch((error: unknown) => {
  if (error instanceof Usage || isWrongArgument(error)) {
    say(`${error.message}\n\n${HELP}`);
    process.exit(EXIT.usage);
  }
  const inUse = portInUseText(error);
  if (inUse !== undefined) {
    say(inUse);
    process.exit(EXIT.unsafe);
  }
  if (error instanceof Error && error.name === 'EmbeddedPostgresError' && error.message.includes('in use'))
    say('已有一個示範在使用這個資料夾：請直接開啟它，或以 --data 指定另一個資料夾。');
  const isRefusal =
    error instanceof ConfigFault ||
    error instanceof KeyFault ||
    (error instanceof Error && 'code' in error && typeof error.code === 'string');
  say(
    error instanceof Error ? `${error.name === 'Error' ? '' : `${error.name}: `}${error.message}` : 'fault',
  );
  process.exit(isRefusal ? EXIT.unsafe : EXIT.fault);
});
