import type { ProblemCatalogue } from '../platform/http/problem.ts';

/** Six months from the day after the earliest collection. */
const PERIOD = {
  'zh-Hant-TW': '公民投票法第12條第2項；全國性公民投票電子連署及查對作業辦法第6條',
  en: 'Referendum Act, Article 12(2); Regulations on Electronic Joint Signatures and Checks, Article 6',
};

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
  // Variants of a code of the policy: of a case that takes no signatures yet.
  'E_INITIATIVE_CLOSED/not-yet': {
    status: 409,
    title: {
      'zh-Hant-TW': '沒有計入連署：本案連署自 {opensAt} 起。',
      en: 'Nothing was counted: joint signatures of this case begin at {opensAt}.',
    },
    next: {
      'zh-Hant-TW': '請自該時起再來連署；連署自領取之次日零時起算，領取當日不得連署。',
      en: 'Come back from then on: signing begins at 00:00 of the day after the collection, and not on that day itself.',
    },
    check: 3,
    legalBasis: PERIOD,
  },
  'E_INITIATIVE_CLOSED/no-day-yet': {
    status: 409,
    title: {
      'zh-Hant-TW': '沒有計入連署：本案尚未開始連署，開始時間未定。',
      en: 'Nothing was counted: signing of this case has not begun, and its time is not fixed yet.',
    },
    next: {
      'zh-Hant-TW':
        '自領銜人領取系統認證碼或名冊格式之次日 00:00 起，且領銜人取得連署網址後開始；日期定出後載於案件頁。',
      en: 'It begins at 00:00 of the day after the lead proposer collects the access code or the roster format, once the signing address was obtained; the case page will say the day.',
    },
    check: 3,
    legalBasis: PERIOD,
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
