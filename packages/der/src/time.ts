import { DerError } from './error.ts';

const DAYS_BEFORE_MONTH = [0, 31, 59, 90, 120, 151, 181, 212, 243, 273, 304, 334];
const DAYS_IN_MONTH = [31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31];

function isLeap(year: number): boolean {
  return year % 4 === 0 && (year % 100 !== 0 || year % 400 === 0);
}

function twoDigits(bytes: Uint8Array, at: number): number {
  const tens = (bytes[at] as number) - 0x30;
  const ones = (bytes[at + 1] as number) - 0x30;
  if (tens < 0 || tens > 9 || ones < 0 || ones > 9) throw new DerError('E_DER_VALUE', at);
  return tens * 10 + ones;
}

/** Leap years among the years 1 to `year`. */
function leapsThrough(year: number): number {
  return Math.floor(year / 4) - Math.floor(year / 100) + Math.floor(year / 400);
}

/** `MMDDHHMMSSZ` at `at`, in the given year. Calendar arithmetic by hand: a revocation list holds 412,000 of them. */
function restOfTime(bytes: Uint8Array, at: number, year: number): number {
  const month = twoDigits(bytes, at);
  const day = twoDigits(bytes, at + 2);
  const hour = twoDigits(bytes, at + 4);
  const minute = twoDigits(bytes, at + 6);
  const second = twoDigits(bytes, at + 8);
  if (bytes[at + 10] !== 0x5a || month < 1 || month > 12) throw new DerError('E_DER_VALUE', at);
  const leap = isLeap(year) ? 1 : 0;
  const longest = (DAYS_IN_MONTH[month - 1] as number) + (month === 2 ? leap : 0);
  if (day < 1 || day > longest || hour > 23 || minute > 59 || second > 59) {
    throw new DerError('E_DER_VALUE', at);
  }
  const days =
    (year - 1970) * 365 +
    (leapsThrough(year - 1) - leapsThrough(1969)) +
    (DAYS_BEFORE_MONTH[month - 1] as number) +
    (month > 2 ? leap : 0) +
    day -
    1;
  return (((days * 24 + hour) * 60 + minute) * 60 + second) * 1000;
}

/** `YYMMDDHHMMSSZ` to epoch milliseconds; the century as RFC 5280 §4.1.2.5.1 fixes it (50–99 are 19xx). */
export function decodeUtcTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 13) throw new DerError('E_DER_VALUE', start);
  const year = twoDigits(bytes, start);
  return restOfTime(bytes, start + 2, year < 50 ? 2000 + year : 1900 + year);
}

/** `YYYYMMDDHHMMSSZ` to epoch milliseconds; no fractions, no offsets (RFC 5280 §4.1.2.5.2). */
export function decodeGeneralizedTime(bytes: Uint8Array, start: number, end: number): number {
  if (end - start !== 15) throw new DerError('E_DER_VALUE', start);
  return restOfTime(bytes, start + 4, twoDigits(bytes, start) * 100 + twoDigits(bytes, start + 2));
}

/** Epoch milliseconds to the text of a GeneralizedTime. Whole seconds; years 0 to 9999. */
export function generalizedTimeText(epochMs: number): string {
  return `${new Date(epochMs).toISOString().slice(0, 19).replace(/[-:T]/g, '')}Z`;
}
