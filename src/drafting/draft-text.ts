/** 草案文字: the fields of a draft, as they come from a form and as they are kept. Pure. */

/** Every field, in the order of the form. English and plain words are for information; the Chinese is what is signed. */
export const DRAFT_FIELDS = [
  'subjectZh',
  'subjectEn',
  'matter',
  'mainText',
  'reasons',
  'problemZh',
  'problemEn',
  'mainTextEn',
  'reasonsEn',
  'helpZh',
  'helpEn',
] as const;

export type DraftField = (typeof DRAFT_FIELDS)[number];

/** One version's text. A field that was left empty is the empty string. */
export type DraftText = Readonly<Record<DraftField, string>>;

/** 公投法 §2: which kind of matter; a policy can be asked for or opposed. */
export const MATTERS = ['principle', 'statute', 'policy-initiative', 'policy-referendum'] as const;
export type Matter = (typeof MATTERS)[number];

/**
 * The most a field takes, in UTF-16 units: far above what the law publishes, because its excess is told and not cut
 * off (公投法 §9), and a bound for what is kept.
 */
export const FIELD_MOST: Readonly<Record<DraftField, number>> = {
  subjectZh: 200,
  subjectEn: 300,
  matter: 30,
  mainText: 10_000,
  reasons: 120_000,
  problemZh: 5_000,
  problemEn: 10_000,
  mainTextEn: 10_000,
  reasonsEn: 120_000,
  helpZh: 500,
  helpEn: 500,
};

/** Fields of several paragraphs; all others are one line. */
export const PARAGRAPH_FIELDS: ReadonlySet<DraftField> = new Set([
  'reasons',
  'reasonsEn',
  'problemZh',
  'problemEn',
]);

export const EMPTY_DRAFT: DraftText = Object.fromEntries(
  DRAFT_FIELDS.map((field) => [field, '']),
) as DraftText;

/** Characters that show nothing and can make a text read otherwise than it is stored: controls, bidi overrides, BOM. */
const UNSEEN = /[\p{Cc}\u2028-\u202e\u2066-\u2069\ufeff\ufff9-\ufffb]/gu;

function keptForm(field: DraftField, typed: string): string {
  const text = typed
    .toWellFormed()
    .normalize('NFC')
    .replace(/\r\n?|[\u0085\u2028\u2029]/g, '\n')
    .replaceAll('\t', ' ');
  const lines = text.split('\n').map((line) => line.replace(UNSEEN, '').trim());
  if (PARAGRAPH_FIELDS.has(field)) return lines.filter((line) => line !== '').join('\n');
  return lines
    .filter((line) => line !== '')
    .reduce(joinLines, [])
    .join('');
}

/** Chinese lines join without a space; other scripts need one. */
function joinLines(joined: string[], line: string): string[] {
  const needsSpace =
    /[\p{Script=Latin}\p{N}.,;:!?]/u.test(joined.at(-1)?.at(-1) ?? '') &&
    /^[\p{Script=Latin}\p{N}]/u.test(line);
  joined.push(needsSpace ? ` ${line}` : line);
  return joined;
}

/** The fields of a sent form, normalised. What is no field is left out; an unknown kind of matter counts as none. */
export function draftTextFrom(values: Readonly<Record<string, string>>): DraftText {
  const text = { ...EMPTY_DRAFT } as Record<DraftField, string>;
  for (const field of DRAFT_FIELDS) text[field] = keptForm(field, values[field] ?? '');
  if (!(MATTERS as readonly string[]).includes(text.matter)) text.matter = '';
  return text;
}

/** A stored version's fields; whatever it lacks is empty. */
export const draftTextOf = (body: string): DraftText =>
  draftTextFrom(JSON.parse(body) as Readonly<Record<string, string>>);

/** How a version is kept: its fields in a fixed order. */
export const bodyOf = (text: DraftText): string =>
  JSON.stringify(Object.fromEntries(DRAFT_FIELDS.map((field) => [field, text[field]])));

export const isSameText = (a: DraftText, b: DraftText): boolean =>
  DRAFT_FIELDS.every((field) => a[field] === b[field]);

/** Fields that are longer than can be kept. */
export const tooLong = (text: DraftText): readonly DraftField[] =>
  DRAFT_FIELDS.filter((field) => text[field].length > FIELD_MOST[field]);

export const paragraphsOf = (text: string): readonly string[] => (text === '' ? [] : text.split('\n'));
