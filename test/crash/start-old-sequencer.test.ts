/** A sequencer is paused, loses its database session to another one, and is resumed: it changes nothing any more. */
import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { fileURLToPath } from 'node:url';
import { parseCheckpointText } from '@lianshu/tlog';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/platform/db/index.ts';
import { pause } from '../../src/platform/time.ts';
import { publicRecord } from '../../src/record/index.ts';
import { ORIGIN, signatureEntry } from '../builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import type { PausedProcessSettings } from './start-paused-process.ts';

type Running = Readonly<{ child: ChildProcess; said: string[]; gone: Promise<number | null> }>;

let database: WorkerDatabase;
let folder: string;
let common: Omit<PausedProcessSettings, 'step' | 'trigger'>;
let started: Running[] = [];
let appended = 0;

beforeEach(async () => {
  database = await workerDatabase();
  folder = mkdtempSync(join(tmpdir(), 'lianshu-paused-'));
  started = [];
  appended = 0;
  const pem = { format: 'pem', type: 'pkcs8' } as const;
  common = {
    url: database.url,
    origin: ORIGIN,
    ed25519: generateKeyPairSync('ed25519').privateKey.export(pem).toString(),
    mlDsa44: generateKeyPairSync('ml-dsa-44').privateKey.export(pem).toString(),
    journalFile: join(folder, 'journal'),
    directory: join(folder, 'public'),
  };
});
afterEach(async () => {
  for (const { child, gone } of started) {
    child.kill('SIGKILL');
    await gone;
  }
  await database.drop();
  rmSync(folder, { recursive: true, force: true });
});

const trigger = (name: string) => join(folder, `stop-${name}`);

async function start(name: string, step: PausedProcessSettings['step']): Promise<Running> {
  const file = join(folder, `${name}.json`);
  const settings: PausedProcessSettings = { ...common, step, trigger: trigger(name) };
  writeFileSync(file, JSON.stringify(settings));
  const program = fileURLToPath(new URL('./start-paused-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, file], { stdio: ['ignore', 'pipe', 'inherit'] });
  const said: string[] = [];
  if (child.stdout) createInterface(child.stdout).on('line', (line) => said.push(line));
  const gone = new Promise<number | null>((done) => child.once('exit', done));
  const running = { child, said, gone };
  started.push(running);
  await until(() => said.includes('ready'), `${name} is ready`);
  return running;
}

async function append(n: number): Promise<void> {
  const entries = Array.from({ length: n }, (_, i) => signatureEntry(`${appended + i}`));
  await inTransaction(database.db, (tx) => publicRecord([]).appendMany(tx, entries));
  appended += n;
}

function publicSize(): number {
  const path = join(common.directory, 'checkpoint');
  if (!existsSync(path)) return 0;
  const note = readFileSync(path, 'utf8');
  return parseCheckpointText(note.slice(0, note.indexOf('\n\n') + 1))?.size ?? -1;
}

async function until(isSo: () => boolean, what: string): Promise<void> {
  for (let tries = 0; !isSo(); tries++) {
    if (tries > 1_000) throw new Error(`not within twenty seconds: ${what}`);
    await pause(20);
  }
}

/** The server gives the paused process's sessions up, as it does when their connections time out. */
const endItsSessions = () =>
  database.pool.query(
    `select pg_terminate_backend(pid) from pg_stat_activity
     where datname = current_database() and application_name = 'lianshu sequencer'`,
  );

const contents = () => ({
  checkpoint: readFileSync(join(common.directory, 'checkpoint'), 'utf8'),
  journal: readFileSync(common.journalFile, 'utf8'),
});

// `publish-tile`: about to replace the public checkpoint. `signed`: about to compare and swap. `committed`: about
// to write the journal and to release.
describe.each(['publish-tile', 'signed', 'committed'] as const)('paused at "%s"', (step) => {
  it('and resumed after another took over, it neither writes nor publishes', async () => {
    const old = await start('old', step);
    await append(5);
    await until(() => publicSize() === 5, 'the old one publishes');
    writeFileSync(trigger('old'), '');
    await append(5);
    await until(() => old.said.includes('paused'), 'the old one has stopped');
    await endItsSessions();

    await start('next', step);
    await append(300);
    await until(() => publicSize() === 310, 'the next one publishes all');
    const before = contents();
    old.child.kill('SIGCONT');
    expect(await old.gone).toBe(70);
    expect(old.said.at(-1)).toMatch(/^fault (round-failed|another-sequencer|unknown-outcome)$/);
    expect(contents()).toEqual(before);

    await append(1);
    await until(() => publicSize() === 311, 'the next one goes on');
    const { rows } = await database.pool.query<{ n: number; size: number }>(
      'select count(*)::int as n, (select size::int from log) as size from entry where seq is not null',
    );
    expect(rows[0]).toEqual({ n: 311, size: 311 });
  });
});
