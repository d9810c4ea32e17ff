import { describe, expect, it } from 'vitest';
import { startOfLegalDay } from '../platform/time.ts';
import { dayBefore, dayBody, dueDay } from './day-entry.ts';

describe('day entries', () => {
  const midnight = startOfLegalDay('2026-03-03');
  it('are due once the day has ended and stragglers are stored', () => {
    expect(dueDay(midnight - 1, '2026-03-01')).toBeUndefined();
    expect(dueDay(midnight, '2026-03-01')).toBeUndefined();
    expect(dueDay(midnight + 10_000, '2026-03-01')).toBe('2026-03-02');
    expect(dueDay(midnight + 10_000, '2026-03-02')).toBeUndefined();
  });
  it('catch up one by one after days of standing still', () => {
    expect(dueDay(midnight + 10_000, '2026-02-26')).toBe('2026-02-27');
    expect(dueDay(midnight + 10_000, '2026-02-28')).toBe('2026-03-01');
  });
  it('begin with the day of the first entry', () => {
    expect(dayBefore(midnight - 1)).toBe('2026-03-01');
  });
  it('come back from their bytes', () => {
    expect(dayBody.dateOf(dayBody.of('2026-03-02', midnight))).toBe('2026-03-02');
    expect(dayBody.dateOf(undefined)).toBeUndefined();
  });
});
