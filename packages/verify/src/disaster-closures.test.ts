import { describe, expect, it } from 'vitest';
import { coursesOf } from './case-course.ts';
import { closedDays, movedDay } from './disaster-closures.ts';
import type { FoldedAct, RecordFold } from './record-fold.ts';

const act = (
  index: number,
  kind: string,
  body: FoldedAct['body'],
  more: Partial<FoldedAct> = {},
): FoldedAct => ({
  index,
  kind,
  at: '2026-11-20T08:00:00+08:00',
  basis: '測試',
  capacity: 'commission',
  ...(body === undefined ? {} : { body }),
  ...more,
});
const closure = (index: number, day: string, more: Partial<FoldedAct> = {}) =>
  act(index, 'closure', { day, place: '臺北市' }, more);

describe('an official closure', () => {
  it.each([
    ['2026-11-19', ['2026-11-20'], '2026-11-19'],
    ['2026-11-20', ['2026-11-20'], '2026-11-23'],
    ['2026-11-18', ['2026-11-18', '2026-11-19'], '2026-11-20'],
    ['2024-02-28', ['2024-02-28'], '2024-02-29'],
    ['2028-02-29', ['2028-02-29'], '2028-03-01'],
    ['2026-11-21', [], '2026-11-21'],
    ['2026-11-21', ['2026-11-21'], '2026-11-23'],
  ])('%s with %j ends on %s', (lastDay, closed, expected) => {
    expect(movedDay(lastDay, new Set(closed))).toBe(expected);
  });

  it('that was replaced moves nothing', () => {
    const acts = [closure(1, '2026-11-20'), closure(2, '2026-11-27', { replaces: 1 })];
    expect([...closedDays(acts)]).toEqual(['2026-11-27']);
  });

  it('moves the end of the period that outsiders expect a closing at', () => {
    const days = { collectedOn: '2026-05-20', firstDay: '2026-05-21', lastDay: '2026-11-20' };
    const opened = act(3, 'opened', days, { case: '9901' });
    const endOf = (acts: readonly FoldedAct[]) => coursesOf({ acts } as unknown as RecordFold)[0]?.endMs;
    expect(endOf([opened])).toBe(Date.parse('2026-11-21T00:00:00+08:00'));
    expect(endOf([opened, closure(4, '2026-11-20')])).toBe(Date.parse('2026-11-24T00:00:00+08:00'));
  });
});
