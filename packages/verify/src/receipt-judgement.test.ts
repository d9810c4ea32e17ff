import { generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { formatPolicy, formatVerifierKey, type NoteSigner, SIGNATURE_TYPE } from '@lianshu/tlog';
import { cosigner } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from './cli.ts';
import { promiseKey, SampleLog, sampleKey, samplePromise, sampleSignature } from './sample-log.ts';
import { sampleCourse } from './sample-record.ts';

const NOW = Date.parse('2026-11-22T00:00:00Z');
const HOUR = 3_600_000;
const privateKeys = ['a', 'b', 'c'].map(() => generateKeyPairSync('ed25519').privateKey);
/** The three witnesses of the policy, each cosigning so many milliseconds before now; undefined did not. */
const witnesses = (...agesMs: readonly (number | undefined)[]): readonly NoteSigner[] =>
  agesMs.flatMap((ageMs, i) => {
    const key = privateKeys[i];
    if (key === undefined || ageMs === undefined) return [];
    const seconds = () => Math.floor((NOW - ageMs) / 1000);
    return [cosigner(`w${i}.invalid/w`, SIGNATURE_TYPE.ed25519Cosignature, key, seconds)];
  });

const own = sampleSignature(1, 'joint-signature');
/** Before the entry that excludes `own`: what a reader is shown from whom it is kept. */
const shown = sampleCourse.slice(0, 11);
let folder = '';

function writeLog(name: string, signers: readonly NoteSigner[]): void {
  for (const [path, bytes] of new SampleLog(shown, [sampleKey, ...signers]).files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
}

beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-judge-'));
  const all = witnesses(0, 0, 0).map(({ key }, i) => ({ name: `w${i}`, key }));
  const policy = {
    logs: [{ key: sampleKey.key }],
    witnesses: all,
    groups: [{ name: 'two', threshold: 2, members: ['w0', 'w1', 'w2'] }],
    quorum: 'two',
  };
  writeFileSync(join(folder, 'policy.txt'), formatPolicy(policy));
  writeFileSync(join(folder, 'none.txt'), formatPolicy({ ...policy, quorum: 'none' }));
  const keys = [sampleKey, promiseKey].map(({ key }) => `${formatVerifierKey(key)}\n`);
  writeFileSync(join(folder, 'keys.txt'), keys.join(''));
  const log = new SampleLog(shown);
  writeFileSync(
    join(folder, 'r'),
    log.receipt(2, own.extra, 5, [sampleKey, ...witnesses(HOUR * 9, HOUR * 9)]),
  );
  writeFileSync(join(folder, 'alone'), log.receipt(2, own.extra, 5));
  writeFileSync(join(folder, 'promise'), samplePromise(own));
  writeLog('alone-log', []);
  writeLog('one', witnesses(0));
  writeLog('fresh', witnesses(HOUR, HOUR * 5, HOUR - 1_000));
  writeLog('old', witnesses(HOUR * 2, undefined, HOUR * 3));
  // One witness that states the future, or now, makes no old tree new.
  writeLog('bent', witnesses(-HOUR * 1_000, HOUR * 2));
  writeLog('untimed', witnesses(NOW, NOW));
});
afterAll(() => rmSync(folder, { recursive: true }));

async function run(...args: readonly string[]) {
  let out = '';
  const exit = await runCli(['receipt', ...args, '--lang', 'en'], {
    env: { LIANSHU_KEYS: join(folder, 'keys.txt') },
    folder,
    programFolder: folder,
    nowMs: () => NOW,
    out: (text) => {
      out += text;
    },
    err: () => {},
    isTerminal: false,
  });
  return { exit, out };
}

const POLICY = ['--policy', 'policy.txt'];
const STRICT = [...POLICY, '--require-witnesses'];

describe('with witnesses required, a followed log', () => {
  it.each<[number, string, readonly string[]]>([
    [0, '✔ Proven: counted', ['r', '--log', 'fresh']],
    [
      3,
      '✘ Not proven: witnesses were required, and too few cosigned the published',
      ['r', '--log', 'alone-log'],
    ],
    [3, 'too few cosigned the published', ['r', '--log', 'one']],
    [3, 'too few cosigned the published', ['promise', '--log', 'one']],
    [3, 'too few cosigned the receipt', ['alone', '--log', 'fresh']],
    [0, '✔ The promise was kept', ['promise', '--log', 'fresh']],
    [9, '… Not decided: the log shown is old', ['r', '--log', 'old']],
    [9, 'Not decided: the log shown is old', ['promise', '--log', 'old']],
    [9, 'witnessed 120 minutes ago', ['r', '--log', 'bent']],
    [9, 'state no time', ['r', '--log', 'untimed']],
  ])('%i %s: %j', async (exit, words, args) => {
    const result = await run(...args, ...STRICT);
    expect(result.out).toContain(words);
    expect(result.exit).toBe(exit);
    expect(result.out.includes('✔')).toBe(exit === 0);
  });

  it('says so to machines as well', async () => {
    const { out } = await run('r', '--log', 'old', ...STRICT, '--json');
    expect(JSON.parse(out)).toMatchObject({
      code: 'counted',
      exit: 9,
      tone: 'pending',
      log: { witnesses: { quorum: true, ageSeconds: 3 * 3_600, isOld: true } },
    });
  });
});

describe('without that wish, a followed log', () => {
  it.each<[string, readonly string[]]>([
    ['⚠ The published checkpoint is not witnessed', ['r', '--log', 'alone-log', ...POLICY]],
    ['published:\n  witnessed by 1 / 3, quorum not reached', ['r', '--log', 'one', ...POLICY]],
    ['⚠ Not decided: the log shown was witnessed 180 minutes ago', ['r', '--log', 'old', ...POLICY]],
    ['⚠ No witness policy was given', ['r', '--log', 'fresh']],
    ['quorum since 2026-11-21T23:00:00.000Z (60 minutes ago)', ['r', '--log', 'fresh', ...POLICY]],
    ['no quorum required', ['r', '--log', 'alone-log', '--policy', 'none.txt']],
  ])('is proven as it is shown, and says: %s', async (words, args) => {
    const { exit, out } = await run(...args);
    expect(out).toContain(words);
    expect(out, 'one language was asked for').not.toMatch(/\p{Script=Han}/u);
    expect(exit).toBe(0);
  });

  it('needs no caution where the quorum saw it lately', async () => {
    expect((await run('r', '--log', 'fresh', ...POLICY)).out).not.toContain('⚠');
  });
});
