import { type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { ACT_SHAPES, actOfNumber, COMPACT_SHAPES, ENVELOPE } from './entry-kinds.ts';
import { isObject } from './json-shape.ts';
import type { Act } from './verdict.ts';

/** One counted signature. */
export type SignatureEntry = Readonly<{ kind: Act; case: string; commitment: string; tag: string }>;
export type HeldEntry = Readonly<{ kind: 'held'; act: Act; case: string; commitment: string }>;
/** What became of the held entry at `index`. */
export type SettledEntry = Readonly<
  { kind: 'settled'; act: Act; case: string; index: number } & (
    | { outcome: 'counted'; tag: string }
    | { outcome: 'refused'; code: string }
  )
>;
/** 不予計算: the counted entry at `index` no longer counts. */
export type VoidEntry = Readonly<{
  kind: 'void';
  act: Act;
  case: string;
  index: number;
  ground: string;
  result?: string;
}>;
/** An administrative act; `body` has the shape of its kind ({@link ACT_SHAPES}). */
export type ActEntry = Readonly<{
  kind: string;
  at: string;
  basis: string;
  capacity: string;
  case?: string;
  replaces?: number;
  /** Why the entry it replaces was wrong. */
  why?: JsonValue;
  body: Readonly<Record<string, JsonValue>>;
}>;

export type CompactEntry = SignatureEntry | HeldEntry | SettledEntry | VoidEntry;

/** An entry of the public record, read and found to have the exact shape of its kind. */
export type Entry =
  | Readonly<{ type: 'compact'; entry: CompactEntry }>
  | Readonly<{ type: 'act'; entry: ActEntry }>;

export type EntryFaultCode = 'entry-not-json' | 'entry-not-canonical' | 'entry-unknown-kind' | 'entry-shape';

/** Why bytes are no entry. `at` is the member at fault, or the unknown kind if it can be shown. */
export type EntryFault = Readonly<{ code: EntryFaultCode; at: string }>;

const D = '([A-Za-z0-9_-]{42}[AEIMQUYcgkosw048])';
const N = '(0|[1-9]\\d{0,14})';
const C = '([0-9]{4,6}|D[0-9]{5})';
const ACT = '(joint-signature|proposal-signature)';
const SIGNATURE = new RegExp(`^\\{"case":"${C}","commitment":"${D}","kind":"${ACT}","tag":"${D}","v":1\\}$`);
const HELD = new RegExp(`^\\{"act":"${ACT}","case":"${C}","commitment":"${D}","kind":"held","v":1\\}$`);
const COUNTED = new RegExp(
  `^\\{"act":"${ACT}","case":"${C}","index":${N},"kind":"settled","outcome":"counted","tag":"${D}","v":1\\}$`,
);
const latin = new TextDecoder('latin1');

/** Whether the text is the one act that may stand under the number. */
const isActOf = (number: string, text: string | undefined): text is Act => text === actOfNumber(number);

/**
 * Reads the most numerous entries by their one spelling. What it returns {@link readEntryStrictly} returns too;
 * for anything it does not know it says undefined, never a fault.
 */
export function readEntryFast(bytes: Uint8Array): CompactEntry | undefined {
  if (bytes.length > 260) return undefined;
  const line = latin.decode(bytes);
  // The tenth byte on tells the three apart, so that one expression runs and not all.
  if (line.startsWith('{"case"')) {
    const [, number, commitment, kind, tag] = SIGNATURE.exec(line) ?? [];
    if (number === undefined || commitment === undefined || tag === undefined || !isActOf(number, kind))
      return undefined;
    return { kind, case: number, commitment, tag };
  }
  const held = HELD.exec(line);
  if (held !== null) {
    const [, act, number, commitment] = held;
    if (number === undefined || commitment === undefined || !isActOf(number, act)) return undefined;
    return { kind: 'held', act, case: number, commitment };
  }
  const [, act, number, index, tag] = COUNTED.exec(line) ?? [];
  if (number === undefined || index === undefined || tag === undefined || !isActOf(number, act))
    return undefined;
  return { kind: 'settled', act, case: number, index: Number(index), outcome: 'counted', tag };
}

const shown = (value: JsonValue | undefined): string =>
  typeof value === 'string' && /^[a-z][a-z0-9-]{0,39}$/.test(value) ? value : '/kind';

/** Reads an entry by its canonical form and the shape of its kind. */
export function readEntryStrictly(bytes: Uint8Array): Entry | EntryFault {
  const parsed = parseCanonicalJson(bytes);
  if (!parsed.ok) {
    const code = parsed.code === 'json-not-canonical' ? 'entry-not-canonical' : 'entry-not-json';
    return { code, at: '/' };
  }
  const { value } = parsed;
  if (!isObject(value)) return { code: 'entry-shape', at: '/' };
  const kind = Object.hasOwn(value, 'kind') ? value['kind'] : undefined;
  const compact = COMPACT_SHAPES.get(String(kind));
  if (compact !== undefined) {
    const at = compact(value);
    if (at !== undefined) return { code: 'entry-shape', at };
    const { v: _, ...entry } = value;
    // The shape was just checked, member by member.
    return { type: 'compact', entry: entry as CompactEntry };
  }
  const shape = ACT_SHAPES.get(String(kind));
  if (shape === undefined || typeof kind !== 'string') return { code: 'entry-unknown-kind', at: shown(kind) };
  const ofCase = Object.hasOwn(value, 'case');
  const isPlaced = shape.ofCase === 'either' || shape.ofCase === ofCase;
  const isExplained = !Object.hasOwn(value, 'why') || Object.hasOwn(value, 'replaces');
  const at =
    ENVELOPE(value) ?? (isExplained ? (isPlaced ? shape.body(value['body'], '/body') : '/case') : '/why');
  if (at !== undefined) return { code: 'entry-shape', at };
  const { v: _, ...entry } = value;
  return { type: 'act', entry: entry as ActEntry };
}

/** Reads an entry; a fault is a value. */
export function readEntry(bytes: Uint8Array): Entry | EntryFault {
  const entry = readEntryFast(bytes);
  return entry === undefined ? readEntryStrictly(bytes) : { type: 'compact', entry };
}
