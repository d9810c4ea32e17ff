/**
 * 字詞: how a text is cut for searching. Chinese writes no spaces, so a run of Han characters becomes its single
 * characters and its pairs of neighbours; a word in another script stays whole. Pure; no dictionary, no service.
 */

const RUN = /\p{Script=Han}+|[[\p{L}\p{N}]--\p{Script=Han}][[\p{L}\p{N}.\-]--\p{Script=Han}]*/gv;
const IS_HAN = /^\p{Script=Han}/u;
/** Beyond this a text is cut off: longer than any the Act lets be published, and a bound for what is asked. */
const MOST_CHARACTERS = 20_000;

/** One spelling of a text: compatibility forms, case, and the two ways to write 臺. */
export const normalisedForSearch = (text: string): string =>
  text.slice(0, MOST_CHARACTERS).normalize('NFKC').toLowerCase().replaceAll('臺', '台');

const runsOf = (text: string): readonly string[] =>
  Array.from(normalisedForSearch(text).matchAll(RUN), ([run]) => run.replace(/[.-]+$/, ''));

/** Neighbouring pairs of one run of Han characters. */
function pairsOf(run: string): readonly string[] {
  const characters = Array.from(run);
  return characters.slice(1).map((character, i) => `${characters[i]}${character}`);
}

/** Everything a text can be found by, each once. */
export function gramsOf(text: string): readonly string[] {
  const grams = new Set<string>();
  for (const run of runsOf(text)) {
    if (!IS_HAN.test(run)) grams.add(run);
    else for (const gram of [...run, ...pairsOf(run)]) grams.add(gram);
  }
  return [...grams];
}

/** What a text must share with a query: its pairs and words, and a single character where it stands alone. */
export function queryGramsOf(query: string): readonly string[] {
  const grams = new Set<string>();
  for (const run of runsOf(query)) {
    const pairs = IS_HAN.test(run) ? pairsOf(run) : [];
    for (const gram of pairs.length > 0 ? pairs : [run]) grams.add(gram);
  }
  return [...grams];
}

/** Pairs that stand in nearly every question and tell nothing of its matter. */
const BOILERPLATE: ReadonlySet<string> = new Set(
  [
    '你是否同意',
    '您是否同意',
    '是否贊成',
    '同不同意',
    '應予以',
    '所規定之',
    '立法規定',
    '政府應',
    '公民投票',
  ].flatMap(pairsOf),
);

/** The pairs and words of a question that say what it is about. */
export const tellingGramsOf = (question: string): readonly string[] =>
  queryGramsOf(question).filter((gram) => !BOILERPLATE.has(gram) && Array.from(gram).length > 1);

/** Pairs are how the index is cut, not how people read: what is shown are words of the Unicode segmentation. */
const segmenter = new Intl.Segmenter('zh-Hant', { granularity: 'word' });

const FUNCTION_WORDS_AT_ENDS =
  /^[之的應於等與及或得將以為在其所是有]+|[之的應於等與及或得將以為在其所是有]+$/gu;

/**
 * What two texts have in common, in whole words: neighbouring words of `text` that the shared pairs cover, longest
 * first. Neither half a word nor a single character, which says nothing of the matter, is told.
 */
export function sharedWordsOf(text: string, shared: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (const run of runsOf(text)) {
    if (!IS_HAN.test(run)) {
      if (shared.has(run)) found.add(run);
      continue;
    }
    const joined = pairsOf(run).map((pair) => shared.has(pair));
    let phrase = '';
    let at = 0;
    for (const { segment } of segmenter.segment(run)) {
      const length = Array.from(segment).length;
      const isWhole = joined.slice(at, at + length - 1).every(Boolean);
      const goesOn = phrase !== '' && joined[at - 1] === true;
      if (phrase !== '' && !(isWhole && goesOn)) {
        found.add(phrase);
        phrase = '';
      }
      if (isWhole) phrase += segment;
      at += length;
    }
    found.add(phrase);
  }
  const told = [...found].map((phrase) => phrase.replace(FUNCTION_WORDS_AT_ENDS, ''));
  return [...new Set(told)]
    .filter((phrase) => phrase !== '' && (!IS_HAN.test(phrase) || Array.from(phrase).length > 1))
    .sort((a, b) => b.length - a.length);
}
