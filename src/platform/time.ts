/**
 * 時間: the only place that reads the clock and the only importer of Temporal, so that moving to the
 * runtime's own Temporal is a change of one line. Everything else is given a {@link Clock}.
 */
import { setTimeout as delay } from 'node:timers/promises';
import { Temporal } from 'temporal-polyfill';

export { Temporal };

/** Where "now" comes from. Tests pass one they can move by hand. */
export type Clock = Readonly<{
  /** Milliseconds since 1970-01-01T00:00:00Z. */
  nowMs(): number;
}>;

/** The machine's clock. */
export const systemClock: Clock = { nowMs: () => Date.now() };

/** Milliseconds that only move forward, from an arbitrary origin: for durations, never for dates. */
export const monotonicMs = (): number => performance.now();

/** The time zone in which Taiwan's law counts days. It has had no daylight saving since 1979. */
const LEGAL_TIME_ZONE = 'Asia/Taipei';

/** Asia/Taipei is eight hours ahead of UTC for every instant this platform can meet (after 1979). */
const LEGAL_OFFSET_MS = 8 * 3_600_000;

/** The legal calendar day (Asia/Taipei) on which an instant falls, as `YYYY-MM-DD`. */
export const legalDateOf = (ms: number): string => taipeiTimestamp(ms).slice(0, 10);

/** The first instant of a legal day, in epoch milliseconds. Throws `RangeError` on a date that does not exist. */
export const startOfLegalDay = (date: string): number =>
  Temporal.PlainDate.from(date).toZonedDateTime(LEGAL_TIME_ZONE).epochMilliseconds;

/** The legal day `days` after `date` (before it, if negative); throws `RangeError` on a day that does not exist. The first instant after a last day is `startOfLegalDay(addLegalDays(last, 1))`. */
export function addLegalDays(date: string, days: number): string {
  const ms = Date.parse(`${date}T00:00:00Z`);
  // Date.parse takes 30 February for 1 March; a day that does not exist is refused, as Temporal does.
  if (Number.isNaN(ms) || new Date(ms).toISOString().slice(0, 10) !== date)
    throw new RangeError(`no such day: ${date}`);
  return new Date(ms + days * 86_400_000).toISOString().slice(0, 10);
}

/** An instant as `YYYY-MM-DDTHH:MM:SS+08:00`, truncated to the second: the form of every time in the public record. */
export function taipeiTimestamp(ms: number): string {
  return `${new Date(ms + LEGAL_OFFSET_MS).toISOString().slice(0, 19)}+08:00`;
}

/** An instant in UTC as `YYYY-MM-DDTHH:MM:SS.mmmZ`: the form given to the database. */
export const utcIso = (ms: number): string => new Date(ms).toISOString();

/**
 * Epoch milliseconds of an ISO 8601 instant with its offset, as `taipeiTimestamp` writes it.
 * Throws `RangeError` on anything else, a missing offset included.
 */
export const instantMs = (iso: string): number => Temporal.Instant.from(iso).epochMilliseconds;

/** Waits `ms` milliseconds, or until `signal` aborts; never throws. */
export async function pause(ms: number, signal?: AbortSignal): Promise<void> {
  await delay(ms, undefined, signal ? { signal } : undefined).catch(() => undefined);
}
