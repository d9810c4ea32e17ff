/** The demonstration's witnesses: real processes, the same policy at each start, gone when they are stopped. */
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { createServer } from 'node:http';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parsePolicy, quorumOf } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { afterEach, beforeEach, expect, it } from 'vitest';
import { startWitnesses, type Witnesses } from '../../src/demo-witnesses.ts';

const projectRoot = fileURLToPath(new URL('../..', import.meta.url));
const { key } = ed25519Signer('demo.lianshu.invalid/log', generateKeyPairSync('ed25519').privateKey);

let folder: string;
let closers: (() => unknown)[];
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'lianshu-demo-witnesses-'));
  closers = [];
});
const stopAll = async () => {
  for (const closer of closers.splice(0)) await closer();
};
afterEach(async () => {
  await stopAll();
  rmSync(folder, { recursive: true, force: true });
});

const start = (): Promise<Witnesses> =>
  startWitnesses(
    { projectRoot, dataDirectory: join(folder, 'demo'), logKeys: [key], say: () => undefined },
    closers,
  );

const policyOf = ({ policyFile }: Witnesses) => {
  const parsed = parsePolicy(sha256, readFileSync(policyFile));
  if (!parsed.ok) throw new Error(parsed.faults[0]?.code);
  return parsed.policy;
};

it('are three processes under a policy of two, which says what it is worth', async () => {
  expect(existsSync(join(projectRoot, 'dist', 'lianshu-witness.mjs'))).toBe(true);
  const witnesses = await start();
  const policy = policyOf(witnesses);
  expect(new Set([...witnesses.processes.values()].map(({ pid }) => pid)).size).toBe(3);
  expect(policy.witnesses.map((each) => each.key.name)).toEqual(
    ['a', 'b', 'c'].map((letter) => `witness-${letter}.lianshu.invalid`),
  );
  const keys = policy.witnesses.map((each) => each.key);
  expect([1, 2, 3].map((n) => quorumOf(policy, keys.slice(0, n)).reached)).toEqual([false, true, true]);
  const text = readFileSync(join(folder, 'demo', 'policy.txt'), 'utf8');
  // Two demonstrations under one parent must not overwrite each other's.
  expect(existsSync(join(folder, 'policy.txt'))).toBe(false);
  expect(text).toContain('不證明任何事');
  expect(text).toContain('the same machine, it shows the mechanism, proves nothing');
  for (const { url } of policy.witnesses) expect((await fetch(url ?? '')).status).toBe(200);
  await stopAll();
  for (const child of witnesses.processes.values())
    expect(child.exitCode !== null || child.signalCode !== null).toBe(true);
});

it('keep keys and ports, so that the policy stays; a port taken meanwhile changes it', async () => {
  const before = policyOf(await start());
  await stopAll();
  expect(policyOf(await start())).toEqual(before);
  await stopAll();
  const taken = createServer();
  const port = Number(new URL(before.witnesses[0]?.url ?? '').port);
  await new Promise<void>((done) => taken.listen(port, '127.0.0.1', done));
  closers.push(() => taken.close());
  const after = policyOf(await start());
  expect(after.witnesses[0]?.url).not.toBe(before.witnesses[0]?.url);
  expect(after.witnesses[0]?.key).toEqual(before.witnesses[0]?.key);
  expect(after.witnesses.slice(1)).toEqual(before.witnesses.slice(1));
});
