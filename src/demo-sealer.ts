import { type ChildProcess, spawn } from 'node:child_process';
import {
  chmodSync,
  chownSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join, resolve } from 'node:path';
import { formatIdentityFile, generateCaseKey } from '@lianshu/seal';
import { IDENTITY_SERVICE_PATH } from '@lianshu/simulators';
import { DEMO_CASES } from './demo-cases.ts';
import type { Outside } from './demo-outside.ts';
import type { Config } from './platform/config.ts';
import { pause } from './platform/time.ts';
import { connectSealer, type SealerClient } from './sealer/index.ts';

export const DEMO_ORIGIN = 'demo.lianshu.invalid/log';
/** Another unprivileged user than the database's, where we may choose one. */
const SEALER_UID = 65_533;
/** Numbers that cases filed in the demonstration will get: in a deployment each has a ceremony of its own. */
const COMING_CASES = ['9903', '9904', '9905', '9906', '9907', '9908', '9909'];

export interface SealerOptions {
  readonly dataDirectory: string;
  readonly say: (line: string) => void;
  readonly onFault: (message: string) => void;
  /** A module that its process loads first: for journeys that last days. */
  readonly preload?: string;
}

/** The sealer as a child process with a user of its own where we may choose one. */
export async function startSealer(
  base: Config,
  outside: Outside,
  options: SealerOptions,
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
  for (const name of ['drafts', ...COMING_CASES]) await writeRecipients(dataDirectory, state, name, own);

  const socketFolder = mkdtempSync(join(tmpdir(), 'lianshu-'));
  closers.push(() => rmSync(socketFolder, { recursive: true, force: true }));
  chmodSync(socketFolder, 0o700);
  own(socketFolder);
  const socketPath = join(socketFolder, 'sealer.sock');
  const issuers = (['SIM-MOICA-G2', 'SIM-MOICA-G3'] as const).map((name) =>
    hex(outside.authority.authority(name).keys.ski),
  );
  // A copy the sealer's user can read: the registry keeps its own key in that folder.
  const registryKeys = join(trust, 'registry-keys.txt');
  writeFileSync(registryKeys, `${outside.registry.verifierKey}\n`);
  const controlPath = join(socketFolder, 'control.sock');
  // Nothing else of our environment: the sealer must not know the database's address.
  const env = {
    PATH: process.env['PATH'],
    TZ: process.env['TZ'],
    LIANSHU_SEALER_CONTROL: controlPath,
    LIANSHU_DATA: dataDirectory,
    LIANSHU_SEALER: socketPath,
    LIANSHU_LOG_ORIGIN: DEMO_ORIGIN,
    LIANSHU_TRUST_DIRECTORY: trust,
    LIANSHU_CRL_URLS: issuers.map((ski) => `${outside.authorityUrl}/crl/${ski}/complete.crl`).join(' '),
    LIANSHU_OCSP_URLS: issuers.map((ski) => `${ski}=${outside.authorityUrl}/ocsp`).join(' '),
    LIANSHU_ICS_URL: `${outside.identity.url}${IDENTITY_SERVICE_PATH}`,
    LIANSHU_ICS_CLIENT: client,
    LIANSHU_REGISTRY_URL: outside.registry.url,
    LIANSHU_REGISTRY_KEYS: registryKeys,
  };
  const child = spawn(
    process.execPath,
    [
      '--disable-sigusr1',
      '--enable-source-maps',
      ...(options.preload === undefined ? [] : ['--import', options.preload]),
      join(base.projectRoot, 'dist', 'lianshu.js'),
      'serve',
      'sealer',
      '--until-stdin-ends',
    ],
    {
      env,
      // Our end of its input closes with us, however we end; a group of its own keeps Ctrl-C for us alone.
      stdio: ['pipe', 'pipe', 'inherit'],
      detached: true,
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
  const sealer = connectSealer({ socketPath }, { socketPath: controlPath });
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
  name: string,
  own: (path: string) => void,
): Promise<void> {
  const file = join(state, 'recipients', `${name}.json`);
  if (existsSync(file)) return;
  const offline = join(dataDirectory, 'offline');
  mkdirSync(offline, { recursive: true, mode: 0o700 });
  const [caseKey, ministry] = [await generateCaseKey('x25519'), await generateCaseKey('x25519')];
  for (const [holder, key] of [
    ['trustees', caseKey],
    ['ministry', ministry],
  ] as const)
    writeFileSync(join(offline, `${name}-${holder}.key`), formatIdentityFile(key), { mode: 0o600 });
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
