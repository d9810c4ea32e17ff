import { expect, it } from 'vitest';
import type { CaseCourse } from '../law/index.ts';
import { renderPage } from '../web/index.ts';
import { ProposersPage } from './proposers-page.tsx';

it.each([
  ['zh-Hant-TW', '請先於「<a href="/rolls/D00007/paper">登打紙本提案人</a>」登打名冊。'],
  ['en', ' Enter the roster first: <a href="/en/rolls/D00007/paper">'],
] as const)('a case without proposers leads to the desk where they are typed: %s', (language, said) => {
  const course = { duties: [], today: '2026-04-09' } as Pick<CaseCourse, 'duties' | 'today'> as CaseCourse;
  const view = {
    caseNumber: '9903',
    draft: 'D00007',
    subject: { 'zh-Hant-TW': '午餐', en: 'Lunch' },
    course,
    filedOn: '2026-04-08',
    required: 1_955,
    electronic: 0,
    held: 0,
    paper: 0,
    ordered: 0,
    barred: [],
    checks: [],
    letterKey: undefined,
    orderedLetter: undefined,
    abandoned: [],
  } as const;
  const html = renderPage(<ProposersPage language={language} view={view} orderRefused={undefined} />);
  const [, order = ''] = html.split('data-order-refused="nobody"');
  expect(order).toContain(said);
});
