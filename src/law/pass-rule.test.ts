import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it, test } from 'vitest';
import { verdict } from './pass-rule.ts';
import { known, nationalPackOn, rulePack } from './rule-pack.ts';

const file = new URL('../../../shared/data/referendum-cases.csv', import.meta.url);
const hasFile = existsSync(file);
if (!hasFile) {
  if (process.env['CI']) throw new Error('referendum-cases.csv is missing');
  console.warn('SKIPPED: the historic cases are not beside this checkout (../shared/data)');
}

interface HistoricCase {
  readonly number: number;
  readonly day: string;
  readonly yes: bigint;
  readonly no: bigint;
  readonly invalid: bigint;
  readonly electors: bigint;
  readonly turnout: string;
  readonly passed: boolean;
}

/** The quoted columns hold no digits between commas that we need: numbers stand right of the last quoted name. */
function readCases(): readonly HistoricCase[] {
  return readFileSync(file, 'utf8')
    .trim()
    .split('\n')
    .slice(1)
    .map((line) => {
      const [number = '', , day = ''] = line.split(',');
      const tail = /,(\d+),(\d+),(\d+),(\d+),([\d.]+),([YN]),"/.exec(line);
      if (tail === null) throw new Error(line);
      const [, yes = '', no = '', invalid = '', electors = '', turnout = '', passed] = tail;
      return {
        number: Number(number),
        day,
        yes: BigInt(yes),
        no: BigInt(no),
        invalid: BigInt(invalid),
        electors: BigInt(electors),
        turnout,
        passed: passed === 'Y',
      };
    });
}

describe.skipIf(!hasFile)('歷次公民投票', () => {
  it('每案依當時施行之規則包，結果相符；投票率亦相符', () => {
    const cases = readCases();
    expect(cases).toHaveLength(21);
    for (const one of cases) {
      const pack = nationalPackOn(one.day);
      expect(pack, one.day).toBeDefined();
      if (pack === undefined) continue;
      expect([one.number, verdict(known(pack, 'passRule'), one).passed]).toEqual([one.number, one.passed]);
      const turnout = Number(((one.yes + one.no + one.invalid) * 1_000_000n) / one.electors) / 10_000;
      expect(Math.abs(turnout - Number(one.turnout)), `case ${one.number}`).toBeLessThan(0.011);
    }
  });

  it('第 1、2、5、6 案若誤用現行 §29 會通過', () => {
    const today = known(rulePack('tw.referendum.national@2025-12-03'), 'passRule');
    const wrong = readCases().filter((one) => verdict(today, one).passed !== one.passed);
    expect(wrong.map(({ number }) => number)).toEqual([1, 2, 5, 6]);
  });
});

test.each([
  [19_757_067n, 4_939_267n],
  [19_825_468n, 4_956_367n],
  [20_002_091n, 5_000_523n],
])('四分之一：%d 人需 %d 票', (electors, needed) => {
  const rule = known(rulePack('tw.referendum.national@2018-01-03'), 'passRule');
  const vote = { no: 0n, invalid: 0n, electors };
  expect(verdict(rule, { ...vote, yes: needed })).toMatchObject({ passed: true, needed });
  expect(verdict(rule, { ...vote, yes: needed - 1n }).passed).toBe(false);
  expect(verdict(rule, { ...vote, yes: needed, no: needed }).passed).toBe(false);
});

test('2022 年修憲複決：須逾選舉人總額半數', () => {
  const rule = known(rulePack('tw.referendum.constitutional'), 'passRule');
  const result = verdict(rule, { yes: 5_647_102n, no: 5_016_427n, invalid: 0n, electors: 19_239_392n });
  expect(result).toMatchObject({ passed: false, needed: 9_619_697n, hasMajority: true });
});
