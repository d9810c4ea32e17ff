import { describe, expect, it } from 'vitest';
import { formatClock, formatDate, formatMoment, formatNumber, formatShare } from './format.ts';

describe('民國與西元日期', () => {
  it('shows the reader’s calendar first and the other beside it', () => {
    expect(formatDate('zh-Hant-TW', '2026-01-31')).toEqual({
      first: '民國115年1月31日',
      second: '2026-01-31',
    });
    expect(formatDate('en', '2026-01-31')).toEqual({ first: '31 January 2026', second: 'ROC 115-01-31' });
  });

  it('agrees with the calendars of the standard library on any day', () => {
    const options = { year: 'numeric', month: 'long', day: 'numeric', timeZone: 'Asia/Taipei' } as const;
    const english = new Intl.DateTimeFormat('en-GB', options);
    const republic = new Intl.DateTimeFormat('zh-TW-u-ca-roc', { ...options, month: 'numeric' });
    for (let ms = Date.UTC(1999, 11, 25); ms < Date.UTC(2040, 0, 1); ms += 37 * 3_600_000 * 11) {
      const iso = new Date(ms).toISOString();
      expect(formatDate('en', iso).first).toBe(english.format(ms));
      const parts = new Map(republic.formatToParts(ms).map(({ type, value }) => [type, value]));
      expect(formatDate('zh-Hant-TW', iso).first).toBe(
        `民國${parts.get('year')}年${parts.get('month')}月${parts.get('day')}日`,
      );
    }
  });

  it('counts an instant by the day and minute of Asia/Taipei', () => {
    expect(formatDate('zh-Hant-TW', '2026-01-30T16:00:00Z').second).toBe('2026-01-31');
    expect(formatDate('zh-Hant-TW', '2026-01-30T15:59:59Z').second).toBe('2026-01-30');
    expect(formatClock('2026-01-30T16:00:00Z')).toBe('00:00');
    expect(formatMoment('zh-Hant-TW', '2025-12-01T16:30:00+08:00')).toBe(
      '民國114年12月1日 16:30（2025-12-01）',
    );
  });
});

describe('numbers', () => {
  it('never rounds a share up to the threshold', () => {
    expect(formatShare(293_227, 293_228)).toBe('99.9 %');
    expect(formatShare(293_228, 293_228)).toBe('100.0 %');
    expect(formatShare(132_198, 293_228)).toBe('45.0 %');
    expect(formatShare(1, 0)).toBe('–');
  });

  it('groups thousands', () => expect(formatNumber(293_228)).toBe('293,228'));
});
