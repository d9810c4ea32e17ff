/** One round: people sign, faults happen, the house recovers, the checker judges. */
import { pause } from '../../src/platform/time.ts';
import { checkHistory } from './check-history.ts';
import { sendOnce, sendUntilAnswered } from './clients.ts';
import { type FaultKind, inject } from './faults.ts';
import type { Envelope } from './pool.ts';
import type { SeededRandom } from './seeded-random.ts';
import type { World } from './world.ts';

/** What is to happen in a round. */
export type RoundPlan = Readonly<{
  envelopes: readonly Envelope[];
  /** One after another, each so long after the one before. */
  faults: readonly Readonly<{ kind: FaultKind; afterMs: number }>[];
  /** Over how long people come. */
  loadMs: number;
}>;

/** What came of it. `findings` is empty when nothing is wrong. */
export type RoundResult = Readonly<{
  findings: readonly string[];
  latePromises: number;
  answered: number;
  entries: number;
  ms: number;
}>;

/** Long enough for a machine with other things to do; a round that needs it is a finding. */
const RECOVERY_MS = 45_000;

/** Runs one round in a world that is open, and judges the whole history of the world. */
export async function runRound(world: World, plan: RoundPlan, random: SeededRandom): Promise<RoundResult> {
  const began = performance.now();
  const giveUp = AbortSignal.timeout(RECOVERY_MS);
  const findings: string[] = [];
  const sending = plan.envelopes.map(async (envelope) => {
    await pause(random.between(0, plan.loadMs));
    world.sent.add(envelope.commitment);
    return sendUntilAnswered(world, envelope, giveUp);
  });
  for (const { kind, afterMs } of plan.faults) {
    await pause(afterMs);
    await inject(kind, world, random);
  }
  const answered = (await Promise.all(sending)).filter(Boolean).length;
  if (answered < plan.envelopes.length)
    findings.push(`${plan.envelopes.length - answered} clients were never answered`);
  // Who asks again is told the same.
  await Promise.all(plan.envelopes.slice(0, 2).map((envelope) => sendOnce(world, envelope)));
  if (!(await world.until(() => world.isSettled(), RECOVERY_MS)))
    findings.push(`the house did not settle: published ${world.observer.publicSize}`);
  const history = world.history();
  const { violations, latePromises } = checkHistory(history);
  findings.push(
    ...violations.map(({ code, about }) => `${code}: ${about}`),
    ...world.observer.unreadable.map((what) => `unreadable: ${what}`),
    ...world.alarms.splice(0),
  );
  return {
    findings,
    latePromises: latePromises.length,
    answered,
    entries: history.final.size,
    ms: performance.now() - began,
  };
}
