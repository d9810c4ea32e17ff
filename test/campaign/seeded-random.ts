/** A stream of choices that follows from its seed alone, so that a round can be asked for again by number. */
import { createHash } from 'node:crypto';

export interface SeededRandom {
  /** A whole number in `[from, to]`. */
  between(from: number, to: number): number;
  /** One of them. */
  pick<T>(of: readonly T[]): T;
  /** True `percent` times in a hundred. */
  chance(percent: number): boolean;
}

/** Mulberry32 over the first word of SHA-256 of the seed. */
export function seededRandom(seed: string): SeededRandom {
  let state = createHash('sha256').update(seed).digest().readUInt32LE(0);
  const next = (): number => {
    state = (state + 0x6d2b79f5) | 0;
    let t = Math.imul(state ^ (state >>> 15), 1 | state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return ((t ^ (t >>> 14)) >>> 0) / 2 ** 32;
  };
  const between = (from: number, to: number) => from + Math.floor(next() * (to - from + 1));
  return {
    between,
    pick: (of) => {
      const found = of[between(0, of.length - 1)];
      if (found === undefined) throw new RangeError('nothing to pick from');
      return found;
    },
    chance: (percent) => next() * 100 < percent,
  };
}
