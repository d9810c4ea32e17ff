/**
 * The official count while somebody types, for the browser. The same rule as `countText` of `src/law`, which stays out
 * of the page because of its size: the marks that are not counted come from there, and a test holds both together.
 */

export interface LiveCount {
  readonly counted: number;
  readonly withPunctuation: number;
}

const NOTHING_SEEN = /^[\s\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}]+$/u;

/** Counts a text by the wording regulation §8. `marks` are the characters that are not counted. */
export function liveCount(text: string, marks: ReadonlySet<string>): LiveCount {
  const segmenter = new Intl.Segmenter('zh-Hant', { granularity: 'grapheme' });
  let counted = 0;
  let withPunctuation = 0;
  for (const { segment } of segmenter.segment(text.normalize('NFC'))) {
    if (NOTHING_SEEN.test(segment)) continue;
    withPunctuation += 1;
    if (!Array.from(segment).every((character) => marks.has(character))) counted += 1;
  }
  return { counted, withPunctuation };
}
