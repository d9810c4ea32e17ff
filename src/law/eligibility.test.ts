import { describe, expect, it, test } from 'vitest';
import { ineligibility, mayBeEligibleBy } from './eligibility.ts';
import { retentionClock } from './retention-clock.ts';
import { known, rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const RULE = {
  minimumAgeYears: known(PACK, 'minimumAgeYears'),
  residenceMonths: known(PACK, 'residenceMonths'),
};

describe('資格 公民投票法 §§7–8', () => {
  it('以名冊提出日計年齡：簽署時十七歲，提出日滿十八歲者有效', () => {
    const person = { born: '2008-03-31' };
    expect(ineligibility(RULE, person, '2026-03-30')).toEqual(['too-young']);
    expect(ineligibility(RULE, person, '2026-03-31')).toEqual([]);
    expect(mayBeEligibleBy(RULE, person, '2026-03-31')).toBe(true);
    expect(mayBeEligibleBy(RULE, person, '2026-03-30')).toBe(false);
  });

  it('二月二十九日出生者，於平年三月一日滿十八歲', () => {
    expect(ineligibility(RULE, { born: '2008-02-29' }, '2026-02-28')).toEqual(['too-young']);
    expect(ineligibility(RULE, { born: '2008-02-29' }, '2026-03-01')).toEqual([]);
  });

  it('繼續居住六個月自遷入登記日起算；監護宣告不合格', () => {
    const moved = { born: '1990-01-01', residentSince: '2025-10-01' };
    expect(ineligibility(RULE, moved, '2026-03-31')).toEqual(['residence-too-short']);
    expect(ineligibility(RULE, moved, '2026-04-01')).toEqual([]);
    expect(ineligibility(RULE, { ...moved, isUnderGuardianship: true }, '2026-04-01')).toEqual([
      'under-guardianship',
    ]);
  });
});

describe('保存期限 電子連署及查對作業辦法 §12', () => {
  const rule = known(PACK, 'retention');

  test.each([
    ['視為放棄起二年', { outcome: 'deemed-abandoned', on: '2026-02-01' }, '2028-02-01', false],
    [
      '訴訟者至判決確定後三個月，取其晚',
      { outcome: 'established', on: '2026-02-01', judgment: '2028-01-15' },
      '2028-04-15',
      false,
    ],
    [
      '判決較早者仍為二年',
      { outcome: 'not-established', on: '2026-02-01', judgment: '2026-05-01' },
      '2028-02-01',
      false,
    ],
    ['撤回以決定日起算（專案預設）', { outcome: 'withdrawn', on: '2024-02-29' }, '2026-02-28', true],
  ] as const)('%s', (_name, facts, until, isStartDefault) => {
    expect(retentionClock(rule, facts)).toEqual({ from: facts.on, until, isStartDefault });
  });

  it('訴訟繫屬中不得銷毀', () => {
    expect(
      retentionClock(rule, { outcome: 'established', on: '2026-02-01', judgment: 'pending' }).until,
    ).toBeUndefined();
  });
});
