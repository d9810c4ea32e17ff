import { type ChildProcess, spawn } from 'node:child_process';
import { generateKeyPairSync } from 'node:crypto';
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { bundlePath, decodeBundle, leafHash, parseCheckpointText, rootOf, tileWidth } from '@lianshu/tlog';
import { sha256 } from '@lianshu/tlog/node';
import { afterAll, beforeAll, describe, expect, it } from 'vitest';
import { inTransaction } from '../../src/platform/db/index.ts';
import { pause } from '../../src/platform/time.ts';
import { publicRecord } from '../../src/record/index.ts';
import { ORIGIN, signatureEntry } from '../builders/test-log.ts';
import { type WorkerDatabase, workerDatabase } from '../worker-database.ts';
import type { SequencerProcessSettings } from './sequencer-process.ts';

let database: WorkerDatabase;
const folder = mkdtempSync(join(tmpdir(), 'lianshu-kill-'));
const directory = join(folder, 'public');
beforeAll(async () => {
  database = await workerDatabase();
  const pem = { format: 'pem', type: 'pkcs8' } as const;
  const settings: SequencerProcessSettings = {
    url: database.url,
    origin: ORIGIN,
    ed25519: generateKeyPairSync('ed25519').privateKey.export(pem).toString(),
    mlDsa44: generateKeyPairSync('ml-dsa-44').privateKey.export(pem).toString(),
    journalFile: join(folder, 'journal'),
    directory,
  };
  writeFileSync(join(folder, 'settings.json'), JSON.stringify(settings));
});
afterAll(async () => {
  await database?.drop();
  rmSync(folder, { recursive: true, force: true });
});

async function start(): Promise<ChildProcess> {
  const program = fileURLToPath(new URL('./sequencer-process.ts', import.meta.url));
  const child = spawn(process.execPath, [program, join(folder, 'settings.json')], {
    stdio: ['ignore', 'pipe', 'inherit'],
  });
  await new Promise<void>((ready, failed) => {
    child.stdout?.once('data', () => ready());
    child.once('exit', (status) => failed(new Error(`the sequencer ended with ${status}`)));
  });
  return child;
}

async function kill(child: ChildProcess): Promise<void> {
  const gone = new Promise((done) => child.once('exit', done));
  child.kill('SIGKILL');
  await gone;
}

function publicCheckpoint(): Readonly<{ size: number; root: string }> | undefined {
  if (!existsSync(join(directory, 'checkpoint'))) return undefined;
  const note = readFileSync(join(directory, 'checkpoint'), 'utf8');
  const checkpoint = parseCheckpointText(note.slice(0, note.lastIndexOf('\n\n') + 1));
  if (checkpoint === undefined) throw new Error('a torn checkpoint is public');
  return { size: checkpoint.size, root: Buffer.from(checkpoint.root).toString('hex') };
}

/** All published entries, from the bundles of the newest checkpoint. */
function publishedEntries(size: number): readonly Uint8Array[] {
  return Array.from({ length: Math.ceil(size / 256) }, (_, index) => {
    const width = tileWidth(0, index, size);
    const entries = decodeBundle(readFileSync(join(directory, bundlePath({ index, width }))), width);
    if (entries === undefined) throw new Error(`bundle ${index} is torn`);
    return entries;
  }).flat();
}

describe('kill -9 of the sequencer under load', () => {
  it('never forks the log: every checkpoint anybody saw is a prefix of the last one', async () => {
    const record = publicRecord([]);
    const seen = new Map<number, string>();
    let appended = 0;
    let appending = true;
    const load = (async () => {
      for (; appending; await pause(5)) {
        const entries = Array.from({ length: 40 }, (_, i) => signatureEntry(`${appended + i}`));
        await inTransaction(database.db, (tx) => record.appendMany(tx, entries));
        appended += entries.length;
        const now = publicCheckpoint();
        if (now === undefined) continue;
        expect(seen.get(now.size) ?? now.root).toBe(now.root);
        seen.set(now.size, now.root);
      }
    })();
    for (const lifeMs of [150, 340, 90, 410, 230]) {
      const child = await start();
      await pause(lifeMs);
      await kill(child);
    }
    appending = false;
    await load;
    const last = await start();
    await expect.poll(() => publicCheckpoint()?.size, { timeout: 15_000, interval: 50 }).toBe(appended);
    await kill(last);

    const entries = publishedEntries(appended);
    expect(new Set(entries.map((entry) => Buffer.from(entry).toString())).size).toBe(appended);
    const leaves = entries.map((entry) => leafHash(sha256, entry));
    expect(seen.size).toBeGreaterThan(3);
    for (const [size, root] of seen) {
      expect(Buffer.from(rootOf(sha256, leaves.slice(0, size))).toString('hex'), `size ${size}`).toBe(root);
    }
  });
});
