import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { join } from 'node:path';
import { runCli } from '@lianshu/verify/node';
import { describe, expect, it } from 'vitest';
import { AUDIT_KIT, havePython } from './python.ts';

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
  const options = { env: { PATH, PYTHONDONTWRITEBYTECODE: '1', ...env }, encoding: 'utf8' as const };
  const { status, stdout, stderr } = spawnSync('python3', [AUDIT_KIT, ...argv, '--json'], options);
  expect(stderr).not.toContain('Traceback');
  return answerOf(status, stdout);
}

const KEYS = ['--keys', known('keys.txt')];
const POLICY = ['--policy', known('policy.txt')];
const LOG = ['--log', known('log')];
const FILES = readdirSync(KNOWN).filter((name) => /^(all|receipt|promise-1)\./.test(name));

describe.skipIf(!havePython())('the two command lines', () => {
  it.each(FILES)('say the same of %s, however they are asked', async (name) => {
    const asked = [
      KEYS,
      [...KEYS, ...POLICY],
      POLICY,
      [...KEYS, ...POLICY, '--require-witnesses'],
      [...KEYS, ...LOG],
    ];
    for (const options of [...asked, [], ['--require-witnesses', ...KEYS]]) {
      const argv = ['receipt', known(name), ...options];
      expect(second(argv, {}), options.join(' ')).toEqual(await first(argv, {}));
    }
    const env = { LIANSHU_KEYS: known('keys.txt'), LIANSHU_POLICY: known('policy.txt') };
    for (const options of [[], KEYS]) {
      const argv = ['receipt', known(name), ...options];
      expect(second(argv, env), options.join(' ')).toEqual(await first(argv, env));
    }
  });

  it('recount and compare with the same exit codes', async () => {
    const pairs: [string[], string[]][] = [
      [
        ['recount', '9901'],
        ['count', '9901'],
      ],
      [
        ['recount', '9902'],
        ['count', '9902'],
      ],
      [
        ['recount', '99'],
        ['count', '99'],
      ],
      [
        ['consistency', known('old.checkpoint'), known('log/checkpoint')],
        ['checkpoint', known('old.checkpoint'), known('log/checkpoint')],
      ],
      [
        ['consistency', known('old.checkpoint'), known('fork.checkpoint')],
        ['checkpoint', known('old.checkpoint'), known('fork.checkpoint')],
      ],
    ];
    for (const [theirs, ours] of pairs) {
      for (const options of [[...KEYS, ...POLICY, ...LOG], LOG]) {
        const said = second([...theirs, ...options], {});
        const wanted = await first([...ours, ...options], {});
        expect([said.exit, said.counted], theirs.join(' ')).toEqual([wanted.exit, wanted.counted]);
      }
    }
    const argv = [known('old.checkpoint'), known('log/checkpoint'), ...KEYS];
    expect(second(['consistency', ...argv], {}).exit).toBe((await first(['checkpoint', ...argv], {})).exit);
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
