import { describe, expect, it } from 'vitest';
import { publicTownships } from './township-counts.ts';

const sheets = (counts: Readonly<Record<string, number>>) =>
  Object.entries(counts).flatMap(([township, n]) => Array.from({ length: n }, () => ({ township })));

describe('counts by township', () => {
  it.each([
    [{}, {}],
    [{ a: 9 }, {}],
    [{ a: 10 }, { a: 10 }],
    [
      { a: 10, b: 10 },
      { a: 10, b: 10 },
    ],
    [{ a: 12, b: 3 }, {}],
    [{ a: 12, b: 40, c: 3 }, { b: 40 }],
    [
      { a: 12, b: 40, c: 5, d: 5 },
      { a: 12, b: 40 },
    ],
    [{ a: 12, b: 40, c: 9 }, { b: 40 }],
  ])('of %j tell %j', (counts, told) => expect(publicTownships(sheets(counts))).toEqual(told));

  it('never leave between one and nine untold', () => {
    for (let seed = 1; seed < 400; seed++) {
      const counts = Object.fromEntries(
        Array.from({ length: seed % 7 }, (_, i) => [`t${i}`, (seed * (i + 3) * 7919) % 23] as const),
      );
      const all = sheets(counts);
      const rest = all.length - Object.values(publicTownships(all)).reduce((sum, n) => sum + n, 0);
      expect(rest === 0 || rest >= 10 || rest === all.length, JSON.stringify(counts)).toBe(true);
    }
  });
});
