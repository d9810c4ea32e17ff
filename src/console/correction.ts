/** 補正: a new text against the one before: what changed, how long it is, and what the wording rules say. Pure. */
import { type NewText, type RedlinePart, redline, textDigestOf } from '../initiatives/index.ts';
import { countText, known, type LintFinding, lintWording, type RulePack } from '../law/index.ts';

/** What a correction form sends; paragraphs of the reasons are lines. */
export interface CorrectionInput {
  readonly mainText: string;
  readonly reasons: string;
  readonly translatedMainText: string;
  readonly translatedReasons: string;
}

export interface CorrectionReview {
  readonly text: NewText;
  /** Number and digest of the version that would be entered. */
  readonly version: number;
  readonly textDigest: string;
  readonly question: readonly RedlinePart[];
  readonly reasons: readonly RedlinePart[];
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
  const mainText = oneLine(input.mainText);
  const reasons = paragraphs(input.reasons);
  const translation = oneLine(input.translatedMainText);
  const text: NewText = {
    heading: before.heading,
    mainText,
    reasons,
    ...(translation === ''
      ? {}
      : { translation: { mainText: translation, reasons: paragraphs(input.translatedReasons) } }),
  };
  const limits = {
    questionMaxChars: known(pack, 'questionMaxChars'),
    reasonMaxChars: known(pack, 'reasonMaxChars'),
  };
  const joined = reasons.join('\n');
  return {
    text,
    version: before.version + 1,
    textDigest: textDigestOf(text),
    question: redline(before.mainText, mainText),
    reasons: redline(before.reasons.join('\n'), joined),
    counts: {
      question: countText(mainText).counted,
      questionMost: limits.questionMaxChars,
      reasons: countText(joined).counted,
      reasonsMost: limits.reasonMaxChars,
    },
    findings: lintWording({
      question: mainText,
      reasons: joined,
      type: isReferendum ? 'referendum' : 'initiative',
      ...limits,
    }),
    isUnchanged: mainText === before.mainText && joined === before.reasons.join('\n'),
  };
}
