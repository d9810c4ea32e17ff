import { expect, it } from 'vitest';
import { Problems } from './problem.ts';

const problems = new Problems({
  E_A: {
    status: 409,
    title: { 'zh-Hant-TW': '自 {at} 起', en: 'from {at} on' },
    next: { 'zh-Hant-TW': '{n}', en: '{n} {other}' },
  },
});
const told = (language: 'zh-Hant-TW' | 'en') => {
  const facts = { at: '2026-04-06T00:00:00+08:00', n: 3 };
  const { title, next, detail, at } = problems.document({ code: 'E_A', facts }, 'id', language);
  return { title, next, detail, at };
};

it('says facts in words of the language, times to the minute; members stay as they are', () => {
  expect(told('zh-Hant-TW')).toEqual({
    title: '自 2026 年 4 月 6 日 00:00 起',
    next: '3',
    detail: '自 2026 年 4 月 6 日 00:00 起 3',
    at: '2026-04-06T00:00:00+08:00',
  });
  expect(told('en')).toMatchObject({ title: 'from 00:00 on 6 April 2026 on', next: '3 {other}' });
});
