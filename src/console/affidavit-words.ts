/** What the card says, said of an affidavit: no word may suggest that somebody signed a joint signature 連署. */
import {
  type CardFailure,
  type CardFailureCode,
  type CatalogueCode,
  cardFailures,
  NATIONAL_ID_WORDS,
  type NationalIdWords,
  policyEntry,
} from '../credentials/index.ts';
import type { Language, Localised } from '../web/index.ts';

/** Longest first: what stands in a longer phrase must not be touched by a shorter one. */
const CHINESE: readonly (readonly [string, string])[] = [
  ['沒有計入連署：', '切結書沒有提出：'],
  ['還沒有簽署任何內容：', '切結書沒有簽署：'],
  ['已收到連署，尚未計入：', '切結書沒有提出：'],
  ['公投連署人須為', '領銜人須為'],
  ['領銜人的諮詢窗口', '選務機關'],
  ['想連署時，再按一次簽署即可', '請再按一次簽署即可'],
  ['連署書', '切結書'],
  ['連署頁', '本頁'],
  ['連署', '簽署'],
];
const ENGLISH: readonly (readonly [string, string])[] = [
  ['Nothing was counted:', 'The affidavit was not filed:'],
  ['Nothing has been signed:', 'The affidavit was not signed:'],
  ['Received, not yet counted:', 'The affidavit was not filed:'],
  ['joint signature', 'affidavit'],
  ['Signers must be', 'Lead proposers must be'],
  ['the lead proposer’s help contact', 'the commission'],
];

function said(text: string): string {
  const rules = /\p{Script=Han}/u.test(text) ? CHINESE : ENGLISH;
  return rules.reduce((words, [from, to]) => words.replaceAll(from, to), text);
}

const both = (text: Localised): Localised => ({
  'zh-Hant-TW': said(text['zh-Hant-TW']),
  en: said(text.en),
});

/** Why the policy refused, and what to do, in one sentence. */
export function refusalSentence(code: CatalogueCode, language: Language): string {
  const entry = policyEntry(code);
  if (entry === undefined) return code;
  const { title, next } = entry;
  return `${said(title[language])}${language === 'en' ? ' ' : ''}${said(next[language])}`;
}

const ELSEWHERE: ReadonlySet<CardFailureCode> = new Set(['UI_RECEIPT_MISMATCH', 'UI_NETWORK']);

/** The card's failures, said of an affidavit. */
export const AFFIDAVIT_CARD_FAILURES: readonly (readonly [string, CardFailure])[] = (
  Object.entries(cardFailures) as [CardFailureCode, CardFailure][]
)
  .filter(([code]) => !ELSEWHERE.has(code))
  .map(([code, failure]) => [code, { ...failure, cause: both(failure.cause), next: both(failure.next) }]);

export const nationalIdWords = (language: Language): NationalIdWords => {
  const words = NATIONAL_ID_WORDS[language];
  const fault = words.idFaults['id-resident-certificate'];
  return { ...words, idFaults: { ...words.idFaults, 'id-resident-certificate': said(fault) } };
};
