import { describe, expect, it } from 'vitest';
import { createBatcher } from './batcher.ts';

/** A flush that the test finishes by hand. */
function handFlush() {
  const calls: { items: readonly number[]; finish(): void; fail(cause: Error): void }[] = [];
  const flush = (items: readonly number[]) =>
    new Promise<readonly string[]>((resolve, reject) => {
      calls.push({ items, finish: () => resolve(items.map((n) => `r${n}`)), fail: reject });
    });
  return { calls, flush };
}
const turn = () => new Promise((done) => setImmediate(done));

describe('createBatcher', () => {
  it('gives every caller the result of its own item', async () => {
    const batcher = createBatcher({ flush: async (items: readonly number[]) => items.map((n) => n * 2) });
    const results = await Promise.all([1, 2, 3].map((n) => batcher.submit(n)));
    expect(results.map((r) => r.state === 'done' && r.result)).toEqual([2, 4, 6]);
  });

  it('collects while a flush is under way, and flushes at its return', async () => {
    const { calls, flush } = handFlush();
    const batcher = createBatcher({ flush, maxRows: 10, idleMs: 0 });
    const first = batcher.submit(1);
    await new Promise((done) => setTimeout(done, 5));
    const later = [2, 3, 4].map((n) => batcher.submit(n));
    expect(calls.map((c) => c.items)).toEqual([[1]]);
    calls[0]?.finish();
    await first;
    await turn();
    expect(calls.map((c) => c.items)).toEqual([[1], [2, 3, 4]]);
    calls[1]?.finish();
    await Promise.all(later);
    expect(batcher.load()).toBe(0);
  });

  it('opens a second lane only for a full batch', async () => {
    const { calls, flush } = handFlush();
    const batcher = createBatcher({ flush, maxRows: 2, idleMs: 0, lanes: 2 });
    const all = [1, 2, 3, 4, 5, 6].map((n) => batcher.submit(n));
    expect(calls.map((c) => c.items)).toEqual([
      [1, 2],
      [3, 4],
    ]);
    for (let i = 0; i < 3; i++) {
      calls[i]?.finish();
      await turn();
    }
    await Promise.all(all);
  });

  it('refuses beyond its capacity and loses nothing it accepted', async () => {
    const { calls, flush } = handFlush();
    const batcher = createBatcher({ flush, maxRows: 2, capacity: 3, lanes: 1 });
    const accepted = [1, 2, 3].map((n) => batcher.submit(n));
    expect(await batcher.submit(4)).toEqual({ state: 'overloaded' });
    calls[0]?.finish();
    await turn();
    calls[1]?.finish();
    expect((await Promise.all(accepted)).every((r) => r.state === 'done')).toBe(true);
    expect((await Promise.race([batcher.submit(5), turn()])) ?? 'accepted').toBe('accepted');
  });

  it('fails exactly the items of a failed flush', async () => {
    const { calls, flush } = handFlush();
    const batcher = createBatcher({ flush, maxRows: 1, lanes: 1 });
    const [bad, good] = [batcher.submit(1), batcher.submit(2)];
    calls[0]?.fail(new Error('lost'));
    await expect(bad).rejects.toThrow('lost');
    calls[1]?.finish();
    expect(await good).toEqual({ state: 'done', result: 'r2' });
  });

  it('closes after the last accepted item', async () => {
    const { calls, flush } = handFlush();
    const batcher = createBatcher({ flush, idleMs: 60_000 });
    const item = batcher.submit(1);
    const closed = batcher.close();
    expect(await batcher.submit(2)).toEqual({ state: 'overloaded' });
    calls[0]?.finish();
    await Promise.all([item, closed]);
  });
});
