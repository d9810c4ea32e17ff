import { describe, expect, it } from 'vitest';
import { gramsOf, queryGramsOf, stretchesOf, tellingGramsOf } from './case-grams.ts';

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

  it('joins pairs back to stretches of text', () => {
    expect(stretchesOf('重啟核四發電與用電', new Set(['核四', '四發', '發電', '用電']))).toEqual([
      '核四發電',
      '用電',
    ]);
  });

  it('bounds what it looks at', () => {
    expect(gramsOf('字'.repeat(1_000_000))).toEqual(['字', '字字']);
  });
});
