import { describe, expect, it } from 'vitest';
import {
  addLegalDays,
  instantMs,
  legalDateOf,
  startOfLegalDay,
  Temporal,
  taipeiTimestamp,
  utcIso,
} from './time.ts';

describe('legal days (Asia/Taipei)', () => {
  it('starts a day at 16:00 UTC of the day before', () => {
    expect(utcIso(startOfLegalDay('2026-01-01'))).toBe('2025-12-31T16:00:00.000Z');
  });
  it('changes the date exactly at midnight in Taipei', () => {
    const midnight = startOfLegalDay('2026-03-01');
    expect(legalDateOf(midnight - 1)).toBe('2026-02-28');
    expect(legalDateOf(midnight)).toBe('2026-03-01');
  });
  it('agrees with the time-zone database', () => {
    for (const iso of ['1990-07-01T00:00:00Z', '2026-02-28T15:59:59Z', '2040-12-31T16:00:00Z']) {
      const zoned = Temporal.Instant.from(iso).toZonedDateTimeISO('Asia/Taipei');
      expect(taipeiTimestamp(instantMs(iso))).toBe(zoned.toString({ timeZoneName: 'never' }));
    }
  });
  it('counts over month ends and leap days', () => {
    expect(addLegalDays('2028-02-28', 1)).toBe('2028-02-29');
    expect(addLegalDays('2026-12-31', 1)).toBe('2027-01-01');
  });
  it('refuses what is not an instant or a date', () => {
    expect(() => instantMs('2026-01-01T00:00:00')).toThrow(RangeError);
    expect(() => startOfLegalDay('2026-02-30')).toThrow(RangeError);
  });
});
