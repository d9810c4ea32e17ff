/**
 * DER writing and the little reading the simulators need. On purpose not `@lianshu/der`: the double of the
 * outside world must not share an encoder with the verifier it is meant to test.
 */

/** One DER element as bytes. */
export type Der = Uint8Array<ArrayBuffer>;

/** A run-time fault of a simulator: wrong use by the caller or hostile bytes. Never part of a wire answer. */
export class SimulatorFault extends Error {
  override readonly name = 'SimulatorFault';
}

/** Joins byte strings into one fresh buffer. */
export function concat(...parts: readonly Uint8Array[]): Der {
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

/** Minimal definite length octets (X.690 §10.1). */
export function lengthOctets(length: number): Der {
  if (length < 0x80) return Uint8Array.of(length);
  const octets: number[] = [];
  for (let rest = length; rest > 0; rest = Math.floor(rest / 256)) octets.unshift(rest & 0xff);
  return Uint8Array.of(0x80 | octets.length, ...octets);
}

/** An element with the given identifier octet and the concatenation of `parts` as content. */
export function element(tag: number, ...parts: readonly Uint8Array[]): Der {
  const content = concat(...parts);
  return concat(Uint8Array.of(tag), lengthOctets(content.length), content);
}

export const sequence = (...parts: readonly Uint8Array[]): Der => element(0x30, ...parts);

/** SET OF in DER order (X.690 §11.6): members sorted as octet strings. */
export const setOf = (...parts: readonly Uint8Array[]): Der =>
  element(0x31, ...[...parts].sort((a, b) => Buffer.compare(a, b)));

/** Context-specific constructed tag `[n]`. */
export const explicit = (n: number, ...parts: readonly Uint8Array[]): Der => element(0xa0 | n, ...parts);

/** Context-specific primitive tag `[n]`. */
export const implicitPrimitive = (n: number, content: Uint8Array): Der => element(0x80 | n, content);

export const octetString = (content: Uint8Array): Der => element(0x04, content);
export const bitString = (content: Uint8Array, unusedBits = 0): Der =>
  element(0x03, Uint8Array.of(unusedBits), content);
export const boolean = (value: boolean): Der => element(0x01, Uint8Array.of(value ? 0xff : 0));
export const nullValue = (): Der => Uint8Array.of(0x05, 0x00);
export const enumerated = (value: number): Der => element(0x0a, Uint8Array.of(value));
export const utf8String = (text: string): Der => element(0x0c, Buffer.from(text, 'utf8'));
export const printableString = (text: string): Der => element(0x13, Buffer.from(text, 'latin1'));

/** INTEGER of a non-negative number, bigint, or big-endian magnitude. */
export function integer(value: number | bigint | Uint8Array): Der {
  const magnitude = value instanceof Uint8Array ? value : hexBytes(evenHex(BigInt(value).toString(16)));
  let from = 0;
  while (from < magnitude.length - 1 && magnitude[from] === 0) from++;
  const trimmed = magnitude.subarray(from);
  const sign = (trimmed[0] ?? 0) >= 0x80 ? Uint8Array.of(0) : new Uint8Array();
  return element(0x02, sign, trimmed);
}

/** OBJECT IDENTIFIER from its dotted form. */
export function oid(dotted: string): Der {
  const [first = 0, second = 0, ...rest] = dotted.split('.').map(Number);
  const octets: number[] = [];
  for (const arc of [first * 40 + second, ...rest]) {
    const groups = [arc & 0x7f];
    for (let high = Math.floor(arc / 128); high > 0; high = Math.floor(high / 128)) {
      groups.unshift((high & 0x7f) | 0x80);
    }
    octets.push(...groups);
  }
  return element(0x06, Uint8Array.from(octets));
}

/** Named-bit BIT STRING (X.690 §11.2.2: trailing zero bits removed), bit 0 = most significant. */
export function namedBits(...bits: readonly number[]): Der {
  const highest = Math.max(...bits);
  const octets = new Uint8Array(Math.floor(highest / 8) + 1);
  for (const bit of bits) {
    const at = Math.floor(bit / 8);
    octets[at] = (octets[at] ?? 0) | (0x80 >> (bit % 8));
  }
  return bitString(octets, 7 - (highest % 8));
}

/** UTCTime up to 2049, GeneralizedTime after (RFC 5280 §4.1.2.5), whole seconds, Z. */
export function time(ms: number): Der {
  const digits = new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '');
  const generalized = Number(digits.slice(0, 4)) >= 2050;
  return element(
    generalized ? 0x18 : 0x17,
    Buffer.from(`${generalized ? digits : digits.slice(2)}Z`, 'latin1'),
  );
}

/** GeneralizedTime, whole seconds, Z (OCSP uses it throughout). */
export function generalizedTime(ms: number): Der {
  const digits = new Date(ms)
    .toISOString()
    .replace(/\.\d+Z$/, '')
    .replace(/[-:T]/g, '');
  return element(0x18, Buffer.from(`${digits}Z`, 'latin1'));
}

/** A parsed element: identifier octet, content, and the whole encoding. */
export type Element = { readonly tag: number; readonly content: Uint8Array; readonly whole: Uint8Array };

/** Reads the elements that fill `bytes` exactly; throws {@link SimulatorFault} on anything else. */
export function readElements(bytes: Uint8Array): readonly Element[] {
  const out: Element[] = [];
  for (let at = 0; at < bytes.length; ) {
    const tag = bytes[at] ?? 0;
    const first = bytes[at + 1];
    if (first === undefined) throw new SimulatorFault('DER ends inside a header');
    const extra = first < 0x80 ? 0 : first & 0x7f;
    if (first === 0x80 || extra > 4) throw new SimulatorFault('DER length form not allowed');
    let length = first < 0x80 ? first : 0;
    for (let i = 0; i < extra; i++) length = length * 256 + (bytes[at + 2 + i] ?? 0);
    const end = at + 2 + extra + length;
    if (end > bytes.length) throw new SimulatorFault('DER ends inside a value');
    out.push({ tag, content: bytes.subarray(at + 2 + extra, end), whole: bytes.subarray(at, end) });
    at = end;
  }
  return out;
}

/** Child `index` of an element, with its tag asserted. */
export function child(parent: Uint8Array, index: number, tag: number): Element {
  const found = readElements(parent)[index];
  if (found === undefined || found.tag !== tag) {
    throw new SimulatorFault(`DER child ${index} is not tag ${tag.toString(16)}`);
  }
  return found;
}

export const hex = (bytes: Uint8Array): string => Buffer.from(bytes).toString('hex');
export const hexBytes = (text: string): Der => new Uint8Array(Buffer.from(text, 'hex'));
export const base64 = (bytes: Uint8Array): string => Buffer.from(bytes).toString('base64');
export const base64Bytes = (text: string): Der => new Uint8Array(Buffer.from(text, 'base64'));

function evenHex(digits: string): string {
  return digits.length % 2 === 0 ? digits : `0${digits}`;
}
