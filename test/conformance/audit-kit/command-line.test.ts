import { execFileSync, spawnSync } from 'node:child_process';
import { cpSync, mkdirSync, mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { runCli } from '@lianshu/verify/node';
import { describe, expect, it } from 'vitest';
import { AUDIT_KIT, havePython, runPython } from './python.ts';

const KNOWN = join(AUDIT_KIT, 'known');
const known = (name: string): string => join(KNOWN, name);

type Answer = Readonly<{ exit: number | null; code?: string; quorum?: boolean; counted?: number }>;

function answerOf(exit: number | null, printed: string): Answer {
  if (!printed.startsWith('{')) return { exit };
  const { code, witnesses, acts } = JSON.parse(printed);
  const counted = acts?.['joint-signature']?.counted;
  return {
    exit,
    ...(code && { code }),
    ...(witnesses && { quorum: witnesses.quorum }),
    ...(counted && { counted }),
  };
}

async function first(argv: readonly string[], env: Readonly<Record<string, string>>): Promise<Answer> {
  let printed = '';
  const exit = await runCli([...argv, '--json'], {
    env,
    folder: KNOWN,
    programFolder: KNOWN,
    nowMs: () => Date.parse('2026-11-22T00:00:00Z'),
    out: (text: string) => {
      printed += text;
    },
    err: () => {},
    isTerminal: false,
  });
  return answerOf(exit, printed);
}

function second(argv: readonly string[], env: Readonly<Record<string, string>>): Answer {
  const { PATH = '' } = process.env;
  const options = {
    env: { PATH, PYTHONDONTWRITEBYTECODE: '1', ...env },
    encoding: 'utf8' as const,
    timeout: 60_000,
  };
  const { status, stdout, stderr } = spawnSync('python3', [AUDIT_KIT, ...argv, '--json'], options);
  expect(stderr).not.toContain('Traceback');
  return answerOf(status, stdout);
}

const KEYS = ['--keys', known('keys.txt')];
const POLICY = ['--policy', known('policy.txt')];
const LOG = ['--log', known('log')];
const FILES = readdirSync(KNOWN).filter((name) => /\.(tlog-proof|txt)$/.test(name));

type Asked = Readonly<{
  ours: readonly string[];
  theirs: readonly string[];
  env: Readonly<Record<string, string>>;
}>;

/** Runs the kit's command line for each, in one process. */
const PROGRAM = `
import io, json, os, sys
from lianshu_audit.cli import main
out = sys.stdout
for asked in json.load(sys.stdin):
    for name in ("LIANSHU_KEYS", "LIANSHU_POLICY"):
        os.environ.pop(name, None)
    os.environ.update(asked["env"])
    sys.stdout = io.TextIOWrapper(io.BytesIO())
    exit = main([*asked["theirs"], "--json"], asked.get("folder", "/nowhere"))
    sys.stdout.seek(0)
    out.write(json.dumps([exit, sys.stdout.read()]) + "\\n")
`;

/** Where the two answer otherwise, each asked in its own words. */
async function differences(asked: readonly Asked[]) {
  const printed = (await runPython(['-c', PROGRAM], JSON.stringify(asked))).toString().trim().split('\n');
  const found: unknown[] = [];
  for (const [i, { ours, theirs, env }] of asked.entries()) {
    const [exit, text] = JSON.parse(printed[i] ?? '[]');
    const [wanted, said] = [await first(ours, env), answerOf(exit, text)];
    // The names of verdicts are shared where the same question is asked: of receipts.
    const compared = ({ code, ...rest }: Answer) => (ours[0] === 'receipt' ? { code, ...rest } : rest);
    if (JSON.stringify(compared(wanted)) !== JSON.stringify(compared(said)))
      found.push({ theirs, env, wanted, said });
  }
  return found;
}

describe.skipIf(!havePython())('the two command lines', () => {
  it('say the same of a file, however they are asked', async () => {
    const options = [
      [],
      KEYS,
      POLICY,
      [...KEYS, ...POLICY],
      [...KEYS, ...POLICY, '--require-witnesses'],
      [...KEYS, '--require-witnesses'],
      [...KEYS, ...LOG],
      [...KEYS, ...POLICY, ...LOG, '--require-witnesses'],
    ];
    const told = { LIANSHU_KEYS: known('keys.txt'), LIANSHU_POLICY: known('policy.txt') };
    const asked = FILES.flatMap((name) =>
      [{}, told].flatMap((env) =>
        options.map((more) => {
          const argv = ['receipt', known(name), ...more];
          return { ours: argv, theirs: argv, env };
        }),
      ),
    );
    expect(asked.length).toBeGreaterThan(100);
    expect(await differences(asked)).toEqual([]);
  });

  it('recount and compare with the same exit codes', async () => {
    const [old, now, fork] = [known('old.checkpoint'), known('log/checkpoint'), known('fork.checkpoint')];
    const pairs = [
      ...['9901', '9902', '7777', '99'].map((number) => [
        ['count', number],
        ['recount', number],
      ]),
      ...[now, fork].map((other) => [
        ['checkpoint', old, other],
        ['consistency', old, other],
      ]),
    ];
    const asked = pairs.flatMap(([ours = [], theirs = []]) =>
      [[...KEYS, ...LOG], [...KEYS, ...POLICY, ...LOG], LOG].map((more) => {
        return { ours: [...ours, ...more], theirs: [...theirs, ...more], env: {} };
      }),
    );
    const withoutLog = {
      ours: ['checkpoint', old, now, ...KEYS],
      theirs: ['consistency', old, now, ...KEYS],
      env: {},
    };
    expect(await differences([...asked, withoutLog])).toEqual([]);
  });

  it('say of a case that no entry names that the record has none', async () => {
    const argv = ['7777', ...KEYS, ...LOG];
    expect(await first(['count', ...argv], {})).toMatchObject({ exit: 7 });
    expect(second(['recount', ...argv], {})).toEqual({ exit: 7, code: 'case-unknown' });
  });

  it('take keys and policy of the checkout the kit lies in, and of no other folder', () => {
    const checkout = mkdtempSync(join(tmpdir(), 'lianshu-checkout-'));
    const verify = join(checkout, 'packages', 'verify');
    const kit = join(checkout, 'audit-kit');
    const ask = (program: string) => {
      const argv = [program, 'recount', '9901', ...LOG, '--json'];
      const env = { PATH: process.env['PATH'] ?? '', PYTHONDONTWRITEBYTECODE: '1' };
      const { status, stdout } = spawnSync('python3', argv, { cwd: checkout, env, encoding: 'utf8' });
      return answerOf(status, stdout);
    };
    try {
      cpSync(AUDIT_KIT, kit, { recursive: true });
      for (const folder of [join(checkout, '.lianshu'), join(kit, '.lianshu')]) {
        mkdirSync(folder);
        for (const name of ['keys.txt', 'policy.txt']) cpSync(known(name), join(folder, name));
      }
      expect(ask(kit)).toMatchObject({ exit: 3, code: 'no-trusted-key' });
      mkdirSync(verify, { recursive: true });
      writeFileSync(join(verify, 'package.json'), '{}');
      expect(ask(kit).code).toBe(second(['recount', '9901', ...KEYS, ...POLICY, ...LOG], {}).code);
      expect(ask(kit).code).not.toBe('no-trusted-key');
    } finally {
      rmSync(checkout, { recursive: true });
    }
  });

  it('wait for no pipe in a copied log', async () => {
    const folder = mkdtempSync(join(tmpdir(), 'lianshu-pipe-'));
    try {
      execFileSync('mkfifo', [join(folder, 'checkpoint')]);
      const argv = ['receipt', known('receipt.tlog-proof'), ...KEYS, '--log', folder];
      const refused = { exit: 7, code: 'log-unreachable' };
      expect([await first(argv, {}), second(argv, {})]).toEqual([refused, refused]);
    } finally {
      rmSync(folder, { recursive: true });
    }
  });

  it('answer a wish for help, and say what is wrong with the wish', () => {
    expect(second(['--help'], {}).exit).toBe(0);
    expect(second(['recount', '--help'], {}).exit).toBe(0);
    expect(second(['nonsense'], {}).exit).toBe(2);
    expect(second(['receipt', known('no-such-file'), ...KEYS], {}).exit).toBe(2);
    expect(second(['receipt', known('all.tlog-proof'), '--keys', known('all.tlog-proof')], {}).exit).toBe(2);
    expect(second(['receipt', known('all.tlog-proof'), '--policy', known('keys.txt')], {}).exit).toBe(2);
  });
});
