import { DerError } from './error.ts';
import { decodeOid } from './oid.ts';
import { TAG } from './tag.ts';
import { decodeGeneralizedTime, decodeUtcTime } from './time.ts';

/** Most bytes a reader takes unless told otherwise: no envelope or certificate here comes near it. */
export const DER_LIMIT = 65_536;

const strictUtf8 = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * A cursor over one buffer of DER (X.690 §10). It allocates nothing of its own and never looks ahead of the element asked for.
 *
 * Guarantees: definite, minimal lengths; single-octet tags; the tag asked for or a {@link DerError}; no read
 * outside the element entered; with {@link DerReader.leave} and {@link DerReader.finish}, no byte unaccounted for.
 * Views it returns share memory with the buffer.
 *
 * @example
 * const r = new DerReader(bytes);
 * const outer = r.enter(TAG.sequence);
 * const version = r.smallInteger();
 * r.leave(outer);
 * r.finish();
 */
export class DerReader {
  readonly bytes: Uint8Array;
  #at = 0;
  #end: number;

  /** `limit` bounds the work done for an unknown sender; raise it only for input that someone answers for, as a revocation list. */
  constructor(bytes: Uint8Array, limit: number = DER_LIMIT) {
    if (bytes.length > limit) throw new DerError('E_DER_TOO_LARGE', limit);
    this.bytes = bytes;
    this.#end = bytes.length;
  }

  /** Where the next element starts. */
  get offset(): number {
    return this.#at;
  }

  /** True when the element entered last (or the whole buffer) has no further child. */
  get atEnd(): boolean {
    return this.#at >= this.#end;
  }

  /** Identifier octet of the next element, or −1 when there is none. */
  peek(): number {
    return this.#at < this.#end ? (this.bytes[this.#at] as number) : -1;
  }

  /** Reads identifier and length, moves to the content and returns where it ends. */
  #header(tag: number): number {
    const bytes = this.bytes;
    const start = this.#at;
    const end = this.#end;
    if (start >= end) throw new DerError('E_DER_TRUNCATED', start);
    if (bytes[start] !== tag) throw new DerError('E_DER_TAG', start);
    if (start + 1 >= end) throw new DerError('E_DER_TRUNCATED', start);
    let length = bytes[start + 1] as number;
    let at = start + 2;
    if (length >= 0x80) {
      const octets = length & 0x7f;
      if (octets === 0 || octets > 4) throw new DerError('E_DER_LENGTH', start + 1);
      if (at + octets > end) throw new DerError('E_DER_TRUNCATED', at);
      if (bytes[at] === 0) throw new DerError('E_DER_LENGTH', at);
      length = 0;
      for (let i = 0; i < octets; i += 1) length = length * 256 + (bytes[at + i] as number);
      if (length < 0x80) throw new DerError('E_DER_LENGTH', at);
      at += octets;
    }
    if (length > end - at) throw new DerError('E_DER_TRUNCATED', at);
    this.#at = at;
    return at + length;
  }

  /** Steps into a constructed element. Hand the returned number to {@link DerReader.leave}. */
  enter(tag: number): number {
    const contentEnd = this.#header(tag);
    const outer = this.#end;
    this.#end = contentEnd;
    return outer;
  }

  /** Steps out of the element entered with {@link DerReader.enter}; refuses children left unread. */
  leave(outer: number): void {
    if (this.#at !== this.#end) throw new DerError('E_DER_TRAILING', this.#at);
    this.#end = outer;
  }

  /** Requires that nothing follows. */
  finish(): void {
    if (this.#at !== this.#end) throw new DerError('E_DER_TRAILING', this.#at);
  }

  /** Content of the next element, which must carry `tag`, as a view. Checks nothing inside. */
  content(tag: number): Uint8Array {
    const end = this.#header(tag);
    const view = this.bytes.subarray(this.#at, end);
    this.#at = end;
    return view;
  }

  /** The next element whole, identifier and length included, as a view. Checks nothing inside. */
  element(tag: number): Uint8Array {
    const start = this.#at;
    this.#at = this.#header(tag);
    return this.bytes.subarray(start, this.#at);
  }

  /** Passes over the next element, whatever its (single-octet) tag. Returns false at the end. */
  skip(): boolean {
    const tag = this.peek();
    if (tag < 0) return false;
    if ((tag & 0x1f) === 0x1f || tag === 0) throw new DerError('E_DER_TAG', this.#at);
    this.#at = this.#header(tag);
    return true;
  }

  /** Content of an INTEGER (or ENUMERATED): two's complement, minimal (X.690 §8.3.2). */
  integer(tag: number = TAG.integer): Uint8Array {
    const at = this.#at;
    const view = this.content(tag);
    const first = view[0];
    if (first === undefined) throw new DerError('E_DER_VALUE', at);
    const second = view[1];
    if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) {
      throw new DerError('E_DER_VALUE', at);
    }
    return view;
  }

  /** Magnitude of a non-negative INTEGER without the sign octet; zero is one zero octet. */
  unsigned(): Uint8Array {
    const at = this.#at;
    const view = this.integer();
    if ((view[0] as number) >= 0x80) throw new DerError('E_DER_VALUE', at);
    return view[0] === 0 && view.length > 1 ? view.subarray(1) : view;
  }

  /** A non-negative INTEGER or ENUMERATED below 2^31. */
  smallInteger(tag: number = TAG.integer): number {
    const at = this.#at;
    const view = this.integer(tag);
    if (view.length > 4 || (view[0] as number) >= 0x80) throw new DerError('E_DER_VALUE', at);
    let value = 0;
    for (const octet of view) value = value * 256 + octet;
    return value;
  }

  /** A BOOLEAN: 00 or FF only (X.690 §11.1). */
  boolean(): boolean {
    const at = this.#at;
    const view = this.content(TAG.boolean);
    if (view.length !== 1 || (view[0] !== 0 && view[0] !== 0xff)) throw new DerError('E_DER_VALUE', at);
    return view[0] === 0xff;
  }

  /** NULL. */
  null(): void {
    const at = this.#at;
    if (this.content(TAG.null).length !== 0) throw new DerError('E_DER_VALUE', at);
  }

  /** An OBJECT IDENTIFIER as dotted text. */
  oid(): string {
    const end = this.#header(TAG.oid);
    const text = decodeOid(this.bytes, this.#at, end);
    this.#at = end;
    return text;
  }

  /** Content of an OCTET STRING, or of a primitive element tagged otherwise. */
  octets(tag: number = TAG.octetString): Uint8Array {
    return this.content(tag);
  }

  /** A BIT STRING of whole octets: keys and signatures. */
  bitOctets(): Uint8Array {
    const at = this.#at;
    const view = this.content(TAG.bitString);
    if (view[0] !== 0) throw new DerError('E_DER_VALUE', at);
    return view.subarray(1);
  }

  /**
   * A named bit list of up to 16 bits (KeyUsage, ReasonFlags); bit n of the ASN.1 definition is `1 << n`.
   * Padding bits zero and no trailing zero bits, as DER asks (X.690 §11.2).
   */
  namedBits(tag: number = TAG.bitString): number {
    const at = this.#at;
    const view = this.content(tag);
    const unused = view[0];
    if (unused === undefined || unused > 7 || view.length > 3) throw new DerError('E_DER_VALUE', at);
    const last = view.length > 1 ? (view[view.length - 1] as number) : 0;
    const emptyList = view.length === 1 && unused === 0;
    const wellPadded = (last & ((1 << unused) - 1)) === 0 && ((last >> unused) & 1) === 1;
    if (!emptyList && !wellPadded) throw new DerError('E_DER_VALUE', at);
    let bits = 0;
    for (let i = 0; i < (view.length - 1) * 8; i += 1) {
      if ((view[1 + (i >> 3)] as number) & (0x80 >> (i & 7))) bits |= 1 << i;
    }
    return bits;
  }

  /** A UTCTime or GeneralizedTime in whole UTC seconds, as epoch milliseconds (RFC 5280 §4.1.2.5). */
  time(): number {
    return this.peek() === TAG.generalizedTime ? this.generalizedTime() : this.utcTime();
  }

  /** A UTCTime as epoch milliseconds. */
  utcTime(): number {
    const end = this.#header(TAG.utcTime);
    const value = decodeUtcTime(this.bytes, this.#at, end);
    this.#at = end;
    return value;
  }

  /** A GeneralizedTime as epoch milliseconds. */
  generalizedTime(): number {
    const end = this.#header(TAG.generalizedTime);
    const value = decodeGeneralizedTime(this.bytes, this.#at, end);
    this.#at = end;
    return value;
  }

  /**
   * Text of any of the string types met in names. UTF-8 must be well formed; PrintableString and its narrow kin must be ASCII;
   * TeletexString is taken as Latin-1; BMPString and UniversalString as UCS-2 and UCS-4.
   */
  text(): string {
    const at = this.#at;
    const tag = this.peek();
    switch (tag) {
      case TAG.utf8String:
        return decodeText(at, () => strictUtf8.decode(this.content(tag)));
      case TAG.numericString:
      case TAG.printableString:
      case TAG.visibleString:
      case TAG.ia5String:
      case TAG.teletexString: {
        const view = this.content(tag);
        let text = '';
        for (const octet of view) {
          if (octet > 0x7f && tag !== TAG.teletexString) throw new DerError('E_DER_VALUE', at);
          text += String.fromCharCode(octet);
        }
        return text;
      }
      case TAG.bmpString:
        return wideText(this.content(tag), 2, at);
      case TAG.universalString:
        return wideText(this.content(tag), 4, at);
      default:
        throw new DerError('E_DER_TAG', at);
    }
  }
}

function decodeText(at: number, decode: () => string): string {
  try {
    return decode();
  } catch (error) {
    throw error instanceof DerError ? error : new DerError('E_DER_VALUE', at);
  }
}

function wideText(view: Uint8Array, width: 2 | 4, at: number): string {
  if (view.length % width !== 0) throw new DerError('E_DER_VALUE', at);
  let text = '';
  for (let i = 0; i < view.length; i += width) {
    let unit = 0;
    for (let k = 0; k < width; k += 1) unit = unit * 256 + (view[i + k] as number);
    if (unit > 0x10ffff) throw new DerError('E_DER_VALUE', at);
    text += String.fromCodePoint(unit);
  }
  return text;
}
