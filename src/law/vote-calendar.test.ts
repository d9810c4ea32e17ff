/** 公投與選舉: on which day a vote is held under each text of §23, and what was known when. */
import { describe, expect, it, test } from 'vitest';
import { courseOf } from './course.ts';
import type { LegalEvent } from './legal-event.ts';
import { known, rulePack } from './rule-pack.ts';
import { voteDays } from './vote-window.ts';

const NOW = rulePack('tw.referendum.national@2025-12-03');
const OLD = rulePack('tw.referendum.national@2019-06-21');
const days = (pack: typeof NOW, established: string, ...elections: readonly string[]) =>
  voteDays(known(pack, 'voteWindow'), established, known(pack, 'announceBeforeVoteDays'), elections);

describe('the text of 2019: the fourth Saturday of August, every second year from 2021', () => {
  test.each([
    // Cases 17–20 were established in 2019–2020: the day of 2021 (then put off by the epidemic to 2021-12-18).
    ['2019-12-17', '2021-08-28'],
    ['2020-05-01', '2021-08-28'],
    // 2022 is no year of votes.
    ['2021-09-01', '2023-08-26'],
    ['2022-03-01', '2023-08-26'],
    ['2023-06-01', '2025-08-23'],
    // Case 21, delivered by the legislature: announced on 2025-05-24 at the latest.
    ['2025-05-20', '2025-08-23'],
    ['2025-05-24', '2025-08-23'],
    ['2025-05-25', '2027-08-28'],
  ])('established on %s: voted on %s, whatever elections there are', (established, vote) => {
    expect(days(OLD, established)).toEqual({ first: vote, last: vote });
    expect(days(OLD, established, '2022-11-26', '2024-01-13', '2025-08-23')).toEqual({
      first: vote,
      last: vote,
    });
  });
});

describe('the text of 2025: with the national election, if three to six months hold one', () => {
  test.each([
    ['2026-05-27', undefined],
    // Vector D6.
    ['2026-05-28', '2026-11-28'],
    ['2026-08-28', '2026-11-28'],
    ['2026-08-29', undefined],
  ])('established on %s with an election on 2026-11-28: %s', (established, election) => {
    const found = days(NOW, established, '2026-11-28');
    expect(found?.election).toBe(election);
    if (election !== undefined) expect(found).toEqual({ first: election, last: election, election });
    else expect(found?.first).not.toBe(found?.last);
  });

  it('takes the first of two, and none that leaves no ninety days', () => {
    expect(days(NOW, '2026-05-28', '2026-11-28', '2026-09-05')?.election).toBe('2026-09-05');
    // Three months from 2026-11-30 are 2027-02-28, 90 days after which the window begins on 2027-03-01.
    expect(days(NOW, '2026-11-30', '2027-02-28')?.election).toBeUndefined();
  });
});

it('the text of 2018 is not known to say on which day; nothing is filled in from a newer one', () => {
  expect(() => known(rulePack('tw.referendum.national@2018-01-03'), 'voteWindow')).toThrow('unconfirmed');
});

const ESTABLISHED: readonly LegalEvent[] = [{ kind: 'delivered', on: '2026-06-01', route: 'legislature' }];
const vote = (on: string, day: string): readonly LegalEvent[] => [
  ...ESTABLISHED,
  { kind: 'vote-announced', on, vote: day },
];
const ELECTION = { announcedOn: '2026-07-01', day: '2026-11-28' };
const on = (events: readonly LegalEvent[], today: string) => courseOf(NOW, events, today, [], [ELECTION]);

describe('what is known on a day', () => {
  it('an announced election fixes the day; the refusal says so', () => {
    const [refused] = on(vote('2026-07-02', '2026-10-10'), '2026-07-02').refused;
    expect(refused?.refusal).toMatchObject({ code: 'out-of-order', citation: '公民投票法 §23' });
    expect(refused?.refusal.instead.en).toContain('2026-11-28');
    expect(on(vote('2026-07-02', '2026-11-28'), '2026-07-02').refused).toEqual([]);
  });

  it('an act before that announcement is not judged by it, also when told long after', () => {
    expect(on(vote('2026-06-30', '2026-10-10'), '2027-01-01').refused).toEqual([]);
  });

  it('the last day to announce moves when the election is announced, not before', () => {
    const due = (today: string) => on(ESTABLISHED, today).duties.at(-1)?.due;
    expect([due('2026-06-30'), due('2026-07-01')]).toEqual(['2026-09-01', '2026-08-29']);
  });

  it('a closure is known from the day before it', () => {
    const filed: readonly LegalEvent[] = [{ kind: 'filed', on: '2026-02-10' }];
    // Sixty days end on Saturday 2026-04-11.
    const due = (today: string) => courseOf(NOW, filed, today, ['2026-04-11']).duties[0]?.due;
    expect([due('2026-04-09'), due('2026-04-10'), due('2026-04-11')]).toEqual([
      '2026-04-11',
      '2026-04-13',
      '2026-04-13',
    ]);
  });

  test.each([
    ['tw.referendum.national@2019-06-21', 'proposalCollectMonths', '2024-04-09', undefined],
    ['tw.referendum.national@2019-06-21', 'proposalCollectMonths', '2024-04-10', 6],
    ['tw.referendum.national@2019-06-21', 'petitionMonths', '2019-06-20', undefined],
    ['tw.referendum.national@2019-06-21', 'petitionMonths', '2019-06-21', 6],
    // Replaced since, and still what binds a case filed under it.
    ['tw.referendum.national@2019-06-21', 'petitionMonths', '2026-01-31', 6],
    ['tw.referendum.national@2018-01-03', 'petitionMonths', '2018-06-01', undefined],
  ] as const)('%s, %s on %s: %s', (id, name, day, value) => {
    if (value === undefined) expect(() => known(rulePack(id), name, day)).toThrow();
    else expect(known(rulePack(id), name, day)).toBe(value);
  });
});
