import { describe, expect, it } from 'vitest';
import type { Alert } from './alert.ts';
import { enterAlerts, type Ledger } from './alert-ledger.ts';

const at = (minute: number): string =>
  new Date(Date.parse('2026-11-21T00:00:00Z') + minute * 60_000).toISOString();
const voids = (grade: number): Alert => ({
  id: 'void-beyond-total 9901',
  code: 'void-beyond-total',
  part: 'record',
  detail: `${grade} too many`,
  grade,
});
const enter = (before: Ledger | undefined, minute: number, ...found: readonly Alert[]): Ledger =>
  enterAlerts(before?.open ?? [], found, new Set(['record']), at(minute));

describe('an alert that gets worse', () => {
  it('is told again, at most every ten minutes, with how bad it is by then', () => {
    const first = enter(undefined, 0, voids(1));
    expect(first.raised).toHaveLength(1);
    const soon = enter(first, 9, voids(50));
    expect([soon.raised, soon.worse]).toEqual([[], []]);
    const later = enter(soon, 10, voids(80));
    expect(later.worse).toMatchObject([{ detail: '80 too many', since: at(0) }]);
    expect(enter(later, 15, voids(90)).worse).toEqual([]);
    expect(enter(later, 20, voids(90)).worse).toHaveLength(1);
  });

  it('is not told again when it stays as it is or gets better, and is told when it comes back', () => {
    const first = enter(undefined, 0, voids(5));
    expect(enter(first, 60, voids(5)).worse).toEqual([]);
    const better = enter(first, 60, voids(2));
    expect(better.worse).toEqual([]);
    expect(enter(better, 90, voids(5)).worse).toEqual([]);
    const none = enter(first, 60);
    expect(none.over).toHaveLength(1);
    expect(enter(none, 61, voids(1)).raised).toHaveLength(1);
  });

  it('of an earlier program’s state, without what was told, is left alone', () => {
    const { told: _, ...old } = { ...voids(1), since: at(0), told: undefined };
    expect(enterAlerts([old], [voids(9)], new Set(['record']), at(60)).worse).toEqual([]);
  });
});
