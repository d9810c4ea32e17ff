import { expect, it } from 'vitest';
import { courseOf } from './course.ts';
import { explainCourse } from './explain.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const explain = (events: readonly LegalEvent[], today: string): string =>
  explainCourse('9999', courseOf(PACK, events, today));

it('tells stage, terms with days left, and what may happen, each with its article', () => {
  const text = explain(
    [
      { kind: 'filed', on: '2026-02-10' },
      { kind: 'accepted', on: '2026-02-12' },
    ],
    '2026-02-20',
  );
  expect(text).toContain('階段 stage: 審核  review（2026-02-12 起 since）');
  expect(text).toContain('2026-02-10 起算，至 until 2026-04-11（剩 50 日 days left）');
  expect(text).toContain('give notice of the hearing');
  expect(text).toContain('行政程序法 §55');
});

it('tells the outcome, the bar, and an act that the law did not allow', () => {
  const text = explain(
    [
      { kind: 'entered-before-collection', on: '2026-01-01' },
      { kind: 'collected', on: '2026-01-02', mode: 'both' },
      { kind: 'filed', on: '2026-01-03' },
    ],
    '2026-08-01',
  );
  expect(text).toContain(
    '視為放棄連署  deemed abandoned（2026-07-03；期限屆滿，依法當然發生 by operation of law）',
  );
  expect(text).toContain('2026-07-03 – 2028-07-03');
  expect(text).toContain('（out-of-order）');
});

it('marks what is unconfirmed or our own choice', () => {
  const unknown = explainCourse(
    '9999',
    courseOf(
      rulePack('tw.referendum.national@2018-01-03'),
      [{ kind: 'filed', on: '2018-03-01' }],
      '2018-03-02',
    ),
  );
  expect(unknown).toContain('期限未確認 term unconfirmed');
  expect(unknown).toContain('〔未確認 unconfirmed〕');
});
