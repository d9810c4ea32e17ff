import { expect, it } from 'vitest';
import { citation } from '../law/index.ts';
import { CHECKLISTS, checklistLine } from './desk-checklists.ts';
import { type DeskKind, deskRule, ONLY_MENDS, PLATFORM_ACTS } from './desk-rules.ts';

const KINDS = new Set([
  ...PLATFORM_ACTS,
  ...ONLY_MENDS,
  ...(Object.keys(CHECKLISTS) as DeskKind[]),
  ...(['opinion-amended', 'purpose-notice', 'paper-proposers'] as const),
]);

it('cites every act that the desk prepares in English too', () => {
  const cited = [...KINDS].map((kind) => citation(deskRule(kind).citation).en);
  expect(cited.filter((en) => /\p{Script=Han}/u.test(en))).toEqual([]);
});

it('shows a ticked line in the reader’s language, and one of the moment as it was read', () => {
  for (const { 'zh-Hant-TW': zh, en } of Object.values(CHECKLISTS).flat()) {
    expect([checklistLine(zh, 'en'), checklistLine(en, 'zh-Hant-TW')]).toEqual([en, zh]);
  }
  expect(checklistLine('依公卷提案人 1,955 人', 'en')).toBe('依公卷提案人 1,955 人');
});
