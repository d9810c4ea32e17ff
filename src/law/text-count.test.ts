import { describe, expect, it, test } from 'vitest';
import { COUNTER_VECTORS } from './packs/wording-regulation.ts';
import { countText } from './text-count.ts';

test.each<readonly [text: string, counted: number]>([
  ...COUNTER_VECTORS.map(({ text, counted }) => [text, counted] as const),
  ['　 \n\t', 0],
  ['25℃與5%、$3 & more', 13],
  ['ㄅㄆ と カ', 4],
  ['（一）「核能」——…', 3],
  ['e\u0301', 1],
  ['@#*&%', 5],
])('%s 計 %i 字', (text, counted) => {
  expect(countText(text).counted).toBe(counted);
});

describe('what a reader sees', () => {
  it('counts punctuation apart, spaces never, and warns of sequences', () => {
    expect(countText('你是否同意？')).toMatchObject({ counted: 5, withPunctuation: 6, hasSequences: false });
    expect(countText('同意👨‍👩‍👧‍👦')).toMatchObject({ counted: 3, hasSequences: true });
  });

  it('marks each character, and together they are the text', () => {
    const { clusters } = countText('第1項，是。');
    expect(clusters.map(({ text }) => text).join('')).toBe('第1項，是。');
    expect(clusters.map(({ counts }) => counts)).toEqual([true, true, true, false, true, false]);
  });
});
