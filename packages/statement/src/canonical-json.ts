import { utf8 } from './encoding.ts';

/** What JSON can hold. */
export type JsonValue =
  | null
  | boolean
  | number
  | string
  | readonly JsonValue[]
  | { readonly [key: string]: JsonValue };

/** Why bytes are not one canonical JSON document. */
export type CanonicalJsonCode = 'json-utf8' | 'json-syntax' | 'json-not-canonical';

/** Nesting beyond this is refused on both ways: entries are flat, and recursion must end. */
const MAX_DEPTH = 32;

function quote(text: string): string {
  if (!text.isWellFormed()) throw new TypeError('JSON text with a lone surrogate');
  return JSON.stringify(text);
}

function write(value: unknown, depth: number): string {
  if (depth > MAX_DEPTH) throw new RangeError('JSON nested too deeply');
  if (typeof value === 'string') return quote(value);
  if (typeof value === 'number' && !Number.isFinite(value)) throw new TypeError('JSON number is not finite');
  if (value === null || typeof value === 'number' || typeof value === 'boolean') return JSON.stringify(value);
  if (Array.isArray(value)) return `[${value.map((item) => write(item, depth + 1)).join(',')}]`;
  if (typeof value !== 'object' || value === undefined)
    throw new TypeError(`JSON cannot hold ${typeof value}`);
  const of = value as Readonly<Record<string, unknown>>;
  // The default order of `sort` is that of UTF-16 code units.
  const members = Object.keys(of)
    .sort()
    .map((key) => `${quote(key)}:${write(of[key], depth + 1)}`);
  return `{${members.join(',')}}`;
}

/**
 * The one serialisation of a JSON value, RFC 8785: members sorted by UTF-16 code units, no white space,
 * numbers and strings as ECMAScript writes them. Throws for what JSON cannot hold (undefined, NaN, a lone
 * surrogate, a bigint) and beyond 32 levels.
 */
export function canonicalJson(value: JsonValue): Uint8Array {
  return utf8(write(value, 0));
}

const strict = new TextDecoder('utf-8', { fatal: true, ignoreBOM: true });

/**
 * Reads one document and refuses every spelling but the canonical one: other white space, order or escapes,
 * duplicate names, a byte-order mark, trailing bytes. Bound the input before the call.
 */
export function parseCanonicalJson(
  bytes: Uint8Array,
): Readonly<{ ok: true; value: JsonValue }> | Readonly<{ ok: false; code: CanonicalJsonCode }> {
  let text: string;
  try {
    text = strict.decode(bytes);
  } catch {
    return { ok: false, code: 'json-utf8' };
  }
  let value: JsonValue;
  try {
    value = JSON.parse(text) as JsonValue;
  } catch {
    return { ok: false, code: 'json-syntax' };
  }
  try {
    // Well-formed UTF-8 and its text determine each other: equal texts are equal bytes.
    if (write(value, 0) === text) return { ok: true, value };
  } catch {
    // Too deep, or a number such as 1e999: no canonical form exists.
  }
  return { ok: false, code: 'json-not-canonical' };
}
