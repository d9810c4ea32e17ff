import { describe, expect, it } from 'vitest';
import {
  ageOn,
  cast,
  checkDigit,
  citizen,
  isReservedNationalId,
  reservedNationalId,
  sameTail,
} from './people.ts';

describe('模擬人物 fictitious people', () => {
  it('the check digit agrees with the number printed in the specification', () => {
    expect(checkDigit('A12345678')).toBe('9');
    expect(checkDigit('N10093945')).toBe('5');
  });

  it('everyone has a distinct number of the reserved range', () => {
    const people = [...Object.values(cast), ...Array.from({ length: 2_000 }, (_, i) => citizen(i))];
    for (const person of people) expect(isReservedNationalId(person.nationalId)).toBe(true);
    expect(new Set(people.map((p) => p.nationalId)).size).toBe(people.length);
  });

  it('the same index is always the same person', () => {
    expect(citizen(7)).toEqual(citizen(7));
    expect(reservedNationalId('male', 1)).toMatch(/^Y1900000/);
    expect(() => reservedNationalId('male', 1_000_000)).toThrow(RangeError);
  });

  it('美玲 and 阿蘭 share the last four characters and nothing else', () => {
    expect(cast.alan.nationalId).not.toBe(cast.meiling.nationalId);
    expect(cast.alan.nationalId.slice(6)).toBe(cast.meiling.nationalId.slice(6));
    const twin = sameTail(citizen(3).nationalId);
    expect(isReservedNationalId(twin)).toBe(true);
    expect(twin.slice(6)).toBe(citizen(3).nationalId.slice(6));
  });

  it('ages are counted to the birthday', () => {
    expect(ageOn(cast.jiahao, '2026-07-01')).toBe(35);
    expect(ageOn(cast.jiahao, '2026-07-02')).toBe(36);
    expect(ageOn(cast.ziqing, '2026-11-21')).toBe(17);
  });
});
