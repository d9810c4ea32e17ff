import { describe, expect, it, test } from 'vitest';
import { courseOf } from './course.ts';
import { retentionOf } from './course-retention.ts';
import { explainCourse } from './explain.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';
import { establishmentDaysFor, voteDays } from './vote-window.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

const FILED: readonly LegalEvent[] = [
  { kind: 'filed', on: '2026-02-10' },
  { kind: 'accepted', on: '2026-02-11' },
];
const SIGNING: readonly LegalEvent[] = [
  { kind: 'entered-before-collection', on: '2026-06-30' },
  { kind: 'collected', on: '2026-06-30', mode: 'both' },
];
const count = (n: number): LegalEvent => ({
  kind: 'raw-counted',
  on: '2026-12-02',
  count: n,
  required: 293_228,
  isBound: true,
});
const check = (on: string, valid: number): LegalEvent => ({
  kind: 'signers-checked',
  on,
  valid,
  required: 293_228,
});
const CHECKING: readonly LegalEvent[] = [
  ...SIGNING,
  { kind: 'roster-filed', on: '2026-12-01' },
  count(300_000),
  { kind: 'signers-sent', on: '2026-12-03' },
];
const ESTABLISHED: readonly LegalEvent[] = [
  ...CHECKING,
  check('2027-01-10', 293_228),
  { kind: 'established', on: '2027-01-12' },
];

describe('what each outcome brings with it (law.md §3.2)', () => {
  type Row = readonly [string, readonly LegalEvent[], string | undefined, string | undefined];
  const ROWS: readonly Row[] = [
    // outcome, events, whom a bar binds, the start of the retention clock and how sure it is
    [
      'inadmissible',
      [...SIGNING, { kind: 'roster-filed', on: '2026-12-01' }, count(293_227)],
      undefined,
      '2026-12-02 project-default',
    ],
    [
      'rejected',
      [
        ...FILED,
        { kind: 'hearing-notified', on: '2026-02-12' },
        { kind: 'hearing-held', on: '2026-02-20' },
        { kind: 'correction-ordered', on: '2026-02-21', grounds: ['matter'] },
        { kind: 'rejected', on: '2026-04-01' },
      ],
      undefined,
      undefined,
    ],
    ['deemed-abandoned', SIGNING, 'the-original-proposers', '2027-01-01 confirmed'],
    [
      'not-established',
      [
        ...CHECKING,
        check('2027-01-10', 293_227),
        { kind: 'supplement-ordered', on: '2027-01-11' },
        { kind: 'not-established', on: '2027-02-11' },
      ],
      undefined,
      '2027-02-11 confirmed',
    ],
    [
      'voted',
      [
        ...ESTABLISHED,
        { kind: 'vote-announced', on: '2027-01-20', vote: '2027-06-05' },
        { kind: 'vote-held', on: '2027-06-05' },
        { kind: 'result-announced', on: '2027-06-11', passed: false },
      ],
      'anyone',
      '2027-01-12 confirmed',
    ],
    ['stopped', [...SIGNING, { kind: 'stopped', on: '2026-08-01' }], undefined, '2026-08-01 project-default'],
    [
      'withdrawn',
      [...FILED, { kind: 'withdrawn', on: '2026-03-01', agreeing: 2, proposers: 4 }],
      undefined,
      '2026-03-01 project-default',
    ],
  ];

  test.each(ROWS)('%s', (outcome, events, barred, kept) => {
    const course = courseOf(PACK, events, '2027-12-31');
    expect(course.refused).toEqual([]);
    expect(course.outcome?.value).toBe(outcome);
    expect(course.bars.map(({ bar }) => bar.whom)).toEqual(barred === undefined ? [] : [barred]);
    const retention = retentionOf(course);
    expect(retention && `${retention.from} ${retention.mark}`).toBe(kept);
  });
});

describe('the vote', () => {
  it('D6: 2026-05-27 and 2026-08-29 fall outside', () => {
    const window = { kind: 'months-after-establishment', from: 3, to: 6 } as const;
    expect(establishmentDaysFor(window, '2026-11-28', 90)).toEqual({
      first: '2026-05-28',
      last: '2026-08-28',
    });
    expect(voteDays(window, '2026-05-27', 90)?.last).toBe('2026-11-27');
    expect((voteDays(window, '2026-08-29', 90)?.first ?? '') > '2026-11-28').toBe(true);
  });
});

it('the longest path, two years and a half month, is refused nowhere and late nowhere', () => {
  const events: readonly LegalEvent[] = [
    { kind: 'filed', on: '2026-01-01' },
    { kind: 'accepted', on: '2026-01-01' },
    { kind: 'hearing-notified', on: '2026-02-01' },
    { kind: 'hearing-held', on: '2026-02-20' },
    { kind: 'correction-ordered', on: '2026-03-02', grounds: ['matter'] },
    { kind: 'corrected', on: '2026-04-01' },
    { kind: 'found-conforming', on: '2026-05-31' },
    { kind: 'proposers-sent', on: '2026-05-31' },
    { kind: 'proposers-checked', on: '2026-06-15', valid: 1, required: 1_955 },
    { kind: 'proposer-supplement-ordered', on: '2026-06-15' },
    { kind: 'proposer-supplement-filed', on: '2026-07-15' },
    { kind: 'proposers-sent', on: '2026-07-15' },
    { kind: 'proposers-checked', on: '2026-07-30', valid: 1_955, required: 1_955 },
    { kind: 'notified-to-collect', on: '2026-07-30' },
    { kind: 'collected', on: '2026-08-09', mode: 'both' },
    { kind: 'roster-filed', on: '2027-02-09' },
    { ...count(293_228), on: '2027-02-09' },
    { kind: 'signers-sent', on: '2027-02-09' },
    check('2027-04-10', 293_227),
    { kind: 'supplement-ordered', on: '2027-04-10' },
    { kind: 'supplement-filed', on: '2027-05-10' },
    { kind: 'signers-sent', on: '2027-05-10' },
    check('2027-07-09', 293_228),
    { kind: 'established', on: '2027-07-19' },
    { kind: 'vote-announced', on: '2027-07-20', vote: '2028-01-19' },
    { kind: 'vote-held', on: '2028-01-19' },
  ];
  const course = courseOf(PACK, events, '2028-01-19');
  expect(course.refused).toEqual([]);
  expect(course.duties.filter(({ status }) => status === 'overdue')).toEqual([]);
  expect(course.stage).toBe('counting');
});

it('9001 is replayed: code on 2025-07-31, last day 2026-01-31, abandoned from the day after, with its bar', () => {
  const events: readonly LegalEvent[] = [
    { kind: 'entered-before-collection', on: '2025-07-31' },
    { kind: 'collected', on: '2025-07-31', mode: 'both' },
  ];
  const told = (day: string) =>
    explainCourse('9001', courseOf(rulePack('tw.referendum.national@2019-06-21'), events, day));
  expect(told('2026-01-31')).toContain('2025-07-31 起算，至 until 2026-01-31（剩 0 日 days left）');
  expect(told('2026-01-31')).not.toContain('結果 outcome');
  expect(told('2026-02-01')).toContain('視為放棄連署  deemed abandoned（2026-02-01；期限屆滿');
  expect(told('2026-02-01')).toContain('2026-02-01 – 2028-02-01');
  expect(told('2026-02-01')).toContain('公民投票法 §12 IV');
});
