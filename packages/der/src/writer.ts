import { encodeOid } from './oid.ts';
import { contextConstructed, contextPrimitive, TAG } from './tag.ts';
import { generalizedTimeText } from './time.ts';

type Bytes = Uint8Array<ArrayBuffer>;
const utf8 = new TextEncoder();

/** Joins byte strings into a new one. */
export function concat(parts: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of parts) length += part.length;
  const out = new Uint8Array(length);
  let at = 0;
  for (const part of parts) {
    out.set(part, at);
    at += part.length;
  }
  return out;
}

/** One element: identifier octet, minimal definite length, the contents joined. Every other writer ends here. */
export function tlv(tag: number, ...contents: readonly Uint8Array[]): Bytes {
  let length = 0;
  for (const part of contents) length += part.length;
  const octets: number[] = [];
  if (length >= 0x80) {
    for (let left = length; left > 0; left = Math.floor(left / 256)) octets.unshift(left % 256);
    octets.unshift(0x80 | octets.length);
  } else octets.push(length);
  return concat([Uint8Array.of(tag, ...octets), ...contents]);
}

/** SEQUENCE or SEQUENCE OF. */
export function sequence(...children: readonly Uint8Array[]): Bytes {
  return tlv(TAG.sequence, ...children);
}

/** SET OF: the children in ascending order of their encodings (X.690 §11.6). */
export function setOf(...children: readonly Uint8Array[]): Bytes {
  return tlv(TAG.set, ...children.toSorted(compareBytes));
}

/** SET with the children in the order given. Only for bytes that imitate someone else's order. */
export function setAsGiven(...children: readonly Uint8Array[]): Bytes {
  return tlv(TAG.set, ...children);
}

function compareBytes(a: Uint8Array, b: Uint8Array): number {
  const shared = Math.min(a.length, b.length);
  for (let i = 0; i < shared; i += 1) {
    const difference = (a[i] as number) - (b[i] as number);
    if (difference !== 0) return difference;
  }
  return a.length - b.length;
}

/** INTEGER from a number, a bigint, or the big-endian magnitude of a non-negative one. */
export function integer(value: number | bigint | Uint8Array): Bytes {
  return tlv(TAG.integer, typeof value === 'object' ? magnitude(value) : twosComplement(BigInt(value)));
}

function magnitude(bytes: Uint8Array): Uint8Array {
  let start = 0;
  while (start < bytes.length - 1 && bytes[start] === 0) start += 1;
  const trimmed = bytes.subarray(start);
  const first = trimmed[0] ?? 0;
  return first >= 0x80 || trimmed.length === 0 ? concat([Uint8Array.of(0), trimmed]) : trimmed;
}

function twosComplement(value: bigint): Uint8Array {
  const octets: number[] = [];
  let left = value;
  for (;;) {
    const octet = Number(left & 0xffn);
    octets.unshift(octet);
    left >>= 8n;
    if ((left === 0n && octet < 0x80) || (left === -1n && octet >= 0x80)) return Uint8Array.from(octets);
  }
}

/** ENUMERATED below 128. */
export function enumerated(value: number): Bytes {
  return tlv(TAG.enumerated, Uint8Array.of(value & 0x7f));
}

/** BOOLEAN. */
export function boolean(value: boolean): Bytes {
  return tlv(TAG.boolean, Uint8Array.of(value ? 0xff : 0));
}

/** NULL. */
export function nullValue(): Bytes {
  return tlv(TAG.null);
}

/** OBJECT IDENTIFIER from dotted text. */
export function oid(dotted: string): Bytes {
  return tlv(TAG.oid, encodeOid(dotted));
}

/** OCTET STRING. */
export function octetString(...contents: readonly Uint8Array[]): Bytes {
  return tlv(TAG.octetString, ...contents);
}

/** BIT STRING of whole octets. */
export function bitString(bytes: Uint8Array): Bytes {
  return tlv(TAG.bitString, Uint8Array.of(0), bytes);
}

/** BIT STRING of a named bit list (KeyUsage); bit n of the ASN.1 definition is `1 << n`, n < 16. */
export function namedBits(bits: number): Bytes {
  const highest = 31 - Math.clz32(bits);
  if (highest < 0) return tlv(TAG.bitString, Uint8Array.of(0));
  const octets = new Uint8Array((highest >> 3) + 1);
  for (let i = 0; i <= highest; i += 1) {
    if (bits & (1 << i)) octets[i >> 3] = (octets[i >> 3] as number) | (0x80 >> (i & 7));
  }
  return tlv(TAG.bitString, Uint8Array.of(7 - (highest & 7)), octets);
}

/** UTF8String. */
export function utf8String(text: string): Bytes {
  return tlv(TAG.utf8String, utf8.encode(text));
}

/** PrintableString; the caller answers for the alphabet. */
export function printableString(text: string): Bytes {
  return tlv(TAG.printableString, utf8.encode(text));
}

/** IA5String; the caller answers for the alphabet. */
export function ia5String(text: string): Bytes {
  return tlv(TAG.ia5String, utf8.encode(text));
}

/** GeneralizedTime in whole seconds. */
export function generalizedTime(epochMs: number): Bytes {
  return tlv(TAG.generalizedTime, utf8.encode(generalizedTimeText(epochMs)));
}

/** UTCTime in whole seconds; only for 1950 to 2049. */
export function utcTime(epochMs: number): Bytes {
  return tlv(TAG.utcTime, utf8.encode(generalizedTimeText(epochMs).slice(2)));
}

/** Time as certificates and CMS write it: UTCTime through 2049, GeneralizedTime after (RFC 5280 §4.1.2.5). */
export function time(epochMs: number): Bytes {
  const year = new Date(epochMs).getUTCFullYear();
  return year >= 1950 && year < 2050 ? utcTime(epochMs) : generalizedTime(epochMs);
}

/** `[n] EXPLICIT`, also `[n] IMPLICIT` of a SEQUENCE or SET whose children are given. */
export function context(n: number, ...children: readonly Uint8Array[]): Bytes {
  return tlv(contextConstructed(n), ...children);
}

/** `[n] IMPLICIT` of a primitive type whose content is given. */
export function contextValue(n: number, content: Uint8Array): Bytes {
  return tlv(contextPrimitive(n), content);
}
