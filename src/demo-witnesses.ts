import { type ChildProcess, execFile, spawn } from 'node:child_process';
import { existsSync, mkdirSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { promisify } from 'node:util';
import { formatPolicy, formatVerifierKey, parseVerifierKey, type VerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { writeTrustFile } from './left-by-demo.ts';

/** Three witnesses as processes of their own, on this very machine: they show the mechanism and prove nothing. */

const LETTERS = ['a', 'b', 'c'] as const;
const QUORUM = 2;

export interface WitnessesOptions {
  readonly projectRoot: string;
  readonly dataDirectory: string;
  /** The log's own keys: what the witnesses follow, and what the policy accepts. */
  readonly logKeys: readonly VerifierKey[];
  /** A module that each process loads first. */
  readonly preload?: string | undefined;
  readonly say: (line: string) => void;
}

/** The demonstration's witnesses. */
export interface Witnesses {
  /** The policy they form, two of three. */
  readonly policyFile: string;
  /** Whether all were made just now: then none can know of a later state of the log. */
  readonly areNew: boolean;
  /** Their processes, by name, for whoever wants to see one missing. */
  readonly processes: ReadonlyMap<string, ChildProcess>;
}

interface Started {
  readonly name: string;
  readonly url: string;
  readonly key: VerifierKey;
  readonly child: ChildProcess;
}

/**
 * Starts the witnesses with the keys and ports of an earlier start, so that their policy stays the same, and writes
 * it for the server and, beside `keys.txt`, for verifiers.
 */
export async function startWitnesses(
  options: WitnessesOptions,
  closers: (() => unknown)[],
): Promise<Witnesses> {
  const folder = join(options.dataDirectory, 'witnesses');
  mkdirSync(folder, { recursive: true, mode: 0o700 });
  const logs = join(folder, 'logs.txt');
  writeFileSync(logs, options.logKeys.map((key) => `${formatVerifierKey(key)}\n`).join(''));
  const areNew = LETTERS.every((letter) => !existsSync(join(folder, `witness-${letter}.key`)));
  const started = await Promise.all(
    LETTERS.map((letter) => startOne(`witness-${letter}`, folder, logs, options, closers)),
  );
  const policy = formatPolicy({
    logs: options.logKeys.map((key) => ({ key })),
    witnesses: started.map(({ name, key, url }) => ({ name, key, url })),
    groups: [{ name: 'two-of-three', threshold: QUORUM, members: started.map(({ name }) => name) }],
    quorum: 'two-of-three',
  });
  const text = `# 示範：三位見證人都在同一台機器上，只展示機制，不證明任何事。\n# Demonstration: the same machine, it shows the mechanism, proves nothing.\n${policy}`;
  const policyFile = join(folder, 'policy.txt');
  writeFileSync(policyFile, text);
  writeTrustFile(options, 'policy.txt', text);
  return { policyFile, areNew, processes: new Map(started.map(({ name, child }) => [name, child])) };
}

async function startOne(
  name: string,
  folder: string,
  logs: string,
  { projectRoot, preload, say }: WitnessesOptions,
  closers: (() => unknown)[],
): Promise<Started> {
  const keyFile = join(folder, `${name}.key`);
  if (!existsSync(keyFile)) await makeKey(projectRoot, `${name}.lianshu.invalid`, keyFile);
  const portFile = join(folder, `${name}.port`);
  const wanted = existsSync(portFile) ? readFileSync(portFile, 'utf8').trim() : '0';
  const start = (port: string) =>
    run(projectRoot, ['--log', logs, '--key', keyFile, '--port', port], name, preload);
  // Somebody else may have taken its port meanwhile; the policy then names another.
  const one = await start(wanted).catch((error: unknown) => {
    if (wanted === '0') throw error;
    return start('0');
  });
  let isStopping = false;
  closers.push(async () => {
    isStopping = true;
    await stop(one.child);
  });
  one.child.once('exit', (code, signal) => {
    if (!isStopping) say(`見證人結束了 The witness ${name} ended: ${code ?? signal}.`);
  });
  writeFileSync(portFile, `${new URL(one.url).port}\n`);
  return { name, ...one };
}

/** Makes key and state once. A key whose state is lost is never used again, so they are made together. */
async function makeKey(projectRoot: string, keyName: string, keyFile: string): Promise<void> {
  const args = [programOf(projectRoot), 'keygen', keyName, '--key', keyFile];
  await promisify(execFile)(process.execPath, args, { env: {} });
}

const programOf = (projectRoot: string): string => join(projectRoot, 'dist', 'lianshu-witness.mjs');

/** Ends the process when its input ends, as it does when we end, however that happens. */
const WITH_US = `data:text/javascript,${encodeURIComponent(
  "process.stdin.resume().once('end',()=>process.kill(process.pid,'SIGTERM')).unref()",
)}`;

/** Starts the command and waits until it says where it listens, and under which key. */
function run(
  projectRoot: string,
  args: readonly string[],
  name: string,
  preload: string | undefined,
): Promise<Readonly<{ url: string; key: VerifierKey; child: ChildProcess }>> {
  const child = spawn(
    process.execPath,
    [
      ...['--disable-sigusr1', '--max-old-space-size=64', '--import', WITH_US],
      ...(preload === undefined ? [] : ['--import', preload]),
      ...[programOf(projectRoot), ...args],
    ],
    // A group of its own keeps Ctrl-C for us alone; nothing of our environment is a witness's business.
    { env: {}, stdio: ['pipe', 'pipe', 'pipe'], detached: true },
  );
  let said = '';
  return new Promise((resolve, reject) => {
    const hear = (chunk: Buffer): void => {
      said = `${said}${chunk.toString()}`.slice(-16_384);
    };
    child.stderr.on('data', hear);
    child.stdout.on('data', (chunk: Buffer) => {
      hear(chunk);
      const url = /listening: (http:\/\/\S+)\n/.exec(said)?.[1];
      const key = said
        .split('\n')
        .flatMap((line) => parseVerifierKey(sha256, line) ?? [])
        .at(0);
      if (url !== undefined && key !== undefined) resolve({ url, key, child });
    });
    child.once('error', reject);
    child.once('exit', (code) => reject(new Error(`The witness ${name} ended with code ${code}: ${said}`)));
  });
}

async function stop(child: ChildProcess): Promise<void> {
  if (child.exitCode !== null || child.signalCode !== null) return;
  const ended = new Promise<void>((done) => child.once('exit', () => done()));
  child.kill('SIGTERM');
  const forced = setTimeout(() => child.kill('SIGKILL'), 5_000);
  await ended;
  clearTimeout(forced);
}
