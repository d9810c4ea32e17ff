/** 系統認證碼: made once, shown once, kept only as a slow hash. */
import { scrypt, timingSafeEqual } from 'node:crypto';
import type { Random } from '../platform/random.ts';

/** Digits and letters that are not taken for one another (Crockford): no I, L, O, U. */
const ALPHABET = '0123456789ABCDEFGHJKMNPQRSTVWXYZ';
const GROUPS = 4;
const GROUP = 5;
const LETTERS = GROUPS * GROUP;

/** A new code of 100 bits, in four groups of five: `7K3QF-9M2XA-…`. */
export function newAccessCode(random: Random): string {
  const letters = Array.from(random.bytes(LETTERS), (byte) => ALPHABET[byte & 31] ?? '');
  return Array.from({ length: GROUPS }, (_, i) => letters.slice(i * GROUP, (i + 1) * GROUP).join('')).join(
    '-',
  );
}

/** What was typed, in the one spelling that is hashed; undefined for what cannot be a code. */
export function readAccessCode(typed: string): string | undefined {
  const letters = typed
    .normalize('NFKC')
    .toUpperCase()
    .replace(/[\s\-–—‐]/gu, '')
    .replaceAll('O', '0')
    .replace(/[IL]/g, '1');
  return new RegExp(`^[${ALPHABET}]{${LETTERS}}$`).test(letters) ? letters : undefined;
}

/** The slow hash of a code and the salt it was made with. */
export interface HashedCode {
  readonly salt: Uint8Array;
  readonly hash: Uint8Array;
}

/** RFC 7914; 32 MB and a few tens of milliseconds a try. */
const COST = { N: 2 ** 15, r: 8, p: 1, maxmem: 64 * 2 ** 20 } as const;

const slowHash = (letters: string, salt: Uint8Array): Promise<Uint8Array> =>
  new Promise((resolve, reject) => {
    scrypt(letters, salt, 32, COST, (error, key) => (error ? reject(error) : resolve(new Uint8Array(key))));
  });

/** @param code as {@link newAccessCode} made it */
export async function hashAccessCode(code: string, random: Random): Promise<HashedCode> {
  const letters = readAccessCode(code);
  if (letters === undefined) throw new TypeError('not an access code');
  const salt = random.bytes(16);
  return { salt, hash: await slowHash(letters, salt) };
}

/** Whether what was typed is the code; takes as long for a wrong one. */
export async function isAccessCode(typed: string, { salt, hash }: HashedCode): Promise<boolean> {
  const letters = readAccessCode(typed);
  if (letters === undefined) return false;
  return timingSafeEqual(await slowHash(letters, salt), hash);
}
