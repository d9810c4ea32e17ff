import { generateKeyPairSync } from 'node:crypto';
import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { timeStampRequest } from '@lianshu/pki';
import { SimulatedTimeStampAuthority } from '@lianshu/simulators';
import { checkpointText, formatVerifierKey, signNote } from '@lianshu/tlog';
import { ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { runCli } from '@lianshu/verify/node';
import { afterAll, beforeAll, expect, it } from 'vitest';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-stamp-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const signer = ed25519Signer('stamped.lianshu.invalid/log', generateKeyPairSync('ed25519').privateKey);
const NOW = Date.parse('2026-11-21T04:00:00Z');
const nonce = Uint8Array.from([0x41, 1, 2, 3, 4, 5, 6, 7]);

const checkpoint = (size: number): Uint8Array =>
  Buffer.from(
    signNote(checkpointText({ origin: signer.key.name, size, root: sha256(Uint8Array.of(size)) }), [signer]),
  );

beforeAll(async () => {
  const authority = await SimulatedTimeStampAuthority.make();
  const stamp = (note: Uint8Array, fault?: 'stranger' | 'refused') =>
    authority.answer(timeStampRequest({ digest: sha256(note), nonce }), NOW, fault);
  const files = {
    '7.checkpoint': checkpoint(7),
    '7.tsr': await stamp(checkpoint(7)),
    '8.checkpoint': checkpoint(8),
    'stranger.tsr': await stamp(checkpoint(7), 'stranger'),
    'refused.tsr': await stamp(checkpoint(7), 'refused'),
    'tsa.cer': authority.signer.certificate,
    'root.cer': authority.root.certificate,
  };
  for (const [name, bytes] of Object.entries(files)) writeFileSync(join(folder, name), bytes);
});

async function run(...argv: readonly string[]) {
  let printed = '';
  const exit = await runCli(['stamp', ...argv], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: () => NOW,
    out: (text: string) => {
      printed += text;
    },
    err: (text: string) => {
      printed += text;
    },
    isTerminal: false,
  });
  return { exit, printed };
}

const trusted = ['--key', formatVerifierKey(signer.key), '--tsa', 'tsa.cer'];

it('says when a checkpoint existed', async () => {
  const { exit, printed } = await run('7.tsr', '7.checkpoint', ...trusted);
  expect(exit).toBe(0);
  expect(printed).toContain('已證明');
  expect(printed).toContain('2026-11-21T04:00:00.000Z');
  const { printed: json } = await run('7.tsr', '7.checkpoint', ...trusted, '--json');
  expect(JSON.parse(json)).toMatchObject({ exit: 0, code: 'stamped', accuracyMs: 1000, log: { size: 7 } });
});

it.each([
  ['7.tsr', '8.checkpoint', 3, 'time-stamp-other-digest'],
  ['stranger.tsr', '7.checkpoint', 3, 'time-stamp-signer-unknown'],
  ['refused.tsr', '7.checkpoint', 3, 'time-stamp-refused'],
  ['7.checkpoint', '7.checkpoint', 4, 'time-stamp-malformed'],
] as const)('refuses %s over %s with exit %i', async (stamp, note, exit, code) => {
  const answer = await run(stamp, note, ...trusted, '--json');
  expect(answer.exit).toBe(exit);
  expect(JSON.parse(answer.printed)).toMatchObject({ code });
});

it('needs a signed checkpoint and a certificate for time-stamps', async () => {
  expect((await run('7.tsr', '7.checkpoint', '--tsa', 'tsa.cer')).exit).toBe(3);
  expect((await run('7.tsr', '7.tsr', ...trusted)).exit).toBe(4);
  const root = await run('7.tsr', '7.checkpoint', ...trusted.slice(0, 2), '--tsa', 'root.cer');
  expect([root.exit, root.printed]).toEqual([2, expect.stringContaining('E_TIME_STAMP')]);
  expect((await run('7.tsr', '7.checkpoint', ...trusted.slice(0, 2))).exit).toBe(2);
});
