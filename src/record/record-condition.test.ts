import { describe, expect, it } from 'vitest';
import {
  ConditionWatch,
  conditionOf,
  LONGEST_SILENCE_MS,
  LONGEST_UNPUBLISHED_MS,
} from './record-condition.ts';
import type { StoredCondition } from './record-condition-store.ts';

const serving: StoredCondition = { state: 'serving', reasons: [], heardAgoMs: 0, logSize: 10 };

describe('the condition of the record', () => {
  it.each<[string, number, StoredCondition | undefined, string]>([
    ['serving, a sequencer heard just now', 10, serving, 'open'],
    ['a sequencer away for less than a minute', 10, { ...serving, heardAgoMs: LONGEST_SILENCE_MS }, 'open'],
    ['a sequencer away for longer', 10, { ...serving, heardAgoMs: LONGEST_SILENCE_MS + 1 }, 'no-sequencer'],
    ['no sequencer ever', 0, { ...serving, heardAgoMs: undefined, logSize: 0 }, 'no-sequencer'],
    ['more is public than the database knows', 11, serving, 'database-behind'],
    ['too few witnesses', 10, { ...serving, state: 'read-only' }, 'witnesses'],
    ['a refused start, whatever else', 11, { ...serving, state: 'refused' }, 'refused'],
    ['no row', 0, undefined, 'refused'],
  ])('%s', (_name, published, row, expected) => {
    const condition = conditionOf(published, row);
    expect(condition.writes === 'open' ? 'open' : condition.reason).toBe(expected);
  });
});

describe('a watch', () => {
  it('reads what is public before the database, and keeps what it knew when it cannot look', async () => {
    const order: string[] = [];
    let row: StoredCondition = { ...serving, state: 'refused' };
    let isBroken = false;
    const watch = new ConditionWatch({
      publishedSize: async () => {
        order.push('public');
        return 0;
      },
      readRow: async () => {
        order.push('database');
        if (isBroken) throw new Error('connection lost');
        return row;
      },
    });
    await watch.look();
    expect(watch.current).toEqual({ writes: 'stopped', reason: 'refused' });
    isBroken = true;
    row = serving;
    await watch.look();
    expect(watch.current).toEqual({ writes: 'stopped', reason: 'refused' });
    isBroken = false;
    await watch.look();
    expect(watch.current).toEqual({ writes: 'open' });
    expect(order).toEqual(['public', 'database', 'public', 'database', 'public', 'database']);
  });

  it('stops entries when the log grows and nothing of it becomes public, until something does', async () => {
    let [published, logSize, nowMs] = [10, 10, 0];
    const watch = new ConditionWatch({
      publishedSize: async () => published,
      readRow: async () => ({ ...serving, logSize }),
      everyMs: 60_000,
      elapsedMs: () => nowMs,
    });
    const look = async (): Promise<string> => {
      await watch.look();
      return watch.current.writes === 'open' ? 'open' : watch.current.reason;
    };
    // Nothing to publish: no matter how long.
    expect(await look()).toBe('open');
    nowMs += 10 * LONGEST_UNPUBLISHED_MS;
    expect(await look()).toBe('open');
    logSize = 11;
    expect(await look()).toBe('open');
    nowMs += LONGEST_UNPUBLISHED_MS + 60_000;
    logSize = 500;
    expect(await look()).toBe('open');
    nowMs += 1;
    expect(await look()).toBe('not-published');
    // A later publication that still lags behind is one.
    published = 300;
    expect(await look()).toBe('open');
    nowMs += LONGEST_UNPUBLISHED_MS;
    expect(await look()).toBe('open');
    published = 500;
    expect(await look()).toBe('open');
  });
});
