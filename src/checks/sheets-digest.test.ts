import { utf8 } from '@lianshu/statement';
import { expect, it } from 'vitest';
import { sheetsDigest } from './sheets-digest.ts';

const sheet = (township: string, place: number, sealed = `${township}-${place}`) => ({
  township,
  sheet: place,
  sealed: utf8(sealed),
});
const SHEETS = [sheet('63000010', 2), sheet('63000010', 10), sheet('65000010', 1)];

it('is of the set of sheets, in whatever order they come', () => {
  expect(sheetsDigest('D00001', SHEETS.toReversed())).toBe(sheetsDigest('D00001', SHEETS));
  expect(sheetsDigest('D00001', SHEETS)).toMatch(/^[0-9a-f]{64}$/);
});

it.each([
  ['another roll', 'D00002', SHEETS],
  ['a sheet less', 'D00001', SHEETS.slice(1)],
  ['a sheet more', 'D00001', [...SHEETS, sheet('65000010', 2)]],
  ['another ciphertext in its place', 'D00001', [...SHEETS.slice(1), sheet('63000010', 2, 'another')]],
  ['another place', 'D00001', [...SHEETS.slice(1), sheet('63000010', 3, '63000010-2')]],
])('%s is another digest', (_, number, sheets) => {
  expect(sheetsDigest(number, sheets)).not.toBe(sheetsDigest('D00001', SHEETS));
});
