/** 用詞一致: terms of the question that the statement of reasons never uses (rule L10, wording regulation §3). Pure. */

/** A term that can be told without a dictionary: quoted, or a provision by its number. */
const TERM =
  /[《〈「『]([^《》〈〉「」『』]{2,40})[》〉」』]|第\s*[0-9一二三四五六七八九十百零〇]+\s*條(?:之[0-9一二三四五六七八九十]+)?/gu;
const MOST_TERMS = 20;

const CHINESE_DIGITS = '零一二三四五六七八九';

/** 第九十五條, 第95條 and 第 95 條 are one term. */
function oneSpelling(text: string): string {
  return text
    .normalize('NFKC')
    .replace(/\s+/g, '')
    .replaceAll('〇', '零')
    .replaceAll('臺', '台')
    .replace(/[零一二三四五六七八九十百]+(?=條|項|款)/gu, (digits) => String(numberOf(digits)));
}

/** A Chinese numeral below a thousand. */
function numberOf(digits: string): number {
  let sum = 0;
  let last = 0;
  for (const digit of digits) {
    if (digit === '百' || digit === '十') {
      sum += (last === 0 ? 1 : last) * (digit === '百' ? 100 : 10);
      last = 0;
    } else last = CHINESE_DIGITS.indexOf(digit);
  }
  return sum + last;
}

/** Where the question uses a term that stands nowhere in the reasons. Nothing where there are no reasons yet. */
export function termsOnlyAsked(
  question: string,
  reasons: string,
): readonly Readonly<{ from: number; to: number; term: string }>[] {
  if (reasons.trim() === '') return [];
  const given = oneSpelling(reasons);
  return [...question.matchAll(TERM)].slice(0, MOST_TERMS).flatMap(({ index, 0: whole, 1: quoted }) => {
    const term = quoted ?? whole;
    return given.includes(oneSpelling(term)) ? [] : [{ from: index, to: index + whole.length, term }];
  });
}
