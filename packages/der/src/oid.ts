import { DerError } from './error.ts';

/** Longest encoded object identifier accepted. The longest in use here has 11 bytes; 64 leaves room. */
const LONGEST = 64;

/**
 * Decodes the content of an OBJECT IDENTIFIER to dotted text.
 * Refuses non-minimal or unfinished arcs and arcs beyond 2^53 (X.690 §8.19).
 */
export function decodeOid(bytes: Uint8Array, start: number, end: number): string {
  if (end <= start || end - start > LONGEST) throw new DerError('E_DER_VALUE', start);
  let text = '';
  let at = start;
  while (at < end) {
    let octet = bytes[at] as number;
    if (octet === 0x80) throw new DerError('E_DER_VALUE', at);
    let arc = octet & 0x7f;
    while (octet & 0x80) {
      at += 1;
      if (at >= end || arc > 0x3fffffffffff) throw new DerError('E_DER_VALUE', at);
      octet = bytes[at] as number;
      arc = arc * 128 + (octet & 0x7f);
    }
    at += 1;
    if (text !== '') text += `.${arc}`;
    else text = arc < 80 ? `${arc < 40 ? 0 : 1}.${arc % 40}` : `2.${arc - 80}`;
  }
  return text;
}

/** Encodes dotted text to the content of an OBJECT IDENTIFIER. Throws `RangeError` on text that is not one. */
export function encodeOid(dotted: string): Uint8Array {
  const arcs = dotted.split('.').map(Number);
  const [first, second, ...rest] = arcs;
  const sound = arcs.every((arc) => Number.isSafeInteger(arc) && arc >= 0);
  if (first === undefined || second === undefined || !sound || first > 2 || (first < 2 && second > 39)) {
    throw new RangeError('not an object identifier');
  }
  const out: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const septets = [arc % 128];
    for (let left = Math.floor(arc / 128); left > 0; left = Math.floor(left / 128)) {
      septets.unshift((left % 128) | 0x80);
    }
    out.push(...septets);
  }
  return Uint8Array.from(out);
}
