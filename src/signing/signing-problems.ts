import type { ProblemCatalogue } from '../platform/http/problem.ts';

/** Refusals of this module that are no codes of the validation policy. */
export const SIGNING_PROBLEMS = {
  'receipt-unknown': {
    status: 404,
    title: {
      'zh-Hant-TW': '公卷中找不到這個承諾值。',
      en: 'The record does not hold this commitment.',
    },
    next: {
      'zh-Hant-TW': '可能尚未公布，請稍候再看；若您持有承諾書且已逾公布時限，請保留並通報。',
      en: 'It may not be published yet; look again shortly. If you hold a promise whose time has passed, keep it and tell us.',
    },
  },
} as const satisfies ProblemCatalogue;
