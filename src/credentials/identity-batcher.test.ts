import { describe, expect, it, vi } from 'vitest';
import { IdentityBatcher } from './identity-batcher.ts';
import type { IdentityConfirmation, IdentityOutcome, IdentityRequest } from './identity-confirmation.ts';

const CONFIRMED: IdentityOutcome = { outcome: 'confirmed', proof: {} };
const LIMITS = { lingerMs: 1, deadlineMs: 1_000, maxCalls: 8, maxWaiting: 4_000 };
const person = (i: number): IdentityRequest => ({ subjectSerialNumber: String(i), nationalId: `A${i}` });

function port(confirm: IdentityConfirmation['confirm']) {
  const sizes: number[] = [];
  const counting: IdentityConfirmation = {
    confirm(requests, signal) {
      sizes.push(requests.length);
      return confirm(requests, signal);
    },
  };
  return { counting, sizes };
}

describe('identity batcher', () => {
  it('gathers, keeps the order, and never asks about more than 1,000 at once', async () => {
    const { counting, sizes } = port(async (requests) =>
      requests.map(({ nationalId }) => ({ outcome: 'confirmed', proof: { id: nationalId } })),
    );
    const batcher = new IdentityBatcher(counting, LIMITS);
    const outcomes = await Promise.all(Array.from({ length: 2_500 }, (_, i) => batcher.confirm(person(i))));
    expect(sizes).toEqual([1_000, 1_000, 500]);
    outcomes.forEach((outcome, i) => {
      expect(outcome).toEqual({ outcome: 'confirmed', proof: { id: `A${i}` } });
    });
  });

  it('is unavailable when the service is silent, fails, or answers another number of records', async () => {
    let aborted = false;
    const silent = port((_, signal) => {
      signal.addEventListener('abort', () => {
        aborted = true;
      });
      return new Promise(() => {});
    });
    const confirms: readonly IdentityConfirmation['confirm'][] = [
      silent.counting.confirm,
      () => Promise.reject(new Error('down')),
      async () => [],
      async () => [CONFIRMED, CONFIRMED],
    ];
    for (const confirm of confirms) {
      const batcher = new IdentityBatcher({ confirm }, { ...LIMITS, deadlineMs: 200 });
      expect((await batcher.confirm(person(1))).outcome).toBe('unavailable');
    }
    // The question has its own deadline, a linger earlier than the call's.
    await vi.waitFor(() => expect(aborted).toBe(true));
  });

  it('is unavailable at once when too many wait', async () => {
    const gate = Promise.withResolvers<readonly IdentityOutcome[]>();
    const batcher = new IdentityBatcher({ confirm: () => gate.promise }, { ...LIMITS, maxWaiting: 1 });
    const first = batcher.confirm(person(1));
    expect((await batcher.confirm(person(2))).outcome).toBe('unavailable');
    gate.resolve([CONFIRMED]);
    expect(await first).toEqual(CONFIRMED);
    gate.resolve([CONFIRMED]);
    expect((await batcher.confirm(person(3))).outcome).toBe('confirmed');
  });

  it('asks a slow service in fewer and larger calls, and answers everybody by the deadline', async () => {
    const gates: PromiseWithResolvers<void>[] = [];
    const { counting, sizes } = port(async (requests) => {
      const gate = Promise.withResolvers<void>();
      gates.push(gate);
      await gate.promise;
      return requests.map(() => CONFIRMED);
    });
    const batcher = new IdentityBatcher(counting, { ...LIMITS, maxCalls: 1, deadlineMs: 200 });
    const first = batcher.confirm(person(0));
    await new Promise((resolve) => setTimeout(resolve, 20));
    const gathered = [1, 2, 3].map((i) => batcher.confirm(person(i)));
    await new Promise((resolve) => setTimeout(resolve, 20));
    expect(sizes).toEqual([1]);
    gates[0]?.resolve();
    expect((await first).outcome).toBe('confirmed');
    const silent = await Promise.all(gathered);
    expect(sizes).toEqual([1, 3]);
    expect(silent.map(({ outcome }) => outcome)).toEqual(['unavailable', 'unavailable', 'unavailable']);
    gates[1]?.resolve();
  });
});
