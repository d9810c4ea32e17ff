/** `lianshu-verify log` over a log that publishes time-stamps: present, checked, and each way they can be wrong. */
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { timeStampRequest } from '@lianshu/pki';
import { SimulatedTimeStampAuthority } from '@lianshu/simulators';
import { canonicalJson, utf8 } from '@lianshu/statement';
import { formatVerifierKey } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, expect, it } from 'vitest';
import { runCli } from '../../../packages/verify/src/cli.ts';
import { SampleLog, sampleKey } from '../../../packages/verify/src/sample-log.ts';
import { sampleCourse, signatureEntry } from '../../../packages/verify/src/sample-record.ts';

const folder = mkdtempSync(join(tmpdir(), 'lianshu-stamped-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const NOW = Date.parse('2026-11-21T04:00:00Z');
const HOUR = 3_600_000;
const log = new SampleLog(sampleCourse);
const other = new SampleLog(sampleCourse.with(3, signatureEntry(77)));
const longer = new SampleLog([...sampleCourse, signatureEntry(99)]);

const indexOf = (sizes: readonly number[]): Uint8Array =>
  canonicalJson({
    newest: { size: sizes.at(-1) ?? 1, time: '2026-11-21T05:00:00Z' },
    sizes: [...sizes],
    v: 1,
  });

beforeAll(async () => {
  const authority = await SimulatedTimeStampAuthority.make();
  const stamp = (note: string, at: number, fault?: 'stranger') =>
    authority.answer(
      timeStampRequest({ digest: sha256(utf8(note)), nonce: Uint8Array.of(0x41, 1, 2, 3, 4, 5, 6, 7) }),
      at,
      fault,
    );
  writeFileSync(join(folder, 'tsa.cer'), authority.signer.certificate);
  const good = {
    'stamps/index.json': indexOf([5, 13]),
    'stamps/5.checkpoint': utf8(log.checkpoint(5)),
    'stamps/5.tsr': await stamp(log.checkpoint(5), NOW),
    'stamps/13.checkpoint': utf8(log.checkpoint(13)),
    'stamps/13.tsr': await stamp(log.checkpoint(13), NOW + HOUR),
  };
  const logs: Readonly<Record<string, Readonly<Record<string, Uint8Array>>>> = {
    plain: {},
    good,
    swapped: { ...good, 'stamps/13.tsr': good['stamps/5.tsr'] },
    stranger: { ...good, 'stamps/5.tsr': await stamp(log.checkpoint(5), NOW, 'stranger') },
    missing: { 'stamps/index.json': indexOf([5]) },
    misnamed: { ...good, 'stamps/5.checkpoint': good['stamps/13.checkpoint'] },
    noise: { 'stamps/index.json': utf8('{"sizes":"many"}') },
    forked: {
      'stamps/index.json': indexOf([5]),
      'stamps/5.checkpoint': utf8(other.checkpoint(5)),
      'stamps/5.tsr': await stamp(other.checkpoint(5), NOW),
    },
    older: {
      'stamps/index.json': indexOf([14]),
      'stamps/14.checkpoint': utf8(longer.checkpoint(14)),
      'stamps/14.tsr': await stamp(longer.checkpoint(14), NOW),
    },
  };
  for (const [name, files] of Object.entries(logs)) {
    for (const [path, bytes] of [...log.files, ...Object.entries(files)]) {
      mkdirSync(dirname(join(folder, name, path)), { recursive: true });
      writeFileSync(join(folder, name, path), bytes);
    }
  }
});

it.each([
  ['plain', ['--tsa', 'tsa.cer'], 0, 'time-stamps: 0'],
  ['good', [], 0, '2 （未驗證：請用 --tsa）'],
  ['good', ['--tsa', 'tsa.cer'], 0, '2 ✔ (2026-11-21T04:00:00.000Z – 2026-11-21T05:00:00.000Z)'],
  ['swapped', ['--tsa', 'tsa.cer'], 3, 'stamps/13.tsr time-stamp-other-digest'],
  ['stranger', ['--tsa', 'tsa.cer'], 3, 'stamps/5.tsr time-stamp-signer-unknown'],
  ['misnamed', ['--tsa', 'tsa.cer'], 3, 'stamps/5.checkpoint 13 / 13'],
  ['noise', [], 0, 'their index cannot be read'],
  ['noise', ['--tsa', 'tsa.cer'], 3, 'stamps/index.json'],
  ['missing', ['--tsa', 'tsa.cer'], 7, 'stamps/5.checkpoint'],
  ['forked', ['--tsa', 'tsa.cer'], 8, 'stamps/5.checkpoint 5 / 13'],
  ['older', ['--tsa', 'tsa.cer'], 9, 'stamps/14.checkpoint'],
  ['good', ['--tsa', 'good/checkpoint'], 2, ''],
] as const)('%s %j: exit %i', async (name, more, exit, words) => {
  let out = '';
  const code = await runCli(['log', '--log', name, '--key', formatVerifierKey(sampleKey.key), ...more], {
    env: {},
    folder,
    programFolder: folder,
    nowMs: () => NOW,
    out: (text: string) => {
      out += text;
    },
    err: () => {},
    isTerminal: false,
  });
  expect(code, out).toBe(exit);
  expect(out).toContain(words);
});
