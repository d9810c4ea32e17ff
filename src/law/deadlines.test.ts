import { describe, expect, test } from 'vitest';
import { daysAfter, extendedByDisaster, isMondayToFriday, lastDayBefore, monthsAfter } from './deadlines.ts';
import { establishmentDaysFor, voteDays } from './vote-window.ts';

/** law.md §6: event day, first and last day of six months. */
const MONTHS = [
  ['D1 9001：末日為星期六，不順延', '2025-07-31', '2025-08-01', '2026-01-31'],
  ['D2 9002–9004', '2025-09-30', '2025-10-01', '2026-03-31'],
  ['D3', '2026-08-15', '2026-08-16', '2027-02-15'],
  ['D4：末月無相當日', '2026-08-30', '2026-08-31', '2027-02-28'],
  ['D7', '2025-08-31', '2025-09-01', '2026-02-28'],
  ['D8：閏年', '2023-08-30', '2023-08-31', '2024-02-29'],
  ['D9', '2026-02-28', '2026-03-01', '2026-08-31'],
  ['D10', '2026-10-30', '2026-10-31', '2027-04-30'],
] as const;

test.each(MONTHS)('六個月連署期 %s', (_name, event, firstDay, lastDay) => {
  expect(monthsAfter(event, 6)).toEqual({ firstDay, lastDay });
});

const DAYS = [
  ['D11 補正 30 日', '2026-01-30', 30, '2026-01-31', '2026-03-01'],
  ['D12 審核 60 日，末日星期六', '2026-02-10', 60, '2026-02-11', '2026-04-11'],
  ['D13 查對提案人 15 日', '2026-03-16', 15, '2026-03-17', '2026-03-31'],
  ['D14 意見書 45 日，末日星期日', '2026-01-15', 45, '2026-01-16', '2026-03-01'],
  ['D15 領取 10 日', '2026-12-25', 10, '2026-12-26', '2027-01-04'],
  ['D16 查對連署人 60 日', '2026-12-20', 60, '2026-12-21', '2027-02-18'],
] as const;

test.each(DAYS)('以日計 %s', (_name, event, days, firstDay, lastDay) => {
  expect(daysAfter(event, days)).toEqual({ firstDay, lastDay });
});

describe('投票日', () => {
  const window = { kind: 'months-after-establishment', from: 3, to: 6 } as const;

  test('D5：投票日九十日前', () => {
    expect(lastDayBefore('2026-11-28', 90)).toBe('2026-08-29');
  });

  test('D6：2026-11-28 投票者，成立公告應在 05-28 至 08-28', () => {
    expect(establishmentDaysFor(window, '2026-11-28', 90)).toEqual({
      first: '2026-05-28',
      last: '2026-08-28',
    });
    expect(voteDays(window, '2026-05-28', 90)).toEqual({ first: '2026-08-28', last: '2026-11-28' });
  });

  test('三個月不足九十一日者，以公告之日數為準', () => {
    // 2026-11-30 to 2027-02-28 is 90 days: the announcement of at least 90 days before the vote would fall before it.
    expect(voteDays(window, '2026-11-30', 90)?.first).toBe('2027-03-01');
  });

  test('2019 年條文：自 2021 年起每二年八月第四個星期六', () => {
    const fixed = { kind: 'fourth-saturday-of-august', everyYears: 2, from: 2021 } as const;
    expect(voteDays(fixed, '2021-04-01', 90)).toEqual({ first: '2021-08-28', last: '2021-08-28' });
    expect(voteDays(fixed, '2021-08-01', 90)?.first).toBe('2023-08-26');
    expect(voteDays(fixed, '2025-05-23', 90)?.first).toBe('2025-08-23');
    expect(voteDays(fixed, '2025-05-25', 90)?.first).toBe('2027-08-28');
  });
});

describe('天然災害停止上班', () => {
  const closed =
    (...days: readonly string[]) =>
    (day: string) =>
      days.includes(day);

  test('D17：僅末日停班始延長，至恢復上班之首日', () => {
    expect(extendedByDisaster('2027-01-04', closed('2027-01-04'))).toBe('2027-01-05');
    expect(extendedByDisaster('2027-01-04', closed('2027-01-04', '2027-01-05'))).toBe('2027-01-06');
    expect(extendedByDisaster('2027-01-04', closed('2027-01-03'))).toBe('2027-01-04');
  });

  test('延長後遇週末，續至次一上班日；未停班之週末末日不動', () => {
    expect(extendedByDisaster('2026-01-30', closed('2026-01-30'))).toBe('2026-02-02');
    expect(extendedByDisaster('2026-01-31', closed())).toBe('2026-01-31');
    expect([isMondayToFriday('2026-01-30'), isMondayToFriday('2026-01-31')]).toEqual([true, false]);
  });
});
