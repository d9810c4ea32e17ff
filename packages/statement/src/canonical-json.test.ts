import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { canonicalJson, type JsonValue, parseCanonicalJson } from './canonical-json.ts';
import { utf8 } from './encoding.ts';

const text = (value: JsonValue) => new TextDecoder().decode(canonicalJson(value));

describe('canonical JSON, RFC 8785', () => {
  it('writes the example of RFC 8785 §3.2.2–3.2.3', () => {
    const value = {
      numbers: [Number('333333333.33333329'), 1e30, 4.5, 2e-3, 0.000000000000000000000000001],
      string: '\u20ac$\u000F\u000aA\'\u0042\u0022\u005c\\"/',
      literals: [null, true, false],
    };
    expect(text(value)).toBe(
      '{"literals":[null,true,false],"numbers":[333333333.3333333,1e+30,4.5,0.002,1e-27],' +
        '"string":"€$\\u000f\\nA\'B\\"\\\\\\\\\\"/"}',
    );
  });

  it('sorts by UTF-16 code units, RFC 8785 §3.2.3', () => {
    const value = { '\u20ac': 1, '\r': 2, '\ufb33': 3, '1': 4, '\ud83d\ude00': 5, '\u0080': 6, '\u00f6': 7 };
    expect(text(value)).toBe('{"\\r":2,"1":4,"\u0080":6,"ö":7,"€":1,"😀":5,"\ufb33":3}');
  });

  it('reads back what it writes, and only that', () => {
    fc.assert(
      fc.property(fc.jsonValue({ maxDepth: 4, stringUnit: 'grapheme' }), (value) => {
        const bytes = canonicalJson(value as JsonValue);
        const back = parseCanonicalJson(bytes);
        expect(back.ok && text(back.value)).toBe(text(value as JsonValue));
      }),
    );
  });

  it.each([
    ['', 'json-syntax'],
    ['{"a":1}x', 'json-syntax'],
    ['{"a":1} ', 'json-not-canonical'],
    ['{ "a":1}', 'json-not-canonical'],
    ['{"b":1,"a":2}', 'json-not-canonical'],
    ['{"a":1,"a":1}', 'json-not-canonical'],
    ['1.0', 'json-not-canonical'],
    ['1e999', 'json-not-canonical'],
    ['-0', 'json-not-canonical'],
    ['"\\u0041"', 'json-not-canonical'],
    ['"\\ud800"', 'json-not-canonical'],
    ['\ufeff1', 'json-syntax'],
    ['['.repeat(100) + ']'.repeat(100), 'json-not-canonical'],
    ['['.repeat(30_000), 'json-syntax'],
  ])('refuses %j as %s', (input, code) => {
    expect(parseCanonicalJson(utf8(input))).toEqual({ ok: false, code });
  });

  it('refuses bytes that are no UTF-8', () => {
    expect(parseCanonicalJson(Uint8Array.of(34, 0xff, 34))).toEqual({ ok: false, code: 'json-utf8' });
  });

  it('throws for what JSON cannot hold', () => {
    for (const value of [undefined, Number.NaN, 1n, '\ud800', () => 1]) {
      expect(() => canonicalJson([value] as unknown as JsonValue)).toThrow();
    }
  });
});
