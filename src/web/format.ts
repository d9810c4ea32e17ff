import type { Language } from './language.ts';

const timeZone = 'Asia/Taipei';

// Building one Intl formatter costs more than rendering a list row: each is built once.
const number = new Intl.NumberFormat('en', { useGrouping: true });
const percent = new Intl.NumberFormat('en', { maximumFractionDigits: 1, minimumFractionDigits: 1 });
const republicDate = new Intl.DateTimeFormat('zh-TW-u-ca-roc', {
  timeZone,
  year: 'numeric',
  month: 'numeric',
  day: 'numeric',
});
const englishDate = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  year: 'numeric',
  month: 'long',
  day: 'numeric',
});
const commonDate = new Intl.DateTimeFormat('en-CA', {
  timeZone,
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
});
const clock = new Intl.DateTimeFormat('en-GB', {
  timeZone,
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** `293228` as `293,228`, in both languages. */
export const formatNumber = (value: number): string => number.format(value);

/** A share of `threshold` in percent with one decimal, rounded down so that 99.96 % never reads as 100 %. */
export const formatShare = (value: number, threshold: number): string =>
  threshold === 0 ? '–' : `${percent.format(Math.floor((value * 1000) / threshold) / 10)} %`;

const instant = (iso: string): Date =>
  new Date(/^\d{4}-\d{2}-\d{2}$/.test(iso) ? `${iso}T00:00:00+08:00` : iso);

const part = (parts: readonly Intl.DateTimeFormatPart[], type: string): string =>
  parts.find((each) => each.type === type)?.value ?? '';

/** One day in both calendars: the reader's first, the other beside it. */
export type DatePair = Readonly<{ first: string; second: string }>;

/**
 * A legal day (`2026-01-31`) or instant as people read it, in Asia/Taipei: 民國115年1月31日 with 2026-01-31
 * beside it; in English 31 January 2026 with ROC 115-01-31 beside it.
 */
export const formatDate = (language: Language, iso: string): DatePair => {
  const date = instant(iso);
  const republic = republicDate.formatToParts(date);
  const [year, month, day] = [part(republic, 'year'), part(republic, 'month'), part(republic, 'day')];
  if (language === 'en') {
    return {
      first: englishDate.format(date),
      second: `ROC ${year}-${month.padStart(2, '0')}-${day.padStart(2, '0')}`,
    };
  }
  return { first: `民國${year}年${month}月${day}日`, second: commonDate.format(date) };
};

/** The hour and minute of an instant in Asia/Taipei, `16:30`. */
export const formatClock = (iso: string): string => clock.format(instant(iso));

/** Day (both calendars) and minute in one line of plain text, for sentences and attributes. */
export const formatMoment = (language: Language, iso: string): string => {
  const { first, second } = formatDate(language, iso);
  return language === 'en'
    ? `${first}, ${formatClock(iso)} (${second})`
    : `${first} ${formatClock(iso)}（${second}）`;
};
