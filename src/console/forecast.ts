/**
 * 預估: when the threshold might be reached, and how many to collect so that it holds after the check. Pure. The paces
 * are scenarios from the case's own days, not probabilities, and are shown as such: case 9001 went from 150 a day to
 * nearly 10,000 and back within a month.
 */
import { daysBetween } from '../law/index.ts';
import { addLegalDays } from '../platform/time.ts';
import { ELECTRONIC_BAND, grossFor, PAPER_BAND, type RateBand, standing } from './exclusion-rates.ts';

/** Signatures counted on one whole legal day. */
export interface DayCount {
  readonly day: string;
  readonly count: number;
}

export interface ForecastInput {
  /** Every whole day since signing opened, in order, days without a signature included. */
  readonly days: readonly DayCount[];
  /** Counted electronically up to now. */
  readonly electronic: number;
  /** Paper slips the campaign holds, by its own word; nothing of them is in the record before the raw count. */
  readonly paper: number;
  readonly threshold: number;
  readonly today: string;
  readonly lastDay: string;
}

/** Slow, usual and fast: what a day brings, the total on the last day, and when the goal is reached. */
export interface Pace {
  readonly perDay: number;
  readonly atEnd: number;
  /** First day on which the goal is met; undefined when the last day comes first. */
  readonly goalOn: string | undefined;
}

export interface Forecast {
  /** How many must be filed so that the threshold holds after the check, at the low and high share of exclusions. */
  readonly goal: Readonly<{ low: number; high: number }>;
  /** Electronic signatures still missing for the careful goal (`goal.high`); 0 when it is met. */
  readonly missing: number;
  readonly daysLeft: number;
  /** What is left a day until the last day to reach the careful goal, rounded up; undefined on the last day. */
  readonly neededPerDay: number | undefined;
  /** Undefined before the first whole day. */
  readonly paces: Readonly<{ slow: Pace; usual: Pace; fast: Pace }> | undefined;
  /** How many days the paces rest on. */
  readonly restsOn: number;
}

/** Days that the usual pace is the mean of, and the window within which slow and fast weeks are looked for. */
const USUAL_DAYS = 14;
const WINDOW_DAYS = 28;
const WEEK = 7;

/** Electronic signatures needed beside this paper, at one end of the bands. */
function goalAt(
  input: ForecastInput,
  end: 'low' | 'high',
  bands: Readonly<Record<string, RateBand>>,
): number {
  const { paper = PAPER_BAND, electronic = ELECTRONIC_BAND } = bands;
  return grossFor(input.threshold - standing(input.paper, paper[end]), electronic[end]);
}

/** @param input requires `today` not before the first day; `days` are those before today. */
export function forecast(
  input: ForecastInput,
  bands: Readonly<{ paper?: RateBand; electronic?: RateBand }> = {},
): Forecast {
  const { electronic, today, lastDay, days } = input;
  const goal = { low: goalAt(input, 'low', bands), high: goalAt(input, 'high', bands) };
  const missing = Math.max(0, goal.high - electronic);
  const daysLeft = Math.max(0, daysBetween(today, lastDay) + 1);
  const recent = days.slice(-WINDOW_DAYS).map(({ count }) => count);
  const pace = (perDay: number): Pace => {
    const gap = goal.high - electronic;
    const needs = gap <= 0 ? 0 : perDay <= 0 ? Number.POSITIVE_INFINITY : Math.ceil(gap / perDay) - 1;
    return {
      perDay: Math.floor(perDay),
      atEnd: electronic + Math.floor(perDay * daysLeft),
      goalOn: needs < daysLeft ? addLegalDays(today, needs) : undefined,
    };
  };
  const weeks = weeklyMeans(recent);
  return {
    goal,
    missing,
    daysLeft,
    neededPerDay: daysLeft === 0 ? undefined : Math.ceil(missing / daysLeft),
    paces:
      recent.length === 0
        ? undefined
        : {
            slow: pace(Math.min(...weeks)),
            usual: pace(mean(recent.slice(-USUAL_DAYS))),
            fast: pace(Math.max(...weeks)),
          },
    restsOn: recent.length,
  };
}

const mean = (counts: readonly number[]): number =>
  counts.reduce((sum, count) => sum + count, 0) / Math.max(1, counts.length);

/** The means of every seven days in a row; of fewer days, each day by itself. */
function weeklyMeans(counts: readonly number[]): readonly number[] {
  if (counts.length < WEEK) return counts;
  return Array.from({ length: counts.length - WEEK + 1 }, (_, i) => mean(counts.slice(i, i + WEEK)));
}

/** Where each pace would stand on a day from today on, for the chart. */
export const atPace = (forecastOf: Forecast, pace: Pace, electronic: number, today: string, day: string) =>
  electronic +
  Math.floor(pace.perDay * Math.min(forecastOf.daysLeft, Math.max(0, daysBetween(today, day) + 1)));
