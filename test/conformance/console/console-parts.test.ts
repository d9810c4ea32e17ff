import { describe, expect, it } from 'vitest';
import {
  hashAccessCode,
  isAccessCode,
  newAccessCode,
  readAccessCode,
} from '../../../src/console/access-code.ts';
import { may } from '../../../src/console/permissions.ts';

let drawn = 0;
const random = {
  bytes: (n: number) =>
    Uint8Array.from({ length: n }, () => {
      drawn += 37;
      return drawn & 255;
    }),
};

describe('an access code', () => {
  it('is four groups of five letters that nobody mistakes, and is read however it is typed', () => {
    const code = newAccessCode(random);
    expect(code).toMatch(/^([0-9A-HJKMNP-TV-Z]{5}-){3}[0-9A-HJKMNP-TV-Z]{5}$/);
    const plain = code.replaceAll('-', '');
    expect(readAccessCode(` ${code.toLowerCase().replaceAll('-', ' – ')}\n`)).toBe(plain);
    expect(readAccessCode('OIL00-00000-00000-00000')).toBe('01100000000000000000');
    for (const no of ['', plain.slice(1), `${plain}A`, 'U'.repeat(20), '一'.repeat(20)])
      expect(readAccessCode(no)).toBeUndefined();
  });

  it('is known again by its slow hash, under its own salt only', async () => {
    const code = newAccessCode(random);
    const [one, two] = await Promise.all([hashAccessCode(code, random), hashAccessCode(code, random)]);
    expect(one.hash).not.toEqual(two.hash);
    expect(await isAccessCode(code.toLowerCase(), one)).toBe(true);
    expect(await isAccessCode(code, { ...one, salt: two.salt })).toBe(false);
    expect(await isAccessCode('x', one)).toBe(false);
  });
});

it('an assistant sees numbers and materials and enters nothing', () => {
  expect((['progress', 'materials', 'act'] as const).map((one) => may('assistant', one))).toEqual([
    true,
    true,
    false,
  ]);
  expect(may('lead', 'act')).toBe(true);
  expect(may(undefined, 'progress')).toBe(false);
});
