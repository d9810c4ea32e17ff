/** The public surface killed with -9 under load, again and again: what was acknowledged is in the log, once. */
import { type ChildProcess, spawn } from 'node:child_process';
import { existsSync } from 'node:fs';
import { createServer } from 'node:net';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { citizen } from '@lianshu/simulators';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventually, readPublishedLog } from '../builders/published-log.ts';
import { type Answer, patiently, prepare, send } from '../builders/signer.ts';
import { startPlatform, TEST_ORIGIN, type TestPlatform } from '../platform.ts';

const CASE = '9901';
const PROGRAM = fileURLToPath(new URL('../../dist/lianshu.js', import.meta.url));
let platform: TestPlatform;
let port: number;
let child: ChildProcess | undefined;

beforeAll(async () => {
  if (!existsSync(PROGRAM)) throw new Error('the program is not built: npm run build');
  platform = await startPlatform({ surfaces: ['public', 'sequencer'] });
  await platform.openCase(CASE);
  port = await freePort();
});
afterAll(async () => {
  if (child) await kill(child);
  await platform?.close();
});

function freePort(): Promise<number> {
  return new Promise((resolve) => {
    const probe = createServer().listen(0, '127.0.0.1', () => {
      const address = probe.address();
      probe.close(() => resolve(typeof address === 'object' && address !== null ? address.port : 0));
    });
  });
}

/** The built program as a deployment starts it, beside this process's sequencer and sealer. */
async function startPublic(): Promise<ChildProcess> {
  const started = spawn(process.execPath, [PROGRAM, 'serve', 'public'], {
    env: {
      PATH: process.env['PATH'],
      DATABASE_URL: platform.database.url,
      LIANSHU_DATA: platform.directory,
      LIANSHU_LOG_ORIGIN: TEST_ORIGIN,
      LIANSHU_SEALER: join(platform.directory, 'sealer.sock'),
      LIANSHU_LOG_LEVEL: 'silent',
      PORT: String(port),
    },
    stdio: ['ignore', 'ignore', 'pipe'],
  });
  let said = '';
  await new Promise<void>((ready, failed) => {
    started.stderr?.on('data', (chunk: Buffer) => {
      said += chunk.toString();
      if (said.includes('Listening on')) ready();
    });
    started.once('exit', (status) => failed(new Error(`the program ended with ${status}: ${said}`)));
  });
  return started;
}

async function kill(running: ChildProcess): Promise<void> {
  if (running.exitCode !== null || running.signalCode !== null) return;
  const gone = new Promise((done) => running.once('exit', done));
  running.kill('SIGKILL');
  await gone;
}

/** The same house as seen through the process that is killed. */
const through = (): TestPlatform => ({ ...platform, url: `http://127.0.0.1:${port}` });

test('every acknowledged signature is in the log exactly once, whatever was killed when', async () => {
  const rounds = 3;
  const perRound = 16;
  // One after the other: making a card's keys keeps this process from serving anybody.
  const prepared: Awaited<ReturnType<typeof prepare>>[] = [];
  for (let i = 0; i < rounds * perRound; i += 1)
    prepared.push(await prepare(platform, citizen(300 + i), CASE));
  const acknowledged = new Map<string, Answer>();
  let lost = 0;
  for (let round = 0; round < rounds; round += 1) {
    child = await startPublic();
    const killing = child;
    const batch = prepared.slice(round * perRound, (round + 1) * perRound);
    let answered = 0;
    const sending = batch.map(async (one, i) => {
      await new Promise((resolve) => setTimeout(resolve, i * 12));
      const answer = await patiently(() => send(through(), CASE, one)).catch(() => undefined);
      if (answer === undefined) {
        lost += 1;
        return;
      }
      expect([201, 202]).toContain(answer.status);
      acknowledged.set(String(answer.body['commitment']), answer);
      answered += 1;
      // In the middle of the others' requests, at another place each time.
      if (answered === 2 + round * 2) killing.kill('SIGKILL');
    });
    await Promise.all(sending);
    await kill(killing);
  }
  expect(acknowledged.size).toBeGreaterThan(0);
  expect(lost).toBeGreaterThan(0);

  // Everybody sends the same body again: those already in get the same entry, the others theirs.
  child = await startPublic();
  const indexOf = (answer: Answer) => (answer.body['included'] as { index: number } | undefined)?.index;
  for (const one of prepared) {
    const answer = await patiently(() => send(through(), CASE, one));
    expect(answer.status).toBe(201);
    const earlier = acknowledged.get(String(answer.body['commitment']));
    if (earlier?.status === 201) expect(indexOf(answer)).toBe(indexOf(earlier));
  }
  const logged = await eventually(() => {
    const entries = readPublishedLog(platform)?.entries.filter((e) => e['kind'] === 'joint-signature') ?? [];
    return entries.length >= prepared.length ? entries : undefined;
  });
  const commitments = logged.map((entry) => String(entry['commitment']));
  expect(new Set(commitments)).toEqual(new Set(prepared.map(({ body }) => body['recordCommitment'])));
  expect(commitments).toHaveLength(prepared.length);
  expect(new Set(logged.map((entry) => entry['tag'])).size).toBe(logged.length);
  const { rows } = await platform.database.pool.query<{ n: number }>(
    'select count(*)::int as n from joint_signature where initiative = $1',
    [CASE],
  );
  expect(rows[0]?.n).toBe(prepared.length);
}, 60_000);
