import { expect, it } from 'vitest';
import { courseOf } from './course.ts';
import { explainCourse } from './explain.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const COURT = '臺北高等行政法院';
const SIGNING: readonly LegalEvent[] = [
  { kind: 'entered-before-collection', on: '2026-06-30' },
  { kind: 'collected', on: '2026-06-30', mode: 'both' },
];
const SUSPENDED: readonly LegalEvent[] = [...SIGNING, { kind: 'suspended', on: '2026-12-01', by: COURT }];
const RESUMED: readonly LegalEvent[] = [...SUSPENDED, { kind: 'resumed', on: '2027-02-01', by: COURT }];
const on = (events: readonly LegalEvent[], today: string) => courseOf(PACK, events, today);

it('nothing lapses while suspended: neither the signing period nor a duty of an authority', () => {
  const course = on(SUSPENDED, '2027-06-01');
  expect(course).toMatchObject({ stage: 'signing', outcome: undefined, isSuspended: true, bars: [] });
  expect(course.duties).toMatchObject([{ id: 'file-roster', status: 'open', due: '2026-12-31' }]);
  expect(on(SIGNING, '2027-06-01').outcome?.value).toBe('deemed-abandoned');

  const reviewed = [
    { kind: 'filed', on: '2026-02-10' },
    { kind: 'suspended', on: '2026-03-01', by: COURT },
  ] as const;
  expect(on(reviewed, '2027-01-01').duties).toMatchObject([{ id: 'review', status: 'open' }]);
});

it('afterwards each term goes on by the days suspended, and then lapses', () => {
  // 62 days from 2026-12-01 to 2027-02-01.
  expect(on(RESUMED, '2027-03-03')).toMatchObject({ outcome: undefined, isSuspended: false });
  expect(on(RESUMED, '2027-03-03').duties).toMatchObject([{ due: '2027-03-03', heldDays: 62 }]);
  expect(on(RESUMED, '2027-03-04').outcome).toMatchObject({ value: 'deemed-abandoned', on: '2027-03-04' });
  const filed: LegalEvent = { kind: 'roster-filed', on: '2027-03-03' };
  expect(on([...RESUMED, filed], '2027-03-04')).toMatchObject({ refused: [], stage: 'raw-count' });
});

it('what lapsed before the suspension stays lapsed; a second order does not begin it again', () => {
  const late = [...SIGNING, { kind: 'suspended', on: '2027-01-01', by: COURT }] as const;
  expect(on(late, '2027-01-02').outcome).toMatchObject({ value: 'deemed-abandoned', on: '2027-01-01' });
  const twice = on(
    [...SUSPENDED, { kind: 'suspended', on: '2026-12-10', by: '最高行政法院' }, ...RESUMED.slice(-1)],
    '2027-02-02',
  );
  expect(twice.duties).toMatchObject([{ due: '2027-03-03' }]);
});

it('resuming comes after a suspension only', () => {
  const resumed: LegalEvent = { kind: 'resumed', on: '2026-12-02', by: COURT };
  expect(on([...SIGNING, resumed], '2026-12-02').refused[0]?.refusal.code).toBe('out-of-order');
  expect(on([...RESUMED, { ...resumed, on: '2027-02-02' }], '2027-02-03').refused).toHaveLength(1);
});

it('is our own choice and is explained as such; a pack that does not know lets terms run', () => {
  expect(PACK.parameters.isSuspensionHolding.status).toBe('project-default');
  const told = explainCourse('9999', on(SUSPENDED, '2027-01-15'));
  expect(told).toContain('期間不進行，恢復後順延 terms stand still and go on afterwards〔專案預設');
  expect(explainCourse('9999', on(RESUMED, '2027-02-02'))).toContain('含停止 62 日 with 62 days suspended');
  const { isSuspensionHolding, ...rest } = PACK.parameters;
  const running = {
    ...PACK,
    parameters: { ...rest, isSuspensionHolding: { ...isSuspensionHolding, value: undefined } },
  };
  expect(courseOf(running, SUSPENDED, '2027-01-01').outcome?.value).toBe('deemed-abandoned');
});
