import { execFile } from 'node:child_process';
import { mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import {
  checkpointText,
  formatTlogProof,
  formatVerifierKey,
  parseTlogProof,
  promiseKeyName,
  signNote,
} from '@lianshu/tlog';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../packages/verify/src/cli.ts';
import {
  promiseKey,
  SAMPLE_ORIGIN,
  SampleLog,
  sampleKey,
  samplePromise,
  sampleSignature,
} from '../../../packages/verify/src/sample-log.ts';

const BIN = new URL('../../../packages/verify/bin/lianshu-verify.mjs', import.meta.url).pathname;
const own = sampleSignature(1, 'joint-signature', true);
const log = new SampleLog([sampleSignature(0, 'joint-signature').entry, own.entry]);
const excluding = new SampleLog([
  sampleSignature(0, 'joint-signature').entry,
  own.entry,
  { case: '9901', ground: 'deceased\u001b[2J', index: 1, kind: 'void', v: 1 },
]);
const vkeys = [sampleKey, promiseKey].map(({ key }) => formatVerifierKey(key));

const AFTER_DUE = Date.parse('2026-11-21T04:02:01Z');

let folder = '';
let server: Server;
let url = '';

function writeLog(name: string, sample: SampleLog): void {
  for (const [path, bytes] of sample.files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
}

type Result = Readonly<{ exit: number; out: string; err: string }>;

/** Runs the command's function, as the real command does, in the folder of the sample files. */
async function run(...args: readonly string[]): Promise<Result> {
  let [out, err] = ['', ''];
  const exit = await runCli(args, {
    env: { LIANSHU_KEYS: join(folder, 'keys.txt') },
    folder,
    programFolder: folder,
    nowMs: () => AFTER_DUE,
    out: (text) => {
      out += text;
    },
    err: (text) => {
      err += text;
    },
    isTerminal: false,
  });
  return { exit, out, err };
}

/** Runs the real command as a process of its own. */
function spawn(cwd: string, ...args: readonly string[]): Promise<Result> {
  return new Promise((resolve) => {
    const env = { PATH: process.env['PATH'] ?? '' };
    execFile(process.execPath, [BIN, ...args], { cwd, env }, (error, out, err) => {
      resolve({ exit: typeof error?.code === 'number' ? error.code : 0, out, err });
    });
  });
}

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-verify-'));
  writeFileSync(join(folder, 'keys.txt'), `# test\n${vkeys.join('\n')}\n`);
  writeFileSync(join(folder, 'none.txt'), '# no key\n');
  writeFileSync(join(folder, 'bad.txt'), 'no key\n');
  writeFileSync(join(folder, 'own.tlog-proof'), log.receipt(1, own.extra, 2));
  writeFileSync(join(folder, 'forged.tlog-proof'), log.receipt(0, own.extra, 2));
  writeFileSync(join(folder, 'promise.txt'), samplePromise(sampleSignature(7, 'held')));
  writeLog('log', log);
  writeLog('excluding', excluding);
  writeLog('forked', new SampleLog([own.entry, own.entry]));
  server = createServer((request, response) => {
    const path = request.url ?? '';
    if (path.startsWith('/huge/')) response.end('x'.repeat(300_000));
    else if (path.startsWith('/elsewhere/')) response.writeHead(302, { location: '/log/checkpoint' }).end();
    else if (path.startsWith('/log/')) response.end(log.files.get(path.slice('/log/'.length)) ?? '');
    else response.writeHead(404).end();
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('lianshu-verify', () => {
  it('says what is proved in both languages, names the key file and the demonstration', async () => {
    const { exit, out, err } = await run('receipt', 'own.tlog-proof');
    expect({ exit, err }).toEqual({ exit: 0, err: '' });
    for (const part of ['Proven: included', '已證明', 'keys.txt', own.commitment, 'Demonstration', '示範']) {
      expect(out).toContain(part);
    }
  });

  it('speaks one language on request, and JSON', async () => {
    const [zh, en, json] = await Promise.all([
      run('receipt', 'own.tlog-proof', '--lang', 'zh'),
      run('receipt', 'own.tlog-proof', '--lang', 'en'),
      run('receipt', 'own.tlog-proof', '--json'),
    ]);
    expect(zh.out).not.toContain('Proven');
    expect(en.out).not.toContain('已證明');
    expect(JSON.parse(json.out)).toMatchObject({
      code: 'included',
      exit: 0,
      receipt: { index: 1, demo: true },
    });
  });

  it.each<[number, readonly string[]]>([
    [0, ['--help']],
    [0, ['receipt', 'own.tlog-proof', '--key', vkeys[0] ?? '']],
    [0, ['receipt', 'own.tlog-proof', '--log', 'log']],
    [0, ['receipt', 'own.tlog-proof', '--log', 'URL/log']],
    [0, ['receipt', 'own.tlog-proof', '--log', 'URL/log/']],
    [2, []],
    [2, ['receipt']],
    [2, ['receipt', 'missing']],
    [2, ['receipt', 'own.tlog-proof', '--unknown']],
    [2, ['receipt', 'own.tlog-proof', '--keys', 'bad.txt']],
    [2, ['receipt', 'own.tlog-proof', '--key', 'x']],
    [2, ['receipt', 'own.tlog-proof', '--log', 'http://']],
    [3, ['receipt', 'own.tlog-proof', '--keys', 'none.txt']],
    [3, ['receipt', 'own.tlog-proof', '--key', vkeys[1] ?? '']],
    [3, ['receipt', 'forged.tlog-proof']],
    [4, ['receipt', 'keys.txt']],
    [5, ['receipt', 'own.tlog-proof', '--log', 'excluding']],
    [7, ['receipt', 'own.tlog-proof', '--log', 'nowhere']],
    [7, ['receipt', 'own.tlog-proof', '--log', 'URL/nowhere']],
    [7, ['receipt', 'own.tlog-proof', '--log', 'URL/huge']],
    [7, ['receipt', 'own.tlog-proof', '--log', 'URL/elsewhere']],
    [6, ['receipt', 'promise.txt', '--log', 'URL/log']],
    [8, ['receipt', 'own.tlog-proof', '--log', 'forked']],
    [9, ['receipt', 'promise.txt']],
  ])('exits with %i: %j', async (exit, args) => {
    const result = await run(...args.map((arg) => arg.replace('URL', url)));
    expect(result, result.out).toMatchObject({ exit });
    expect(result.err === '').toBe(exit !== 2);
  });

  it('lets no entry of the log steer the terminal', async () => {
    const { out } = await run('receipt', 'own.tlog-proof', '--log', 'excluding');
    expect(out).not.toContain('\u001b');
  });

  it('as a process: trusts what it was told, and never keys that came beside the receipt', async () => {
    mkdirSync(join(folder, '.lianshu'), { recursive: true });
    mkdirSync(join(folder, 'a/b'), { recursive: true });
    writeFileSync(join(folder, '.lianshu/keys.txt'), vkeys.join('\n'));
    const at = join(folder, 'a/b');
    const [told, untold, forged] = await Promise.all([
      spawn(at, 'receipt', '../../own.tlog-proof', '--log', '../../log', '--keys', '../../keys.txt'),
      spawn(at, 'receipt', '../../own.tlog-proof'),
      spawn(at, 'receipt', '../../forged.tlog-proof', '--keys', '../../keys.txt'),
    ]);
    expect(told).toMatchObject({ exit: 0, err: '' });
    expect(told.out).toContain('keys.txt');
    expect(told.out).toContain('Proven: counted');
    expect(untold).toMatchObject({ exit: 3 });
    expect(forged).toMatchObject({ exit: 3, err: '' });
  });

  it('takes no promise key for a log', async () => {
    const proof = parseTlogProof(log.receipt(1, own.extra, 2));
    if (proof === undefined) throw new Error('the sample must parse');
    const [, size, root] = proof.checkpoint.split('\n');
    const origin = promiseKeyName(SAMPLE_ORIGIN);
    const head = { origin, size: Number(size), root: new Uint8Array(Buffer.from(root ?? '', 'base64')) };
    const checkpoint = signNote(checkpointText(head), [promiseKey]);
    writeFileSync(join(folder, 'promise-as-log.tlog-proof'), formatTlogProof({ ...proof, checkpoint }));
    expect(await run('receipt', 'promise-as-log.tlog-proof')).toMatchObject({ exit: 4 });
  });

  it('reads no device in place of a log file', async () => {
    mkdirSync(join(folder, 'devices'), { recursive: true });
    symlinkSync('/dev/zero', join(folder, 'devices', 'checkpoint'));
    expect(await run('receipt', 'own.tlog-proof', '--log', 'devices')).toMatchObject({ exit: 7 });
  });
});
