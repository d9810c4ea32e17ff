import { describe, expect, it } from 'vitest';
import { cardRefusal, readiness } from './card-codes.ts';
import { cardFailures } from './card-failures.ts';

describe('codes of the card component (identity.md §11)', () => {
  it.each([
    [0x76000031, 0, 'UI_UNTRUSTED_SITE'],
    [0x76100003, 0, 'UI_NO_READER'],
    [0x76000006, 0, 'UI_NO_CARD'],
    [0x83000100, 0, 'UI_WRONG_CARD'],
    [0x83000104, 0, 'UI_WRONG_CARD'],
    [0x76100006, 0xa0, 'UI_PIN_WRONG'],
    [0x76100006, -2147483646, 'UI_PIN_WRONG_2'],
    [0x76100006, -2147483647, 'UI_PIN_WRONG_1'],
    [0x76100006, 0x80000001, 'UI_PIN_WRONG_1'],
    [0x76100006, 0xa4, 'UI_CARD_LOCKED'],
    [0x76100006, 0xa2, 'UI_PIN_LENGTH'],
    [0x76500001, 0, 'UI_CERT_NOT_YET'],
    [0x76500002, 0, 'UI_CERT_EXPIRED'],
    [0x76000999, 0, 'UI_CANCELLED'],
    [0x7600000d, 0, 'UI_TIMEOUT'],
    [0x83000100 - 2 ** 32, 0, 'UI_WRONG_CARD'],
    [0x76300004, 0, 'UI_CARD_ERROR'],
    ['1979711537', undefined, 'UI_UNTRUSTED_SITE'],
    [Number.NaN, {}, 'UI_CARD_ERROR'],
  ])('reads ret_code %s with last_error %s as %s', (code, last, expected) => {
    expect(cardRefusal(code, last).code).toBe(expected);
    expect(Object.keys(cardFailures)).toContain(expected);
  });

  it('keeps the numbers for whoever expands them', () => {
    expect(cardRefusal(0x76100006, -2147483647).technical).toBe('ret_code 0x76100006, last_error 0x80000001');
  });
});

describe('readiness', () => {
  it('tells reader, card and neither', () => {
    expect(readiness([])).toBe('no-reader');
    expect(readiness(undefined)).toBe('no-reader');
    expect(readiness([{ token: null }])).toBe('no-card');
    expect(readiness([{ token: 'unknown token' }])).toBe('no-card');
    expect(readiness([{ token: null }, { token: { serialNumber: 'x' } }])).toBe('ok');
  });
});
