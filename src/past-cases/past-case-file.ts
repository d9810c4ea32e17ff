/** 匯入檔: a CSV file of past cases (RFC 4180, UTF-8, one line a case), read strictly. Pure. */
import { judged, type PastCase, turnoutOf } from './past-case.ts';

export const PAST_COLUMNS = [
  'case_no',
  'year',
  'vote_date',
  'title',
  'lead_proposer',
  'yes',
  'no',
  'invalid',
  'electors',
  'turnout_pct',
  'passed',
  'source',
] as const;

type Column = (typeof PAST_COLUMNS)[number];

export type PastFaultCode =
  | 'E_PAST_ENCODING'
  | 'E_PAST_SIZE'
  | 'E_PAST_HEADER'
  | 'E_PAST_QUOTES'
  | 'E_PAST_COLUMNS'
  | 'E_PAST_VALUE'
  | 'E_PAST_YEAR'
  | 'E_PAST_TWICE'
  | 'E_PAST_BALLOTS'
  | 'E_PAST_TURNOUT'
  | 'E_PAST_PACK'
  | 'E_PAST_VERDICT';

/** What is wrong, and in which line; lines are counted from 1, the header's. */
export interface PastFault {
  readonly line: number;
  readonly code: PastFaultCode;
  readonly column?: Column;
}

export type PastFile =
  | Readonly<{ ok: true; cases: readonly PastCase[] }>
  | Readonly<{ ok: false; faults: readonly PastFault[] }>;

const MOST_BYTES = 1_000_000;
const MOST_FAULTS = 50;
/** Hundredths of a percent by which sources round differently. */
const TURNOUT_TOLERANCE = 1;

const COUNT = /^(?:0|[1-9][0-9]{0,8})$/;
/** Words without control characters, direction marks or blanks at the ends. */
const WORDS = /^(?=\S)[^\p{Cc}\p{Cf}\p{Zl}\p{Zp}]{1,120}(?<=\S)$/u;
const SHAPES: Readonly<Record<Column, RegExp>> = {
  case_no: /^[1-9][0-9]{0,2}$/,
  year: /^[12][0-9]{3}$/,
  vote_date: /^[12][0-9]{3}-(?:0[1-9]|1[0-2])-(?:0[1-9]|[12][0-9]|3[01])$/,
  title: WORDS,
  lead_proposer: WORDS,
  yes: COUNT,
  no: COUNT,
  invalid: COUNT,
  electors: /^[1-9][0-9]{0,8}$/,
  turnout_pct: /^(?:0|[1-9][0-9]?|100)\.[0-9]{2}$/,
  passed: /^[YN]$/,
  source: /^https:\/\/[A-Za-z0-9.-]+(?::[0-9]{1,5})?(?:\/[!-~]{0,400})?$/,
};

/** Reads the whole file or nothing: with one fault no case is given. */
export function readPastCases(bytes: Uint8Array): PastFile {
  if (bytes.length > MOST_BYTES) return failed({ line: 1, code: 'E_PAST_SIZE' });
  let text: string;
  try {
    text = new TextDecoder('utf-8', { fatal: true }).decode(bytes);
  } catch {
    return failed({ line: 1, code: 'E_PAST_ENCODING' });
  }
  const [header = '', ...lines] = text.replace(/\r?\n$/, '').split(/\r?\n/);
  if (header !== PAST_COLUMNS.join(',')) return failed({ line: 1, code: 'E_PAST_HEADER' });
  if (lines.length === 0) return failed({ line: 2, code: 'E_PAST_COLUMNS' });
  const faults: PastFault[] = [];
  const cases: PastCase[] = [];
  const lineOf = new Map<number, number>();
  for (const [i, content] of lines.entries()) {
    const line = i + 2;
    const read = readLine(content, line);
    if (!('number' in read)) faults.push(...read);
    else if (lineOf.has(read.number)) faults.push({ line, code: 'E_PAST_TWICE', column: 'case_no' });
    else {
      lineOf.set(read.number, line);
      cases.push(read);
    }
    if (faults.length >= MOST_FAULTS) break;
  }
  return faults.length > 0 ? { ok: false, faults } : { ok: true, cases };
}

const failed = (fault: PastFault): PastFile => ({ ok: false, faults: [fault] });

function readLine(content: string, line: number): PastCase | readonly PastFault[] {
  const values = fieldsOf(content);
  if (values === undefined) return [{ line, code: 'E_PAST_QUOTES' }];
  if (values.length !== PAST_COLUMNS.length) return [{ line, code: 'E_PAST_COLUMNS' }];
  const row = Object.fromEntries(PAST_COLUMNS.map((column, i) => [column, values[i] ?? ''])) as Readonly<
    Record<Column, string>
  >;
  const misshapen = PAST_COLUMNS.filter(
    (column) =>
      !SHAPES[column].test(row[column]) ||
      (column === 'vote_date' && !isDay(row[column])) ||
      (column === 'source' && !URL.canParse(row[column])),
  );
  if (misshapen.length > 0) return misshapen.map((column) => ({ line, code: 'E_PAST_VALUE', column }));
  const one: PastCase = {
    number: Number(row.case_no),
    voteOn: row.vote_date,
    title: row.title,
    leadProposer: row.lead_proposer,
    yes: BigInt(row.yes),
    no: BigInt(row.no),
    invalid: BigInt(row.invalid),
    electors: BigInt(row.electors),
    turnout: Number(row.turnout_pct.replace('.', '')),
    passed: row.passed === 'Y',
    source: row.source,
  };
  const fault = contradictionIn(one, row.year);
  return fault === undefined ? one : [{ line, ...fault }];
}

/** Whether a text of the form of a day is one: there is no 30 February. */
function isDay(text: string): boolean {
  const day = new Date(`${text}T00:00:00Z`);
  return !Number.isNaN(day.getTime()) && day.toISOString().startsWith(text);
}

/** What a line says against itself, or against the law of its day. */
function contradictionIn(one: PastCase, year: string): Omit<PastFault, 'line'> | undefined {
  if (!one.voteOn.startsWith(year)) return { code: 'E_PAST_YEAR', column: 'year' };
  if (one.yes + one.no + one.invalid > one.electors) return { code: 'E_PAST_BALLOTS' };
  if (Math.abs(turnoutOf(one) - one.turnout) > TURNOUT_TOLERANCE)
    return { code: 'E_PAST_TURNOUT', column: 'turnout_pct' };
  const found = judged(one);
  if (found === undefined) return { code: 'E_PAST_PACK', column: 'vote_date' };
  return found.verdict.passed === one.passed ? undefined : { code: 'E_PAST_VERDICT', column: 'passed' };
}

/** The fields of one line; undefined where its quotes are not closed or stand inside a bare field. */
function fieldsOf(line: string): readonly string[] | undefined {
  const fields: string[] = [];
  const FIELD = /(?:"((?:[^"]|"")*)"|([^",]*))(,|$)/y;
  for (let isLast = false; !isLast; ) {
    const found = FIELD.exec(line);
    if (found === null) return undefined;
    fields.push(found[1]?.replaceAll('""', '"') ?? found[2] ?? '');
    isLast = found[3] === '';
  }
  return fields;
}
