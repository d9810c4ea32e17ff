import { boundOn, type Parameter } from '../parameter.ts';

/** 公民投票法: which text each article stands in (law.md §1). The rewrite of 2018 gave every article anew. */
interface ActText {
  readonly promulgated: string;
  /** Absent where the first day is unconfirmed. */
  readonly effectiveFrom?: string;
  readonly articles: readonly number[] | 'all';
}

const ACT_TEXTS: readonly ActText[] = [
  { promulgated: '2018-01-03', effectiveFrom: '2018-01-03', articles: 'all' },
  { promulgated: '2019-06-21', effectiveFrom: '2019-06-21', articles: [9, 10, 12, 13, 17, 23] },
  { promulgated: '2025-12-03', articles: [23] },
];

/** Last days of texts that were replaced, by the promulgation of what replaced them; as the packs count them. */
const LAST_DAYS: Readonly<Record<string, string>> = {
  '2019-06-21': '2019-06-20',
  '2025-12-03': '2025-12-02',
};

const FIRST_ARTICLE = /^公民投票法 §§?(\d+)/;

/**
 * Gives every confirmed parameter that rests on an article of the Act the dates of the text it was read in: the newest
 * up to the pack's own promulgation. Dates that a parameter has already, and provisions of other acts, are left alone.
 */
export function datedByAct<Values extends Readonly<Record<string, Parameter<unknown>>>>(
  packPromulgated: string,
  parameters: Values,
): Values {
  const dated = Object.entries(parameters).map(([name, parameter]) => {
    const article = Number(FIRST_ARTICLE.exec(parameter.citation)?.[1]);
    if (parameter.status !== 'confirmed' || Number.isNaN(article)) return [name, parameter] as const;
    const texts = ACT_TEXTS.filter(({ articles }) => articles === 'all' || articles.includes(article));
    const text = texts.findLast(({ promulgated }) =>
      boundOn({ effectiveFrom: promulgated }, packPromulgated),
    );
    if (text === undefined) return [name, parameter] as const;
    const { promulgated, effectiveFrom } = text;
    const effectiveTo = LAST_DAYS[texts[texts.indexOf(text) + 1]?.promulgated ?? ''];
    return [
      name,
      {
        promulgated,
        ...(effectiveFrom === undefined ? {} : { effectiveFrom }),
        ...(effectiveTo === undefined ? {} : { effectiveTo }),
        ...parameter,
      },
    ] as const;
  });
  return Object.fromEntries(dated) as Values;
}
