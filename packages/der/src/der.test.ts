import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import * as der from './index.ts';
import { DerError, DerReader, TAG } from './index.ts';

const hex = (text: string): Uint8Array => new Uint8Array(Buffer.from(text, 'hex'));

function codeOf(act: () => unknown): string {
  try {
    act();
    return 'accepted';
  } catch (error) {
    if (error instanceof DerError) return error.code;
    throw error;
  }
}

describe('lengths (X.690 §10.1)', () => {
  it.each([
    ['0400', 'accepted'],
    ['040161', 'accepted'],
    ['04810161', 'E_DER_LENGTH'],
    ['0482000161', 'E_DER_LENGTH'],
    ['048061000000', 'E_DER_LENGTH'],
    ['0485000000000161', 'E_DER_LENGTH'],
    ['04ff', 'E_DER_LENGTH'],
    ['040261', 'E_DER_TRUNCATED'],
    ['0484ffffffff61', 'E_DER_TRUNCATED'],
    ['048261', 'E_DER_TRUNCATED'],
    ['04', 'E_DER_TRUNCATED'],
    ['', 'E_DER_TRUNCATED'],
    ['040000', 'E_DER_TRAILING'],
    ['2400', 'E_DER_TAG'],
    [`048180${'00'.repeat(128)}`, 'accepted'],
    [`04817f${'00'.repeat(127)}`, 'E_DER_LENGTH'],
  ])('%s is %s', (bytes, expected) => {
    const outcome = codeOf(() => {
      const r = new DerReader(hex(bytes));
      r.octets();
      r.finish();
    });
    expect(outcome).toBe(expected);
  });

  it('refuses more than the limit before reading', () => {
    expect(codeOf(() => new DerReader(new Uint8Array(65_537)))).toBe('E_DER_TOO_LARGE');
    expect(codeOf(() => new DerReader(new Uint8Array(5), 4))).toBe('E_DER_TOO_LARGE');
  });
});

describe('values', () => {
  it.each<[string, (r: DerReader) => unknown, string]>([
    ['020100', (r) => r.integer(), 'accepted'],
    ['02020080', (r) => r.unsigned(), 'accepted'],
    ['0200', (r) => r.integer(), 'E_DER_VALUE'],
    ['0202007f', (r) => r.integer(), 'E_DER_VALUE'],
    ['0202ff80', (r) => r.integer(), 'E_DER_VALUE'],
    ['020180', (r) => r.unsigned(), 'E_DER_VALUE'],
    ['02050100000000', (r) => r.smallInteger(), 'E_DER_VALUE'],
    ['0101ff', (r) => r.boolean(), 'accepted'],
    ['010101', (r) => r.boolean(), 'E_DER_VALUE'],
    ['0500', (r) => r.null(), 'accepted'],
    ['050100', (r) => r.null(), 'E_DER_VALUE'],
    ['0600', (r) => r.oid(), 'E_DER_VALUE'],
    ['06022a80', (r) => r.oid(), 'E_DER_VALUE'],
    ['06032a8001', (r) => r.oid(), 'E_DER_VALUE'],
    ['030100', (r) => r.bitOctets(), 'accepted'],
    ['0300', (r) => r.bitOctets(), 'E_DER_VALUE'],
    ['03020780', (r) => r.bitOctets(), 'E_DER_VALUE'],
    ['03020780', (r) => r.namedBits(), 'accepted'],
    ['03020680', (r) => r.namedBits(), 'E_DER_VALUE'],
    ['030207c0', (r) => r.namedBits(), 'E_DER_VALUE'],
    ['03020880', (r) => r.namedBits(), 'E_DER_VALUE'],
    ['0c02c328', (r) => r.text(), 'E_DER_VALUE'],
    ['1301ff', (r) => r.text(), 'E_DER_VALUE'],
    ['1e0141', (r) => r.text(), 'E_DER_VALUE'],
  ])('%s is %#', (bytes, read, expected) => {
    expect(codeOf(() => read(new DerReader(hex(bytes))))).toBe(expected);
  });

  it('reads names in every string type', () => {
    expect(new DerReader(hex('1e0800530049004d4e2d')).text()).toBe('SIM中');
    expect(new DerReader(hex('1c0400004e2d')).text()).toBe('中');
    expect(new DerReader(der.utf8String('行政院')).text()).toBe('行政院');
  });

  it.each([
    ['1991-02-29', 'E_DER_VALUE', '910229000000Z'],
    ['24 o’clock', 'E_DER_VALUE', '910228240000Z'],
    ['no seconds', 'E_DER_VALUE', '9102282359Z'],
    ['an offset', 'E_DER_VALUE', '910228235900+0800'],
    ['2000-02-29', 'accepted', '000229235959Z'],
  ])('UTCTime: %s is %s', (_, expected, text) => {
    const bytes = der.tlv(TAG.utcTime, new TextEncoder().encode(text));
    expect(codeOf(() => new DerReader(bytes).time())).toBe(expected);
  });
});

describe('what the writer writes, the reader reads', () => {
  it('times', () => {
    const moment = fc.integer({ min: Date.UTC(1, 0, 1) / 1000, max: Date.UTC(9999, 11, 31) / 1000 });
    fc.assert(
      fc.property(moment, (seconds) => {
        expect(new DerReader(der.generalizedTime(seconds * 1000)).time()).toBe(seconds * 1000);
        expect(new DerReader(der.time(seconds * 1000)).time()).toBe(seconds * 1000);
      }),
    );
  });

  it('object identifiers', () => {
    const arc = fc.integer({ min: 0, max: 2 ** 40 });
    fc.assert(
      fc.property(fc.constantFrom('0.9', '1.2', '2.5', '2.999'), fc.array(arc, { maxLength: 8 }), (a, b) => {
        const dotted = [a, ...b].join('.');
        expect(new DerReader(der.oid(dotted)).oid()).toBe(dotted);
      }),
    );
    expect(Buffer.from(der.oid('2.16.886.1.100.2.51')).toString('hex')).toBe('0607608676016402' + '33');
  });

  it('integers and named bits', () => {
    fc.assert(
      fc.property(fc.bigInt({ min: 0n, max: 2n ** 160n }), (value) => {
        const magnitude = Buffer.from(new DerReader(der.integer(value)).unsigned()).toString('hex');
        expect(BigInt(`0x${magnitude}`)).toBe(value);
      }),
    );
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 0xffff }), (bits) => {
        expect(new DerReader(der.namedBits(bits)).namedBits()).toBe(bits);
      }),
    );
  });

  it('SET OF is sorted', () => {
    const set = der.setOf(der.integer(300), der.integer(2), der.integer(1));
    expect(Buffer.from(set).toString('hex')).toBe('310a0201010201020202012c');
  });

  it('nesting: children left unread are refused', () => {
    const bytes = der.sequence(der.integer(1), der.integer(2));
    const r = new DerReader(bytes);
    const outer = r.enter(TAG.sequence);
    r.integer();
    expect(codeOf(() => r.leave(outer))).toBe('E_DER_TRAILING');
    r.integer();
    r.leave(outer);
    r.finish();
    expect(r.atEnd).toBe(true);
  });
});

describe('arbitrary bytes never give an uncoded error', () => {
  const reads: readonly ((r: DerReader) => unknown)[] = [
    (r) => r.skip(),
    (r) => r.integer(),
    (r) => r.unsigned(),
    (r) => r.smallInteger(),
    (r) => r.boolean(),
    (r) => r.null(),
    (r) => r.oid(),
    (r) => r.octets(),
    (r) => r.bitOctets(),
    (r) => r.namedBits(),
    (r) => r.time(),
    (r) => r.text(),
    (r) => r.element(TAG.sequence),
    (r) => r.leave(r.enter(TAG.sequence)),
  ];
  it('any read', () => {
    const tagged = fc.tuple(fc.constantFrom(...Object.values(TAG)), fc.uint8Array({ maxLength: 20 }));
    const bytes = fc.oneof(
      fc.uint8Array({ maxLength: 24 }),
      tagged.map(([tag, content]) => der.tlv(tag, content)),
    );
    fc.assert(
      fc.property(bytes, fc.constantFrom(...reads), (input, read) => {
        codeOf(() => read(new DerReader(input)));
      }),
      { numRuns: 2000 },
    );
  });
});
