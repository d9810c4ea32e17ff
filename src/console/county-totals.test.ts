import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type CountyDayCount, type ShownCounties, showCounties } from './county-totals.ts';

type World = readonly (readonly number[])[];

const dayName = (i: number) => new Date(Date.UTC(2026, 10, 1 + i)).toISOString().slice(0, 10);
const rowsOf = (world: World): CountyDayCount[] =>
  world.flatMap((cells, i) => cells.map((counted, c) => ({ day: dayName(i), county: `c${c}`, counted })));
/** What somebody sees who looks at the page each day. */
const seenBy = (world: World, k: number): readonly (ShownCounties | undefined)[] =>
  world.map((_, i) => showCounties(rowsOf(world.slice(0, i + 1)), k));
const sum = (numbers: readonly number[]) => numbers.reduce((all, n) => all + n, 0);
const numberOf = (table: ShownCounties | undefined, county: string) =>
  table?.shown.find((one) => one.county === county)?.atLeast ?? 0;

const days = fc
  .integer({ min: 1, max: 23 })
  .chain((counties) =>
    fc.array(
      fc.array(
        fc.oneof({ weight: 3, arbitrary: fc.integer({ min: 0, max: 3 }) }, fc.integer({ min: 0, max: 80 })),
        { minLength: counties, maxLength: counties },
      ),
      { minLength: 1, maxLength: 12 },
    ),
  );

describe('totals by county, looked at every day', () => {
  it('are multiples of k that never exceed the county and never shrink, with k and more left out', () => {
    fc.assert(
      fc.property(days, (world) => {
        let before: ShownCounties | undefined;
        seenBy(world, 10).forEach((table, day) => {
          if (table === undefined) return;
          const until = world.slice(0, day + 1);
          for (const { county, atLeast } of table.shown) {
            expect([atLeast % 10, atLeast > 0]).toEqual([0, true]);
            expect(atLeast).toBeLessThanOrEqual(
              sum(until.map((cells) => cells[Number(county.slice(1))] ?? 0)),
            );
          }
          for (const { county, atLeast } of before?.shown ?? [])
            expect(numberOf(table, county)).toBeGreaterThanOrEqual(atLeast);
          expect(table.rest).toBeGreaterThanOrEqual(10);
          expect(table.rest + sum(table.shown.map(({ atLeast }) => atLeast))).toBe(table.total);
          before = table;
        });
      }),
      { numRuns: 60 },
    );
  });

  it('change only after k have signed, and then only by k and more', () => {
    fc.assert(
      fc.property(days, (world) => {
        const seen = seenBy(world, 10);
        seen.forEach((table, i) => {
          const before = seen[i - 1];
          if (table === undefined || table.asOf === before?.asOf) return;
          expect(table.total - (before?.total ?? 0)).toBeGreaterThanOrEqual(10);
          for (const { county, atLeast } of table.shown) {
            const growth = atLeast - numberOf(before, county);
            expect(growth === 0 || growth >= 10).toBe(true);
          }
        });
      }),
      { numRuns: 60 },
    );
  });
});

/** Every way in which `total` people can be spread over `cells` counties. */
function spreads(total: number, cells: number): number[][] {
  if (cells === 1) return [[total]];
  return Array.from({ length: total + 1 }, (_, first) =>
    spreads(total - first, cells - 1).map((rest) => [first, ...rest]),
  ).flat();
}

/** Every world with these totals of days, grouped by what is seen of it on each of them. */
function worldsBySight(totals: readonly number[], cells: number, k: number): World[][] {
  let worlds: World[] = [[]];
  for (const total of totals)
    worlds = worlds.flatMap((world) => spreads(total, cells).map((day) => [...world, day]));
  const groups = new Map<string, World[]>();
  for (const world of worlds) {
    const sight = JSON.stringify(seenBy(world, k));
    groups.set(sight, [...(groups.get(sight) ?? []), world]);
  }
  return [...groups.values()];
}

/**
 * The strongest watcher: knows the exact total of each day (the page tells it), the rule, and every table of every day.
 * Where all worlds that look the same agree on a county's number between two days, the watcher knows it.
 */
function knownSmallNumbers(worlds: readonly World[], k: number): number {
  const [first = []] = worlds;
  let known = 0;
  for (let c = 0; c < (first[0]?.length ?? 0); c++)
    for (let from = 0; from < first.length; from++)
      for (let to = from; to < first.length; to++) {
        const numberIn = (world: World) => sum(world.slice(from, to + 1).map((cells) => cells[c] ?? 0));
        const n = numberIn(first);
        if (n > 0 && n < k && worlds.every((world) => numberIn(world) === n)) known += 1;
      }
  return known;
}

/** All remainders at their largest at once (each of the counties has k − 1 untold): no rounding can hide that. */
const isFull = (world: World, k: number) =>
  seenBy(world, k).some((table) => table !== undefined && table.rest === (world[0]?.length ?? 0) * (k - 1));

describe('who knows the total of each day, the rule and every table', () => {
  const cases: readonly (readonly [k: number, counties: number, totals: readonly number[]])[] = [
    [2, 4, [2, 2]],
    [3, 3, [7, 1, 1]],
    [2, 4, [2, 1, 2]],
    [3, 3, [4, 3]],
    [3, 3, [1, 4, 1]],
    [3, 4, [5, 1]],
    [3, 4, [1, 3, 1]],
    [4, 3, [8, 1]],
    [4, 3, [5, 4]],
  ];
  it.each(cases)('k = %i, %i counties, days of %j: knows no small number', (k, counties, totals) => {
    const groups = worldsBySight(totals, counties, k).filter(([world = []]) => !isFull(world, k));
    expect(groups.length).toBeGreaterThan(0);
    for (const worlds of groups) expect([knownSmallNumbers(worlds, k), worlds[0]]).toEqual([0, worlds[0]]);
  });

  it('would know one from exact numbers, one suppressed', () => {
    // 40, 30 and 3 of a total of 73, the 3 left out.
    expect(73 - 40 - 30).toBe(3);
    const table = showCounties(rowsOf([[40, 30, 3]]), 10);
    expect(table).toEqual({
      asOf: '2026-11-01',
      total: 73,
      shown: [
        { county: 'c0', atLeast: 30 },
        { county: 'c1', atLeast: 30 },
      ],
      rest: 13,
    });
  });
});

it('says nothing before k have signed, and nothing of a case signed from one county that a day would tell', () => {
  expect(showCounties([], 10)).toBeUndefined();
  expect(showCounties(rowsOf([[9]]), 10)).toBeUndefined();
  expect(showCounties(rowsOf([[10]]), 10)).toMatchObject({ shown: [], rest: 10 });
  expect(showCounties(rowsOf([[10], [1], [19]]), 10)?.shown).toEqual([{ county: 'c0', atLeast: 20 }]);
});

it('tells no number where the pack names no k', () => {
  expect(showCounties(rowsOf([[500, 500]]), Number.POSITIVE_INFINITY)).toBeUndefined();
});
