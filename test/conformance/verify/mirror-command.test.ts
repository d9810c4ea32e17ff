import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatVerifierKey } from '@lianshu/tlog';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { runCli } from '../../../packages/verify/src/cli.ts';
import { SampleLog, sampleKey, sampleSignature } from '../../../packages/verify/src/sample-log.ts';

let folder: string;
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-mirror-'));
});
afterEach(() => rmSync(folder, { recursive: true, force: true }));

/** Writes a log as files, as a directory that is published. */
function publish(size: number, from = 0): void {
  const log = new SampleLog(
    Array.from({ length: size }, (_, i) => sampleSignature(from + i, 'joint-signature').entry),
  );
  for (const [path, bytes] of log.files) {
    mkdirSync(dirname(join(folder, 'log', path)), { recursive: true });
    writeFileSync(join(folder, 'log', path), bytes);
  }
}

async function run(args: readonly string[], stop = new AbortController()) {
  let [out, err] = ['', ''];
  const exit = await runCli(['mirror', ...args, '--key', formatVerifierKey(sampleKey.key)], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: () => 0,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isTerminal: false,
    untilStopped: () => stop.signal,
  });
  return { exit, out, err };
}

describe('lianshu-verify mirror', () => {
  it('copies once and says what it has', async () => {
    publish(300);
    const { exit, out } = await run(['--log', 'log', '--to', 'copy', '--once', '--json']);
    expect(exit).toBe(0);
    expect(JSON.parse(out)).toMatchObject({ exit: 0, from: 0, log: { size: 300 } });
    publish(310);
    expect((await run(['--log', 'log', '--to', 'copy', '--once'])).out).toContain('300 → 310');
    expect(readFileSync(join(folder, 'copy', 'checkpoint'), 'utf8')).toContain('\n310\n');
  });

  it('ends with 8 and the place of the evidence for a fork, with 7 for a log that is not there', async () => {
    publish(20);
    await run(['--log', 'log', '--to', 'copy', '--once']);
    rmSync(join(folder, 'log'), { recursive: true });
    publish(20, 100);
    const { exit, out } = await run(['--log', 'log', '--to', 'copy', '--once']);
    expect(exit).toBe(8);
    expect(out).toContain('log-forked');
    expect(out).toContain(join('copy', 'evidence'));
    expect((await run(['--log', 'nowhere', '--to', 'copy', '--once'])).exit).toBe(7);
  });

  it('goes on until it is stopped, and serves meanwhile', async () => {
    publish(20);
    const stop = new AbortController();
    const running = run(['--log', 'log', '--to', 'copy', '--every', '1', '--serve', '0'], stop);
    const deadline = Date.now() + 20_000;
    while (!existsSync(join(folder, 'copy', 'checkpoint')) && Date.now() < deadline)
      await new Promise((resolve) => setTimeout(resolve, 10));
    stop.abort();
    const { exit, err, out } = await running;
    expect(exit).toBe(0);
    expect(err).toMatch(/http:\/\/127\.0\.0\.1:\d+/);
    expect(out).toContain('0 → 20');
  });

  it.each([
    [[], '--to'],
    [['--to', 'copy'], '--log'],
    [['--to', 'copy', '--log', 'log', '--serve', '70000'], '--serve'],
    [['--to', 'copy', '--log', 'log', '--serve', '0', '--once'], '--once'],
    [['--to', 'copy', '--log', 'log', '--every', '0'], '--every'],
  ])('refuses %j', async (args, named) => {
    const { exit, err } = await run(args);
    expect(exit).toBe(2);
    expect(err).toContain(named);
  });
});
