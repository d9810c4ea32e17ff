import { expect, it } from 'vitest';
import type { PastCase } from '../past-cases/index.ts';
import { draftTextFrom } from './draft-text.ts';
import { likeCases } from './like-cases.ts';

const past: PastCase = {
  number: 921,
  voteOn: '2025-08-23',
  title: '甲案（測試）',
  leadProposer: '某機關',
  yes: 300n,
  no: 100n,
  invalid: 0n,
  electors: 1200n,
  turnout: 3333,
  passed: true,
  source: 'https://source.invalid/a',
};
const deps = {
  search: {
    find: async () => [],
    similar: async () => [
      { caseNumber: '921', likeness: 0.6, shared: ['核能'] },
      { caseNumber: '922', likeness: 0.5, shared: [] },
    ],
  },
  initiatives: { findCase: async () => undefined },
  proposals: { find: async () => undefined },
  pastCases: { find: async (number: string) => (number === '921' ? past : undefined) },
};

it('names a vote held elsewhere, with the bar that still runs from it', async () => {
  const text = draftTextFrom({ mainText: '你是否同意核能甲案？' });
  const [like, ...more] = await likeCases(deps, text, '2026-11-22');
  expect(more).toEqual([]);
  expect(like).toMatchObject({
    label: { 'zh-Hant-TW': '歷次公投第 921 案' },
    path: '/past-cases#case-921',
    stage: { 'zh-Hant-TW': '2025 年公投通過' },
    bar: { whom: 'anyone', until: '2027-08-30', isLatest: true },
  });
  expect((await likeCases(deps, text, '2027-08-31'))[0]?.bar).toBeUndefined();
});
