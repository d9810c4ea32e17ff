/**
 * 超過字數之部分不予公布（公民投票法 §9）: length alone blocks nothing; what is beyond the limit is not published. One
 * rule for every way in which a text becomes public, so that what is published and what is signed are the same. Pure.
 */
import type { RulePack } from './rule-pack.ts';
import { countText } from './text-count.ts';

/** A text parted at its limit: joined again it is the text, normalised to NFC. */
export interface PartedText {
  readonly published: string;
  /** Empty where the text is within its limit. */
  readonly excess: string;
}

/** Paragraphs parted at the limit of the whole; one that lies across it is in both lists. */
export interface PartedParagraphs {
  readonly published: readonly string[];
  readonly excess: readonly string[];
}

/**
 * Parts a text after the last counted character (`countText`) within `most`. A text within its limit is whole, with
 * every mark after its last character; without a known limit nothing is cut.
 */
export function partText(text: string, most: number | undefined): PartedText {
  const { counted, clusters } = countText(text);
  if (most === undefined || counted <= most) return { published: text, excess: '' };
  let left = most;
  let at = 0;
  for (const [i, { counts }] of clusters.entries()) {
    if (left === 0) break;
    if (!counts) continue;
    left -= 1;
    at = i + 1;
  }
  const joined = (part: typeof clusters): string => part.map((cluster) => cluster.text).join('');
  return { published: joined(clusters.slice(0, at)), excess: joined(clusters.slice(at)) };
}

/** The same for paragraphs, which share one limit. A paragraph of which nothing is published is left out. */
export function partParagraphs(paragraphs: readonly string[], most: number | undefined): PartedParagraphs {
  const counts = paragraphs.map((paragraph) => countText(paragraph).counted);
  const total = counts.reduce((sum, count) => sum + count, 0);
  if (most === undefined || total <= most) return { published: paragraphs, excess: [] };
  const published: string[] = [];
  const excess: string[] = [];
  let left = most;
  for (const [i, paragraph] of paragraphs.entries()) {
    const count = counts[i] ?? 0;
    // Once the limit is reached, marks that count nothing belong to what they stand in.
    const parted = left === 0 ? { published: '', excess: paragraph } : partText(paragraph, left);
    left = Math.max(0, left - count);
    if (parted.published !== '') published.push(parted.published);
    if (parted.excess !== '') excess.push(parted.excess);
  }
  return { published, excess };
}

/** 主文 and 理由書, and a translation for information. */
export interface Wording {
  readonly mainText: string;
  readonly reasons: readonly string[];
  readonly translation?: Readonly<{ mainText: string; reasons: readonly string[] }>;
}

export interface PublishedWording<Text extends Wording> {
  /** What may be published: the very text where it is within its limits. */
  readonly text: Text;
  readonly excess: Readonly<{ mainText: string; reasons: readonly string[] }>;
  readonly isCut: boolean;
}

/**
 * What of a text is published under a pack's limits. Where anything is cut off, the translation is left out with it: it
 * would tell the excess in another language.
 */
export function publishedWording<Text extends Wording>(text: Text, pack: RulePack): PublishedWording<Text> {
  const { questionMaxChars, reasonMaxChars } = pack.parameters;
  const question = partText(text.mainText, questionMaxChars.value);
  const reasons = partParagraphs(text.reasons, reasonMaxChars.value);
  const excess = { mainText: question.excess, reasons: reasons.excess };
  if (excess.mainText === '' && excess.reasons.length === 0) return { text, excess, isCut: false };
  const { translation: _, ...rest } = text;
  const cut = { ...rest, mainText: question.published, reasons: reasons.published };
  return { text: cut as unknown as Text, excess, isCut: true };
}
