import type { MonitorMemory } from './monitor-state.ts';
import type { OpenedCheckpoint } from './trusted-log.ts';
import type { TimeBound } from './watch-duties.ts';

/** Of long lists only the newest are kept. */
const MOST_KEPT = 2_000;

const iso = (ms: number): string => new Date(ms).toISOString();

/** The times witnesses, or else the log itself, state on a checkpoint; epoch milliseconds. */
function statedTimes({ witnesses, logTime }: OpenedCheckpoint): readonly number[] {
  const times = witnesses.flatMap(({ time }) => (time === undefined ? [] : [Date.parse(time)]));
  return times.length > 0 || logTime === undefined ? times : [Date.parse(logTime)];
}

/** The memory with what the newest believed checkpoint adds: time bounds, sizes, freshness, quorum. */
export function remember(
  memory: MonitorMemory,
  opened: OpenedCheckpoint | undefined,
  nowMs: number,
): MonitorMemory {
  if (opened === undefined) return memory;
  const { size } = opened.checkpoint;
  const times = statedTimes(opened);
  const isNew = memory.seenSizes.at(-1) !== size;
  const last = memory.bounds.at(-1);
  const bound: TimeBound | undefined = times.length === 0 ? undefined : { size, atMs: Math.min(...times) };
  // A later cosignature of the same tree is the stronger bound: nothing was added until then.
  const isLater =
    bound !== undefined && (last === undefined || bound.atMs > last.atMs || bound.size > last.size);
  const earlier = last?.size === size ? memory.bounds.slice(0, -1) : memory.bounds;
  const freshMs = times.length > 0 ? Math.max(...times) : isNew ? nowMs : undefined;
  const wasFresh = memory.freshAt === undefined ? 0 : Date.parse(memory.freshAt);
  return {
    ...memory,
    note: opened.note,
    bounds: isLater ? [...earlier, bound].slice(-MOST_KEPT) : memory.bounds,
    seenSizes: isNew ? [...memory.seenSizes, size].slice(-MOST_KEPT) : memory.seenSizes,
    ...(freshMs !== undefined && freshMs > wasFresh ? { freshAt: iso(freshMs) } : {}),
    ...(opened.quorum?.reached === true ? { quorumAt: iso(nowMs) } : {}),
  };
}
