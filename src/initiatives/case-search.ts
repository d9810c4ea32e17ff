/** 尋找: which public cases hold certain words, and which resemble a question. Reads public texts only. */
import type { Db } from '../platform/db/index.ts';
import { normalisedForSearch, queryGramsOf, sharedWordsOf, tellingGramsOf } from './case-grams.ts';
import { type CasePart, gramFrequencies, partsHolding, textsHolding } from './case-grams-store.ts';

/** A case whose public text holds the words asked for. */
export interface FoundWords {
  readonly caseNumber: string;
  /** 1 where all words stand there; never below {@link LEAST_SHARE}. */
  readonly share: number;
  readonly parts: readonly CasePart[];
}

/** A case whose question resembles another. */
export interface SimilarCase {
  readonly caseNumber: string;
  /** 0 to 1: the weight of what both share, of the shorter one's. Rare words weigh more. */
  readonly likeness: number;
  /** Whole words that both say, longest first. */
  readonly shared: readonly string[];
}

export interface CaseSearch {
  /** Cases that hold the words, best first. An empty query finds nothing. */
  find(query: string): Promise<readonly FoundWords[]>;
  /** Cases like this question, most alike first; `subject` and main text are what to pass. */
  similar(question: string, limit: number): Promise<readonly SimilarCase[]>;
}

/** A long query need not be met word for word; a short one must. */
const LEAST_SHARE = 0.7;
const MOST_FOUND = 20_000;
const MOST_COMPARED = 40;
const EVERY_PART: readonly CasePart[] = ['subject', 'question', 'reasons'];

export function createCaseSearch({ db }: Readonly<{ db: Db }>): CaseSearch {
  return {
    async find(query) {
      const grams = queryGramsOf(query).slice(0, 100);
      if (grams.length === 0) return [];
      const least = grams.length <= 3 ? grams.length : Math.ceil(grams.length * LEAST_SHARE);
      const phrase = normalisedForSearch(query).trim();
      const found = new Map<string, FoundWords & { readonly isWhole: boolean }>();
      const matching = { grams, least, parts: EVERY_PART };
      for (const { caseNumber, part, shared, isWhole } of await partsHolding(
        db,
        matching,
        phrase,
        MOST_FOUND,
      )) {
        const before = found.get(caseNumber);
        found.set(caseNumber, {
          caseNumber,
          share: Math.max(before?.share ?? 0, shared / grams.length),
          parts: [...(before?.parts ?? []), part],
          isWhole: before?.isWhole === true || isWhole,
        });
      }
      return [...found.values()]
        .sort(
          (a, b) =>
            Number(b.isWhole) - Number(a.isWhole) ||
            b.share - a.share ||
            a.caseNumber.localeCompare(b.caseNumber),
        )
        .map(({ caseNumber, share, parts }) => ({ caseNumber, share, parts }));
    },

    async similar(question, limit) {
      const own = tellingGramsOf(question).slice(0, 400);
      if (own.length === 0) return [];
      const matching = { grams: own, least: 1, parts: ['subject', 'question'] } as const;
      const held = await textsHolding(db, matching, MOST_COMPARED);
      const theirs = new Map<string, Set<string>>();
      for (const { caseNumber, text } of held) {
        const grams = theirs.get(caseNumber) ?? new Set<string>();
        for (const gram of tellingGramsOf(text)) grams.add(gram);
        theirs.set(caseNumber, grams);
      }
      const all = new Set([...own, ...[...theirs.values()].flatMap((grams) => [...grams])]);
      const { cases, of } = await gramFrequencies(db, [...all]);
      const weigh = (grams: Iterable<string>): number => {
        let sum = 0;
        for (const gram of grams) sum += Math.log(1 + (cases + 1) / (1 + (of.get(gram) ?? 0)));
        return sum;
      };
      const ownWeight = weigh(own);
      return [...theirs]
        .map(([caseNumber, grams]) => {
          const both = new Set(own.filter((gram) => grams.has(gram)));
          const shorter = Math.min(ownWeight, weigh(grams));
          return {
            caseNumber,
            likeness: shorter === 0 ? 0 : weigh(both) / shorter,
            shared: sharedWordsOf(question, both),
          };
        })
        .sort((a, b) => b.likeness - a.likeness || a.caseNumber.localeCompare(b.caseNumber))
        .slice(0, limit);
    },
  };
}
