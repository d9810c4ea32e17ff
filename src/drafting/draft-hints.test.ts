import { describe, expect, it } from 'vitest';
import { rulePack } from '../law/index.ts';
import { excerptOf, hintsOn } from './draft-hints.ts';
import { draftTextFrom } from './draft-text.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const hints = (values: Readonly<Record<string, string>>) => hintsOn(draftTextFrom(values), PACK);
const rulesOf = (values: Readonly<Record<string, string>>) => hints(values).findings.map(({ rule }) => rule);

describe('counts of a draft', () => {
  it('tells both counts, its limit and the article', () => {
    const [question, reasons] = hints({ mainText: '你是否同意ABC？' }).counts;
    expect(question).toMatchObject({ counted: 8, withPunctuation: 9, most: 100, state: 'fine' });
    expect(question?.citation).toContain('§9');
    expect(reasons).toMatchObject({ counted: 0, most: 2_000, state: 'fine' });
  });

  it('warns from 95 per cent on', () => {
    const stateOf = (n: number) => hints({ mainText: '字'.repeat(n) }).counts[0]?.state;
    expect([94, 95, 100, 101].map(stateOf)).toEqual(['fine', 'near', 'near', 'over']);
  });

  it('counts 100 kB of pasted text', () => {
    expect(hints({ reasons: 'a'.repeat(100_000) }).counts[1]).toMatchObject({
      counted: 100_000,
      state: 'over',
    });
  });
});

describe('hints on a draft', () => {
  it('ask of an 創制 or a 複決 only once it is known which it is', () => {
    const mainText = '你是否同意學校午餐現場烹調？';
    expect(rulesOf({ mainText })).toEqual([]);
    expect(rulesOf({ mainText, matter: 'principle' })).toEqual(['L13']);
    expect(rulesOf({ mainText, matter: 'policy-initiative' })).toEqual(['L13']);
    expect(rulesOf({ mainText: '你是否同意反對此事？', matter: 'policy-referendum' })).toContain('L12');
  });

  it('show where, with a little around it', () => {
    const text = draftTextFrom({
      mainText: '你是否同意立法規定應廢止這部早已不合時宜的惡法，並於一年內完成修法程序？',
    });
    const finding = hintsOn(text, PACK).findings.find(({ rule }) => rule === 'L7');
    const excerpt = finding && excerptOf(finding, text);
    expect(excerpt).toEqual({
      before: '…應廢止這部早已不合時宜的',
      words: '惡法',
      after: '，並於一年內完成修法程序…',
    });
  });

  it('show no place where the whole is meant', () => {
    const text = draftTextFrom({ mainText: '學校午餐應於校內廚房烹調。' });
    const [finding] = hintsOn(text, PACK).findings;
    expect(finding?.rule).toBe('L2');
    expect(finding && excerptOf(finding, text)).toBeUndefined();
  });
});
