import { generateKeyPairSync } from 'node:crypto';
import { chmod, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { formatVerifierKey } from '@lianshu/tlog';
import { ed25519Signer } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli.ts';
import { FAULT_TEXTS } from './cli-texts.ts';
import { evidenceFolder } from './evidence-folder.ts';
import { LogListFault, readWatchedLogs } from './watched-logs.ts';
import { eventLine } from './witness-event.ts';

const signer = (name: string) => ed25519Signer(name, generateKeyPairSync('ed25519').privateKey);
const log = formatVerifierKey(signer('log.invalid').key);
let folder: string;

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'lianshu-witness-cli-'));
});
afterAll(() => rm(folder, { recursive: true }));

/** Runs the command; a daemon that starts is asked to stop at once. */
async function run(...argv: readonly string[]) {
  let [out, err] = ['', ''];
  const code = await runCli(argv, {
    folder,
    nowMs: () => 1_795_000_000_000,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    untilStopped: () => AbortSignal.abort(),
  });
  return { code, out, err };
}

describe('lianshu-witness', () => {
  it('explains itself, in both languages', async () => {
    for (const word of ['--help', '-h', 'help']) {
      const { code, out } = await run(word);
      expect([code, out.includes('狀態檔'), out.includes('Exit codes')]).toEqual([0, true, true]);
    }
  });

  it.each([
    [[], '--key'],
    [['--key', 'none'], '--log'],
    [['--nonsense'], '--nonsense'],
    [['sign'], 'sign'],
    [['keygen', '--key', 'k'], 'NAME'],
    [['keygen', 'a b', '--key', 'k'], 'a b'],
    [['keygen', 'a', 'b', '--key', 'k'], 'NAME'],
    [['--key', 'none', '--log', 'nowhere'], 'nowhere'],
    [['--key', 'none', '--log', log], 'key-unreadable'],
  ])('tells what is wrong with %j', async (argv, says) => {
    const { code, out, err } = await run(...argv);
    expect([code, out]).toEqual([2, '']);
    expect(err).toContain(says);
  });

  it('makes a key only its owner can read, runs with it, and ends with 0', async () => {
    const made = await run('keygen', 'w.invalid', '--key', 'key', '--ml-dsa-44');
    expect(made.code).toBe(0);
    expect(made.out.trim().split('\n').length).toBe(2);
    expect((await stat(join(folder, 'key'))).mode & 0o777).toBe(0o600);
    const ran = await run('--key', 'key', '--log', log, '--port', '0');
    expect(ran).toMatchObject({ code: 0, err: '' });
    expect(ran.out).toContain('http://127.0.0.1:');
    expect(ran.out).not.toContain((await readFile(join(folder, 'key'), 'utf8')).split(' ').at(-1)?.trim());
    expect((await run('--key', 'key', '--log', log, '--port', '99999')).code).toBe(2);
  });

  it('refuses a key that others can read, or that is none', async () => {
    await run('keygen', 'x.invalid', '--key', 'exposed');
    const path = join(folder, 'exposed');
    await chmod(path, 0o644);
    expect((await run('--key', 'exposed', '--log', log)).err).toContain('key-exposed');
    await chmod(path, 0o600);
    const text = await readFile(path, 'utf8');
    const other = (await run('keygen', 'y.invalid', '--key', 'other')).out.trim();
    for (const bad of ['', '#\n', text.replace(/^\S+\+\S+/m, other), text.replace(/.\n$/, '\n')]) {
      await writeFile(path, bad);
      expect((await run('--key', 'exposed', '--log', log)).err).toContain('key-malformed');
    }
  });

  it('makes no state for an old key, and takes a new key into an old state', async () => {
    await run('keygen', 'old.invalid', '--key', 'old');
    await rm(join(folder, 'old.state'));
    const lost = await run('--key', 'old', '--log', log, '--port', '0');
    expect(lost.code).toBe(3);
    expect(lost.err).toContain(FAULT_TEXTS['state-missing']);
    await run('keygen', 'one.invalid', '--key', 'one');
    expect((await run('keygen', 'two.invalid', '--key', 'two', '--state', 'one.state')).code).toBe(0);
    for (const key of ['one', 'two']) {
      const ran = await run('--key', key, '--state', 'one.state', '--log', log, '--port', '0');
      expect(ran.code, ran.err).toBe(0);
    }
    expect((await run('--key', 'old', '--state', 'one.state', '--log', log)).err).toContain(
      'state-other-key',
    );
  });
});

describe('the logs to watch', () => {
  const again = formatVerifierKey(signer('log.invalid').key);

  it('come as keys, pairs, files and policies; keys of one origin together', async () => {
    await writeFile(join(folder, 'logs'), `# ours\n\n${log}\nan old log ${again}\n`);
    await writeFile(join(folder, 'policy'), `log ${again}\nquorum none\n`);
    const watched = await readWatchedLogs([join(folder, 'logs')], [join(folder, 'policy')]);
    expect(watched.map(({ origin, keys }) => [origin, keys.map(formatVerifierKey)])).toEqual([
      ['log.invalid', [log, again]],
      ['an old log', [again]],
    ]);
    const [pair] = await readWatchedLogs([`go.sum database tree ${log}`], []);
    expect(pair?.origin).toBe('go.sum database tree');
  });

  it('are refused by line', async () => {
    await writeFile(join(folder, 'logs'), `${log}\n${log.replace('+', '-')}\n`);
    await expect(readWatchedLogs([join(folder, 'logs')], [])).rejects.toThrow(/line 2/);
    await writeFile(join(folder, 'policy'), 'quorum none\nquorum none\n');
    await expect(readWatchedLogs([], [join(folder, 'policy')])).rejects.toThrow(
      /line 2: policy-second-quorum/,
    );
    await expect(readWatchedLogs([` ${log}`], [])).rejects.toThrow(LogListFault);
  });
});

describe('what is kept and told', () => {
  it('evidence is bounded, once each, and forks have room of their own', async () => {
    const evidence = evidenceFolder(join(folder, 'evidence'));
    const keep = (size: number, rest = '') => evidence.keep('unproven', `o\n${size}\nroot\n${rest}`, 'held');
    // The same checkpoint with other lines is no further evidence, in this process and after a restart.
    expect([await keep(0), await keep(0, '\n— o AAAA\n')]).toEqual([true, false]);
    const again = evidenceFolder(join(folder, 'evidence'));
    expect(await again.keep('unproven', 'o\n0\nroot\nextension\n', 'held')).toBe(false);
    const kept = [];
    for (let size = 1; size < 25; size++) kept.push(await keep(size));
    expect(kept.filter(Boolean).length).toBe(19);
    // What the log proved after all makes room, and nothing else.
    for (const other of [7, 99]) await evidence.settle(`o\n${other}\nroot\n`);
    expect([await keep(98), await keep(97)]).toEqual([true, false]);
    const fork = () => evidence.keep('fork', 'o\n7\nroot\n', 'held');
    expect([await fork(), await fork()]).toEqual([true, false]);
    await evidence.settle('o\n7\nroot\n');
    expect(await fork()).toBe(false);
    expect(await evidenceFolder('/dev/null/x').keep('fork', 'a', 'held')).toBe(false);
  });

  it('an event is one line, whatever an origin holds', () => {
    const line = eventLine({ kind: 'cosigned', origin: 'a\nb\u001b', size: 7 }, 1_795_000_000_000);
    expect(line).toBe('2026-11-18T11:06:40.000Z cosigned origin="a\\nb\\u001b" size=7\n');
  });
});
