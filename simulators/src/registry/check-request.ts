/** What a house sends to be checked; parsed strictly, like the ministry's own door would. */

/** A roll of signatures: an export, and the public entry of each. */
export type ElectronicRoll = {
  readonly case: string;
  readonly export: string;
  readonly entries: Readonly<Record<string, number>>;
  /** Entries judged on another day than the check's. */
  readonly later?: Readonly<{ entries: readonly number[]; on: string }>;
};

export type PaperSheet = {
  readonly row: number;
  readonly case: string;
  readonly township: string;
  readonly sheet: number;
  /** Day age and residence are judged on, where not the whole check's. */
  readonly on?: string;
  readonly sealed: Uint8Array;
};

export type BarredRoster = {
  readonly case: string;
  readonly electronic: ElectronicRoll | undefined;
  readonly paper: readonly PaperSheet[];
};

export type CheckRequest = {
  readonly check: string;
  readonly case: string;
  readonly of: 'proposers' | 'signers';
  readonly on: string;
  readonly required: number;
  /** The fewest of one reason whose number may be told. */
  readonly least: number;
  readonly electronic: ElectronicRoll | undefined;
  readonly paper: readonly PaperSheet[];
  readonly barred: readonly BarredRoster[];
  readonly letterTo: readonly string[];
};

const CASE = /^([0-9]{4,6}|D[0-9]{5})$/;
const DAY = /^\d{4}-\d\d-\d\d$/;
const MAX_ROWS = 20_000;

class Malformed extends Error {}

const fail = (): never => {
  throw new Malformed('malformed');
};

type Members = Readonly<Record<string, unknown>>;

function members(value: unknown, names: readonly string[], optional: readonly string[] = []): Members {
  if (typeof value !== 'object' || value === null || Array.isArray(value)) return fail();
  const present = Object.keys(value);
  const known = present.every((name) => names.includes(name) || optional.includes(name));
  return known && names.every((name) => present.includes(name)) ? (value as Members) : fail();
}

const matching = (value: unknown, pattern: RegExp): string =>
  typeof value === 'string' && pattern.test(value) ? value : fail();
const whole = (value: unknown, least: number): number =>
  typeof value === 'number' && Number.isSafeInteger(value) && value >= least ? value : fail();
const listOf = <T>(value: unknown, read: (item: unknown) => T): readonly T[] =>
  Array.isArray(value) && value.length <= MAX_ROWS ? value.map(read) : fail();

function roll(value: unknown): ElectronicRoll | undefined {
  if (value === null) return undefined;
  const o = members(value, ['case', 'entries', 'export'], ['later']);
  const entries = o['entries'];
  if (typeof entries !== 'object' || entries === null || Array.isArray(entries)) return fail();
  for (const [commitment, index] of Object.entries(entries)) {
    matching(commitment, /^[A-Za-z0-9_-]{43}$/);
    whole(index, 0);
  }
  return {
    case: matching(o['case'], CASE),
    export: matching(o['export'], /\n$/),
    entries: entries as Readonly<Record<string, number>>,
    ...(o['later'] === undefined ? {} : { later: later(o['later']) }),
  };
}

function later(value: unknown): NonNullable<ElectronicRoll['later']> {
  const o = members(value, ['entries', 'on']);
  return { entries: listOf(o['entries'], (item) => whole(item, 0)), on: matching(o['on'], DAY) };
}

function sheet(value: unknown): PaperSheet {
  const o = members(value, ['case', 'row', 'sealed', 'sheet', 'township'], ['on']);
  return {
    row: whole(o['row'], 1),
    case: matching(o['case'], CASE),
    township: matching(o['township'], /^[0-9]{8}$/),
    sheet: whole(o['sheet'], 1),
    ...(o['on'] === undefined ? {} : { on: matching(o['on'], DAY) }),
    sealed: Buffer.from(matching(o['sealed'], /^[A-Za-z0-9_-]+$/), 'base64url'),
  };
}

function barred(value: unknown): BarredRoster {
  const o = members(value, ['case', 'electronic', 'paper']);
  return {
    case: matching(o['case'], CASE),
    electronic: roll(o['electronic']),
    paper: listOf(o['paper'], sheet),
  };
}

/** The request, or undefined for anything else. */
export function parseCheckRequest(body: string): CheckRequest | undefined {
  try {
    const o = members(JSON.parse(body), [
      'barred',
      'case',
      'check',
      'electronic',
      'least',
      'letterTo',
      'of',
      'on',
      'paper',
      'required',
      'v',
    ]);
    if (o['v'] !== 1 || (o['of'] !== 'proposers' && o['of'] !== 'signers')) return undefined;
    return {
      check: matching(o['check'], /^[0-9a-f]{32}$/),
      case: matching(o['case'], CASE),
      of: o['of'],
      on: matching(o['on'], DAY),
      required: whole(o['required'], 1),
      least: whole(o['least'], 1),
      electronic: roll(o['electronic']),
      paper: listOf(o['paper'], sheet),
      barred: listOf(o['barred'], barred),
      letterTo: listOf(o['letterTo'], (item) => matching(item, /^age1[0-9a-z]{10,4000}$/)),
    };
  } catch {
    return undefined;
  }
}
