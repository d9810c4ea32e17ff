/**
 * 用字檢查: hints on a draft's wording by the wording regulation (全國性公民投票案主文與理由書文字用詞) and the Act.
 * It explains and cites, and never blocks what the law leaves to the commission's judgement (law.md, wording rules).
 */
import { type Localised, words } from './localised.ts';
import { LINT_BASES, type LintBasisName, type LintRule } from './packs/wording-regulation.ts';
import type { ReviewGround } from './parameter-values.ts';
import { countText } from './text-count.ts';
import { termsOnlyAsked } from './wording-terms.ts';
import {
  ASKING,
  COMMON_FOREIGN,
  CONDITIONS,
  EXCLUDED,
  INDIGENOUS,
  JOINING,
  LINKS,
  NEGATIVES,
  NOT_NEGATIVE,
  POSITIVE_ACTS,
  STATUTE_OR_POLICY,
  VALUE_WORDS,
} from './wording-words.ts';

/** One hint: where, why, and on which provision. Positions are UTF-16 offsets into the part. */
export interface LintFinding {
  readonly rule: LintRule;
  readonly part: 'question' | 'reasons';
  readonly from: number;
  readonly to: number;
  readonly message: Localised;
  readonly citation: string;
  /** Which ground for a correction it might become. */
  readonly mayBecome?: ReviewGround;
}

/** What is looked at, and the limits of the pack. */
export interface LintedDraft {
  readonly question: string;
  readonly reasons: string;
  readonly type: 'initiative' | 'referendum';
  readonly questionMaxChars: number;
  readonly reasonMaxChars: number;
}

/** Rule and citation of a finding. */
const on = (name: LintBasisName): Readonly<{ rule: LintRule; citation: string }> => ({
  rule: LINT_BASES[name].rule,
  citation: LINT_BASES[name].citation,
});

/** Near the limit a person should know. */
const WARN_AT = { numerator: 95, denominator: 100 } as const;

/** Every hint on the draft, in reading order. An empty list promises nothing: the commission decides. */
export function lintWording(draft: LintedDraft): readonly LintFinding[] {
  const { question, reasons } = draft;
  return [
    ...lengthFindings('question', question, draft.questionMaxChars),
    ...lengthFindings('reasons', reasons, draft.reasonMaxChars),
    ...(question.trim() === '' ? [] : questionFindings(draft)),
    ...bothParts(draft),
    ...differingTerms(draft),
  ];
}

function lengthFindings(part: 'question' | 'reasons', text: string, max: number): readonly LintFinding[] {
  const { counted, hasSequences } = countText(text);
  const whole = { part, from: 0, to: text.length } as const;
  const found: LintFinding[] = [];
  if (counted > max)
    found.push({
      ...whole,
      ...on('length'),
      message: words(
        `${counted} 字，逾 ${max} 字；逾字數部分不予公告。`,
        `${counted} characters, over ${max}; the excess is not published.`,
      ),
    });
  else if (counted * WARN_AT.denominator >= max * WARN_AT.numerator && counted > 0)
    found.push({
      ...whole,
      ...on('length'),
      message: words(
        `${counted} 字，將近上限 ${max} 字。`,
        `${counted} characters, close to the limit of ${max}.`,
      ),
    });
  if (hasSequences)
    found.push({
      ...whole,
      ...on('emoji'),
      message: words(
        '含表情符號；計為一字，但不宜使用。',
        'Holds an emoji: it counts as one, and should not be used.',
      ),
    });
  return found;
}

function questionFindings({ question, type }: LintedDraft): readonly LintFinding[] {
  const whole = { part: 'question', from: 0, to: question.length } as const;
  const found: LintFinding[] = [];
  const asks = ASKING.some((word) => question.includes(word)) || /[？?]\s*$/.test(question);
  if (!asks)
    found.push({
      ...whole,
      ...on('notAsking'),
      message: words('主文應為疑問句。', 'The question must be in interrogative form.'),
      mayBecome: 'wording',
    });
  if (!/同意|贊成/.test(question))
    found.push({
      ...whole,
      ...on('unanswerable'),
      message: words('應可以「同意」或「不同意」作答。', 'It must be answerable by 同意 or 不同意.'),
      mayBecome: 'wording',
    });
  found.push(...doubleNegatives(question));
  for (const at of [...wordsIn(question, CONDITIONS), ...secondQuestion(question)])
    found.push({
      part: 'question',
      ...at,
      ...on('secondQuestion'),
      message: words(
        '條件句或第二個問題，會使作答有兩解。',
        'A condition or a second question makes the answer ambiguous.',
      ),
      mayBecome: 'wording',
    });
  for (const at of wordsIn(question, JOINING))
    found.push({
      part: 'question',
      ...at,
      ...on('severalMatters'),
      message: words(
        '是否連結兩個事項？一案以一事項為限。',
        'Does this join two matters? One matter per case.',
      ),
      mayBecome: 'indigenous-or-multiple',
    });
  if (type === 'referendum' && !STATUTE_OR_POLICY.test(question))
    found.push({
      ...whole,
      ...on('nothingOpposed'),
      message: words(
        '複決案應敘明所反對之法律或政策。',
        'A referendum must name the statute or policy it opposes.',
      ),
      mayBecome: 'wording',
    });
  if (type === 'initiative' && !POSITIVE_ACTS.some((word) => question.includes(word)))
    found.push({
      ...whole,
      ...on('noPositiveAct'),
      message: words('創制案應促請積極作為。', 'An initiative must urge a positive act.'),
      mayBecome: 'wording',
    });
  return found;
}

function bothParts({ question, reasons }: LintedDraft): readonly LintFinding[] {
  return (
    [
      ['question', question],
      ['reasons', reasons],
    ] as const
  ).flatMap(([part, text]) => {
    const each = (
      name: LintBasisName,
      at: readonly Readonly<{ from: number; to: number }>[],
      message: Localised,
      mayBecome: ReviewGround,
    ): readonly LintFinding[] => at.map((where) => ({ ...on(name), part, ...where, message, mayBecome }));
    const links = [...text.matchAll(LINKS)].map(({ index, 0: link }) => ({
      from: index,
      to: index + link.length,
    }));
    const isInLink = ({ from }: Readonly<{ from: number }>) =>
      links.some((link) => link.from <= from && from < link.to);
    return [
      ...each(
        part === 'question' ? 'slogan' : 'sloganInReasons',
        wordsIn(text, VALUE_WORDS),
        words('含價值判斷或口號，應中立。', 'A word of value or a slogan; the text must be neutral.'),
        'wording',
      ),
      ...each(
        part === 'question' ? 'foreignWord' : 'foreignWordInReasons',
        foreignWords(text).filter((at) => !isInLink(at)),
        words('非通用之外國文字，宜改以中文。', 'A foreign word not in common use; say it in Chinese.'),
        'wording',
      ),
      ...each(
        part === 'question' ? 'image' : 'imageInReasons',
        links,
        words('不得使用圖像、連結或附件。', 'No images, links or attachments.'),
        'wording',
      ),
      ...each(
        'excludedMatter',
        wordsIn(text, EXCLUDED),
        words(
          '預算、租稅、薪俸及人事不得作為公民投票之提案。',
          'Budget, tax, pay and personnel are excluded matters.',
        ),
        'matter',
      ),
      ...each(
        'indigenousRights',
        wordsIn(text, INDIGENOUS),
        words(
          '涉及原住民族權利者，不得違反原住民族基本法。',
          'Where indigenous rights are concerned, the Indigenous Peoples Basic Law applies.',
        ),
        'indigenous-or-multiple',
      ),
    ];
  });
}

/** L10: what the question names, the reasons should name as well, and alike. */
const differingTerms = ({ question, reasons }: LintedDraft): readonly LintFinding[] =>
  termsOnlyAsked(question, reasons).map(({ from, to, term }) => ({
    ...on('differingTerm'),
    part: 'question',
    from,
    to,
    message: words(
      `主文之「${term}」未見於理由書；用詞應前後一致。`,
      `“${term}” stands in the question and not in the reasons; terms should be consistent.`,
    ),
    mayBecome: 'wording',
  }));

/** L4: two negative words in one clause. */
function doubleNegatives(question: string): readonly LintFinding[] {
  const masked = NOT_NEGATIVE.reduce(
    (text, word) => text.replaceAll(word, '＿'.repeat(word.length)),
    question,
  );
  let from = 0;
  return masked.split(/(?<=[，。；？?])/).flatMap((clause): LintFinding[] => {
    const at = { from, to: from + clause.length };
    from += clause.length;
    return wordsIn(clause, NEGATIVES).length < 2
      ? []
      : [
          {
            part: 'question',
            ...at,
            ...on('doubleNegative'),
            message: words('同一句有兩個否定，不易作答。', 'Two negatives in one clause are hard to answer.'),
            mayBecome: 'wording',
          },
        ];
  });
}

const secondQuestion = (text: string): readonly Readonly<{ from: number; to: number }>[] =>
  [...text.matchAll(/[？?]/g)].slice(1).map(({ index }) => ({ from: index, to: index + 1 }));

/** Longest words first, so that 以及 is not found again as 及. */
function wordsIn(text: string, list: readonly string[]): readonly Readonly<{ from: number; to: number }>[] {
  const pattern = [...list].sort((a, b) => b.length - a.length).join('|');
  return [...text.matchAll(new RegExp(pattern, 'gu'))].map(({ index, 0: word }) => ({
    from: index,
    to: index + word.length,
  }));
}

const foreignWords = (text: string): readonly Readonly<{ from: number; to: number }>[] =>
  [...text.matchAll(/[A-Za-z][A-Za-z0-9.-]+/g)]
    .filter(({ 0: word }) => !(COMMON_FOREIGN as readonly string[]).includes(word))
    .map(({ index, 0: word }) => ({ from: index, to: index + word.length }));
