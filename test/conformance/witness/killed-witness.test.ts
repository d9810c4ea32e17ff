import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { createInterface } from 'node:readline';
import { formatVerifierKey, openNote, parseVerifierKey } from '@lianshu/tlog';
import { nodeNotePrimitives, sha256 } from '@lianshu/tlog/node';
import { buildWitnessCommand } from '@lianshu/witness/program';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { decodeState } from '../../../packages/witness/src/witness-state.ts';
import { growingLog } from './growing-log.ts';

const BIN = new URL('../../../packages/witness/bin/lianshu-witness.mjs', import.meta.url).pathname;
const ROUNDS = 8;
const log = growingLog('log.invalid/killed');
let folder: string;
const running = new Set<ChildProcess>();

const run = (...args: readonly string[]): ChildProcess => start(BIN, ...args);

function start(program: string, ...args: readonly string[]): ChildProcess {
  const child = spawn(process.execPath, [program, ...args], {
    cwd: folder,
    stdio: ['ignore', 'pipe', 'pipe'],
  });
  running.add(child);
  child.once('exit', () => running.delete(child));
  return child;
}

async function finished(child: ChildProcess) {
  let [out, err] = ['', ''];
  child.stdout?.on('data', (text) => {
    out += text;
  });
  child.stderr?.on('data', (text) => {
    err += text;
  });
  const [code] = await once(child, 'close');
  return { code, out, err };
}

const daemonArguments = () => ['--log', formatVerifierKey(log.signer.key), '--key', 'key', '--port', '0'];

/** Starts the daemon and waits until it says where it listens. */
async function daemon() {
  const child = run(...daemonArguments());
  if (child.stdout === null) throw new Error('no output');
  for await (const line of createInterface({ input: child.stdout })) {
    const [url] = /http:\S+/.exec(line) ?? [];
    if (url !== undefined) return { child, url };
  }
  throw new Error('the witness did not start');
}

async function stateSize(): Promise<number> {
  const state = decodeState(await readFile(join(folder, 'key.state'), 'utf8'));
  if (state === undefined) throw new Error('torn state');
  return state.logs.get(log.watched.origin)?.head.size ?? 0;
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianshu-killed-'));
});
afterAll(async () => {
  for (const child of running) child.kill('SIGKILL');
  await rm(folder, { recursive: true });
});

describe('lianshu-witness as a process', () => {
  let vkey: string;

  it('makes its key and state once, and refuses to run without them', async () => {
    expect(await finished(run(...daemonArguments()))).toMatchObject({ code: 2 });
    const made = await finished(run('keygen', 'w.invalid/killed', '--key', 'key'));
    expect(made).toMatchObject({ code: 0, err: '' });
    vkey = made.out.trim();
    expect(parseVerifierKey(sha256, vkey)?.name).toBe('w.invalid/killed');
    expect(await finished(run('keygen', 'w.invalid/killed', '--key', 'key'))).toMatchObject({ code: 2 });
  });

  it('is also one file that needs nothing beside it', async () => {
    const program = join(folder, 'lianshu-witness.mjs');
    await writeFile(program, await buildWitnessCommand());
    const made = await finished(start(program, 'keygen', 'w.invalid/file', '--key', 'file'));
    expect(made).toMatchObject({ code: 0, err: '' });
    expect(parseVerifierKey(sha256, made.out.trim())?.name).toBe('w.invalid/file');
  });

  it('killed at any moment, it remembers all that it answered, and its state is whole', async () => {
    let answered = 0;
    let asked = 0;
    let sent = 0;
    for (let round = 0; round < ROUNDS; round++) {
      const { child, url } = await daemon();
      const exited = once(child, 'exit');
      const until = round * 3 + 2;
      for (let i = 0; ; i++) {
        const known = await stateSize();
        asked = Math.min(known + 1, 255);
        const body = log.body(known, asked);
        // Some time after the first requests, at whatever it is doing then.
        if (i === until) setTimeout(() => child.kill('SIGKILL'), round % 4);
        try {
          const answer = await fetch(`${url}/add-checkpoint`, { method: 'POST', body });
          sent += 1;
          expect([200, 409]).toContain(answer.status);
          const text = await answer.text();
          if (answer.status !== 200) continue;
          const key = parseVerifierKey(sha256, vkey);
          const opened = openNote(nodeNotePrimitives, log.note(asked) + text, key === undefined ? [] : [key]);
          expect(opened.ok).toBe(true);
          answered = Math.max(answered, asked);
        } catch (error) {
          if (!(error instanceof TypeError)) throw error;
          break;
        }
      }
      await exited;
      expect(await stateSize()).toBeGreaterThanOrEqual(answered);
      expect(await stateSize()).toBeLessThanOrEqual(asked);
    }
    expect(sent).toBeGreaterThan(ROUNDS);
  });

  it('lets no second one run on its state, and ends when asked', async () => {
    const { child, url } = await daemon();
    const second = await finished(run(...daemonArguments()));
    expect(second.code).toBe(3);
    expect(second.err).toContain('state-locked');
    expect((await fetch(`${url}/healthz`)).status).toBe(200);
    child.kill('SIGTERM');
    expect(await once(child, 'exit')).toEqual([0, null]);
    const third = await daemon();
    third.child.kill('SIGKILL');
    await once(third.child, 'exit');
  });
});
