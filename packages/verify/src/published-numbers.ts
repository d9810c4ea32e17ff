import { type JsonValue, parseCanonicalJson } from '@lianshu/statement';
import { actOfNumber } from './entry-kinds.ts';
import { exactly, isObject, oneOf, optional, type Shape, text, whole } from './json-shape.ts';
import { type LogSource, LogSourceError } from './log-source.ts';
import { readPageNumber } from './page-number.ts';
import type { Act } from './verdict.ts';

/** Where a number was shown. */
export type NumberSource = 'counts' | 'api' | 'page';

/** Numbers as somebody shows them, and the checkpoint they claim to be of. */
export type ShownNumbers = Readonly<{
  source: NumberSource;
  size: number;
  /** Base64 root of that checkpoint. */
  root: string;
  /** By name: `joint-signature/counted`. */
  numbers: ReadonlyMap<string, number>;
  /** Indexes of the case's acts, where the source lists them. */
  acts?: readonly number[];
}>;

export type ShownCode =
  | 'shown-missing'
  | 'shown-unreachable'
  | 'shown-malformed'
  /** A number that is said, or left, to be none of this record's: what others reported. */
  | 'shown-elsewhere'
  /** No number at all. */
  | 'shown-none';

/** What a source shows of one case, or why there is nothing to compare. */
export type Shown = ShownNumbers | Readonly<{ source: NumberSource; code: ShownCode; detail: string }>;

const MOST_BYTES = 1 << 20;
const ROOT = /^[A-Za-z0-9+/]{43}=$/;
const ACTS = ['joint-signature', 'proposal-signature'] as const;

const tally = exactly({
  counted: whole(Number.MIN_SAFE_INTEGER),
  held: whole(Number.MIN_SAFE_INTEGER),
  settledCounted: whole(0),
  settledRefused: whole(0),
  signed: whole(0),
  voided: whole(0),
});

/** Exactly `counts/<case>.json`. */
const countsFile = (caseNumber: string): Shape =>
  exactly({
    at: text(),
    case: oneOf(caseNumber),
    counts: exactly({ 'joint-signature': optional(tally), 'proposal-signature': optional(tally) }),
    root: text(ROOT),
    size: whole(0),
    v: oneOf(1),
  });

const malformed = (source: NumberSource, detail: string): Shown => ({
  source,
  code: 'shown-malformed',
  detail,
});

const member = (value: JsonValue | undefined, name: string): JsonValue | undefined =>
  isObject(value) && Object.hasOwn(value, name) ? value[name] : undefined;

const asNumber = (value: JsonValue | undefined): number | undefined =>
  typeof value === 'number' && Number.isSafeInteger(value) ? value : undefined;

function readCounts(bytes: Uint8Array, caseNumber: string): Shown {
  const parsed = parseCanonicalJson(bytes);
  if (!parsed.ok) return malformed('counts', parsed.code);
  const fault = countsFile(caseNumber)(parsed.value);
  if (fault !== undefined) return malformed('counts', fault);
  const counts = member(parsed.value, 'counts');
  const numbers = new Map<string, number>();
  for (const act of ACTS) {
    const of = member(counts, act);
    if (isObject(of))
      for (const [name, value] of Object.entries(of)) numbers.set(`${act}/${name}`, Number(value));
  }
  const size = Number(member(parsed.value, 'size'));
  return { source: 'counts', size, root: String(member(parsed.value, 'root')), numbers };
}

function parseLoosely(bytes: Uint8Array): JsonValue | undefined {
  try {
    return JSON.parse(new TextDecoder('utf-8', { fatal: true }).decode(bytes)) as JsonValue;
  } catch {
    return undefined;
  }
}

function readApi(bytes: Uint8Array, act: Act): Shown {
  const document = parseLoosely(bytes);
  const count = member(document, 'count');
  const origin = member(count, 'origin');
  if (origin === 'press') {
    const reported = asNumber(member(count, 'reported'));
    return { source: 'api', code: 'shown-elsewhere', detail: `press ${reported ?? '?'}` };
  }
  if (origin === 'none' && isObject(count)) {
    const claimed = Object.keys(count).filter((name) => name !== 'origin' && name !== 'threshold');
    return claimed.length === 0
      ? { source: 'api', code: 'shown-none', detail: 'none' }
      : { source: 'api', code: 'shown-elsewhere', detail: 'none' };
  }
  const checkpoint = member(count, 'checkpoint');
  const [size, root] = [asNumber(member(checkpoint, 'size')), member(checkpoint, 'root')];
  const [electronic, excluded] = [asNumber(member(count, 'electronic')), asNumber(member(count, 'excluded'))];
  if (size === undefined || typeof root !== 'string' || !ROOT.test(root))
    return malformed('api', '/count/checkpoint');
  if (electronic === undefined || excluded === undefined) return malformed('api', '/count');
  const listed = member(document, 'acts');
  const acts = Array.isArray(listed) ? listed.map((act: JsonValue) => asNumber(member(act, 'index'))) : [];
  const numbers = new Map([
    [`${act}/counted`, electronic - excluded],
    [`${act}/voided`, excluded],
  ]);
  return { source: 'api', size, root, numbers, acts: acts.filter((index) => index !== undefined) };
}

function readPage(bytes: Uint8Array, caseNumber: string): Shown {
  const page = readPageNumber(bytes, caseNumber);
  switch (page.is) {
    case 'none':
      return { source: 'page', code: 'shown-none', detail: 'no data-count' };
    case 'unmarked':
      return { source: 'page', code: 'shown-elsewhere', detail: page.shown };
    case 'malformed':
      return malformed('page', page.why);
    case 'marked': {
      const numbers = new Map([[`${actOfNumber(caseNumber)}/shown`, page.shown]]);
      return { source: 'page', size: page.size, root: page.root, numbers };
    }
  }
}

async function shown(
  site: LogSource,
  source: NumberSource,
  path: string,
  read: (bytes: Uint8Array) => Shown,
): Promise<Shown> {
  try {
    return read(await site.read(path, MOST_BYTES));
  } catch (error) {
    if (!(error instanceof LogSourceError)) throw error;
    const code = error.code === 'log-not-found' ? 'shown-missing' : 'shown-unreachable';
    return { source, code, detail: error.message };
  }
}

/** What the log's own counts file shows of a case. Never throws. */
export const shownByLog = (log: LogSource, caseNumber: string): Promise<Shown> =>
  shown(log, 'counts', `counts/${caseNumber}.json`, (bytes) => readCounts(bytes, caseNumber));

/** What the API and the case's or draft's page of a site show. Never throws. */
export const shownBySite = (site: LogSource, caseNumber: string): Promise<readonly Shown[]> => {
  const act = actOfNumber(caseNumber);
  const path = `${act === 'proposal-signature' ? 'drafts' : 'initiatives'}/${caseNumber}`;
  return Promise.all([
    shown(site, 'api', `v1/${path}`, (bytes) => readApi(bytes, act)),
    shown(site, 'page', path, (bytes) => readPage(bytes, caseNumber)),
  ]);
};
