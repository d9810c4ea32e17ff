/** 對照: what changed between two texts, word by word. Pure; the same texts give the same marks. */
import { diffArrays } from 'diff';

/** One run of text that both texts share, or that only the earlier (`removed`) or later (`added`) one has. */
export interface RedlinePart {
  readonly kind: 'same' | 'removed' | 'added';
  readonly text: string;
}

/** Chinese writes no spaces: words come from the Unicode segmentation with its Chinese dictionary. */
const segmenter = new Intl.Segmenter('zh-Hant', { granularity: 'word' });

const wordsOf = (text: string): string[] => Array.from(segmenter.segment(text), ({ segment }) => segment);

/**
 * Beyond so many words changed the texts have little in common: sentence by sentence is easier to read then, and
 * keeps the work bounded whatever is compared.
 */
const MOST_CHANGED_WORDS = 400;

const sentencesOf = (text: string): string[] =>
  text.match(/[^。；！？\n]*[。；！？\n]|[^。；！？\n]+$/gu) ?? [];

/** Beyond so many sentences changed they are two texts: one goes, the other comes. */
const MOST_CHANGED_SENTENCES = 1_000;

const changesOf = (earlier: string, later: string) =>
  diffArrays(wordsOf(earlier), wordsOf(later), { maxEditLength: MOST_CHANGED_WORDS }) ??
  diffArrays(sentencesOf(earlier), sentencesOf(later), { maxEditLength: MOST_CHANGED_SENTENCES }) ?? [
    { added: false, removed: true, value: [earlier] },
    { added: true, removed: false, value: [later] },
  ];

/**
 * The later text as a change of the earlier one. Joining `same` and `removed` gives the earlier text back, `same` and
 * `added` the later one; removed comes before added.
 */
export function redline(earlier: string, later: string): readonly RedlinePart[] {
  const parts: { kind: RedlinePart['kind']; text: string }[] = [];
  for (const { added, removed, value } of changesOf(earlier, later)) {
    const kind = added ? 'added' : removed ? 'removed' : 'same';
    const last = parts.at(-1);
    if (last?.kind === kind) last.text += value.join('');
    else parts.push({ kind, text: value.join('') });
  }
  return parts;
}
