import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import {
  bodyOf,
  draftTextFrom,
  draftTextOf,
  EMPTY_DRAFT,
  FIELD_MOST,
  tooLong,
} from '../../../src/drafting/draft-text.ts';

describe('a draft as it is kept', () => {
  it('takes lines of a question together, Chinese without a space and others with one', () => {
    expect(draftTextFrom({ mainText: ' 你是否同意\r\n學校午餐 ' }).mainText).toBe('你是否同意學校午餐');
    expect(draftTextFrom({ mainTextEn: 'Do you\nagree?' }).mainTextEn).toBe('Do you agree?');
  });

  it('keeps paragraphs, and no empty ones', () => {
    expect(draftTextFrom({ reasons: '一、甲。\r\n\r\n\r\n 二、乙。\u2028三、丙。\r' }).reasons).toBe(
      '一、甲。\n二、乙。\n三、丙。',
    );
  });

  it('keeps nothing that cannot be seen: controls, NUL, bidi overrides, lone surrogates', () => {
    const { mainText } = draftTextFrom({ mainText: '甲\u0000乙\u0007丙\u202e丁\ufeff戊\ud800己\t庚' });
    expect(mainText).toBe('甲乙丙丁戊\ufffd己 庚');
  });

  it('keeps emoji whole, and composes what was decomposed', () => {
    expect(draftTextFrom({ mainText: '👨‍👩‍👧' }).mainText).toBe('👨‍👩‍👧');
    expect(draftTextFrom({ subjectEn: 'Cafe\u0301' }).subjectEn).toBe('Café');
  });

  it('knows four kinds of matter and no other', () => {
    expect(draftTextFrom({ matter: 'statute' }).matter).toBe('statute');
    expect(draftTextFrom({ matter: 'budget' }).matter).toBe('');
    expect(draftTextFrom({ matter: 'constructor' }).matter).toBe('');
  });

  it('leaves out what is no field', () => {
    expect(Object.keys(draftTextFrom({ base: '3', __proto__x: 'y' })).sort()).toEqual(
      Object.keys(EMPTY_DRAFT).sort(),
    );
  });

  it('tells which fields are longer than can be kept', () => {
    const text = draftTextFrom({
      reasons: '字'.repeat(FIELD_MOST.reasons + 1),
      mainText: '字'.repeat(10_000),
    });
    expect(tooLong(text)).toEqual(['reasons']);
  });

  it('comes back as it was stored, whatever was typed', () => {
    const typed = fc.string({ unit: 'binary', maxLength: 30 });
    fc.assert(
      fc.property(typed, typed, (mainText, reasons) => {
        const text = draftTextFrom({ mainText, reasons });
        expect(draftTextOf(bodyOf(text))).toEqual(text);
        expect(bodyOf(text)).not.toContain('\\u0000');
      }),
      { numRuns: 60 },
    );
  });
});
