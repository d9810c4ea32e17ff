import { existsSync, readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { barOfVote, judged } from './past-case.ts';
import { PAST_COLUMNS, readPastCases } from './past-case-file.ts';

const HEADER = PAST_COLUMNS.join(',');
const LINE = '901,2018,2018-11-24,"甲案（測試）",某人,300,100,10,1000,41.00,Y,https://source.invalid/a';
const bytes = (text: string): Uint8Array => new TextEncoder().encode(text);
const read = (...lines: string[]) => readPastCases(bytes([HEADER, ...lines, ''].join('\n')));
const changed = (index: number, value: string): string =>
  LINE.split(',')
    .map((field, i) => (i === index ? value : field))
    .join(',');

const file = new URL('../../../shared/data/referendum-cases.csv', import.meta.url);
const hasFile = existsSync(file);
if (!hasFile) {
  if (process.env['CI']) throw new Error('referendum-cases.csv is missing');
  console.warn('SKIPPED: the historic cases are not beside this checkout (../shared/data)');
}

describe('a file of past cases', () => {
  it('is read field by field', () => {
    expect(read(LINE)).toEqual({
      ok: true,
      cases: [
        {
          number: 901,
          voteOn: '2018-11-24',
          title: '甲案（測試）',
          leadProposer: '某人',
          yes: 300n,
          no: 100n,
          invalid: 10n,
          electors: 1000n,
          turnout: 4100,
          passed: true,
          source: 'https://source.invalid/a',
        },
      ],
    });
  });

  it('may quote, double quotes inside, end lines as Windows does and begin with a byte order mark', () => {
    const quoted = read(changed(3, '"甲""乙"", 丙"'));
    expect(quoted.ok && quoted.cases[0]?.title).toBe('甲"乙", 丙');
    const windows = readPastCases(bytes(`\uFEFF${HEADER}\r\n${LINE}\r\n`));
    expect(windows.ok).toBe(true);
  });

  it.each([
    ['E_PAST_VALUE', 'case_no', changed(0, '0')],
    ['E_PAST_VALUE', 'case_no', changed(0, '9001')],
    ['E_PAST_VALUE', 'vote_date', changed(2, '2018-02-30')],
    ['E_PAST_VALUE', 'vote_date', changed(2, '2018-13-01')],
    ['E_PAST_VALUE', 'title', changed(3, '')],
    ['E_PAST_VALUE', 'title', changed(3, ' 甲')],
    ['E_PAST_VALUE', 'title', changed(3, '甲\u202e乙')],
    ['E_PAST_VALUE', 'yes', changed(5, '-1')],
    ['E_PAST_VALUE', 'no', changed(6, '01')],
    ['E_PAST_VALUE', 'invalid', changed(7, '1e2')],
    ['E_PAST_VALUE', 'electors', changed(8, '0')],
    ['E_PAST_VALUE', 'turnout_pct', changed(9, '41')],
    ['E_PAST_VALUE', 'passed', changed(10, 'yes')],
    ['E_PAST_VALUE', 'source', changed(11, 'http://source.invalid/a')],
    ['E_PAST_VALUE', 'source', changed(11, 'javascript:alert(1)')],
    ['E_PAST_VALUE', 'source', changed(11, 'https://source.invalid:99999/')],
    ['E_PAST_VALUE', 'source', changed(11, 'https://256.256.256.256/')],
    ['E_PAST_YEAR', 'year', changed(1, '2019')],
    ['E_PAST_BALLOTS', undefined, changed(7, '900')],
    ['E_PAST_TURNOUT', 'turnout_pct', changed(9, '41.02')],
    [
      'E_PAST_PACK',
      'vote_date',
      '901,2001,2001-11-24,甲,某人,300,100,10,1000,41.00,Y,https://source.invalid/a',
    ],
    ['E_PAST_VERDICT', 'passed', changed(10, 'N')],
    ['E_PAST_QUOTES', undefined, changed(3, '"甲')],
    ['E_PAST_QUOTES', undefined, changed(3, '甲"乙"')],
    ['E_PAST_COLUMNS', undefined, `${LINE},`],
    ['E_PAST_COLUMNS', undefined, ''],
  ])('is refused with %s of %s, with its line', (code, column, line) => {
    const result = read(LINE.replace('901', '900'), line);
    const fault = column === undefined ? { line: 3, code } : { line: 3, code, column };
    expect(result).toEqual({ ok: false, faults: [fault] });
  });

  it('is refused as a whole: all faults are told, and no case is given', () => {
    const result = read(LINE, LINE, changed(5, 'x'));
    expect(result).toEqual({
      ok: false,
      faults: [
        { line: 3, code: 'E_PAST_TWICE', column: 'case_no' },
        { line: 4, code: 'E_PAST_VALUE', column: 'yes' },
      ],
    });
  });

  it.each([
    ['E_PAST_HEADER', bytes(`${HEADER},more\n${LINE}\n`)],
    ['E_PAST_HEADER', bytes('')],
    ['E_PAST_COLUMNS', bytes(`${HEADER}\n`)],
    ['E_PAST_ENCODING', new Uint8Array([0xff, 0xfe, 0x41])],
    ['E_PAST_SIZE', new Uint8Array(1_000_001)],
  ])('that is none is refused with %s', (code, content) => {
    const result = readPastCases(content);
    expect(result.ok ? [] : result.faults.map((fault) => fault.code)).toEqual([code]);
  });

  it('of hostile length is read in a moment', () => {
    const many = `${'"'.repeat(900_000)}`;
    expect(readPastCases(bytes(`${HEADER}\n${many}\n`)).ok).toBe(false);
    expect(readPastCases(bytes(`${HEADER}\n${',\n'.repeat(400_000)}`))).toMatchObject({ ok: false });
  });
});

describe('a past case', () => {
  const vote = { voteOn: '2025-08-23', yes: 300n, no: 100n, invalid: 0n, electors: 1000n };

  it('bars the same matter for two years from the announced result, at the latest', () => {
    expect(barOfVote(vote)).toMatchObject({ until: '2027-08-30', citation: expect.stringContaining('§32') });
    expect(barOfVote({ voteOn: '2008-03-22' }), 'the rule of that day is not known').toBeUndefined();
  });

  it('is judged under the rule of its day', () => {
    expect(judged(vote)?.verdict).toMatchObject({ passed: true, needed: 250n, had: 300n });
    expect(judged({ ...vote, voteOn: '2008-03-22' })?.verdict).toMatchObject({ passed: false, needed: 500n });
    expect(judged({ ...vote, voteOn: '2001-03-22' })).toBeUndefined();
  });

  it.skipIf(!hasFile)('of cases 1 to 21 is read, with every result as the law of its day gives it', () => {
    const result = readPastCases(readFileSync(file));
    expect(result.ok ? [] : result.faults).toEqual([]);
    expect(result.ok && result.cases.map(({ number }) => number)).toEqual(
      Array.from({ length: 21 }, (_, i) => i + 1),
    );
  });
});
