/** 文字規定: the wording regulation, article by article in our words, and what the linter and counter rest on (law.md §7). */
import type { DatedDocument, DocumentLine } from '../dated-document.ts';
import { type Localised, words } from '../localised.ts';
import { unconfirmed } from '../parameter.ts';

/** Which rule of the linter; the numbers are those of the law reference §7. */
export type LintRule =
  | 'L1'
  | 'L2'
  | 'L3'
  | 'L4'
  | 'L5'
  | 'L6'
  | 'L7'
  | 'L8'
  | 'L9'
  | 'L10'
  | 'L11'
  | 'L12'
  | 'L13'
  | 'L14';

/** Short name under which the regulation is cited. */
const NAME = '文字規定';

export const WORDING_REGULATION: DatedDocument = {
  id: 'tw.wording-regulation@108-10-14',
  title: words(
    '文字規定：全國性公民投票案主文與理由書文字用詞',
    'Wording regulation for questions and statements of reasons of national referendums',
  ),
  version: words(
    '108-10-14 版（全國法規資料庫 D0110031）',
    'version of 2019-10-14 (National Regulations Database D0110031)',
  ),
  promulgated: undefined,
  effectiveFrom: unconfirmed(NAME, {
    note: words(
      '版本日為 108-10-14；發布日與施行日未確認。',
      'The version is that of 2019-10-14; days of promulgation and effect are unconfirmed.',
    ),
  }),
  effectiveTo: undefined,
  remarks: [
    words(
      '2019-10-14 以後之修正：未確認。較早之案以當時條文為準，本文件不代替之。',
      'Amendments after 2019-10-14 are unconfirmed. An older case stands under the text of its time, which this document does not replace.',
    ),
  ],
};

/** One article of the regulation, and where the platform uses it. */
export interface WordingArticle extends DocumentLine {
  readonly article: string;
  readonly use: Localised;
}

const article = (number: string, says: Localised, use: Localised): WordingArticle => ({
  article: number,
  citation: `${NAME} ${number}`,
  says,
  use,
  status: 'confirmed',
});

const CHECKLIST = words('用字檢查、自我檢核表', 'linter and checklist');
const BY_TYPE = words('依類型之檢核', 'check by type');

/** Articles 3 to 9; what the others say is not held here. */
export const WORDING_ARTICLES: readonly WordingArticle[] = [
  article(
    '§3',
    words(
      '文法正確、意義單一、無專業術語、無不必要之形容詞、用詞前後一致；除通用者外不用外國文字，不用特定群體用語，不得使用圖像。',
      'Correct grammar, one meaning, no jargon, no needless adjectives, consistent terms; no foreign words unless common, no in-group words, no images.',
    ),
    CHECKLIST,
  ),
  article(
    '§4',
    words(
      '主文為投票人而寫：中立、無刻板印象、不過於廣泛、無正反口號或誘導用語；為可以「同意」或「不同意」作答之疑問句；無附條件之第二問題、無無關細節、無雙重否定。',
      'The question is written for the voter: neutral, no stereotypes, not too broad, no slogan for or against and no leading words; interrogative and answerable by 同意 or 不同意; no conditional second question, no irrelevant detail, no double negatives.',
    ),
    CHECKLIST,
  ),
  article('§5', words('創制應促請積極作為。', 'An initiative must urge positive action.'), BY_TYPE),
  article(
    '§6',
    words(
      '複決應表明反對該法律或政策，並摘述該法律。',
      'A referendum must say that it opposes the law or policy, and summarise the law.',
    ),
    BY_TYPE,
  ),
  article(
    '§7',
    words('理由書亦同。', 'The same holds for the statement of reasons.'),
    words('用字檢查', 'linter'),
  ),
  article(
    '§8',
    words(
      '字數：必要之標點符號不計；外國文字每一字元以一字計。',
      'Count: necessary punctuation is not counted; each foreign character is one.',
    ),
    words('字數計算', 'counter'),
  ),
  article(
    '§9',
    words('委員會議前得更正誤寫。', 'Clerical errors may be corrected before the Commission meets.'),
    words('程序', 'procedure'),
  ),
];

/** What one check of the linter looks for, and on which provision it rests. */
export interface LintBasis {
  readonly rule: LintRule;
  readonly looksFor: Localised;
  /** Articles of this regulation. */
  readonly articles: readonly string[];
  /** As shown beside every hint. */
  readonly citation: string;
}

const byRegulation = (rule: LintRule, looksFor: Localised, ...articles: readonly string[]): LintBasis => ({
  rule,
  looksFor,
  articles,
  citation: `${NAME} ${articles.join('、')}`,
});

const byAct = (rule: LintRule, looksFor: Localised, citation: string): LintBasis => ({
  rule,
  looksFor,
  articles: [],
  citation,
});

/** Every check of the linter by what it looks for. `inReasons` variants add §7, which carries the rule over. */
export const LINT_BASES = {
  length: byAct('L1', words('字數', 'length'), '公民投票法 §9'),
  emoji: byRegulation('L1', words('表情符號之計算', 'how an emoji counts'), '§8'),
  notAsking: byRegulation('L2', words('非疑問句', 'not a question'), '§4'),
  unanswerable: byRegulation('L3', words('無法以同意或不同意作答', 'not answerable by 同意 or 不同意'), '§4'),
  doubleNegative: byRegulation('L4', words('雙重否定', 'double negatives'), '§4'),
  secondQuestion: byRegulation('L5', words('附條件之第二問題', 'a condition, or a second question'), '§4'),
  severalMatters: byAct('L6', words('超過一事項', 'more than one matter'), '公民投票法 §9 VIII'),
  slogan: byRegulation('L7', words('價值或口號用語', 'words of value, slogans'), '§4'),
  sloganInReasons: byRegulation(
    'L7',
    words('價值或口號用語（理由書）', 'words of value, slogans (reasons)'),
    '§4',
    '§7',
  ),
  foreignWord: byRegulation('L8', words('非通用之外國文字', 'foreign words not in common use'), '§3'),
  foreignWordInReasons: byRegulation(
    'L8',
    words('非通用之外國文字（理由書）', 'foreign words not in common use (reasons)'),
    '§3',
    '§7',
  ),
  image: byRegulation('L9', words('圖像、連結、附件', 'images, links, attachments'), '§3'),
  imageInReasons: byRegulation(
    'L9',
    words('圖像、連結、附件（理由書）', 'images, links, attachments (reasons)'),
    '§3',
    '§7',
  ),
  differingTerm: byRegulation(
    'L10',
    words('主文與理由書用詞不一致', 'terms that differ between question and reasons'),
    '§3',
  ),
  excludedMatter: byAct('L11', words('排除事項', 'excluded matters'), '公民投票法 §2 IV'),
  indigenousRights: byAct('L11', words('原住民族權利', 'indigenous rights'), '公民投票法 §1 II'),
  nothingOpposed: byRegulation(
    'L12',
    words('複決未敘明所反對之法律或政策', 'a referendum that names no statute or policy'),
    '§6',
  ),
  noPositiveAct: byRegulation(
    'L13',
    words('創制未促請積極作為', 'an initiative without a positive act'),
    '§5',
  ),
  likeCase: byAct(
    'L14',
    words('二年內之同一事項、經視為放棄之事項', 'the same matter within two years, abandoned matters'),
    '公民投票法 §32、§12 IV',
  ),
} as const satisfies Readonly<Record<string, LintBasis>>;

export type LintBasisName = keyof typeof LINT_BASES;

const counts = (status: DocumentLine['status'], zh: string, en: string): DocumentLine => ({
  citation: `${NAME} §8`,
  says: words(zh, en),
  status,
});

/** 字數計算規格: what `text-count.ts` does, and which of it the regulation says. */
export const COUNTER_SPECIFICATION: readonly DocumentLine[] = [
  counts('confirmed', '必要之標點符號不計。', 'Necessary punctuation is not counted.'),
  counts('confirmed', '外國文字每一字元以一字計。', 'Each foreign character is one.'),
  counts(
    'project-default',
    '以 NFC 正規化後，逐字素叢集計算：文字、數字、符號各為一。',
    'After NFC, one per grapheme cluster: letter, ideograph, number or symbol.',
  ),
  counts(
    'project-default',
    '空白與換行不計；不計之標點列為清單，不以 Unicode 類別為準（%、&、@、#、* 計入）。',
    'White space and line breaks are not counted; uncounted marks are a list and no Unicode category (%, &, @, # and * count).',
  ),
  counts(
    'project-default',
    '拉丁字母、數字、注音、假名每一字元為一（條文未及於數字）。',
    'Each Latin letter, digit, Bopomofo or kana character is one (the text does not speak of digits).',
  ),
  counts(
    'project-default',
    '兩種字數（含與不含標點）並列，達上限 95 % 提示。',
    'Both counts, with and without punctuation, are shown; a hint from 95 % of the limit.',
  ),
];

/** Texts and their counts, by which the counter is tested. */
export const COUNTER_VECTORS: readonly Readonly<{ text: string; counted: number }>[] = [
  { text: '', counted: 0 },
  { text: '你是否同意？', counted: 5 },
  { text: '你是否同意ABC？', counted: 8 },
  { text: '第95條第1項', counted: 7 },
  { text: '👨‍👩‍👧‍👦', counted: 1 },
];
