import { expect, test } from 'vitest';
import { monthsAfter } from './deadlines.ts';

/** law.md §6: event day, last day of six months. */
const VECTORS = [
  ['D1 9001：末日為星期六，不順延', '2025-07-31', '2025-08-01', '2026-01-31'],
  ['D2 9002–9004', '2025-09-30', '2025-10-01', '2026-03-31'],
  ['D3', '2026-08-15', '2026-08-16', '2027-02-15'],
  ['D4：末月無相當日', '2026-08-30', '2026-08-31', '2027-02-28'],
  ['D7', '2025-08-31', '2025-09-01', '2026-02-28'],
  ['D8：閏年', '2023-08-30', '2023-08-31', '2024-02-29'],
  ['D9', '2026-02-28', '2026-03-01', '2026-08-31'],
  ['D10', '2026-10-30', '2026-10-31', '2027-04-30'],
] as const;

test.each(VECTORS)('六個月連署期 %s', (_name, event, firstDay, lastDay) => {
  expect(monthsAfter(event, 6)).toEqual({ firstDay, lastDay });
});
