/**
 * How long `lianshu-verify log` takes over a million entries in a directory, on one core:
 * `node bench/verify.ts [entries, default 1000000]`. Writes the log's tiles itself (about 250 MB in the
 * temporary folder, removed at the end), then runs the command as a process of its own.
 */
import { spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync } from 'node:crypto';
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { fileURLToPath } from 'node:url';
import {
  bundlePath,
  checkpointText,
  encodeBundle,
  formatVerifierKey,
  leafHash,
  SIGNATURE_TYPE,
  signNote,
  TILE_WIDTH,
  TreeEdge,
  tilePath,
} from '@lianshu/tlog';
import { cosigner, ed25519Signer, sha256 } from '@lianshu/tlog/node';
import { monotonicMs } from '../src/platform/time.ts';

const ORIGIN = 'bench.lianshu.invalid/log';
const SIZE = Number(process.argv[2] ?? 1_000_000);
const BIN = fileURLToPath(new URL('../packages/verify/bin/lianshu-verify.mjs', import.meta.url));

const digest = (text: string): string => createHash('sha256').update(text).digest('base64url');

const OPENED =
  '{"at":"2026-05-01T09:00:00+08:00","basis":"§12","body":{"collectedOn":"2026-05-01","electors":19000000,' +
  '"firstDay":"2026-05-02","lastDay":"2026-11-01","mode":"electronic","threshold":285000},' +
  '"capacity":"commission","case":"9901","kind":"opened","v":1}';

/** Mostly signatures; one in fifty is held, settled or voided, as in a campaign with a slow identity service. */
function entryAt(i: number): string {
  if (i === 0) return OPENED;
  if (i % 50 === 10) {
    return `{"act":"joint-signature","case":"9901","commitment":"${digest(`L${i}`)}","kind":"held","v":1}`;
  }
  if (i % 100 === 20) {
    return `{"act":"joint-signature","case":"9901","index":${i - 10},"kind":"settled","outcome":"counted","tag":"${digest(`T${i}`)}","v":1}`;
  }
  if (i % 500 === 30) {
    return `{"act":"joint-signature","case":"9901","ground":"not-eligible-age","index":${i - 1},"kind":"void","v":1}`;
  }
  return `{"case":"9901","commitment":"${digest(`L${i}`)}","kind":"joint-signature","tag":"${digest(`T${i}`)}","v":1}`;
}

const folder = mkdtempSync(join(tmpdir(), 'lianshu-bench-verify-'));
const write = (path: string, bytes: Uint8Array | string): void => {
  mkdirSync(dirname(join(folder, path)), { recursive: true });
  writeFileSync(join(folder, path), bytes);
};

try {
  const began = monotonicMs();
  let edge = TreeEdge.empty(sha256);
  for (let start = 0; start < SIZE; start += TILE_WIDTH) {
    const entries = Array.from({ length: Math.min(TILE_WIDTH, SIZE - start) }, (_, i) =>
      Buffer.from(entryAt(start + i)),
    );
    write(bundlePath({ index: start / TILE_WIDTH, width: entries.length }), encodeBundle(entries));
    const step = edge.append(entries.map((entry) => leafHash(sha256, entry)));
    edge = step.edge;
    for (const tile of step.fullTiles) write(tilePath(tile), tile.bytes);
  }
  for (const tile of edge.partialTiles()) write(tilePath(tile), tile.bytes);
  const signers = [
    ed25519Signer(ORIGIN, generateKeyPairSync('ed25519').privateKey),
    cosigner(ORIGIN, SIGNATURE_TYPE.mlDsa44, generateKeyPairSync('ml-dsa-44').privateKey, () => 0),
  ];
  const text = checkpointText({ origin: ORIGIN, size: SIZE, root: edge.root() });
  write('checkpoint', signNote(text, signers));
  write('keys.txt', signers.map(({ key }) => `${formatVerifierKey(key)}\n`).join(''));
  console.log(`log of ${SIZE} entries written in ${((monotonicMs() - began) / 1000).toFixed(1)} s`);

  // One core: the command, its threads for reading files and its garbage collector share a single processor.
  const tell =
    'data:text/javascript,process.on("exit",()=>process.stderr.write(JSON.stringify(process.cpuUsage())))';
  const command = [
    process.execPath,
    '--import',
    tell,
    BIN,
    'log',
    '--log',
    folder,
    '--keys',
    join(folder, 'keys.txt'),
    '--json',
  ];
  const pinned =
    spawnSync('taskset', ['-c', '0', 'true']).status === 0 ? ['taskset', '-c', '0', ...command] : command;
  if (pinned === command) console.log('taskset is not here: the run may use more than one core');
  const [program = '', ...args] = pinned;
  const start = monotonicMs();
  const run = spawnSync(program, args, { encoding: 'utf8', maxBuffer: 64 << 20 });
  const seconds = (monotonicMs() - start) / 1000;
  if (run.status !== 0) throw new Error(`exit ${run.status}: ${run.stdout.slice(0, 2000)}${run.stderr}`);
  const { user, system } = JSON.parse(run.stderr) as { user: number; system: number };
  const busy = (user + system) / 1e6;
  // On a machine that does other things too, the clock on the wall also counts what they took.
  console.log(
    `verify log on one core: ${seconds.toFixed(1)} s, of which the processor worked ${busy.toFixed(1)} s; ` +
      `${Math.round(SIZE / busy)} entries/s of processor time (must be ≤ 20 s for 10⁶)`,
  );
} finally {
  rmSync(folder, { recursive: true, force: true });
}
