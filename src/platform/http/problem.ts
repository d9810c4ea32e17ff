/**
 * Refusals as they leave the house: RFC 9457 problem documents for programs, the same refusal as a page for
 * people. Modules hold catalogues of codes; only this folder knows HTTP.
 */

import { ENGLISH_MONTHS } from './language.ts';

export type Language = 'zh-Hant-TW' | 'en';

export type Localised = Readonly<Record<Language, string>>;

/** One code of a module's catalogue: what a person is told, and what they can do next. */
export interface ProblemEntry {
  readonly status: number;
  /** One plain sentence of cause; `{name}` stands for the fact of that name, a time in words. It says first whether anything was signed, where that can be in doubt. */
  readonly title: Localised;
  /** The next act. */
  readonly next: Localised;
  /** Number of the check of `LIANSHU-VP/1` that decided. */
  readonly check?: number;
  /** The article the refusal rests on. */
  readonly legalBasis?: Localised;
}

export type ProblemCatalogue<Code extends string = string> = Readonly<Record<Code, ProblemEntry>>;

/** A fault of one input field: `pointer` is a JSON Pointer (RFC 6901), `field` the form field's id. */
export interface FieldFault {
  readonly pointer: string;
  readonly code: string;
}

/** A refusal on its way out. `facts` are public values the texts may show; never personal data. */
export interface Problem {
  readonly code: string;
  /** Which words for the code, where a module has several: `E_X` in variant `y` stands in a catalogue as `E_X/y`. */
  readonly variant?: string;
  readonly facts?: Readonly<Record<string, string | number>>;
  readonly errors?: readonly FieldFault[];
  /** Seconds after which trying again makes sense. */
  readonly retryAfter?: number;
}

/** RFC 9457 §3, with our extension members. */
export interface ProblemDocument {
  readonly type: string;
  readonly title: string;
  readonly status: number;
  readonly detail: string;
  readonly instance: string;
  readonly code: string;
  readonly check?: number;
  readonly next?: string;
  readonly legalBasis?: string;
  readonly errors?: readonly FieldFault[];
  readonly [fact: string]: unknown;
}

/**
 * Every code of every module, with the text of each. Building it twice with one code throws: a code means
 * one thing.
 */
export class Problems {
  readonly #entries: ReadonlyMap<string, ProblemEntry>;

  constructor(...catalogues: readonly ProblemCatalogue[]) {
    const entries = new Map<string, ProblemEntry>();
    for (const catalogue of catalogues)
      for (const [code, entry] of Object.entries(catalogue)) {
        if (entries.has(code)) throw new Error(`Two catalogues define the code ${code}`);
        entries.set(code, entry);
      }
    this.#entries = entries;
  }

  /** Every code; its variants are no codes of their own. */
  codes(): readonly string[] {
    return [...this.#entries.keys()].filter((code) => !code.includes('/'));
  }

  find(code: string): ProblemEntry | undefined {
    return this.#entries.get(code);
  }

  /** An unknown code is a fault of ours and reads as `internal-fault`. */
  entry(code: string): ProblemEntry {
    return this.#entries.get(code) ?? INTERNAL;
  }

  document(problem: Problem, requestId: string, language: Language): ProblemDocument {
    const variant =
      problem.variant === undefined ? undefined : this.find(`${problem.code}/${problem.variant}`);
    const entry = variant ?? this.entry(problem.code);
    const { legalBasis } = entry;
    const [title, next] = [entry.title, entry.next].map((text) => withFacts(text, problem.facts, language));
    return {
      type: `${language === 'en' ? '/en' : ''}/problems/${problem.code}`,
      title: title ?? '',
      status: entry.status,
      detail: `${title} ${next}`.trim(),
      instance: `urn:uuid:${requestId}`,
      code: problem.code,
      ...(entry.check === undefined ? {} : { check: entry.check }),
      next: next ?? '',
      ...(legalBasis ? { legalBasis: legalBasis[language] } : {}),
      ...(problem.errors ? { errors: problem.errors } : {}),
      ...problem.facts,
    };
  }
}

/** A Taipei time in words, to the minute; anything else as it is. */
function worded(fact: string | number, language: Language): string {
  const [, year, month, day, hour] =
    /^(\d{4})-(\d\d)-(\d\d)T(\d\d:\d\d):\d\d\+08:00$/.exec(String(fact)) ?? [];
  if (hour === undefined) return String(fact);
  return language === 'en'
    ? `${hour} on ${Number(day)} ${ENGLISH_MONTHS[Number(month) - 1] ?? ''} ${year}`
    : `${year} 年 ${Number(month)} 月 ${Number(day)} 日 ${hour}`;
}

const withFacts = (text: Localised, facts: Problem['facts'], language: Language): string =>
  text[language].replaceAll(/\{(\w+)\}/g, (whole, name: string) => {
    const fact = facts?.[name];
    return fact === undefined ? whole : worded(fact, language);
  });

const INTERNAL: ProblemEntry = {
  status: 500,
  title: {
    'zh-Hant-TW': '系統發生錯誤；若您正在連署，請先不要當作已完成。',
    en: 'Something went wrong on our side. If you were signing, do not take it as done.',
  },
  next: {
    'zh-Hant-TW': '請稍候再試一次；重送同一份連署不會重複計算。',
    en: 'Please try again shortly; sending the same signature again never counts twice.',
  },
};

/** Codes that any surface can give. */
export const PLATFORM_PROBLEMS = {
  'internal-fault': INTERNAL,
  'not-found': {
    status: 404,
    title: { 'zh-Hant-TW': '找不到這一頁。', en: 'There is no such page.' },
    next: {
      'zh-Hant-TW': '請檢查網址，或由首頁依案號尋找。',
      en: 'Check the address, or search by case number from the home page.',
    },
  },
  'malformed-input': {
    status: 400,
    title: {
      'zh-Hant-TW': '送來的內容格式不符，沒有任何東西被記錄。',
      en: 'The input does not have the required shape. Nothing was recorded.',
    },
    next: {
      'zh-Hant-TW': '請重新整理頁面後再試一次。',
      en: 'Reload the page and try again.',
    },
  },
  'too-large': {
    status: 413,
    title: {
      'zh-Hant-TW': '送來的內容太大，沒有任何東西被記錄。',
      en: 'The input is too large. Nothing was recorded.',
    },
    next: { 'zh-Hant-TW': '請確認選對了檔案。', en: 'Check that you chose the right file.' },
  },
  'unsupported-media-type': {
    status: 415,
    title: {
      'zh-Hant-TW': '這種內容格式無法處理，沒有任何東西被記錄。',
      en: 'This kind of content is not accepted here. Nothing was recorded.',
    },
    next: {
      'zh-Hant-TW': '程式請使用 application/json。',
      en: 'Programs should send application/json.',
    },
  },
  'foreign-origin': {
    status: 403,
    title: {
      'zh-Hant-TW': '這個請求不是由本站頁面送出，已拒絕；沒有任何東西被記錄。',
      en: 'This request did not come from a page of this site and was refused. Nothing was recorded.',
    },
    next: {
      'zh-Hant-TW': '請由本站的連署頁重新開始，並確認網址列上的網址。',
      en: 'Start again from the signing page of this site, and check the address in the address bar.',
    },
  },
  'too-many-requests': {
    status: 429,
    title: {
      'zh-Hant-TW': '短時間內嘗試太多次，請稍候；先前完成的連署不受影響。',
      en: 'Too many attempts in a short time. What was already signed is not affected.',
    },
    next: { 'zh-Hant-TW': '請過一分鐘再試。', en: 'Please try again in a minute.' },
  },
  overloaded: {
    status: 503,
    title: {
      'zh-Hant-TW': '目前使用人數過多，這次沒有收下任何東西。',
      en: 'The service is at its limit. Nothing was taken in this time.',
    },
    next: {
      'zh-Hant-TW': '請稍候再送一次；重送同一份連署不會重複計算。',
      en: 'Please send it again shortly; sending the same signature again never counts twice.',
    },
  },
} as const satisfies ProblemCatalogue;
