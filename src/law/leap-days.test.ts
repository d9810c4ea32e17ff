/** 二月二十九日: terms that begin on it, end on it, or run across it, forwards and backwards. */
import { expect, it, test } from 'vitest';
import { courseOf } from './course.ts';
import { daysAfter, lastDayBefore, monthsAfter, yearsAfter } from './deadlines.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

test.each([
  ['begins after a leap day', '2028-02-29', 6, '2028-03-01', '2028-08-31'],
  ['begins on a leap day', '2028-02-28', 6, '2028-02-29', '2028-08-28'],
  ['ends on a leap day, which has no corresponding day', '2027-08-29', 6, '2027-08-30', '2028-02-29'],
  ['ends the day before one', '2027-08-28', 6, '2027-08-29', '2028-02-28'],
  ['the same days of a common year', '2026-08-28', 6, '2026-08-29', '2027-02-28'],
])('months: %s', (_what, event, months, firstDay, lastDay) => {
  expect(monthsAfter(event, months)).toEqual({ firstDay, lastDay });
});

test.each([
  ['thirty days across it', '2028-02-10', 30, '2028-03-11'],
  ['thirty days of a common year', '2027-02-10', 30, '2027-03-12'],
  ['ten days that end on it', '2028-02-19', 10, '2028-02-29'],
  ['sixty days from it', '2028-02-29', 60, '2028-04-29'],
])('days: %s', (_what, event, days, lastDay) => {
  expect(daysAfter(event, days).lastDay).toBe(lastDay);
});

it('two years from a leap day end where there is none', () => {
  expect(yearsAfter('2028-02-29', 2).lastDay).toBe('2030-02-28');
  expect(yearsAfter('2026-02-28', 2)).toEqual({ firstDay: '2026-03-01', lastDay: '2028-02-29' });
});

it('is counted backwards too', () => {
  expect(lastDayBefore('2028-05-27', 90)).toBe('2028-02-26');
  expect(lastDayBefore('2027-05-27', 90)).toBe('2027-02-25');
});

it('a case whose code is collected on it: signing opens on the first of March', () => {
  const events: readonly LegalEvent[] = [
    { kind: 'entered-before-collection', on: '2028-02-29' },
    { kind: 'collected', on: '2028-02-29', mode: 'both' },
  ];
  expect(courseOf(PACK, events, '2028-03-01').signing).toMatchObject({
    firstDay: '2028-03-01',
    lastDay: '2028-08-31',
  });
  expect(courseOf(PACK, events, '2028-08-31').outcome).toBeUndefined();
  expect(courseOf(PACK, events, '2028-09-01').outcome).toMatchObject({
    value: 'deemed-abandoned',
    on: '2028-09-01',
  });
});
