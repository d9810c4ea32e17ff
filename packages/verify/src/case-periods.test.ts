import { canonicalJson, type JsonValue } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { coursesOf } from './case-course.ts';
import { monthsLater } from './legal-terms.ts';
import { readEntry } from './read-entry.ts';
import { RecordFold } from './record-fold.ts';
import { PERIOD_SPECIMENS } from './sample-periods.ts';

function fold(entries: readonly JsonValue[]): RecordFold {
  const folded = new RecordFold();
  for (const entry of entries) {
    const read = readEntry(canonicalJson(entry));
    if ('code' in read) throw new Error(`${read.code} ${read.at}`);
    folded.take(read);
  }
  return folded;
}

describe('periods of signing', () => {
  it.each(PERIOD_SPECIMENS)('%s', (_, entries, expected) => {
    expect(fold(entries).anomalies.map(({ code, entry }) => [code, entry])).toEqual(expected);
  });

  it('are watched to the end that the law gave them, whatever a later entry says', () => {
    const endOf = (name: string) => {
      const [, entries = []] = PERIOD_SPECIMENS.find(([one]) => one === name) ?? [];
      return coursesOf(fold(entries)).find(({ caseNumber }) => caseNumber === '9901')?.endMs;
    };
    const end = Date.parse('2026-11-21T00:00:00+08:00');
    expect(endOf('a case opened for six months')).toBe(end);
    expect(endOf('a period stretched in the place of the former')).toBe(end);
    expect(endOf('a lower threshold in a correction')).toBe(end);
    expect(endOf('a corrected day')).toBe(Date.parse('2026-12-02T00:00:00+08:00'));
    expect(endOf('one told before the closure moved it')).toBe(Date.parse('2026-11-24T00:00:00+08:00'));
  });

  it('of days that no calendar has, or that leave it, end never', () => {
    expect(['9999-12-31', '9999-08-01', '2026-02-30x'].map((day) => monthsLater(day, 6))).toEqual([
      '',
      '',
      '',
    ]);
  });
});
