import { REASON_HOLD, SERIAL_WIDTH } from './revocation-index.ts';

/**
 * Sorts `count` serial records ascending, drops repetitions and lays them out for {@link RevocationIndex}.
 * Radix sort, least significant octet first: linear, and indifferent to how an authority deals out its numbers;
 * columns in which all records agree (the padding of shorter numbers) cost one count.
 */
export function sortSerials(
  records: Uint8Array,
  reasons: Uint8Array,
  count: number,
): { readonly count: number; readonly serials: SharedArrayBuffer } {
  const order = sortedOrder(records, count);
  const distinct = dropRepetitions(records, reasons, order);
  const serials = new SharedArrayBuffer(distinct.length * (SERIAL_WIDTH + 1));
  const out = new Uint8Array(serials);
  const reasonsAt = distinct.length * SERIAL_WIDTH;
  for (let i = 0; i < distinct.length; i += 1) {
    const from = (distinct[i] as number) * SERIAL_WIDTH;
    const to = i * SERIAL_WIDTH;
    for (let k = 0; k < SERIAL_WIDTH; k += 1) out[to + k] = records[from + k] as number;
    out[reasonsAt + i] = reasons[distinct[i] as number] as number;
  }
  return { count: distinct.length, serials };
}

function sortedOrder(records: Uint8Array, count: number): Uint32Array {
  let order = new Uint32Array(count);
  for (let i = 0; i < count; i += 1) order[i] = i;
  let spare = new Uint32Array(count);
  const starts = new Uint32Array(257);
  for (let column = SERIAL_WIDTH - 1; column >= 0; column -= 1) {
    starts.fill(0);
    for (let i = 0; i < count; i += 1) {
      const octet = records[i * SERIAL_WIDTH + column] as number;
      starts[octet + 1] = (starts[octet + 1] as number) + 1;
    }
    if (starts.includes(count)) continue;
    for (let octet = 1; octet < 257; octet += 1) {
      starts[octet] = (starts[octet] as number) + (starts[octet - 1] as number);
    }
    for (let i = 0; i < count; i += 1) {
      const record = order[i] as number;
      const octet = records[record * SERIAL_WIDTH + column] as number;
      const place = starts[octet] as number;
      spare[place] = record;
      starts[octet] = place + 1;
    }
    [order, spare] = [spare, order];
  }
  return order;
}

/** Of several entries for one serial number a revocation outweighs a suspension. */
function dropRepetitions(records: Uint8Array, reasons: Uint8Array, order: Uint32Array): Uint32Array {
  let kept = 0;
  for (let i = 0; i < order.length; i += 1) {
    const record = order[i] as number;
    const before = kept > 0 ? (order[kept - 1] as number) : -1;
    if (before < 0 || !sameRecord(records, before, record)) {
      order[kept] = record;
      kept += 1;
    } else if (reasons[before] === REASON_HOLD) order[kept - 1] = record;
  }
  return order.subarray(0, kept);
}

function sameRecord(records: Uint8Array, a: number, b: number): boolean {
  for (let k = SERIAL_WIDTH - 1; k >= 0; k -= 1) {
    if (records[a * SERIAL_WIDTH + k] !== records[b * SERIAL_WIDTH + k]) return false;
  }
  return true;
}
