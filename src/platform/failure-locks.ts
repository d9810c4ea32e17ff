/**
 * Failures in a row of people of whom the house keeps no row, counted under whatever key tells them apart, each alone: nobody
 * keeps another out. Kept in memory and bounded, so nothing that only a lock protects may hang on it: what a restart
 * forgets helps nobody who must also sign with a card or guess a hundred bits.
 */
export interface FailureLocks {
  lockedUntilMs(key: string, nowMs: number): number | undefined;
  /** Counts one more failure in a row; the last allowed one locks. */
  count(key: string, nowMs: number, lock: Readonly<{ allowed: number; lockedUntilMs: number }>): void;
  forget(key: string): void;
}

const MOST_KEPT = 10_000;

export function failureLocks(): FailureLocks {
  const kept = new Map<string, Readonly<{ failures: number; lockedUntilMs: number | undefined }>>();
  return {
    lockedUntilMs(key, nowMs) {
      const until = kept.get(key)?.lockedUntilMs;
      return until !== undefined && nowMs < until ? until : undefined;
    },
    count(key, nowMs, { allowed, lockedUntilMs }) {
      const before = kept.get(key);
      const isOver = before?.lockedUntilMs !== undefined && nowMs >= before.lockedUntilMs;
      const failures = (before === undefined || isOver ? 0 : before.failures) + 1;
      // Deleted first: the newest stand last, and the oldest make room.
      kept.delete(key);
      kept.set(key, { failures, lockedUntilMs: failures >= allowed ? lockedUntilMs : undefined });
      const [oldest] = kept.keys();
      if (kept.size > MOST_KEPT && oldest !== undefined) kept.delete(oldest);
    },
    forget: (key) => void kept.delete(key),
  };
}
