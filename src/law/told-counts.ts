/** Which of several counts may be told, so that none of those left out points at a person. */

/**
 * The counts of `least` and more (the pack's `suppressionK`; law.md §19). What is left over is never between one and
 * `least` − 1 either, else it could be worked out: then the smallest count told goes with it, of equal ones the first
 * by name: the same counts, in whatever order they come, tell the same.
 */
export function toldCounts<Name extends string>(
  counts: ReadonlyMap<Name, number>,
  least: number,
): Readonly<Partial<Record<Name, number>>> {
  const byName = ([a]: readonly [Name, number], [b]: readonly [Name, number]) => (a < b ? -1 : 1);
  const told = [...counts]
    .filter(([, n]) => n >= least)
    .sort(byName)
    .sort(([, a], [, b]) => a - b);
  const sum = (of: Iterable<readonly [Name, number]>) => [...of].reduce((all, [, n]) => all + n, 0);
  let rest = sum(counts) - sum(told);
  while (rest > 0 && rest < least && told.length > 0) rest += told.shift()?.[1] ?? 0;
  return Object.fromEntries(told.sort(byName)) as Partial<Record<Name, number>>;
}
