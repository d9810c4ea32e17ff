/** 縣市統計: which totals by county may be shown, so that no small number can be worked out from them. Pure. */

/** Signers of a whole day from one county, `unknown` where it is not known. */
export interface CountyDayCount {
  readonly day: string;
  readonly county: string;
  readonly counted: number;
}

export interface ShownCounties {
  /** Last whole day that is in the numbers. */
  readonly asOf: string;
  /** All signers counted until then. */
  readonly total: number;
  /** At least so many, in steps of `k`; the largest first. */
  readonly shown: readonly Readonly<{ county: string; atLeast: number }>[];
  /** Those of `total` whom no shown number holds: what was rounded down, and counties of fewer than `k`. Never below `k`. */
  readonly rest: number;
}

/** What a county's number becomes: rounded down to `k`, and never less than was shown before. */
function raised(
  cumulative: ReadonlyMap<string, number>,
  before: ReadonlyMap<string, number>,
  k: number,
  total: number,
): Map<string, number> {
  const next = new Map(
    [...cumulative].map(([county, counted]) => [county, counted - (counted % k)] as const),
  );
  const shownBefore = (county: string) => before.get(county) ?? 0;
  const growth = (county: string) => (next.get(county) ?? 0) - shownBefore(county);
  let rest = total - [...next.values()].reduce((sum, counted) => sum + counted, 0);
  while (rest < k) {
    const [largest] = [...next.keys()].sort((a, b) => growth(b) - growth(a) || (a < b ? -1 : 1));
    if (largest === undefined || growth(largest) === 0) break;
    next.set(largest, (next.get(largest) ?? 0) - k);
    rest += k;
  }
  return next;
}

/**
 * The table as it stands, made again from all whole days so far; undefined before the first one. What makes it safe:
 *
 * - each number is a multiple of `k`, rounded down, and only grows: every county always has a remainder that is not told,
 *   so nothing follows from the sum of all, and between two tables a number stays or grows by `k` and more;
 * - at least `k` signers are in no number, so that a case signed from one county only does not tell what each day was;
 * - a new table is made only when `k` have signed since the last one: a number that jumps after a day with one signer
 *   would tell where that one lives.
 *
 * It depends only on days that are over and written, so it never says today something else about yesterday.
 */
export function showCounties(days: readonly CountyDayCount[], k: number): ShownCounties | undefined {
  const cumulative = new Map<string, number>();
  let table: ShownCounties | undefined;
  let shown: ReadonlyMap<string, number> = new Map();
  let total = 0;
  for (const day of [...new Set(days.map((one) => one.day))].sort()) {
    for (const { county, counted } of days.filter((one) => one.day === day)) {
      cumulative.set(county, (cumulative.get(county) ?? 0) + counted);
      total += counted;
    }
    if (total - (table?.total ?? 0) < k) continue;
    shown = raised(cumulative, shown, k, total);
    table = tableOf(day, total, shown);
  }
  return table;
}

function tableOf(asOf: string, total: number, numbers: ReadonlyMap<string, number>): ShownCounties {
  const shown = [...numbers]
    .filter(([, atLeast]) => atLeast > 0)
    .sort(([a, m], [b, n]) => n - m || (a < b ? -1 : 1))
    .map(([county, atLeast]) => ({ county, atLeast }));
  return { asOf, total, shown, rest: total - shown.reduce((sum, { atLeast }) => sum + atLeast, 0) };
}
