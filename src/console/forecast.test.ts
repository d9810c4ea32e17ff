import fc from 'fast-check';
import { describe, expect, it, test } from 'vitest';
import { CHECKED_ROSTERS, grossFor, PAPER_BAND, shareOf, standing, WHOLE } from './exclusion-rates.ts';
import { atPace, type ForecastInput, forecast } from './forecast.ts';

const THRESHOLD = 293_228;

describe('published checks', () => {
  test.each(CHECKED_ROSTERS)('case $caseNumber balances', ({ filed, valid, invalid }) => {
    expect(filed - valid).toBe(invalid);
  });

  it('give the shares that the press printed', () => {
    const share = (caseNumber: number) => {
      const row = CHECKED_ROSTERS.find((one) => one.caseNumber === caseNumber);
      return row && shareOf(row) / 100;
    };
    expect(share(7)).toBeCloseTo(36.8, 1);
    expect([share(14), share(15), share(20)]).toEqual([8.95, 9.54, 8.67]);
    expect(PAPER_BAND).toMatchObject({ low: 867, high: 1_799, status: 'published' });
  });
});

it('grossFor is the smallest number of which enough stand', () => {
  fc.assert(
    fc.property(
      fc.integer({ min: 0, max: 1_000_000 }),
      fc.integer({ min: 0, max: WHOLE - 1 }),
      (valid, share) => {
        const gross = grossFor(valid, share);
        expect(standing(gross, share)).toBeGreaterThanOrEqual(valid);
        if (gross > 0) expect(standing(gross - 1, share)).toBeLessThan(valid);
      },
    ),
  );
  expect(grossFor(THRESHOLD, 200)).toBe(299_213);
  expect(() => grossFor(1, WHOLE)).toThrow(RangeError);
});

const input = (change: Partial<ForecastInput> = {}): ForecastInput => ({
  days: Array.from({ length: 28 }, (_, i) => ({
    day: `2025-08-${String(i + 1).padStart(2, '0')}`,
    count: i < 14 ? 100 : 1_000,
  })),
  electronic: 15_400,
  paper: 0,
  threshold: THRESHOLD,
  today: '2025-08-29',
  lastDay: '2026-01-31',
  ...change,
});

describe('forecast', () => {
  it('asks for the threshold and the margin, and says what is missing', () => {
    const found = forecast(input());
    expect(found.goal).toEqual({ low: 296_190, high: 299_213 });
    expect(found.missing).toBe(299_213 - 15_400);
    expect(found.daysLeft).toBe(156);
    expect(found.neededPerDay).toBe(Math.ceil((299_213 - 15_400) / 156));
  });

  it('spreads its paces from the slowest to the fastest week', () => {
    const { paces, restsOn } = forecast(input());
    expect(restsOn).toBe(28);
    expect([paces?.slow.perDay, paces?.usual.perDay, paces?.fast.perDay]).toEqual([100, 1_000, 1_000]);
    expect(paces?.slow.goalOn).toBeUndefined();
    expect(paces?.usual.atEnd).toBe(15_400 + 156_000);
  });

  it('names the day on which the goal is met, that day included', () => {
    const days = [{ day: '2026-01-28', count: 100 }];
    const near = { electronic: 299_000, days, lastDay: '2026-01-31' };
    expect(forecast(input({ ...near, today: '2026-01-29' })).paces?.usual.goalOn).toBe('2026-01-31');
    expect(forecast(input({ ...near, today: '2026-01-30' })).paces?.usual.goalOn).toBeUndefined();
    expect(forecast(input({ electronic: 299_213, today: '2026-01-30' })).paces?.slow.goalOn).toBe(
      '2026-01-30',
    );
  });

  it('has no pace before the first whole day, none after the last, and does not divide by nothing', () => {
    expect(forecast(input({ days: [] })).paces).toBeUndefined();
    const after = forecast(input({ today: '2026-02-01' }));
    expect([after.daysLeft, after.neededPerDay, after.paces?.fast.atEnd]).toEqual([0, undefined, 15_400]);
    const silent = forecast(input({ days: [{ day: '2025-08-01', count: 0 }] }));
    expect(silent.paces?.usual).toEqual({ perDay: 0, atEnd: 15_400, goalOn: undefined });
  });

  it('lets paper count less than it looks', () => {
    const goal = forecast(input({ paper: 100_000 })).goal;
    expect(goal.high).toBe(grossFor(THRESHOLD - standing(100_000, 1_799), 200));
    expect(forecast(input({ paper: 10_000_000 })).missing).toBe(0);
  });

  it('never falls with more signatures, and stays where it starts', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 400_000 }), fc.integer({ min: 0, max: 10_000 }), (n, more) => {
        expect(forecast(input({ electronic: n + more })).missing).toBeLessThanOrEqual(
          forecast(input({ electronic: n })).missing,
        );
      }),
    );
    const found = forecast(input());
    const { paces } = found;
    expect(paces && atPace(found, paces.usual, 15_400, '2025-08-29', '2026-01-31')).toBe(paces?.usual.atEnd);
  });
});
