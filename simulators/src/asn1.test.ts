import { describe, expect, it } from 'vitest';
import {
  hex,
  integer,
  lengthOctets,
  namedBits,
  oid,
  readElements,
  SimulatorFault,
  sequence,
  setOf,
  time,
  utf8String,
} from './asn1.ts';

describe('DER writing', () => {
  it.each([
    [0, '00'],
    [127, '7f'],
    [128, '8180'],
    [256, '820100'],
    [20_188_475, '8401'],
  ])('length %i', (length, start) => {
    expect(hex(lengthOctets(length)).startsWith(start)).toBe(true);
  });

  it('integers are minimal and never negative', () => {
    expect(hex(integer(0))).toBe('020100');
    expect(hex(integer(128))).toBe('02020080');
    expect(hex(integer(Uint8Array.of(0, 0, 0x7f)))).toBe('02017f');
    expect(hex(integer(2_026_112_205))).toBe('020478c404cd');
  });

  it('object identifiers, also with the large first arc of Taiwan', () => {
    expect(hex(oid('1.2.840.113549'))).toBe('06062a864886f70d');
    expect(hex(oid('2.16.886.1.100.2.51'))).toBe('060760867601640233');
  });

  it('named bits drop trailing zeros (X.690 §11.2.2)', () => {
    expect(hex(namedBits(0))).toBe('03020780');
    expect(hex(namedBits(2, 3))).toBe('03020430');
    expect(hex(namedBits(0, 5, 6))).toBe('03020186');
  });

  it('times are UTCTime to 2049 and GeneralizedTime after', () => {
    expect(Buffer.from(time(Date.UTC(2049, 11, 31, 15, 59, 59))).toString('latin1', 2)).toBe('491231155959Z');
    expect(Buffer.from(time(Date.UTC(2050, 0, 1))).toString('latin1', 2)).toBe('20500101000000Z');
  });

  it('SET OF is sorted, and what is written can be read', () => {
    const [a, b] = [utf8String('b'), utf8String('a')];
    expect(hex(setOf(a, b))).toBe(hex(setOf(b, a)));
    const [whole] = readElements(sequence(a, b));
    expect(readElements(whole?.content ?? new Uint8Array())).toHaveLength(2);
    for (const bad of [[0x30], [0x30, 0x80], [0x30, 2, 0]]) {
      expect(() => readElements(Uint8Array.from(bad))).toThrow(SimulatorFault);
    }
  });
});
