/** 補正: a new text against the one before: what changed, how long it is, and what the wording rules say. Pure. */
import { type NewText, type RedlinePart, redline, textDigestOf } from '../initiatives/index.ts';
import {
  countText,
  known,
  type LintFinding,
  lintWording,
  publishedWording,
  type RulePack,
} from '../law/index.ts';

/** What a correction form sends; paragraphs of the reasons are lines. */
export interface CorrectionInput {
  readonly mainText: string;
  readonly reasons: string;
  readonly translatedMainText: string;
  readonly translatedReasons: string;
}

export interface CorrectionReview {
  /** What is published and signed; without `excess`, which is beyond the limits of the law. */
  readonly text: NewText;
  readonly excess: Readonly<{ mainText: string; reasons: readonly string[] }>;
  /** Number and digest of the version that would be entered. */
  readonly version: number;
  readonly textDigest: string;
  readonly question: readonly RedlinePart[];
  readonly reasons: readonly RedlinePart[];
  /** Of what was typed, the excess included. */
  readonly counts: Readonly<{ question: number; questionMost: number; reasons: number; reasonsMost: number }>;
  readonly findings: readonly LintFinding[];
  readonly isUnchanged: boolean;
}

export interface TextBefore {
  readonly version: number;
  readonly mainText: string;
  readonly reasons: readonly string[];
  readonly heading: readonly string[];
}

const oneLine = (text: string): string => text.normalize('NFC').replace(/\s+/g, ' ').trim();
const paragraphs = (text: string): readonly string[] =>
  text
    .normalize('NFC')
    .split(/\r?\n/)
    .map((line) => line.trim())
    .filter((line) => line !== '');

/** Lines of the published file before 主文: they stay as they were. */
export const headingIn = (file: Uint8Array): readonly string[] => {
  const lines = new TextDecoder().decode(file).split('\n');
  return lines.slice(0, Math.max(0, lines.indexOf('主文')));
};

export function reviewCorrection(
  before: TextBefore,
  input: CorrectionInput,
  pack: RulePack,
  isReferendum: boolean,
): CorrectionReview {
  const typed = { mainText: oneLine(input.mainText), reasons: paragraphs(input.reasons) };
  const translation = oneLine(input.translatedMainText);
  const whole: NewText = {
    heading: before.heading,
    ...typed,
    ...(translation === ''
      ? {}
      : { translation: { mainText: translation, reasons: paragraphs(input.translatedReasons) } }),
  };
  const limits = {
    questionMaxChars: known(pack, 'questionMaxChars'),
    reasonMaxChars: known(pack, 'reasonMaxChars'),
  };
  const { text, excess } = publishedWording(whole, pack);
  const joined = text.reasons.join('\n');
  const typedReasons = typed.reasons.join('\n');
  return {
    text,
    excess,
    version: before.version + 1,
    textDigest: textDigestOf(text),
    question: redline(before.mainText, text.mainText),
    reasons: redline(before.reasons.join('\n'), joined),
    counts: {
      question: countText(typed.mainText).counted,
      questionMost: limits.questionMaxChars,
      reasons: countText(typedReasons).counted,
      reasonsMost: limits.reasonMaxChars,
    },
    findings: lintWording({
      question: typed.mainText,
      reasons: typedReasons,
      type: isReferendum ? 'referendum' : 'initiative',
      ...limits,
    }),
    isUnchanged: text.mainText === before.mainText && joined === before.reasons.join('\n'),
  };
}
