import { toHex } from './bytes.ts';

/**
 * A verified revocation list as plain data, fit for `postMessage`: the serial numbers are shared, not copied.
 *
 * `serials` holds `count` records of 20 octets (serial numbers, big-endian, padded with zeros on the left, ascending,
 * distinct), then `count` octets, one per record: the reason code of RFC 5280 §5.3.1, 0 when none was given.
 * Written once by {@link readRevocationList} and never again; a newer list is a new object.
 */
export interface RevocationList {
  readonly issuerSki: string;
  /** Decimal. */
  readonly crlNumber: string;
  /** SHA-256 of the list's DER, hexadecimal. */
  readonly sha256: string;
  readonly thisUpdateMs: number;
  readonly nextUpdateMs: number;
  readonly count: number;
  readonly serials: SharedArrayBuffer;
}

/** Octets of one serial number in {@link RevocationList.serials}: the longest that RFC 5280 §4.1.2.2 allows. */
export const SERIAL_WIDTH = 20;

/** Reason code certificateHold: a suspended card, which may return. */
export const REASON_HOLD = 6;

/** What the lists say about one certificate; `list` is the list that said it. */
export type RevocationFinding =
  | { readonly status: 'stale'; readonly list: RevocationList | undefined }
  | { readonly status: 'good' | 'revoked' | 'suspended'; readonly list: RevocationList };

interface Entry {
  readonly list: RevocationList;
  readonly records: Uint8Array;
}

/** The current lists, one per issuer key. Replace the whole index when a list changes; look-ups take a microsecond. */
export class RevocationIndex {
  readonly #bySki: ReadonlyMap<string, Entry>;

  /** Of two lists of one issuer the one with the higher number counts. */
  constructor(lists: readonly RevocationList[]) {
    const bySki = new Map<string, Entry>();
    for (const list of lists) {
      const present = bySki.get(list.issuerSki);
      if (present !== undefined && BigInt(present.list.crlNumber) >= BigInt(list.crlNumber)) continue;
      bySki.set(list.issuerSki, { list, records: new Uint8Array(list.serials) });
    }
    this.#bySki = bySki;
  }

  /**
   * Judges a serial number at an instant. No list, or one whose nextUpdate has passed, is `stale`:
   * then the outcome is open, not good.
   */
  judge(issuerSki: string, serial: Uint8Array, atMs: number): RevocationFinding {
    const entry = this.#bySki.get(issuerSki);
    if (entry === undefined) return { status: 'stale', list: undefined };
    const { list, records } = entry;
    if (atMs >= list.nextUpdateMs) return { status: 'stale', list };
    const place = findSerial(records, list.count, serial);
    if (place < 0) return { status: 'good', list };
    const reason = records[list.count * SERIAL_WIDTH + place];
    return { status: reason === REASON_HOLD ? 'suspended' : 'revoked', list };
  }
}

/** Binary search; −1 when absent. */
function findSerial(records: Uint8Array, count: number, serial: Uint8Array): number {
  if (serial.length > SERIAL_WIDTH) throw new RangeError(`serial number ${toHex(serial)}`);
  const wanted = new Uint8Array(SERIAL_WIDTH);
  wanted.set(serial, SERIAL_WIDTH - serial.length);
  let low = 0;
  let high = count - 1;
  while (low <= high) {
    const middle = (low + high) >>> 1;
    const order = compareRecord(records, middle * SERIAL_WIDTH, wanted);
    if (order === 0) return middle;
    if (order < 0) low = middle + 1;
    else high = middle - 1;
  }
  return -1;
}

function compareRecord(records: Uint8Array, at: number, wanted: Uint8Array): number {
  for (let i = 0; i < SERIAL_WIDTH; i += 1) {
    const difference = (records[at + i] as number) - (wanted[i] as number);
    if (difference !== 0) return difference;
  }
  return 0;
}
