/** 縣市統計: totals by county that name nobody: k or more in each shown cell, and no hidden one that can be worked out. */

export interface CountyTotal {
  readonly county: string;
  readonly counted: number;
}

export interface ShownCounties {
  readonly shown: readonly CountyTotal[];
  /** How many counties have a number that is not shown. */
  readonly hidden: number;
}

/**
 * Shows cells of at least `k`. Whoever knows the sum of all could work out a single hidden cell, or few small ones
 * together: the smallest shown cells are hidden too until at least two are hidden and hold `k` together.
 */
export function showCounties(totals: readonly CountyTotal[], k: number): ShownCounties {
  const filled = totals.filter(({ counted }) => counted > 0);
  const bySize = [...filled].sort((a, b) => b.counted - a.counted || (a.county < b.county ? -1 : 1));
  const isSmall = bySize.findIndex(({ counted }) => counted < k);
  if (isSmall < 0) return { shown: bySize, hidden: 0 };
  let from = isSmall;
  const sum = () => bySize.slice(from).reduce((all, { counted }) => all + counted, 0);
  while (from > 0 && (bySize.length - from < 2 || sum() < k)) from -= 1;
  return { shown: bySize.slice(0, from), hidden: bySize.length - from };
}
