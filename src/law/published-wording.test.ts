import { describe, expect, it, test } from 'vitest';
import { rulePack } from './index.ts';
import { partParagraphs, partText, publishedWording } from './published-wording.ts';
import { countText } from './text-count.ts';

const pack = rulePack('tw.referendum.national@2025-12-03');
const of = (n: number) => '字'.repeat(n);

describe('one text', () => {
  test.each([
    ['你是否同意？', 5, '你是否同意？', ''],
    ['你是否同意？', 4, '你是否同', '意？'],
    ['甲、乙。丙', 2, '甲、乙', '。丙'],
    ['甲、乙。丙', 0, '', '甲、乙。丙'],
    ['甲👨‍👩‍👧‍👦乙', 2, '甲👨‍👩‍👧‍👦', '乙'],
    ['', 0, '', ''],
    ['，。', 0, '，。', ''],
  ])('%s within %i', (text, most, published, excess) => {
    expect(partText(text, most)).toEqual({ published, excess });
  });

  it('is whole where the limit is unknown, and loses nothing where it is cut', () => {
    expect(partText(of(500), undefined).excess).toBe('');
    const long = 'e\u0301。'.repeat(120);
    const { published, excess } = partText(long, 100);
    expect(published + excess).toBe(long.normalize('NFC'));
    expect([countText(published).counted, countText(excess).counted]).toEqual([100, 20]);
  });
});

describe('paragraphs share one limit', () => {
  test.each([
    [['一、甲。', '二、乙。'], 4, ['一、甲。', '二、乙。'], []],
    [['一、甲。', '二、乙。'], 3, ['一、甲。', '二'], ['、乙。']],
    [['一、甲。', '二、乙。'], 2, ['一、甲。'], ['二、乙。']],
    [['一、甲。', '——', '二、乙。'], 2, ['一、甲。'], ['——', '二、乙。']],
    [['甲乙丙', '丁'], 1, ['甲'], ['乙丙', '丁']],
  ])('%j within %i', (paragraphs, most, published, excess) => {
    expect(partParagraphs(paragraphs, most)).toEqual({ published, excess });
  });
});

describe('a question and its reasons under a pack', () => {
  it('within the limits is the very text', () => {
    const text = { mainText: `${of(100)}？`, reasons: [of(1_999), `${of(1)}。`] };
    const { text: published, isCut } = publishedWording(text, pack);
    expect(published).toBe(text);
    expect(isCut).toBe(false);
  });

  it('beyond them is cut, and the translation, which would tell the excess, is left out', () => {
    const translation = { mainText: 'Do you agree?', reasons: ['Because.'] };
    const text = { heading: ['甲'], mainText: of(101), reasons: [of(1_500), of(501)], translation };
    expect(publishedWording(text, pack)).toEqual({
      text: { heading: ['甲'], mainText: of(100), reasons: [of(1_500), of(500)] },
      excess: { mainText: of(1), reasons: [of(1)] },
      isCut: true,
    });
  });
});
