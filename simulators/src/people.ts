import { createHash } from 'node:crypto';

/** A fictitious person. Nobody here is, or is modelled on, a living person. */
export type Person = {
  /** Key in {@link cast}, or `citizen-<i>`. */
  readonly key: string;
  /** Full name; the family name 範 ("example") marks it as made up. */
  readonly name: string;
  /** Fictitious national ID number from the reserved range, with a valid check digit. */
  readonly nationalId: string;
  readonly gender: 'female' | 'male';
  /** Day of birth, Asia/Taipei, `YYYY-MM-DD`. */
  readonly bornOn: string;
};

const LETTER_VALUES = 'ABCDEFGHJKLMNPQRSTUVXYWZIO';

/**
 * Check digit of a national ID number: the last of ten characters.
 * Letter → two digits 10…35, weights 1, 9, 8 … 1, total ≡ 0 (mod 10).
 */
export function checkDigit(firstNine: string): string {
  const value = LETTER_VALUES.indexOf(firstNine.charAt(0)) + 10;
  let sum = Math.floor(value / 10) + (value % 10) * 9;
  for (let i = 1; i < 9; i++) sum += Number(firstNine.charAt(i)) * (9 - i);
  return String((10 - (sum % 10)) % 10);
}

/** Capacity of the reserved range, per gender. */
const RESERVED_IDS = 1_000_000;

/**
 * Fictitious national ID number number `index` (0 … 999,999) of a gender, always the same one.
 *
 * The reserved range is `Y` (陽明山管理局, a letter not issued since 1974 to a district of about a hundred
 * thousand people), the gender digit, and serials from 9,000,000 up, which numbering in sequence never
 * reached. So a check digit is valid and the holder does not exist.
 */
export function reservedNationalId(gender: Person['gender'], index: number): string {
  if (!Number.isInteger(index) || index < 0 || index >= RESERVED_IDS) {
    throw new RangeError(`reserved national ID index out of range: ${index}`);
  }
  const firstNine = `Y${gender === 'male' ? 1 : 2}9${String(index).padStart(6, '0')}`;
  return firstNine + checkDigit(firstNine);
}

/** True for numbers of the reserved range only, so that a test can prove no other number was used. */
export function isReservedNationalId(text: string): boolean {
  return /^Y[12]9\d{7}$/.test(text) && checkDigit(text.slice(0, 9)) === text.charAt(9);
}

/** Whole years of age on a legal day `YYYY-MM-DD`; a year is completed on the birthday itself. */
export function ageOn(person: Person, day: string): number {
  const years = Number(day.slice(0, 4)) - Number(person.bornOn.slice(0, 4));
  return day.slice(5) >= person.bornOn.slice(5) ? years : years - 1;
}

function member(key: string, given: string, gender: Person['gender'], index: number, bornOn: string): Person {
  return { key, name: `範${given}`, gender, nationalId: reservedNationalId(gender, index), bornOn };
}

/**
 * The cast of the acceptance tests (product.md). 美玲 and 阿蘭 share the last four characters of their numbers,
 * so a card of one passes the tail check under the number of the other; only identity confirmation tells
 * them apart. 子晴 is seventeen, too young to sign.
 */
export const cast = {
  meiling: member('meiling', '美玲', 'female', 100_101, '1958-03-14'),
  jiahao: member('jiahao', '家豪', 'male', 100_202, '1990-07-02'),
  zhiming: member('zhiming', '志明', 'male', 100_303, '1975-11-20'),
  shufen: member('shufen', '淑芬', 'female', 100_404, '1981-05-09'),
  guoqiang: member('guoqiang', '國強', 'male', 100_505, '1969-01-31'),
  jianguo: member('jianguo', '建國', 'male', 100_606, '1966-10-10'),
  yating: member('yating', '雅婷', 'female', 100_707, '1993-12-25'),
  chenghan: member('chenghan', '承翰', 'male', 100_808, '1988-08-18'),
  alan: sharingTail('alan', '阿蘭', 'female', reservedNationalId('female', 100_101), '1949-02-28'),
  ziqing: member('ziqing', '子晴', 'female', 100_909, '2009-06-06'),
} as const satisfies Record<string, Person>;

/** Given names of the fictitious population. */
const GIVEN = [
  '怡君',
  '俊傑',
  '雅雯',
  '宗翰',
  '佳穎',
  '冠宇',
  '詩涵',
  '柏翰',
  '欣怡',
  '彥廷',
  '宜庭',
  '承恩',
];

/** Citizen number `i` (0 … 1,779,999): always the same person, at least twenty, never one of the cast. */
export function citizen(i: number): Person {
  const gender = i % 2 === 0 ? 'female' : 'male';
  const bytes = createHash('sha256').update(`lianshu-citizen-${i}`).digest();
  const year = 1940 + (bytes.readUInt16BE(0) % 64);
  const month = String(1 + (bytes.readUInt8(2) % 12)).padStart(2, '0');
  const day = String(1 + (bytes.readUInt8(3) % 28)).padStart(2, '0');
  return {
    key: `citizen-${i}`,
    name: `範${GIVEN[i % GIVEN.length] ?? ''}`,
    gender,
    nationalId: reservedNationalId(gender, 110_000 + Math.floor(i / 2)),
    bornOn: `${year}-${month}-${day}`,
  };
}

/** Another number of the reserved range with the same last four characters as `nationalId`. */
export function sameTail(nationalId: string): string {
  const tail = nationalId.slice(6);
  for (let head = 0; head < 1_000; head++) {
    const candidate = `${nationalId.slice(0, 3)}${String(head).padStart(3, '0')}${tail}`;
    if (candidate !== nationalId && isReservedNationalId(candidate)) return candidate;
  }
  throw new RangeError('no number with the same tail in the reserved range');
}

function sharingTail(
  key: string,
  given: string,
  gender: Person['gender'],
  nationalId: string,
  bornOn: string,
): Person {
  return { key, name: `範${given}`, gender, nationalId: sameTail(nationalId), bornOn };
}
