/** 清冊: exactly which sheets a batch is. Two officers sign these, not only how many there are. */
import { toHex, utf8 } from '@lianshu/statement';
import { sha256 } from '@lianshu/tlog/node';

/** A sheet where it lies in the binder, with the ciphertext it was sealed to. */
export interface BoundSheet {
  readonly township: string;
  readonly sheet: number;
  readonly sealed: Uint8Array;
}

/** The order of the binders: by township, then by number. */
const inBinderOrder = (
  a: Pick<BoundSheet, 'township' | 'sheet'>,
  b: Pick<BoundSheet, 'township' | 'sheet'>,
): number => (a.township < b.township ? -1 : a.township > b.township ? 1 : a.sheet - b.sheet);

/**
 * `LIANSHU-SHEETS/1`: hex SHA-256 of the roll's number, how many sheets there are, and of each in binder order its
 * township, its number and the SHA-256 of its ciphertext. A ciphertext is different each time, so that the digest,
 * which is public, tells nothing of a sheet; whoever has the sealed sheets can make it again.
 */
export function sheetsDigest(number: string, sheets: readonly BoundSheet[]): string {
  const lines = [...sheets]
    .sort(inBinderOrder)
    .map(({ township, sheet, sealed }) => `${township} ${sheet} ${toHex(sha256(sealed))}\n`);
  const head = `LIANSHU-SHEETS/1\n${number}\n${sheets.length}\n`;
  return toHex(sha256(utf8(head + lines.join(''))));
}
