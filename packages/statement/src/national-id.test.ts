import { inspect } from 'node:util';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { NationalId } from './national-id.ts';

/** The letters' numbers as the household registration tabulates them, written out rather than computed. */
const LETTER_NUMBERS: Readonly<Record<string, number>> = {
  A: 10,
  B: 11,
  C: 12,
  D: 13,
  E: 14,
  F: 15,
  G: 16,
  H: 17,
  I: 34,
  J: 18,
  K: 19,
  L: 20,
  M: 21,
  N: 22,
  O: 35,
  P: 23,
  Q: 24,
  R: 25,
  S: 26,
  T: 27,
  U: 28,
  V: 29,
  W: 32,
  X: 30,
  Y: 31,
  Z: 33,
};

function checkDigit(letter: string, digits: string): number {
  const all = `${LETTER_NUMBERS[letter]}${digits}`;
  const weights = [1, 9, 8, 7, 6, 5, 4, 3, 2, 1];
  const sum = weights.reduce((total, weight, i) => total + weight * Number(all.charAt(i)), 0);
  return (10 - (sum % 10)) % 10;
}

const code = (text: string) => {
  const result = NationalId.parse(text);
  return result instanceof NationalId ? 'accepted' : result.code;
};

describe('NationalId 國民身分證統一編號', () => {
  it('accepts, for every letter, exactly the digit of the published table', () => {
    const anyDigits = fc.stringMatching(/^[12]\d{7}$/);
    fc.assert(
      fc.property(fc.constantFrom(...Object.keys(LETTER_NUMBERS)), anyDigits, (letter, digits) => {
        const right = checkDigit(letter, digits);
        for (let digit = 0; digit < 10; digit++) {
          expect(code(`${letter}${digits}${digit}`)).toBe(digit === right ? 'accepted' : 'id-check-digit');
        }
      }),
    );
  });

  it.each([
    ['', 'id-length'],
    ['A12345678', 'id-length'],
    ['A1234567890', 'id-length'],
    ['A'.repeat(10_000), 'id-length'],
    ['1123456789', 'id-letter'],
    ['李123456789', 'id-letter'],
    ['A323456789', 'id-sex-digit'],
    ['AX23456789', 'id-sex-digit'],
    ['A12345678X', 'id-digits'],
    ['A123456788', 'id-check-digit'],
    ['AD23456789', 'id-resident-certificate'],
    ['A800000014', 'id-resident-certificate'],
    ['A923456789', 'id-resident-certificate'],
  ])('refuses %j as %s', (text, expected) => expect(code(text)).toBe(expected));

  it.each(['a123456789', 'Ａ１２３４５６７８９', ' A123 456 789 ', 'ａ123-456-789'])('reads %j', (text) => {
    const id = NationalId.parse(text);
    expect(id instanceof NationalId && id.reveal()).toBe('A123456789');
    expect(id instanceof NationalId && id.tail).toBe('6789');
  });

  it('shows its digits nowhere but in reveal()', () => {
    const id = NationalId.parse('A123456789');
    for (const shown of [
      JSON.stringify({ id }),
      inspect(id),
      inspect({ id }, { showHidden: true }),
      `${id}`,
    ]) {
      expect(shown).not.toContain('6789');
    }
    expect(Object.keys(id)).toEqual([]);
  });

  it('never throws and never repeats what was typed', () => {
    fc.assert(
      fc.property(fc.uint16Array({ maxLength: 20 }), (units) => {
        const result = NationalId.parse(String.fromCharCode(...units));
        if (!(result instanceof NationalId)) expect(Object.keys(result)).toEqual(['code']);
      }),
    );
  });
});
