/**
 * What the validation policy and the card say, said of signing in: nothing is counted here, and no word may suggest that
 * somebody signed a proposal 提案 or a joint signature 連署.
 */
import {
  type CardFailure,
  type CardFailureCode,
  type CatalogueCode,
  cardFailures,
  NATIONAL_ID_WORDS,
  type NationalIdWords,
  policyEntry,
} from '../credentials/index.ts';
import type { Language } from '../web/index.ts';

/** Longest first: what stands in a longer phrase must not be touched by a shorter one. */
const CHINESE: readonly (readonly [string, string])[] = [
  ['沒有計入連署：', '您沒有登入：'],
  ['還沒有簽署任何內容：', '您沒有登入：'],
  ['已收到連署，尚未計入：', '您沒有登入：'],
  ['公投連署人須為', '領銜人須為'],
  ['不能用於連署', '不能用於登入'],
  ['連署書', '登入聲明'],
  ['連署頁', '登入頁'],
  ['回來連署', '回來登入'],
  ['回來簽署', '回來登入'],
  ['想連署時，再按一次簽署即可', '想登入時，再按一次即可'],
  ['領銜人的諮詢窗口', '客服'],
  ['連署', '登入'],
];
const ENGLISH: readonly (readonly [string, string])[] = [
  ['Nothing was counted:', 'You are not signed in:'],
  ['Nothing has been signed:', 'You are not signed in:'],
  ['Received, not yet counted:', 'You are not signed in:'],
  ['then come back and sign.', 'then come back and sign in.'],
  ['joint signature', 'sign-in'],
  ['Signers must be', 'Lead proposers must be'],
  ['Whenever you wish to sign,', 'Whenever you wish to sign in,'],
  ['the lead proposer’s help contact', 'the help desk'],
];

function said(text: string): string {
  const rules = /\p{Script=Han}/u.test(text) ? CHINESE : ENGLISH;
  return rules.reduce((words, [from, to]) => words.replaceAll(from, to), text);
}

/** Why the policy refused, and what to do, in one sentence. */
export function policySentence(code: CatalogueCode, language: Language): string {
  const entry = policyEntry(code);
  if (entry === undefined) return code;
  const { title, next } = entry;
  return `${said(title[language])}${language === 'en' ? ' ' : ''}${said(next[language])}`;
}

/** Failures that a signature's page has and this one has not. */
const ELSEWHERE: ReadonlySet<CardFailureCode> = new Set(['UI_RECEIPT_MISMATCH', 'UI_NETWORK']);

const OWN: Partial<Readonly<Record<CardFailureCode, CardFailure>>> = {
  UI_STATEMENT_RENEWED: {
    cause: {
      'zh-Hant-TW': '登入聲明的十分鐘時效已過。',
      en: 'The ten minutes of the login statement have passed.',
    },
    next: { 'zh-Hant-TW': '請重新整理頁面，取得新的一份。', en: 'Reload the page for a new one.' },
    act: 'back',
  },
  UI_STATEMENT_MISMATCH: {
    cause: {
      'zh-Hant-TW': '伺服器送來的登入聲明與網址列的網站不符，本頁拒絕簽署。',
      en: 'The login statement names another site than the address bar; this page refuses to sign it.',
    },
    next: {
      'zh-Hant-TW': '請確認網址；若再發生，請不要簽署並通報我們。',
      en: 'Check the address; if it happens again, do not sign, and tell us.',
    },
    act: 'back',
  },
};

/** The card's failures, said of signing in. */
export const LOGIN_CARD_FAILURES: readonly (readonly [string, CardFailure])[] = (
  Object.entries(cardFailures) as [CardFailureCode, CardFailure][]
)
  .filter(([code]) => !ELSEWHERE.has(code))
  .map(([code, failure]) => [
    code,
    OWN[code] ?? {
      ...failure,
      cause: { 'zh-Hant-TW': said(failure.cause['zh-Hant-TW']), en: said(failure.cause.en) },
      next: { 'zh-Hant-TW': said(failure.next['zh-Hant-TW']), en: said(failure.next.en) },
    },
  ]);

export const nationalIdWords = (language: Language): NationalIdWords => {
  const words = NATIONAL_ID_WORDS[language];
  const fault = words.idFaults['id-resident-certificate'];
  return { ...words, idFaults: { ...words.idFaults, 'id-resident-certificate': said(fault) } };
};
