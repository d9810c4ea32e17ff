/** 機關意見書 for the case page: what each agency was asked, and the text that stands. */
import type { AgencyOpinionView } from './case-texts.tsx';
import type { AgencyOpinion } from './opinions.ts';

/** @param texts by digest; an opinion whose text is not there shows only that it was received */
export const opinionViews = (
  caseNumber: string,
  opinions: readonly AgencyOpinion[],
  texts: ReadonlyMap<string, string>,
): readonly AgencyOpinionView[] =>
  opinions.map(({ agency, state, due, versions }) => {
    const standing = versions.at(-1);
    const before = versions.at(-2);
    const name = { 'zh-Hant-TW': agency, en: agency };
    if (standing === undefined)
      return { agency: name, state, ...(state === 'asked' && due !== undefined ? { due } : {}) };
    const base = `/initiatives/${caseNumber}/opinions`;
    return {
      agency: name,
      state,
      text: {
        receivedOn: standing.on,
        amendments: versions.length - 1,
        paragraphs: bodyOf(texts.get(standing.digest) ?? ''),
        fileHref: `${base}/${standing.digest}.txt`,
        digest: standing.digest,
        ...(before === undefined
          ? {}
          : { changeHref: `${base}/compare?from=${before.digest}&to=${standing.digest}` }),
      },
    };
  });

/** The file's lines after its heading (title, case number, agency, empty line). */
function bodyOf(file: string): readonly string[] {
  const lines = file.split('\n');
  const start = lines[0] === '機關意見書' ? lines.indexOf('') + 1 : 0;
  return lines.slice(start).filter((line) => line.trim() !== '');
}
