/** How many sheets each township has, as far as it may be told. */

/** Smaller numbers may point at a person (law.md §19: k ≥ 10, project default). */
const LEAST = 10;

/**
 * The public part of a batch sheet: townships with ten sheets and more. What is left over is never between one and
 * nine either: else the smallest township told goes with it.
 */
export function publicTownships(
  sheets: readonly Readonly<{ township: string }>[],
): Readonly<Record<string, number>> {
  const counts = new Map<string, number>();
  for (const { township } of sheets) counts.set(township, (counts.get(township) ?? 0) + 1);
  const told = [...counts].filter(([, n]) => n >= LEAST).sort(([, a], [, b]) => a - b);
  let rest = sheets.length - told.reduce((sum, [, n]) => sum + n, 0);
  while (rest > 0 && rest < LEAST && told.length > 0) rest += told.shift()?.[1] ?? 0;
  return Object.fromEntries(told.sort(([a], [b]) => a.localeCompare(b)));
}
