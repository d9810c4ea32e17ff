import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { type RedlinePart, redline } from './redline.ts';

const earlierOf = (parts: readonly RedlinePart[]): string =>
  parts
    .filter(({ kind }) => kind !== 'added')
    .map(({ text }) => text)
    .join('');
const laterOf = (parts: readonly RedlinePart[]): string =>
  parts
    .filter(({ kind }) => kind !== 'removed')
    .map(({ text }) => text)
    .join('');

describe('redline', () => {
  it('marks words, not characters, in Chinese', () => {
    const parts = redline('你是否同意學校午餐應於校內廚房烹調？', '你是否同意學校晚餐應於校內廚房現場烹調？');
    expect(parts).toContainEqual({ kind: 'removed', text: '午餐' });
    expect(parts).toContainEqual({ kind: 'added', text: '晚餐' });
    expect(parts).toContainEqual({ kind: 'added', text: '現場' });
  });

  it('says nothing of equal texts, and all of one that is new or gone', () => {
    expect(redline('同意', '同意')).toEqual([{ kind: 'same', text: '同意' }]);
    expect(redline('', '新文')).toEqual([{ kind: 'added', text: '新文' }]);
    expect(redline('舊文', '')).toEqual([{ kind: 'removed', text: '舊文' }]);
    expect(redline('', '')).toEqual([]);
  });

  it('compares sentences where the words have too little in common', () => {
    const text = (seed: number) =>
      Array.from({ length: 900 }, (_, i) => `${String.fromCodePoint(0x4e00 + ((i * seed) % 20_000))}，`).join(
        '',
      );
    const [one, other] = [`${text(7)}。共同之句。`, `${text(7919)}。共同之句。`];
    const parts = redline(one, other);
    expect(parts.map(({ kind }) => kind)).toEqual(['removed', 'added', 'same']);
    expect([earlierOf(parts), laterOf(parts)]).toEqual([one, other]);
  });

  it('loses nothing: both texts come back', () => {
    const text = fc.string({
      unit: fc.constantFrom('學', '校', '午', '餐', 'a', ' ', '，', '👨‍👩‍👧', '\n'),
      maxLength: 60,
    });
    fc.assert(
      fc.property(text, text, (earlier, later) => {
        const parts = redline(earlier, later);
        expect(earlierOf(parts)).toBe(earlier);
        expect(laterOf(parts)).toBe(later);
      }),
      { numRuns: 300 },
    );
  });
});
