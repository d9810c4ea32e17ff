import { canonicalJson, type JsonValue, parseCanonicalJson, utf8 } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { numbersFrom } from './mutate.ts';
import { havePython, runPython } from './python.ts';

const PROGRAM = `
import sys
from lianshu_audit import canonical
source = sys.stdin.buffer
while True:
    head = source.read(4)
    if len(head) < 4:
        break
    print(int(canonical.read(source.read(int.from_bytes(head, "big")))[0]))
`;

const TEXTS = [
  '',
  'a',
  'é',
  'z',
  '\u0000',
  '\b\f\n\r\t',
  '\u001f',
  '"\\/',
  '\u007f',
  '\u2028',
  '😀',
  '\uffff',
  '一',
];
const NUMBERS = [
  0, -0, 1, -1, 1.5, 1e21, 1e-7, 123456789012345680000, 5e-324, 1.7976931348623157e308, 0.1, 1e-6,
];

function draws(seed: number) {
  const draw = numbersFrom(seed);
  const one = <T>(items: readonly T[]): T => items[draw(items.length)] as T;
  const number = (): number => {
    const view = new DataView(new ArrayBuffer(8));
    for (let i = 0; i < 2; i++) view.setUint32(i * 4, draw(2 ** 32));
    const any = view.getFloat64(0);
    return draw(2) === 0 || !Number.isFinite(any) ? one(NUMBERS) / (draw(3) + 1) : any;
  };
  const value = (depth: number): JsonValue => {
    const kind = draw(depth > 3 ? 5 : 7);
    if (kind === 0) return one([null, true, false]);
    if (kind < 3) return number();
    if (kind < 5) return one(TEXTS) + one(TEXTS);
    if (kind === 5) return Array.from({ length: draw(4) }, () => value(depth + 1));
    return Object.fromEntries(
      Array.from({ length: draw(5) }, () => [one(TEXTS) + one(TEXTS), value(depth + 1)]),
    );
  };
  return { draw, one, value };
}

/** Written by another hand: other escapes, numbers, white space, or bytes cut and put in. */
const SPELLINGS: readonly (readonly [RegExp, string])[] = [
  [/\\n/, '\\u000a'],
  [/\\u001f/, '\\u001F'],
  [/é/, '\\u00e9'],
  [/😀/, '\\ud83d\\ude00'],
  [/😀/, '\\ud83d'],
  [/\//, '\\/'],
  [/e\+/, 'e'],
  [/(\d)e/, '$1.0e'],
  [/(\d)([,}\]])/, '$1.0$2'],
  [/(\d)([,}\]])/, '$10$2'],
  [/,/, ', '],
  [/"/, "'"],
  [/true/, 'True'],
  [/null/, 'NaN'],
  [/\{"/, '{"":0,"'],
];

describe.skipIf(!havePython())('canonical JSON in two implementations', () => {
  it('is the same set of documents', async () => {
    const { draw, one, value } = draws(8785);
    const documents: Uint8Array[] = [utf8(''), utf8(' 1'), utf8('1 '), utf8('\ufeff1'), utf8('1e400')];
    for (const depth of [32, 33, 34, 400, 20_000])
      documents.push(utf8('['.repeat(depth) + ']'.repeat(depth)));
    for (let i = 0; i < 4_000; i++) {
      const good = canonicalJson(value(0));
      const text = new TextDecoder().decode(good);
      documents.push(good, utf8(text.replace(...one(SPELLINGS))));
      const at = draw(good.length + 1);
      const changed = [
        ...good.subarray(0, at),
        ...(draw(2) === 0 ? [draw(256)] : []),
        ...good.subarray(at + draw(2)),
      ];
      documents.push(Uint8Array.from(changed));
    }
    const framed = documents.flatMap((bytes) => {
      const length = Buffer.alloc(4);
      length.writeUInt32BE(bytes.length);
      return [length, bytes];
    });
    const said = (await runPython(['-c', PROGRAM], Buffer.concat(framed))).toString().trim().split('\n');
    const ours = documents.map((bytes) => (parseCanonicalJson(bytes).ok ? '1' : '0'));
    expect(said.length).toBe(documents.length);
    const differing = documents
      .filter((_, i) => said[i] !== ours[i])
      .map((bytes) => Buffer.from(bytes).toString());
    expect(differing.slice(0, 5)).toEqual([]);
    expect(ours.filter((answer) => answer === '0').length).toBeGreaterThan(2_000);
    expect(ours.filter((answer) => answer === '1').length).toBeGreaterThan(4_000);
  });
});
