/** The published log elsewhere: in an object store, in a mirror, and under another name. All parts are real. */
import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { cast, type SimulatedObjectStore, startObjectStore } from '@lianshu/simulators';
import { runCli } from '@lianshu/verify/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { readConfig } from '../../src/platform/config.ts';
import { runRotateLog } from '../../src/rotate-log.ts';
import { type Running, SURFACES, serve } from '../../src/serve.ts';
import { eventually, readPublishedLog } from '../builders/published-log.ts';
import { sign } from '../builders/signer.ts';
import { startPlatform, TEST_ORIGIN, type TestPlatform } from '../platform.ts';

const PATIENCE_MS = 30_000;
const NEXT = 'next.lianshu.invalid/log';

let store: SimulatedObjectStore;
let folder: string;
let platform: TestPlatform;
let keyFile: string;
let receiptFile: string;
/** Signatures taken so far. */
let signed = 0;
let renamed: Running | undefined;

beforeAll(async () => {
  store = await startObjectStore();
  folder = mkdtempSync(join(tmpdir(), 'lianshu-mirror-'));
  const credentials = join(folder, 'credentials');
  const { accessKeyId, secretAccessKey } = store.credentials;
  writeFileSync(credentials, `${accessKeyId}\n${secretAccessKey}\n`, { mode: 0o600 });
  platform = await startPlatform({
    witnesses: 3,
    env: {
      LIANSHU_PUBLIC_STORE: `s3://${store.bucket}/tw/log?endpoint=${store.url}&region=${store.region}`,
      LIANSHU_PUBLIC_STORE_CREDENTIALS: credentials,
    },
  });
  await platform.openCase('9901');
  receiptFile = join(folder, 'receipt.tlog-proof');
  writeFileSync(receiptFile, await firstReceipt());
  keyFile = join(folder, 'keys.txt');
  writeFileSync(keyFile, platform.verifierKeys.join('\n'));
});
afterAll(async () => {
  await renamed?.close();
  await platform.close();
  await store.close();
  rmSync(folder, { recursive: true, force: true });
});

/** A receipt given at once: on a busy machine the answer may be a promise instead, and then another person signs. */
async function firstReceipt(): Promise<string> {
  for (const person of [cast.jiahao, cast.meiling, cast.guoqiang, cast.jianguo, cast.yating]) {
    const { body } = await sign(platform, person, '9901');
    signed += 1;
    if (typeof body['receipt'] === 'string') return body['receipt'];
  }
  throw new Error('five signatures, and no receipt at once');
}

const receiptIndex = (): number => Number(/^index (\d+)$/m.exec(readFileSync(receiptFile, 'utf8'))?.[1]);

async function verify(...args: readonly string[]): Promise<Readonly<{ exit: number; out: string }>> {
  let out = '';
  const take = (text: string): void => {
    out += text;
  };
  const exit = await runCli([...args, '--keys', keyFile], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: platform.clock.nowMs,
    out: take,
    err: take,
    isTerminal: false,
  });
  return { exit, out };
}

const inStore = (path: string): Uint8Array | undefined => store.objects.get(`tw/log/${path}`)?.bytes;

describe('the published log', () => {
  it('is copied to the object store as it is in the directory', async () => {
    const published = join(platform.directory, 'public', 'log');
    await eventually(
      () => ((readPublishedLog(platform)?.size ?? 0) > receiptIndex() ? true : undefined),
      PATIENCE_MS,
    );
    await eventually(() => {
      const here = readFileSync(join(published, 'checkpoint'));
      const there = inStore('checkpoint');
      return there !== undefined && here.equals(there) ? true : undefined;
    }, PATIENCE_MS);
    for (const path of ['key', 'policy', 'tile/entries', 'tile/0'])
      expect(
        [...store.objects.keys()].some((key) => key.startsWith(`tw/log/${path}`)),
        path,
      ).toBe(true);
    const report = await eventually(async () => {
      const response = await fetch(`${platform.url}/log/copies.json`);
      return response.ok ? ((await response.json()) as { copies: { size: number }[] }) : undefined;
    }, PATIENCE_MS);
    expect(report.copies[0]?.size).toBeGreaterThan(0);
    expect(JSON.stringify(report)).not.toContain(store.bucket);
    expect(platform.serverLog.join('\n')).not.toContain(store.credentials.secretAccessKey);
  });

  it('goes on while the store is away, and the store catches up', async () => {
    const size = () => readPublishedLog(platform)?.size ?? 0;
    const before = size();
    store.bend('unavailable');
    await sign(platform, cast.zhiming, '9901');
    signed += 1;
    await eventually(() => (size() > before ? true : undefined), PATIENCE_MS);
    await eventually(
      () => (platform.serverLog.some((line) => line.includes('store-unreachable')) ? true : undefined),
      PATIENCE_MS,
    );
    store.bend(undefined);
    await eventually(() => {
      const note = Buffer.from(inStore('checkpoint') ?? '').toString();
      return note.startsWith(`${TEST_ORIGIN}\n${size()}\n`) ? true : undefined;
    }, PATIENCE_MS);
  });

  it('is mirrored under the witnesses’ policy, and the mirror is a log to every verifier', async () => {
    const trust = ['--policy', platform.policyFile ?? ''];
    const mirrored = await verify(
      'mirror',
      '--log',
      `${platform.url}/log`,
      '--to',
      'copy',
      '--once',
      ...trust,
    );
    expect(mirrored.exit, mirrored.out).toBe(0);
    const log = await verify('log', '--log', 'copy', ...trust);
    expect(log.exit, log.out).toBe(0);
    const receipt = await verify('receipt', receiptFile, '--log', 'copy');
    expect(receipt.exit, receipt.out).toBe(0);
  });
});

describe('another name for the log', () => {
  const newKeys = () => `file:${join(folder, 'keys-2')}`;
  const rotate = async (...args: readonly string[]): Promise<string> => {
    const lines: string[] = [];
    const config = {
      ...readConfig({ LIANSHU_DATA: platform.directory, LIANSHU_LOG_ORIGIN: TEST_ORIGIN }),
      witnessPolicy: platform.policyFile,
    };
    const all = ['--to', NEXT, '--new-keys', newKeys(), ...args];
    await runRotateLog(
      config,
      (use) => use(platform.database.url),
      all,
      (line) => lines.push(line),
    );
    return lines.join('\n');
  };

  it('needs the sequencer to be stopped, and a plan that was read', async () => {
    await expect(rotate('--make-keys')).rejects.toMatchObject({ code: 'another-sequencer' });
    // Refused before any key was made.
    expect(existsSync(join(folder, 'keys-2'))).toBe(false);
    await platform.running.close();
    expect(await rotate('--make-keys')).toContain('Made new keys');
    const plan = await rotate('--make-keys');
    expect(plan).toContain('Using the new keys already in');
    const [, code = ''] = /--confirm ([0-9a-f]{12})/.exec(plan) ?? [];
    expect(plan).toContain(TEST_ORIGIN);
    await expect(rotate('--confirm', '0123456789ab')).rejects.toThrow(/plan/);
    const done = await rotate('--confirm', code);
    expect(done).toContain(NEXT);
    // Two of three old witnesses and more cosigned the old log's end.
    expect(done).not.toContain('did not reach its quorum');
  });

  it('serves on under the new name, with the old one readable beside it', async () => {
    renamed = await serve({
      config: readConfig({
        LIANSHU_DATA: platform.directory,
        PORT: '0',
        LIANSHU_LOG_LEVEL: 'silent',
        LIANSHU_KEY_STORE: newKeys(),
      }),
      connectionString: platform.database.url,
      logOrigin: NEXT,
      publishEveryMs: 200,
      sealer: platform.sealer,
      surfaces: new Set(SURFACES),
      isDemo: true,
      clock: platform.clock,
      signingsPerMinute: 100_000,
      onFault: (fault) => {
        throw fault;
      },
      warn: () => undefined,
    });
    expect(renamed.verifierKeys.filter((key) => key.startsWith(NEXT))).toHaveLength(2);
    expect(renamed.verifierKeys.filter((key) => key.startsWith(TEST_ORIGIN))).toHaveLength(2);
    const old = await verify('log', '--log', `${renamed.url}/log/former/1`);
    expect(old.exit, old.out).toBe(0);
    writeFileSync(keyFile, renamed.verifierKeys.join('\n'));
    const { url } = renamed;
    const moved = new Proxy(platform, {
      get: (target, name) => (name === 'url' ? url : Reflect.get(target, name)),
    });
    const answer = await sign(moved, cast.shufen, '9901');
    signed += 1;
    expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
  });

  it('keeps receipts, mirrors and the count of before', async () => {
    const url = `${renamed?.url}/log`;
    const receipt = await verify('receipt', receiptFile, '--log', url);
    expect(receipt.exit, receipt.out).toBe(0);
    expect(receipt.out).toContain('counted');
    const mirrored = await verify('mirror', '--log', url, '--to', 'copy', '--once');
    expect(mirrored.exit, mirrored.out).toBe(0);
    expect(readdirSync(join(folder, 'copy'))).not.toContain('evidence');
    await eventually(async () => {
      const counts = (await (await fetch(`${url}/counts/9901.json`)).json()) as {
        counts: Record<string, { counted: number }>;
      };
      return counts.counts['joint-signature']?.counted === signed ? true : undefined;
    }, PATIENCE_MS);
  });
});
