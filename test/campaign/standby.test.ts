/**
 * A synchronous standby: promoted, failed back to, and promoted although it is stale. What was acknowledged is on the
 * one that is promoted; a house that is started on a stale one refuses, and shows nobody anything else.
 */
import { mkdirSync } from 'node:fs';
import { join } from 'node:path';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { pause } from '../../src/platform/time.ts';
import { checkHistory } from './check-history.ts';
import { sendOnce, sendUntilAnswered } from './clients.ts';
import { type Ground, prepareGround } from './ground.ts';
import type { Envelope } from './pool.ts';
import type { PostgresServer } from './postgres.ts';
import { World } from './world.ts';

const PER_BATCH = 12;
const PATIENCE_MS = 50_000;
let ground: Ground;
let world: World;
let others: PostgresServer[] = [];

beforeAll(async () => {
  ground = await prepareGround(PER_BATCH * 6);
  const { envelopes } = ground.pool;
  const held = envelopes.filter((_, i) => i % 6 === 1).map(({ commitment }) => commitment);
  world = await World.make(ground, 'with_standby', envelopes, held);
  await world.open();
}, 120_000);
afterAll(async () => {
  await world?.close(true);
  for (const server of others) await server.stop();
  await ground?.close();
});

const batch = (n: number): readonly Envelope[] =>
  ground.pool.envelopes.slice(n * PER_BATCH, (n + 1) * PER_BATCH);

/** People come over half a second; all answered? */
async function load(envelopes: readonly Envelope[]): Promise<boolean> {
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  const answered = await Promise.all(
    envelopes.map(async (envelope, i) => {
      await pause(i * 40);
      world.sent.add(envelope.commitment);
      return sendUntilAnswered(world, envelope, giveUp);
    }),
  );
  return answered.every(Boolean);
}

/** The house is pointed at another server, and its processes are started anew. */
function moveTo(server: PostgresServer): void {
  world.server = server;
  world.signal('public', 'SIGKILL');
  world.signal('sequencer', 'SIGKILL');
}

/** Makes `primary` wait for a standby of the name, and starts both. */
async function pair(primary: PostgresServer, name: string): Promise<PostgresServer> {
  await primary.stop();
  const folder = join(ground.folder, name);
  mkdirSync(folder, { recursive: true, mode: 0o755 });
  const standby = primary.standbyAt(folder, name);
  others.push(standby);
  await primary.start({ synchronous_standby_names: name });
  await standby.start();
  const streams = () =>
    primary
      .query<{ state: string }>(
        "select sync_state as state from pg_stat_replication where state = 'streaming'",
      )
      .then((rows) => rows[0]?.state === 'sync');
  expect(await world.until(streams, PATIENCE_MS), standby.logTail()).toBe(true);
  return standby;
}

async function expectCleanHistory(): Promise<void> {
  const isSettled = await world.until(() => world.isSettled(), PATIENCE_MS);
  expect(isSettled, world.diary.slice(-12).join('\n')).toBe(true);
  expect(checkHistory(world.history()).violations).toEqual([]);
  expect(world.observer.unreadable).toEqual([]);
}

test('promoted under load: everything acknowledged is there, and back again', async () => {
  const first = ground.server;
  expect(await load(batch(0))).toBe(true);
  const second = await pair(first, 'second');
  const loading = load(batch(1));
  await pause(250);
  await first.kill();
  await second.promote();
  moveTo(second);
  expect(await loading).toBe(true);
  await expectCleanHistory();

  const third = await pair(second, 'third');
  const again = load(batch(2));
  await pause(250);
  await second.kill();
  await third.promote();
  moveTo(third);
  expect(await again).toBe(true);
  await expectCleanHistory();
  expect(world.alarms).toEqual([]);
  others = others.filter((server) => server !== second);
}, 150_000);

test('without its standby nothing is acknowledged', async () => {
  const primary = world.server;
  const standby = await pair(primary, 'fourth');
  await world.untilReady();
  await standby.stop();
  const before = world.answers.length;
  const sendAll = () =>
    Promise.all(
      batch(3).map((envelope) => {
        world.sent.add(envelope.commitment);
        return sendOnce(world, envelope);
      }),
    );
  expect((await sendAll()).some(Boolean)).toBe(false);
  // After a restart the rows that waited for the standby can be seen here, and are still nowhere else.
  await primary.kill();
  await primary.start({ synchronous_standby_names: 'fourth' });
  world.signal('public', 'SIGKILL');
  expect(await world.until(() => world.url() === undefined, PATIENCE_MS)).toBe(true);
  expect(await world.until(() => world.url() !== undefined, PATIENCE_MS)).toBe(true);
  await sendAll();
  expect(world.answers.slice(before)).toEqual([]);
  await standby.start();
  expect(await load(batch(3))).toBe(true);
  await expectCleanHistory();
}, 150_000);

test('a stale standby is promoted: the house refuses to run on it, and goes on with the right one', async () => {
  const current = world.server;
  const stale = others.at(-1);
  if (stale === undefined) throw new Error('there is no standby');
  await stale.stop();
  // Somebody lets the primary go on alone: from here on the standby misses what is acknowledged and published.
  await current.stop();
  await current.start({ synchronous_standby_names: '' });
  expect(await load(batch(4))).toBe(true);
  await expectCleanHistory();
  const shown = world.observer.publicSize;
  await current.stop();
  await stale.start();
  await stale.promote().catch((error: unknown) => {
    throw new Error(stale.logTail(), { cause: error });
  });
  moveTo(stale);
  const refused = () =>
    world.alarms.some((alarm) => /journal-ahead.*public-ahead.*witness-ahead/.test(alarm));
  expect(await world.until(refused, PATIENCE_MS), world.diary.slice(-12).join('\n')).toBe(true);
  const sending = batch(5).map((envelope) => {
    world.sent.add(envelope.commitment);
    return sendOnce(world, envelope);
  });
  expect((await Promise.all(sending)).some(Boolean), 'nobody is told anything').toBe(false);
  expect(world.observer.publicSize).toBe(shown);

  await stale.stop();
  await current.start({ synchronous_standby_names: '' });
  moveTo(current);
  expect(await load(batch(5))).toBe(true);
  await expectCleanHistory();
}, 150_000);
