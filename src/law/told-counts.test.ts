import { describe, expect, it } from 'vitest';
import { known, nationalPackOn } from './rule-pack.ts';
import { toldCounts } from './told-counts.ts';

const K = 10;
const told = (counts: Readonly<Record<string, number>>) => toldCounts(new Map(Object.entries(counts)), K);

describe('told counts', () => {
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
  ])('of %j are %j', (counts, expected) => expect(told(counts)).toEqual(expected));

  it('never leave between one and nine untold', () => {
    for (let seed = 1; seed < 400; seed++) {
      const counts = Object.fromEntries(
        Array.from({ length: seed % 7 }, (_, i) => [`t${i}`, (seed * (i + 3) * 7919) % 23] as const),
      );
      const sum = (of: object) => Object.values(of).reduce((all, n) => all + n, 0);
      const rest = sum(counts) - sum(told(counts));
      expect(rest === 0 || rest >= K || rest === sum(counts), JSON.stringify(counts)).toBe(true);
    }
  });

  it('are the same in whatever order the counts come', () => {
    const counts = [
      ['a', 17],
      ['b', 17],
      ['c', 3],
    ] as const;
    expect(toldCounts(new Map(counts.toReversed()), K)).toEqual(toldCounts(new Map(counts), K));
  });

  it('how few are too few is the pack’s to say', () => {
    const pack = nationalPackOn('2026-01-01');
    expect(pack && known(pack, 'suppressionK')).toBe(K);
  });
});
