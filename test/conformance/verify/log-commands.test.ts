import { spawnSync } from 'node:child_process';
import { mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:http';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { utf8 } from '@lianshu/statement';
import { formatPolicy, formatVerifierKey, SIGNATURE_TYPE } from '@lianshu/tlog';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { runCli } from '../../../packages/verify/src/cli.ts';
import {
  promiseKey,
  quantumKey,
  SampleLog,
  sampleKey,
  sampleSignature,
} from '../../../packages/verify/src/sample-log.ts';
import {
  SAMPLE_COUNTS,
  sampleApi,
  sampleCounts,
  sampleCourse,
  sampleDay,
  samplePage,
  signatureEntry,
  voidEntry,
} from '../../../packages/verify/src/sample-record.ts';
import { generateWitness } from '../../../packages/verify/src/sample-witness.ts';

const NOW = Date.parse('2026-11-21T00:10:00+08:00');
const [w1, w2, w3] = ['a', 'b', 'c'].map((name) =>
  generateWitness(`witness-${name}.invalid`, SIGNATURE_TYPE.ed25519Cosignature).signer(NOW / 1000),
);
if (w1 === undefined || w2 === undefined || w3 === undefined) throw new Error('three witnesses');
const policy = formatPolicy({
  logs: [{ key: sampleKey.key }],
  witnesses: [w1, w2, w3].map(({ key }, i) => ({ name: `w${i}`, key })),
  groups: [{ name: 'two', threshold: 2, members: ['w0', 'w1', 'w2'] }],
  quorum: 'two',
});
const log = new SampleLog(sampleCourse, [sampleKey, w1, w3]);
const forked = new SampleLog(sampleCourse.with(3, signatureEntry(77)));
const grown = new SampleLog([...sampleCourse, sampleDay('2026-11-21')]);

let folder = '';
let server: Server;
let url = '';
const posted: unknown[] = [];
let refusals = 0;

function writeLog(name: string, sample: SampleLog, counts?: Uint8Array): void {
  const files = new Map(sample.files);
  if (counts !== undefined) files.set('counts/9901.json', counts);
  for (const [path, bytes] of files) {
    mkdirSync(dirname(join(folder, name, path)), { recursive: true });
    writeFileSync(join(folder, name, path), bytes);
  }
}

async function run(...args: readonly string[]) {
  let [out, err] = ['', ''];
  const exit = await runCli(
    args.map((arg) => arg.replace('URL', url)),
    {
      env: { LIANSHU_KEYS: join(folder, 'keys.txt') },
      folder,
      programFolder: folder,
      nowMs: () => NOW,
      out: (text) => {
        out += text;
      },
      err: (text) => {
        err += text;
      },
      isTerminal: false,
    },
  );
  return { exit, out, err };
}

const honest = sampleCounts(log, 13, SAMPLE_COUNTS);

beforeAll(async () => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-log-'));
  const vkeys = [sampleKey, promiseKey].map(({ key }) => formatVerifierKey(key));
  writeFileSync(join(folder, 'keys.txt'), `${vkeys.join('\n')}\n`);
  writeFileSync(join(folder, 'policy.txt'), policy);
  writeFileSync(join(folder, 'bad-policy.txt'), policy.replace('group two 2', 'group two 9'));
  writeFileSync(join(folder, 'other-policy.txt'), 'log x\nquorum none\n');
  const quantum = quantumKey(NOW / 1000);
  writeFileSync(join(folder, 'both-keys.txt'), `${[vkeys[0], formatVerifierKey(quantum.key)].join('\n')}\n`);
  writeFileSync(join(folder, 'half-signed'), forked.checkpoint(13, [quantum]));
  writeFileSync(join(folder, 'half-honest'), log.checkpoint(13, [quantum]));
  writeLog('log', log, honest);
  writeLog('forked', forked);
  writeLog('short', new SampleLog(sampleCourse.slice(0, 9)));
  writeLog('grown', grown);
  writeLog('torn', log);
  writeFileSync(join(folder, 'torn/tile/entries/000.p/13'), 'x');
  writeLog('odd', new SampleLog([...sampleCourse, { v: 1 }]));
  writeLog('anomaly', new SampleLog([...sampleCourse, voidEntry(2), voidEntry(2)]));
  writeLog('miscounted', log, sampleCounts(log, 13, { ...SAMPLE_COUNTS, counted: 6 }));
  const own = sampleSignature(2, 'joint-signature');
  writeFileSync(join(folder, 'own.tlog-proof'), log.receipt(3, own.extra, 13, [sampleKey, w1, w3]));
  writeFileSync(join(folder, 'alone.tlog-proof'), log.receipt(3, own.extra, 13, [sampleKey, w1]));
  writeFileSync(join(folder, 'other.tlog-proof'), forked.receipt(2, own.extra, 5));
  const acts = [0, 1, 12];
  const answers = new Map<string, Uint8Array>([
    ...[...log.files].map(([path, bytes]) => [`/log/${path}`, bytes] as const),
    ['/log/counts/9901.json', honest],
    ['/v1/initiatives/9901', sampleApi(log, 13, { electronic: 5, excluded: 0 }, acts)],
    ['/initiatives/9901', samplePage(log, 13, '5')],
    ['/false/v1/initiatives/9901', sampleApi(log, 13, { electronic: 9, excluded: 0 }, acts)],
    ['/false/initiatives/9901', samplePage(log, 13, '9')],
    ['/press/v1/initiatives/9901', utf8('{"case":"9901","count":{"origin":"press","reported":9}}')],
    ['/press/initiatives/9901', utf8('<p class="count-number">9</p>')],
  ]);
  server = createServer((request, response) => {
    const path = request.url ?? '';
    const answer = answers.get(path);
    if (path === '/alerts') {
      let body = '';
      request.on('data', (chunk) => {
        body += String(chunk);
      });
      request.on('end', () => {
        refusals += 1;
        // The first two tries fail: it is tried again.
        if (refusals > 2) posted.push(JSON.parse(body));
        response.writeHead(refusals > 2 ? 204 : 503).end();
      });
    } else if (path.startsWith('/huge/')) response.end(Buffer.alloc(20 << 20, 'x'));
    else if (path.startsWith('/html/')) response.end('<!doctype html><p>Not what you asked for');
    else if (path.startsWith('/elsewhere/')) response.writeHead(302, { location: '/log/checkpoint' }).end();
    else if (path.startsWith('/broken/')) {
      response.writeHead(200, { 'content-length': '500' });
      response.write('x');
      response.destroy();
    } else if (answer === undefined) response.writeHead(404).end();
    else response.end(answer);
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  url = `http://127.0.0.1:${typeof address === 'object' ? address?.port : ''}`;
});

afterAll(() => {
  server.close();
  rmSync(folder, { recursive: true });
});

describe('exit codes', () => {
  it.each<[number, string, readonly string[]]>([
    [0, 'Proven', ['log', '--log', 'log']],
    [0, 'quorum reached', ['log', '--log', 'URL/log', '--policy', 'policy.txt']],
    [0, 'Proven', ['log', '--log', 'grown', '--from', 'log/checkpoint']],
    [0, 'Proven', ['log', '--log', 'grown', '--from', 'own.tlog-proof']],
    [2, '', ['log']],
    [2, '', ['log', '--log', 'log', 'more']],
    [2, '', ['log', '--log', 'log', '--from', 'nowhere']],
    [2, '', ['log', '--log', 'log', '--policy', 'bad-policy.txt']],
    [2, '', ['log', '--log', 'log', '--policy', 'other-policy.txt']],
    [2, '', ['count', 'nine', '--log', 'log']],
    [2, '', ['monitor', '--log', 'log', '--every', 'soon']],
    [2, '', ['monitor', '--log', 'log', '--post', 'ftp://x']],
    [2, '', ['checkpoint', 'own.tlog-proof']],
    [2, '', ['receipt', 'own.tlog-proof', '--require-witnesses']],
    [3, 'quorum-missing', ['log', '--log', 'grown', '--policy', 'policy.txt']],
    [3, 'note-no-known-key', ['log', '--log', 'log', '--key', formatVerifierKey(promiseKey.key)]],
    [4, 'entry-unknown-kind', ['log', '--log', 'odd', '--lang', 'en']],
    [7, 'tile/entries/000.p/13 bytes 0–1', ['log', '--log', 'torn']],
    [7, 'log-not-found', ['log', '--log', 'nowhere']],
    [7, 'log-answer-too-large', ['log', '--log', 'URL/huge']],
    [7, 'log-unreachable', ['log', '--log', 'URL/elsewhere']],
    [7, 'log-unreachable', ['log', '--log', 'URL/broken']],
    [4, 'note-malformed', ['log', '--log', 'URL/html']],
    [8, 'log-forked', ['log', '--log', 'forked', '--from', 'log/checkpoint']],
    [9, 'log-older-copy', ['log', '--log', 'short', '--from', 'log/checkpoint']],
    [8, 'log-rolled-back', ['log', '--log', 'URL/log', '--from', 'grown/checkpoint']],
    [10, 'void-twice', ['log', '--log', 'anomaly']],
    [0, '計入 · counted: 5', ['count', '9901', '--log', 'log']],
    [0, 'electronic: 5', ['count', '9901', '--log', 'URL/log']],
    [0, '2026-11-20: +2', ['count', '9901', '--log', 'URL/log', '--policy', 'policy.txt']],
    [10, 'joint-signature/counted  顯示 · shown 6', ['count', '9901', '--log', 'miscounted']],
    [10, 'joint-signature/shown', ['count', '9901', '--log', 'log', '--api', 'URL/false']],
    [10, 'unmarked', ['count', '9901', '--log', 'log', '--api', 'URL/press']],
    [7, 'cannot be read', ['count', '9901', '--log', 'log', '--api', 'URL/elsewhere']],
    [7, 'not published', ['count', '9901', '--log', 'grown']],
    [7, 'no such case', ['count', '9902', '--log', 'grown']],
    [7, 'tile/entries/000.p/13', ['count', '9901', '--log', 'torn']],
    [0, 'same tree', ['checkpoint', 'own.tlog-proof', 'log/checkpoint']],
    [8, 'Fork', ['checkpoint', 'forked/checkpoint', 'log/checkpoint']],
    [8, 'Fork', ['checkpoint', 'log/checkpoint', 'half-signed', '--keys', 'both-keys.txt']],
    [
      3,
      'checkpoint-signature-missing',
      ['checkpoint', 'half-honest', 'half-honest', '--keys', 'both-keys.txt'],
    ],
    [3, 'checkpoint-signature-missing', ['log', '--log', 'log', '--keys', 'both-keys.txt']],
    [9, '--log', ['checkpoint', 'grown/checkpoint', 'log/checkpoint']],
    [0, 'grew out', ['checkpoint', 'grown/checkpoint', 'log/checkpoint', '--log', 'grown']],
    [8, 'Fork', ['checkpoint', 'other.tlog-proof', 'log/checkpoint', '--log', 'log']],
    [7, 'no fork', ['checkpoint', 'grown/checkpoint', 'log/checkpoint', '--log', 'nowhere']],
    [4, 'note-malformed', ['checkpoint', 'keys.txt', 'log/checkpoint']],
    [0, '2 / 3，達法定人數', ['receipt', 'own.tlog-proof', '--policy', 'policy.txt', '--require-witnesses']],
    [0, '1 / 3，未達法定人數', ['receipt', 'alone.tlog-proof', '--policy', 'policy.txt']],
    [3, 'too few cosigned', ['receipt', 'alone.tlog-proof', '--policy', 'policy.txt', '--require-witnesses']],
    [0, '沒有警示', ['monitor', '--once', '--log', 'URL/log', '--state', 'm1.json']],
    [11, 'count-mismatch', ['monitor', '--once', '--log', 'miscounted', '--state', 'm2.json']],
    [11, 'log-unreachable', ['monitor', '--once', '--log', 'URL/elsewhere', '--state', 'm3.json']],
  ])('%i %s: %j', async (exit, words, args) => {
    const result = await run(...args);
    expect(result, result.out).toMatchObject({ exit });
    expect(result.out).toContain(words);
    expect(result.err === '').toBe(exit !== 2);
  });

  it('names the line of a policy that cannot be read', async () => {
    const { err } = await run('log', '--log', 'log', '--policy', 'bad-policy.txt');
    expect(err).toMatch(/bad-policy\.txt: line \d+: policy-threshold/);
  });

  it('says how to use each command, and lists them all', async () => {
    const all = await run('--help');
    expect(all.exit).toBe(0);
    const names = [...all.out.matchAll(/^ {2}lianshu-verify ([a-z]+)/gm)].map(([, name = '']) => name);
    expect(names).toEqual(expect.arrayContaining(['receipt', 'log', 'count', 'monitor', 'checkpoint']));
    for (const name of names) {
      const { exit, out } = await run(name, '--help');
      expect(exit).toBe(0);
      for (const part of ['--keys FILE', '--policy', 'Exit codes']) expect(out, name).toContain(part);
    }
    expect(await run('vote')).toMatchObject({ exit: 2 });
    expect(await run()).toMatchObject({ exit: 2, out: '' });
  });
});

describe('what is kept and sent', () => {
  it('a checkpoint is saved only when everything holds', async () => {
    await run('log', '--log', 'torn', '--save', 'saved.txt');
    expect(() => readFileSync(join(folder, 'saved.txt'))).toThrow();
    await run('log', '--log', 'log', '--save', 'saved.txt');
    expect(readFileSync(join(folder, 'saved.txt'))).toEqual(readFileSync(join(folder, 'log/checkpoint')));
    expect(await run('log', '--log', 'grown', '--from', 'saved.txt')).toMatchObject({ exit: 0 });
  });

  it('alerts are posted, tried again, and told once', async () => {
    const args = ['monitor', '--once', '--log', 'miscounted', '--state', 'm4.json', '--post', 'URL/alerts'];
    await run(...args, '--json');
    await run(...args, '--json');
    expect(posted).toEqual([
      expect.objectContaining({
        v: 1,
        state: 'raised',
        alert: expect.objectContaining({ code: 'count-mismatch' }),
      }),
    ]);
  });

  it('a state that is not what it was is refused, not begun anew', async () => {
    await run('monitor', '--once', '--log', 'log', '--state', 'm5.json');
    const entries = join(folder, 'm5.json.entries');
    const bytes = readFileSync(entries);
    writeFileSync(entries, bytes.subarray(0, bytes.length - 3));
    expect(await run('monitor', '--once', '--log', 'log', '--state', 'm5.json')).toMatchObject({ exit: 7 });
    writeFileSync(entries, Buffer.from(bytes).fill(bytes[40] === 65 ? 66 : 65, 40, 41));
    expect(await run('monitor', '--once', '--log', 'log', '--state', 'm5.json')).toMatchObject({ exit: 7 });
    writeFileSync(join(folder, 'm5.json'), '{"v":1');
    expect(await run('monitor', '--once', '--log', 'log', '--state', 'm5.json')).toMatchObject({ exit: 2 });
  });

  it('a state is not forgotten because other keys were given', async () => {
    const args = ['monitor', '--once', '--log', 'log', '--state', 'm6.json'];
    await run(...args);
    const before = readFileSync(join(folder, 'm6.json.entries'));
    expect(await run(...args, '--key', formatVerifierKey(promiseKey.key))).toMatchObject({ exit: 3 });
    expect(readFileSync(join(folder, 'm6.json.entries'))).toEqual(before);
    expect(await run(...args)).toMatchObject({ exit: 0 });
  });

  it('a comparison has the codes of the page that compares', async () => {
    const pairs = [
      ['same', 'own.tlog-proof'],
      ['forked', 'forked/checkpoint'],
      ['needs-log', 'grown/checkpoint'],
      ['consistent', 'grown/checkpoint', '--log', 'grown'],
      ['not-shown', 'grown/checkpoint', '--log', 'nowhere'],
    ] as const;
    for (const [code, other, ...more] of pairs) {
      const { out } = await run('checkpoint', other, 'log/checkpoint', ...more, '--json');
      expect(JSON.parse(out)).toMatchObject({ code });
    }
  });

  it('and begins anew only when told to, keeping what was seen', async () => {
    const args = ['monitor', '--once', '--log', 'log', '--state', 'm7.json'];
    await run(...args);
    const before = readFileSync(join(folder, 'm7.json.entries'));
    expect(
      await run('monitor', '--once', '--log', 'grown', '--state', 'm7.json', '--begin-anew'),
    ).toMatchObject({
      exit: 11,
    });
    const aside = readdirSync(folder).filter((name) => /^m7\.json(\.entries)?\.\d{17}$/.test(name));
    expect(aside).toHaveLength(2);
    expect(readFileSync(join(folder, aside.find((name) => name.includes('entries')) ?? ''))).toEqual(before);
  });

  it('one monitor a state: a second is refused while the first runs, not after it ended', async () => {
    const args = ['monitor', '--once', '--log', 'log', '--state', 'm8.json'];
    writeFileSync(join(folder, 'm8.json.lock'), `${process.ppid}\n`);
    expect(await run(...args)).toMatchObject({ exit: 2, err: expect.stringContaining('m8.json.lock') });
    const ended = spawnSync(process.execPath, ['--version']).pid;
    writeFileSync(join(folder, 'm8.json.lock'), `${ended}\n`);
    expect(await run(...args)).toMatchObject({ exit: 0 });
    expect(readdirSync(folder)).not.toContain('m8.json.lock');
  });

  it('results are one JSON document', async () => {
    const { out } = await run('log', '--log', 'log', '--policy', 'policy.txt', '--json');
    expect(JSON.parse(out)).toMatchObject({
      exit: 0,
      log: {
        size: 13,
        witnesses: [{ name: 'w0' }, { name: 'w2' }],
        quorum: { reached: true, missing: ['w1'] },
      },
      kinds: { 'joint-signature': 4, held: 2, settled: 2 },
      days: { marked: 2, first: '2026-11-19', last: '2026-11-20' },
      anomalies: [],
    });
    const counted = await run('count', '9901', '--log', 'log', '--json');
    expect(JSON.parse(counted.out)).toMatchObject({
      acts: { 'joint-signature': { ...SAMPLE_COUNTS, channels: { electronic: 5 } } },
      differences: [],
    });
  });
});
