/**
 * 字數: how many characters of a question or statement of reasons the law counts. Wording regulation §8: necessary
 * punctuation is not counted and each foreign character is one; the rest is a project default (law.md §7).
 */

/** What one grapheme cluster of a text weighs, for showing which characters were counted. */
export interface CountedCluster {
  readonly text: string;
  readonly counts: boolean;
}

/** The count by the regulation, the one with punctuation, and what a reader must know about it. */
export interface TextCount {
  readonly counted: number;
  readonly withPunctuation: number;
  readonly clusters: readonly CountedCluster[];
  /** Emoji and other sequences of several code points that count as one. */
  readonly hasSequences: boolean;
}

/**
 * Marks that are not counted. A list, because Unicode's category P holds % & @ # * as well, which are counted.
 */
export const UNCOUNTED_MARKS: ReadonlySet<string> = new Set(
  [
    ...'、。，；：？！「」『』（）《》〈〉【】〔〕﹁﹂﹃﹄…⋯—–－─・‧·．﹏～〜／＼｜“”‘’＂＇',
    ...',.;:?!"\'()[]{}<>-_/\\|~`^',
  ].map((mark) => mark.normalize('NFC')),
);

const segmenter = new Intl.Segmenter('zh-Hant', { granularity: 'grapheme' });

const isSpace = (cluster: string): boolean => /^[\s\p{Zs}\p{Zl}\p{Zp}\p{Cc}\p{Cf}]+$/u.test(cluster);

/** Counts a text. Any string is accepted; the empty one counts 0. */
export function countText(text: string): TextCount {
  const clusters: CountedCluster[] = [];
  let counted = 0;
  let withPunctuation = 0;
  let hasSequences = false;
  for (const { segment } of segmenter.segment(text.normalize('NFC'))) {
    const isMark = [...segment].every((character) => UNCOUNTED_MARKS.has(character));
    const counts = !isSpace(segment) && !isMark;
    if (counts) counted += 1;
    if (!isSpace(segment)) withPunctuation += 1;
    if (counts && /\p{Extended_Pictographic}/u.test(segment)) hasSequences = true;
    clusters.push({ text: segment, counts });
  }
  return { counted, withPunctuation, clusters, hasSequences };
}
