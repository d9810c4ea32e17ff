/**
 * Every crash point, once: the process that meets it kills itself there, is started again, and everything sent until
 * then is answered, logged once, published, witnessed and counted. The list is the program's own: a step added to it
 * is tested by being in it, and a step that is never met fails here.
 */
import { afterAll, beforeAll, expect, test } from 'vitest';
import type { CrashStep } from '../../src/serve.ts';
import { checkHistory } from './check-history.ts';
import { sendUntilAnswered } from './clients.ts';
import { type Ground, prepareGround } from './ground.ts';
import type { Envelope } from './pool.ts';
import { ALL_STEPS, roleOf } from './steps.ts';
import { type Role, World } from './world.ts';

const stepsOf = (role: Role): readonly CrashStep[] => ALL_STEPS.filter((step) => roleOf(step) === role);
/** Two processes at a time: each pair kills both. */
const PAIRS = stepsOf('sequencer').map((step, i) => [step, stepsOf('public')[i]] as const);
/** For each pair an envelope taken at once and one that is held. */
const PER_PAIR = 2;
const PATIENCE_MS = 40_000;
let ground: Ground;
let world: World;
let waiting: Envelope[];

beforeAll(async () => {
  ground = await prepareGround(Math.ceil((PAIRS.length * PER_PAIR * 9) / 8) + 2);
  const { envelopes } = ground.pool;
  // Of two envelopes of one person the second is refused: it would meet no step.
  waiting = envelopes.filter(({ person }, i) => envelopes[i - 1]?.person !== person);
  const held = waiting.filter((_, i) => i % PER_PAIR === 1).map(({ commitment }) => commitment);
  world = await World.make(ground, 'crash_points', [...waiting], held);
  await world.open();
}, 120_000);
afterAll(async () => {
  await world?.close();
  await ground?.close();
});

test('the lists have every step, in both processes', () => {
  expect(
    PAIRS.flat()
      .filter((step) => step !== undefined)
      .toSorted(),
  ).toEqual([...ALL_STEPS].toSorted());
});

test.each(PAIRS)('killed at %s and at %s', async (...pair) => {
  await world.untilReady();
  const met = pair.map(
    (step) =>
      step === undefined || world.arm(roleOf(step), { step, skip: 0, signal: 'SIGKILL' }, PATIENCE_MS),
  );
  const sent = waiting.splice(0, PER_PAIR);
  expect(sent).toHaveLength(PER_PAIR);
  const giveUp = AbortSignal.timeout(PATIENCE_MS);
  const answered = sent.map((envelope) => {
    world.sent.add(envelope.commitment);
    return sendUntilAnswered(world, envelope, giveUp);
  });
  expect(await Promise.all(met), 'each process ended at its step').toEqual([true, true]);
  expect(await Promise.all(answered)).toEqual([true, true]);
});

test('nothing acknowledged was lost, nothing is there twice, and all that was shown is true', async () => {
  const isSettled = await world.until(() => world.isSettled(), PATIENCE_MS);
  expect(isSettled, world.diary.slice(-20).join('\n')).toBe(true);
  const history = world.history();
  expect(checkHistory(history)).toEqual({ violations: [], latePromises: [] });
  expect(world.observer.unreadable).toEqual([]);
  expect(world.alarms).toEqual([]);
  expect(new Set(history.answers.map(({ commitment }) => commitment)).size).toBe(PAIRS.length * PER_PAIR);
  expect(
    history.answers.filter(({ told }) => told.kind === 'promised' && told.isHeld).length,
  ).toBeGreaterThan(0);
});
