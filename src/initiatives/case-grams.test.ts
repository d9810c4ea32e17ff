import { describe, expect, it } from 'vitest';
import { gramsOf, queryGramsOf, sharedWordsOf, tellingGramsOf } from './case-grams.ts';

describe('cutting a text for searching', () => {
  it('takes single characters and neighbouring pairs of Chinese, and whole words of other scripts', () => {
    expect(gramsOf('核四 Restart，第95條')).toEqual(['核', '四', '核四', 'restart', '第', '95', '條']);
    expect(gramsOf('')).toEqual([]);
    expect(gramsOf('，。！ \n')).toEqual([]);
  });

  it('takes one spelling for several', () => {
    expect(gramsOf('臺北')).toEqual(gramsOf('台北'));
    expect(gramsOf('ＡＢＣ')).toEqual(gramsOf('abc'));
    expect(gramsOf('神')).toEqual(gramsOf('神'));
  });

  it('asks for pairs, and for a character only where it stands alone', () => {
    expect(queryGramsOf('學校午餐')).toEqual(['學校', '校午', '午餐']);
    expect(queryGramsOf('核')).toEqual(['核']);
    expect(queryGramsOf('<script> ABC')).toEqual(['script', 'abc']);
  });

  it('passes over what every question says', () => {
    expect(tellingGramsOf('你是否同意重啟核四？')).toEqual(['意重', '重啟', '啟核', '核四']);
    expect(tellingGramsOf('你是否同意？')).toEqual([]);
  });

  it('tells in whole words what two texts share, never in the pairs of the index', () => {
    const shared = (text: string, other: string) =>
      sharedWordsOf(
        text,
        new Set(tellingGramsOf(other).filter((gram) => tellingGramsOf(text).includes(gram))),
      );
    expect(shared('學校午餐應於校內廚房現場烹調', '公立學校之午餐，由校內廚房供應')).toEqual([
      '校內廚房',
      '學校',
      '午餐',
    ]);
    expect(shared('國民小學周邊人行道', '小學生之人行步道'), 'halves of words').toEqual([]);
    expect(shared('小學周邊人行道', '小學生之人行步道')).toEqual(['小學']);
    expect(shared('核能電廠 Restart', '地熱能電力 restart')).toEqual(['restart']);
    expect(sharedWordsOf('發電學校', new Set(['電學']))).toEqual([]);
  });

  it('bounds what it looks at', () => {
    expect(gramsOf('字'.repeat(1_000_000))).toEqual(['字', '字字']);
  });
});
