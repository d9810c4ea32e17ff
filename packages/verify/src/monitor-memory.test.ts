import { describe, expect, it } from 'vitest';
import { remember } from './monitor-memory.ts';
import type { MonitorMemory } from './monitor-state.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';

const EMPTY: MonitorMemory = { v: 1, alerts: [], unsent: [], bounds: [], seenSizes: [] };
const NOON = Date.parse('2026-11-21T12:00:00Z');
const STALL = 3_600_000;
const at = (ms: number): string => new Date(ms).toISOString();

const opened = (size: number, times: readonly string[]): OpenedCheckpoint => ({
  note: 'note',
  checkpoint: { origin: 'o', size, root: new Uint8Array(32) },
  logKeys: [],
  witnesses: times.map((time, i) => ({ name: `w${i}`, time })),
  ignoredLines: [],
});
const seen = (times: readonly string[], size = 10, memory = EMPTY, nowMs = NOON) =>
  remember(memory, opened(size, times), { nowMs, stallMs: STALL });

describe('what witnesses state', () => {
  const good = at(NOON - 5_000);
  const future = '2200-01-01T00:00:00.000Z';
  const past = '1970-01-01T00:00:01.000Z';

  it.each([
    ['all agree', [good, good, good]],
    ['one is from the future', [good, good, future]],
    ['one is from the past', [past, good, good]],
    ['one of two is from the future', [good, future]],
  ])('is fresh and bounds alike when %s', (_, times) => {
    expect(seen(times)).toMatchObject({ freshAt: good, bounds: [{ size: 10, atMs: NOON - 5_000 }] });
  });

  it('never makes a bound weaker than what the monitor saw itself', () => {
    expect(seen([past]).bounds).toEqual([{ size: 10, atMs: NOON - STALL }]);
    expect(seen([]).bounds).toEqual([{ size: 10, atMs: NOON - STALL }]);
    const later = seen([past], 12, seen([good]), NOON + 60_000);
    expect(later.bounds.map(({ atMs }) => atMs)).toEqual([NOON - 5_000, NOON - 5_000]);
  });

  it('makes nothing fresh that only the future vouches for', () => {
    const first = seen([good]);
    expect(seen([future], 10, first, NOON + STALL).freshAt).toBe(good);
  });
});
