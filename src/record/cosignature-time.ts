/**
 * The time that a cosignature states is a stranger's number of up to 64 bits. What is shown, stored and bound to
 * entries must be a time at which somebody could have signed: nothing else becomes a date here.
 */

/** How far a witness's clock may be from ours; more is no mere difference of clocks. */
const MOST_CLOCK_DIFFERENCE_MS = 3_600_000;

/** Whether a cosignature given this moment may state this time (POSIX seconds). */
export const isTimeOfNow = (seconds: number, nowMs: number): boolean =>
  Math.abs(seconds * 1_000 - nowMs) <= MOST_CLOCK_DIFFERENCE_MS;

/** Whether a cosignature of some earlier moment, stored or published, may state this time (epoch milliseconds). */
export const isTimeBefore = (atMs: number, nowMs: number): boolean =>
  atMs > 0 && atMs <= nowMs + MOST_CLOCK_DIFFERENCE_MS;
