import { expect, it } from 'vitest';
import { courseOf } from './course.ts';
import { retentionOf } from './course-retention.ts';
import { explainCourse } from './explain.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const abandoned = (on: string): readonly LegalEvent[] => [
  { kind: 'entered-before-collection', on },
  { kind: 'collected', on, mode: 'both' },
];
const course = (events: readonly LegalEvent[], today: string, pack = 'tw.referendum.national@2025-12-03') =>
  courseOf(rulePack(pack), events, today);

it('counts two years from the abandonment, by the regulation itself', () => {
  const ended = course(abandoned('2026-01-02'), '2026-08-01');
  expect(retentionOf(ended)).toEqual({
    from: '2026-07-03',
    until: '2028-07-03',
    isStartDefault: false,
    citation: '電子連署及查對作業辦法 §12',
    mark: 'confirmed',
  });
  expect(explainCourse('9999', ended)).toMatch(/自 2026-07-03 起算，保存至 until 2028-07-03\n.*辦法 §12/);
});

it('marks the start of a withdrawn case as our choice, and has none while a case runs', () => {
  const filed: LegalEvent = { kind: 'filed', on: '2026-02-10' };
  expect(retentionOf(course([filed], '2026-02-20'))).toBeUndefined();
  const withdrawn = course(
    [filed, { kind: 'withdrawn', on: '2026-02-12', agreeing: 2, proposers: 3 }],
    '2026-02-20',
  );
  expect(retentionOf(withdrawn)).toMatchObject({ from: '2026-02-12', mark: 'project-default' });
  expect(explainCourse('9999', withdrawn)).toContain('〔專案預設 project default〕');
});

it('has no end while a suit is pending', () => {
  const events: readonly LegalEvent[] = [
    ...abandoned('2026-01-02'),
    { kind: 'suspended', on: '2026-07-10', by: 'court' },
  ];
  const sued = course(events, '2026-08-01');
  expect(retentionOf(sued)).toMatchObject({ from: '2026-07-03', until: undefined });
  expect(explainCourse('9999', sued)).toContain('訴訟中，不得銷毀');
});

it('never shows the regulation of 2024 as binding a case of 2021', () => {
  const old = course(abandoned('2021-01-04'), '2021-08-01', 'tw.referendum.national@2019-06-21');
  expect(retentionOf(old)?.mark).toBe('not-in-force');
  const text = explainCourse('9998', old);
  expect(text).toContain('〔當時未施行 not in force then〕');
  for (const line of text.split('\n'))
    if (line.includes('電子連署及查對作業辦法')) expect(line).toContain('當時未施行');
});

it('says when the pack itself was not in force at filing', () => {
  const replay = course([{ kind: 'filed', on: '2020-02-10' }], '2020-02-20');
  expect(explainCourse('9998', replay)).toContain('此規則包於提出日未施行');
});
