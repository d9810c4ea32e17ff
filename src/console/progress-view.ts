/** 進度: from counts of days to what the progress page shows. Pure. */
import { daysBetween } from '../law/index.ts';
import { addLegalDays } from '../platform/time.ts';
import type { ShownCounties } from './county-totals.ts';
import { atPace, type DayCount, type Forecast, forecast } from './forecast.ts';
import type { Expected, Known } from './forecast-chart.tsx';

export interface ProgressInput {
  readonly days: readonly DayCount[];
  /** Undefined before the first table. */
  readonly counties: ShownCounties | undefined;
  /** The smallest number of people told by county; infinite where the pack names none. */
  readonly leastTold: number;
  readonly hasRegistry: boolean;
  /** Electronic count at the published checkpoint. */
  readonly electronic: number;
  readonly countedAt: string | undefined;
  /** What the campaign says it holds on paper; kept nowhere. */
  readonly paper: number;
  readonly threshold: number;
  readonly today: string;
  readonly firstDay: string;
  readonly lastDay: string;
}

export interface ProgressView extends ProgressInput {
  readonly forecast: Forecast;
  readonly known: readonly Known[];
  readonly expected: readonly Expected[];
  /** The last days one by one, for the table. */
  readonly byDay: readonly DayCount[];
}

const STEPS_AHEAD = 12;

/** Every whole day from the first on, days without a signature as 0. */
function everyDay(days: readonly DayCount[], firstDay: string, today: string): readonly DayCount[] {
  const counts = new Map(days.map(({ day, count }) => [day, count]));
  const number = Math.max(0, daysBetween(firstDay, today));
  return Array.from({ length: number }, (_, i) => {
    const day = addLegalDays(firstDay, i);
    return { day, count: counts.get(day) ?? 0 };
  });
}

export function progressView(input: ProgressInput): ProgressView {
  const { electronic, today, firstDay, lastDay } = input;
  const end = lastDay < today ? addLegalDays(lastDay, 1) : today;
  const byDay = everyDay(input.days, firstDay, end);
  const found = forecast({ ...input, days: byDay });
  let sum = 0;
  const known: Known[] = byDay.map(({ day, count }) => {
    sum += count;
    return { on: day, value: sum };
  });
  if (today >= firstDay && today <= lastDay) known.push({ on: today, value: Math.max(sum, electronic) });
  const { paces, daysLeft } = found;
  const expected: Expected[] = [];
  if (paces !== undefined && daysLeft > 1) {
    const steps = Math.min(STEPS_AHEAD, daysLeft - 1);
    for (let i = 1; i <= steps; i++) {
      const on = addLegalDays(today, Math.round(((daysLeft - 1) * i) / steps));
      const reckon = (pace: 'slow' | 'usual' | 'fast') => atPace(found, paces[pace], electronic, today, on);
      expected.push({ on, low: reckon('slow'), usual: reckon('usual'), high: reckon('fast') });
    }
  }
  return { ...input, forecast: found, known, expected, byDay };
}
