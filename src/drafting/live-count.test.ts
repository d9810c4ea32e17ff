import fc from 'fast-check';
import { expect, it, test } from 'vitest';
import { countText, UNCOUNTED_MARKS } from '../law/index.ts';
import { liveCount } from './live-count.ts';

const official = (text: string) => {
  const { counted, withPunctuation } = countText(text);
  return { counted, withPunctuation };
};

test.each(['', '你是否同意？', '你是否同意ABC？', '第95條第1項', '👨‍👩‍👧', '%℃$&@#*', ' \n\t', 'e\u0301'])(
  '%j counts as the law says',
  (text) => expect(liveCount(text, UNCOUNTED_MARKS)).toEqual(official(text)),
);

it('counts every text as the law does', () => {
  const unit = fc.oneof(
    fc.constantFrom('，', '。', '…', '（', '-', '字', 'ㄅ', 'ａ', '\u202e', '\u200d'),
    fc.string({ unit: 'grapheme', maxLength: 1 }),
  );
  fc.assert(
    fc.property(fc.string({ unit, maxLength: 30 }), (text) => {
      expect(liveCount(text, UNCOUNTED_MARKS)).toEqual(official(text));
    }),
    { numRuns: 200 },
  );
});
