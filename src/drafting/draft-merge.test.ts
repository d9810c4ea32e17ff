import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { mergeDrafts, mergeParagraphs } from './draft-merge.ts';
import { EMPTY_DRAFT } from './draft-text.ts';

const base = { ...EMPTY_DRAFT, mainText: '你是否同意甲？', reasons: '一、甲。\n二、乙。\n三、丙。' };

describe('two editors of one version', () => {
  it('take over what only the other changed, and keep what only this one did', () => {
    const merge = mergeDrafts(base, { ...base, subjectZh: '案名' }, { ...base, mainText: '你是否同意乙？' });
    expect(merge.text).toEqual({ ...base, subjectZh: '案名', mainText: '你是否同意乙？' });
    expect(merge.fields).toEqual([{ field: 'subjectZh', kind: 'theirs' }]);
  });

  it('join changes of different paragraphs', () => {
    const merge = mergeDrafts(
      base,
      { ...base, reasons: '一、甲改。\n二、乙。\n三、丙。' },
      { ...base, reasons: '一、甲。\n二、乙。\n三、丙。\n四、丁。' },
    );
    expect(merge.text.reasons).toBe('一、甲改。\n二、乙。\n三、丙。\n四、丁。');
    expect(merge.fields).toEqual([{ field: 'reasons', kind: 'merged' }]);
  });

  it('decide nothing where both changed the same words: what was typed stays', () => {
    const merge = mergeDrafts(base, { ...base, mainText: '他' }, { ...base, mainText: '我' });
    expect(merge.text.mainText).toBe('我');
    expect(merge.fields).toEqual([{ field: 'mainText', kind: 'conflict' }]);
  });

  it('agree where both typed the same', () => {
    const same = { ...base, mainText: '同' };
    expect(mergeDrafts(base, same, same).fields).toEqual([]);
  });
});

describe('paragraphs of two editors', () => {
  it('conflict where they meet: the same one, neighbours, two additions at one place', () => {
    expect(mergeParagraphs('甲\n乙', '甲一\n乙', '甲二\n乙')).toBeUndefined();
    expect(mergeParagraphs('甲\n乙', '甲一\n乙', '甲\n乙二')).toBeUndefined();
    expect(mergeParagraphs('甲', '甲\n丙', '甲\n丁')).toBeUndefined();
  });

  it('take the same change once, and a removal beside an addition', () => {
    expect(mergeParagraphs('甲\n乙', '甲\n乙\n丙', '甲\n乙\n丙')).toBe('甲\n乙\n丙');
    expect(mergeParagraphs('甲\n乙\n丙', '乙\n丙', '甲\n乙\n丙\n丁')).toBe('乙\n丙\n丁');
    expect(mergeParagraphs('', '甲', '')).toBe('甲');
  });

  it('give one side back where the other changed nothing, and the same from either side', () => {
    const text = fc
      .array(fc.constantFrom('甲', '乙', '丙', '丁'), { maxLength: 6 })
      .map((lines) => lines.join('\n'));
    fc.assert(
      fc.property(text, text, text, (from, one, other) => {
        expect(mergeParagraphs(from, one, from)).toBe(one);
        expect(mergeParagraphs(from, from, one)).toBe(one);
        expect(mergeParagraphs(from, one, other)).toBe(mergeParagraphs(from, other, one));
      }),
      { numRuns: 300 },
    );
  });
});
