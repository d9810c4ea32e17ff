/** What an outsider's monitor says of a platform's log, once everything that was entered is public. */
import { writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect } from 'vitest';
import { runCli } from '../../packages/verify/src/cli.ts';
import type { TestPlatform } from '../platform.ts';

/** Waits until every entry has its index and is in the published checkpoint. */
async function published(platform: TestPlatform): Promise<void> {
  const { pool } = platform.database;
  const pending = async () => (await pool.query('select 1 from entry where seq is null')).rowCount;
  await expect.poll(pending, { timeout: 20_000 }).toBe(0);
  const [row] = (await pool.query<{ n: string }>('select max(seq) + 1 as n from entry')).rows;
  const size = async () =>
    Number((await (await fetch(`${platform.url}/log/checkpoint`)).text()).split('\n')[1]);
  await expect.poll(size, { timeout: 30_000 }).toBeGreaterThanOrEqual(Number(row?.n));
}

/** `lianshu-verify monitor --once --json` with the platform's keys; its whole output. */
export async function monitored(platform: TestPlatform): Promise<string> {
  await published(platform);
  const { promiseKey } = await platform.sealer.health();
  const keys = [...platform.verifierKeys, promiseKey];
  writeFileSync(join(platform.directory, 'keys.txt'), `${keys.join('\n')}\n`);
  const policy = platform.policyFile === undefined ? [] : ['--policy', platform.policyFile];
  const state = ['--once', '--state', 'state', '--keys', 'keys.txt', ...policy, '--json'];
  let out = '';
  const take = (text: string): void => {
    out += text;
  };
  await runCli(['monitor', '--log', `${platform.url}/log`, ...state], {
    env: {},
    folder: platform.directory,
    programFolder: platform.directory,
    nowMs: () => platform.clock.nowMs(),
    out: take,
    err: take,
    isTerminal: false,
  });
  return out;
}
