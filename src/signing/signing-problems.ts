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
  E_READ_ONLY: {
    status: 503,
    title: {
      'zh-Hant-TW': '公卷暫時唯讀，這次沒有收下任何連署；先前收下的都還在。',
      en: 'The record is read-only for now: this signature was not taken. Those taken before are all there.',
    },
    next: {
      'zh-Hant-TW':
        '系統正在確認公卷與見證人一致，確認後自動恢復。若您已經簽好，請留著這一頁或存下的檔案，稍後再送同一份；超過十分鐘請重新簽署一次。重送不會重複計算。',
      en: 'The system is making sure that the record and its witnesses agree, and goes on by itself. If you have already signed, keep this page or the saved file and send the same again shortly; after ten minutes, sign once more. Nothing counts twice.',
    },
  },
  'receipt-not-witnessed': {
    status: 409,
    title: {
      'zh-Hant-TW': '這一件目前還沒有足夠的見證人副署。',
      en: 'Not enough witnesses have cosigned over this entry yet.',
    },
    next: {
      'zh-Hant-TW': '您手上的收執仍然有效，請保留。公卷每次公布都會再請見證人副署，請稍後再試。',
      en: 'The receipt you hold stays valid; keep it. Witnesses are asked again at each publication, so please try later.',
    },
  },
} as const satisfies ProblemCatalogue;
