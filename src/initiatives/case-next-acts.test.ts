import { expect, it } from 'vitest';
import { courseOf, type LegalEvent, rulePack } from '../law/index.ts';
import { nextActsOf } from './case-next-acts.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const CONFORMING: readonly LegalEvent[] = [
  { kind: 'filed', on: '2026-02-01' },
  { kind: 'accepted', on: '2026-02-02' },
  { kind: 'found-conforming', on: '2026-02-10' },
];
const next = (events: readonly LegalEvent[], today = '2026-02-12') =>
  nextActsOf(courseOf(PACK, events, today));

it('a waiting case says who brings it on, how, and under which article', () => {
  expect(next(CONFORMING)).toContainEqual({
    what: { 'zh-Hant-TW': '函送查對提案人', en: 'send the proposers to be checked' },
    who: { 'zh-Hant-TW': '中央選舉委員會', en: 'the Commission' },
    article: { 'zh-Hant-TW': '公民投票法 §10 V', en: 'Referendum Act §10 V' },
  });
});

it('nothing is said beside a running term, of a suspended case or of one that ended', () => {
  expect(next(CONFORMING.slice(0, 2)), 'review is owed').toEqual([]);
  expect(next([...CONFORMING, { kind: 'suspended', on: '2026-02-11', by: '法院' }])).toEqual([]);
  expect(next([CONFORMING[0] as LegalEvent, { kind: 'refused-inadmissible', on: '2026-02-02' }])).toEqual([]);
});
