import { describe, expect, it } from 'vitest';
import { rulePack } from '../law/index.ts';
import { electionVotes, lastDays, timelineFrom } from './timeline.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const OLD = rulePack('tw.referendum.national@2019-06-21');

describe('from filing to the vote', () => {
  it('adds the terms of the pack, each first day not counted', () => {
    // D16: a roster received on 2026-12-20 is checked by 2027-02-18.
    const { direct, supplemented } = timelineFrom(PACK, '2026-12-20');
    expect(direct).toEqual({
      checkedBy: '2027-02-18',
      establishedBy: '2027-02-28',
      vote: { first: '2027-05-30', last: '2027-08-28' },
    });
    expect(supplemented.supplementBy).toBe('2027-03-20');
    expect(supplemented.checkedBy).toBe('2027-05-19');
    expect(supplemented.establishedBy).toBe('2027-05-29');
  });

  it('finds the fixed day under the Act of 2019', () => {
    const { direct } = timelineFrom(OLD, '2026-01-30');
    expect(direct.vote).toEqual({ first: '2027-08-28', last: '2027-08-28' });
  });

  it('a later filing never leads to an earlier vote', () => {
    const votes = ['2026-12-01', '2026-12-31', '2027-01-31', '2027-02-28'].map(
      (day) => timelineFrom(PACK, day).direct.vote?.first ?? '',
    );
    expect([...votes].sort()).toEqual(votes);
  });
});

describe('the last days', () => {
  it('case 9001: the last day was a Saturday and was not moved; the bar ran two years', () => {
    expect(lastDays(OLD, '2026-01-31', '2026-01-02')).toEqual({
      lastDay: '2026-01-31',
      isWeekend: true,
      lastWeekday: '2026-01-30',
      abandonedOn: '2026-02-01',
      barredUntil: '2028-02-01',
      daysLeft: 29,
      isNear: true,
    });
  });

  it('a Tuesday needs no warning', () => {
    expect(lastDays(OLD, '2026-03-31', '2025-10-01')).toMatchObject({
      isWeekend: false,
      lastWeekday: '2026-03-31',
      isNear: false,
    });
  });
});

describe('an announced national election', () => {
  const pack = rulePack('tw.referendum.national@2025-12-03');

  it('takes the vote of every filing between two days with it (vector D6 and the terms before it)', () => {
    expect(electionVotes(pack, '2026-03-01', '2026-08-31', ['2026-11-28'])).toEqual([
      { day: '2026-11-28', fileFrom: '2026-03-19', fileBy: '2026-06-19' },
    ]);
    expect(timelineFrom(pack, '2026-06-19', ['2026-11-28']).direct.vote).toEqual({
      first: '2026-11-28',
      last: '2026-11-28',
      election: '2026-11-28',
    });
    expect(timelineFrom(pack, '2026-06-20', ['2026-11-28']).direct.vote?.election).toBeUndefined();
  });

  it('moves no vote under the text of 2019', () => {
    const old = rulePack('tw.referendum.national@2019-06-21');
    expect(electionVotes(old, '2021-01-01', '2021-06-30', ['2021-08-28'])).toEqual([]);
    expect(timelineFrom(old, '2021-01-01', ['2021-06-05']).direct.vote?.first).toBe('2021-08-28');
  });
});
