import type { Language, Localised } from '../web/index.ts';
import { type CardFailure, type CardFailureCode, cardFailures } from './card-failures.ts';
import { NATIONAL_ID_WORDS, type NationalIdWords } from './national-id-words.ts';
import { policyEntry } from './policy-catalogue.ts';
import type { CatalogueCode } from './policy-codes.ts';

/** Phrases of a joint signature 連署 and what stands in their place, longest first: no shorter one may touch a longer. */
export type Rephrasing = Readonly<Record<Language, readonly (readonly [from: string, to: string])[]>>;

/** `text` said of another act; which language it is in shows in its characters. */
export function rephrase(text: string, rules: Rephrasing): string {
  const ofLanguage = rules[/\p{Script=Han}/u.test(text) ? 'zh-Hant-TW' : 'en'];
  return ofLanguage.reduce((said, [from, to]) => said.replaceAll(from, to), text);
}

/** What the policy and the card say, said of an act that is no joint signature. */
export interface ActWords {
  /** Why the policy refused, and what to do, in one text. */
  refusalSentence(code: CatalogueCode, language: Language): string;
  readonly cardFailures: readonly (readonly [code: string, failure: CardFailure])[];
  nationalIdWords(language: Language): NationalIdWords;
}

/** Failures of a signature's receipt and of its being sent by script: a form has neither. */
const ELSEWHERE: ReadonlySet<CardFailureCode> = new Set(['UI_RECEIPT_MISMATCH', 'UI_NETWORK']);

/** A form does not fetch a new statement by itself, as the signing page does: the page must be loaded anew. */
const outdated = (statement: Localised): CardFailure => ({
  cause: {
    'zh-Hant-TW': `${statement['zh-Hant-TW']}的十分鐘時效已過。`,
    en: `The ten minutes of the ${statement.en} have passed.`,
  },
  next: { 'zh-Hant-TW': '請重新整理頁面，取得新的一份。', en: 'Reload the page for a new one.' },
  act: 'back',
});

/**
 * The words of an act: the catalogue's, rephrased. `statement` is what the card signs, as people call it; `own` holds
 * the sentences that differ in more than words.
 */
export function wordsOfAct(
  statement: Localised,
  rules: Rephrasing,
  own: Partial<Readonly<Record<CardFailureCode, CardFailure>>> = {},
): ActWords {
  const special: typeof own = { UI_STATEMENT_RENEWED: outdated(statement), ...own };
  const said = (text: string) => rephrase(text, rules);
  const both = (text: Localised): Localised => ({
    'zh-Hant-TW': said(text['zh-Hant-TW']),
    en: said(text.en),
  });
  return {
    refusalSentence(code, language) {
      const entry = policyEntry(code);
      if (entry === undefined) return code;
      const { title, next } = entry;
      return `${said(title[language])}${language === 'en' ? ' ' : ''}${said(next[language])}`;
    },
    cardFailures: (Object.entries(cardFailures) as [CardFailureCode, CardFailure][])
      .filter(([code]) => !ELSEWHERE.has(code))
      .map(([code, failure]) => [
        code,
        special[code] ?? { ...failure, cause: both(failure.cause), next: both(failure.next) },
      ]),
    nationalIdWords(language) {
      const words = NATIONAL_ID_WORDS[language];
      const fault = words.idFaults['id-resident-certificate'];
      return { ...words, idFaults: { ...words.idFaults, 'id-resident-certificate': said(fault) } };
    },
  };
}
