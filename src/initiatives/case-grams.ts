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

/** Pairs joined back to the stretches of `text` that they cover, longest first: what two texts have in common. */
export function stretchesOf(text: string, shared: ReadonlySet<string>): readonly string[] {
  const found = new Set<string>();
  for (const run of runsOf(text)) {
    if (!IS_HAN.test(run)) {
      if (shared.has(run)) found.add(run);
      continue;
    }
    let stretch = '';
    for (const pair of pairsOf(run)) {
      if (shared.has(pair)) stretch = stretch === '' ? pair : stretch + (Array.from(pair)[1] ?? '');
      else {
        if (stretch !== '') found.add(stretch);
        stretch = '';
      }
    }
    if (stretch !== '') found.add(stretch);
  }
  return [...found].sort((a, b) => b.length - a.length);
}
