import { expect, test } from 'vitest';
import { COUNTIES, electorBaseOn } from './electors.ts';
import { known, rulePack } from './rule-pack.ts';
import { required } from './thresholds.ts';

const PETITION = { numerator: 15n, denominator: 1000n };
const PROPOSAL = { numerator: 1n, denominator: 10_000n };
const OFFICE = { numerator: 5n, denominator: 100_000n };

test.each([
  [18_086_455n, 905n, 1_809n, 271_297n],
  [18_782_991n, 940n, 1_879n, 281_745n],
  [19_311_105n, 966n, 1_932n, 289_667n],
  [19_548_531n, 978n, 1_955n, 293_228n],
])('門檻表 law.md §5.2：%d 人', (electors, office, proposal, petition) => {
  expect(required(electors, OFFICE)).toBe(office);
  expect(required(electors, PROPOSAL)).toBe(proposal);
  expect(required(electors, PETITION)).toBe(petition);
});

test.each([
  [19_548_400n, PETITION, 293_226n],
  [19_548_401n, PETITION, 293_227n],
  [19_548_466n, PETITION, 293_227n],
  [19_548_467n, PETITION, 293_228n],
  [19_540_000n, PROPOSAL, 1_954n],
  [19_540_001n, PROPOSAL, 1_955n],
  [200n, { numerator: 35n, denominator: 1000n }, 7n],
  [100n, { numerator: 7n, denominator: 100n }, 7n],
])('進位邊界 law.md §5.3：%d', (electors, rate, expected) => {
  expect(required(electors, rate)).toBe(expected);
});

test('連署門檻由提案前最近一次總統選舉的選舉人總數算出', () => {
  const base = electorBaseOn('2025-03-01');
  expect(base?.electors).toBe(19_548_531n);
  expect(
    required(base?.electors ?? 0n, known(rulePack('tw.referendum.national@2025-12-03'), 'petitionRate')),
  ).toBe(293_228n);
  expect(electorBaseOn('2024-01-13')?.electors).toBe(19_311_105n);
  expect(electorBaseOn('2012-01-14')).toBeUndefined();
  expect(() => rulePack('tw.referendum.national@1999-01-01')).toThrow(RangeError);
});

test('各縣市選舉人數之和等於全國', () => {
  const sum = (of: (county: (typeof COUNTIES)[number]) => number): number =>
    COUNTIES.reduce((total, county) => total + of(county), 0);
  expect(COUNTIES).toHaveLength(22);
  expect(sum((county) => county.electors2024)).toBe(19_548_531);
  expect(sum((county) => county.electors2020)).toBe(19_311_105);
});
