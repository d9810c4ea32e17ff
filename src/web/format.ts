import { ENGLISH_MONTHS } from '../platform/http/language.ts';
import { legalDateOf, taipeiTimestamp } from '../platform/time.ts';
import type { Language } from './language.ts';

// Building one Intl formatter costs more than rendering a list row: each is built once. Days are not left to Intl at
// all: a page of a thousand entries would spend more on them than on everything else.
const number = new Intl.NumberFormat('en', { useGrouping: true });
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
/** Year 1 of the Republic of China is 1912. */
const REPUBLIC_BEGAN_AFTER = 1911;

/** `293228` as `293,228`, in both languages. */
export const formatNumber = (value: number): string => number.format(value);

/** A share of `threshold` in percent with one decimal, rounded down so that 99.96 % never reads as 100 %. */
export const formatShare = (value: number, threshold: number): string =>
  threshold === 0 ? '–' : `${percent.format(Math.floor((value * 1000) / threshold) / 10)} %`;

/** The legal day of a day or an instant. */
const dayOf = (iso: string): string => (/^\d{4}-\d{2}-\d{2}$/.test(iso) ? iso : legalDateOf(Date.parse(iso)));

/** One day in both calendars: the reader's first, the other beside it. */
export type DatePair = Readonly<{ first: string; second: string }>;

/**
 * A legal day (`2026-01-31`) or instant as people read it, in Asia/Taipei: 民國115年1月31日 with 2026-01-31
 * beside it; in English 31 January 2026 with ROC 115-01-31 beside it.
 */
export const formatDate = (language: Language, iso: string): DatePair => {
  const day = dayOf(iso);
  const [year = 0, month = 1, date = 1] = day.split('-').map(Number);
  const republic = year - REPUBLIC_BEGAN_AFTER;
  return language === 'en'
    ? { first: `${date} ${ENGLISH_MONTHS[month - 1]} ${year}`, second: `ROC ${republic}${day.slice(4)}` }
    : { first: `民國${republic}年${month}月${date}日`, second: day };
};

/** The hour and minute of an instant in Asia/Taipei, `16:30`. */
export const formatClock = (iso: string): string => taipeiTimestamp(Date.parse(iso)).slice(11, 16);

/** Day (both calendars) and minute in one line of plain text, for sentences and attributes. */
export const formatMoment = (language: Language, iso: string): string => {
  const { first, second } = formatDate(language, iso);
  return language === 'en'
    ? `${first}, ${formatClock(iso)} (${second})`
    : `${first} ${formatClock(iso)}（${second}）`;
};
