import type { MonitorMemory } from './monitor-state.ts';
import type { OpenedCheckpoint, WitnessFact } from './trusted-log.ts';
import { CLOCK_MS, type TimeBound } from './watch-duties.ts';

/** Of long lists only the newest are kept. */
const MOST_KEPT = 2_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** Witnesses that cosigned at a time which is yet to come by this monitor's clock: one of the two clocks is wrong. */
export const fromTheFuture = (opened: OpenedCheckpoint, nowMs: number): readonly WitnessFact[] =>
  opened.witnesses.filter(({ time }) => time !== undefined && Date.parse(time) > nowMs + CLOCK_MS);

/**
 * The time that witnesses, or else the log itself, state on a checkpoint, epoch milliseconds. Of several the median
 * (of two the earlier), so that no single one moves it; a time yet to come says nothing.
 */
function statedTime({ witnesses, logTime }: OpenedCheckpoint, nowMs: number): number | undefined {
  const stated = witnesses.flatMap(({ time }) => (time === undefined ? [] : [time]));
  const times = (stated.length > 0 || logTime === undefined ? stated : [logTime])
    .map((time) => Date.parse(time))
    .filter((ms) => ms <= nowMs + CLOCK_MS)
    .sort((a, b) => a - b);
  return times[Math.floor((times.length - 1) / 2)];
}

/**
 * The memory with what the newest believed checkpoint adds: time bounds, sizes, freshness, quorum. What nobody
 * witnessed the monitor saw itself: a log that is published is seen within `stallMs`, or its standing still is told.
 */
export function remember(
  memory: MonitorMemory,
  opened: OpenedCheckpoint | undefined,
  { nowMs, stallMs }: Readonly<{ nowMs: number; stallMs: number }>,
): MonitorMemory {
  if (opened === undefined) return memory;
  const { size } = opened.checkpoint;
  const statedMs = statedTime(opened, nowMs);
  const isNew = memory.seenSizes.at(-1) !== size;
  const last = memory.bounds.at(-1);
  // Whatever lies behind this tree lies behind the one before it too.
  const atMs = Math.max(statedMs ?? 0, nowMs - stallMs, last?.atMs ?? 0);
  const bound: TimeBound = { size, atMs };
  // A later look at the same tree is the stronger bound: nothing was added until then.
  const earlier = last?.size === size ? memory.bounds.slice(0, -1) : memory.bounds;
  const freshMs = statedMs ?? (isNew ? nowMs : undefined);
  const wasFresh = memory.freshAt === undefined ? 0 : Date.parse(memory.freshAt);
  return {
    ...memory,
    note: opened.note,
    bounds: atMs > 0 ? [...earlier, bound].slice(-MOST_KEPT) : memory.bounds,
    seenSizes: isNew ? [...memory.seenSizes, size].slice(-MOST_KEPT) : memory.seenSizes,
    ...(freshMs !== undefined && freshMs > wasFresh ? { freshAt: iso(freshMs) } : {}),
    ...(opened.quorum?.reached === true ? { quorumAt: iso(nowMs) } : {}),
  };
}
