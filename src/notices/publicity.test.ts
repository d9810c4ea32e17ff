import { describe, expect, it } from 'vitest';
import { courseOf, type LegalEvent, rulePack } from '../law/index.ts';
import { dutyRows } from './duties.ts';
import { publicityItems, TEMPLATES, templateInWords } from './publicity.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const subject = { 'zh-Hant-TW': '案由', en: 'Subject' };
const COLLECTED: readonly LegalEvent[] = [
  { kind: 'entered-before-collection', on: '2026-08-30' },
  { kind: 'collected', on: '2026-08-30', mode: 'code' },
];
const period = { firstDay: '2026-08-31', lastDay: '2027-02-28', threshold: 293_228 };
const items = (events: readonly LegalEvent[], today: string, of: typeof period = period) =>
  publicityItems([{ caseNumber: '9901', subject, course: courseOf(PACK, events, today), period: of }]).map(
    ({ event, on }) => `${event} ${on}`,
  );

describe('automatic notices', () => {
  it('come on the first day, 30, 7 and 1 days before the last, the day after it, and with the outcome', () => {
    expect(items(COLLECTED, '2027-03-10')).toEqual([
      'outcome 2027-03-01',
      'closed 2027-03-01',
      'left-1 2027-02-27',
      'left-7 2027-02-21',
      'left-30 2027-01-29',
      'opened 2026-08-31',
    ]);
  });

  it('never before their day', () => {
    expect(items(COLLECTED, '2027-02-20')).toEqual(['left-30 2027-01-29', 'opened 2026-08-31']);
    expect(items(COLLECTED, '2026-08-30')).toEqual([]);
  });

  it('count over a leap day', () => {
    const leap = { firstDay: '2027-09-01', lastDay: '2028-02-29', threshold: 1 };
    const events: readonly LegalEvent[] = [
      { kind: 'entered-before-collection', on: '2027-08-31' },
      { kind: 'collected', on: '2027-08-31', mode: 'code' },
    ];
    expect(items(events, '2028-02-29', leap)).toEqual([
      'left-1 2028-02-28',
      'left-7 2028-02-22',
      'left-30 2028-01-30',
      'opened 2027-09-01',
    ]);
  });

  it('stop where signing stopped', () => {
    const stopped: readonly LegalEvent[] = [...COLLECTED, { kind: 'stopped', on: '2027-02-25' }];
    expect(items(stopped, '2027-03-10')).toEqual([
      'outcome 2027-02-25',
      'closed 2027-02-25',
      'left-7 2027-02-21',
      'left-30 2027-01-29',
      'opened 2026-08-31',
    ]);
  });

  it('list cases of one day by number', () => {
    const course = courseOf(PACK, COLLECTED, '2026-09-01');
    const cases = ['9902', '9901'].map((caseNumber) => ({ caseNumber, subject, course, period }));
    expect(publicityItems(cases).map(({ caseNumber }) => caseNumber)).toEqual(['9901', '9902']);
  });
});

describe('what authorities owe', () => {
  const filed = (on: string, more: readonly LegalEvent[] = []): readonly LegalEvent[] => [
    { kind: 'filed', on },
    { kind: 'accepted', on },
    ...more,
  ];
  const rows = (events: readonly LegalEvent[], today: string, closed: readonly string[] = []) =>
    dutyRows([{ caseNumber: '9901', subject, course: courseOf(PACK, events, today, closed) }]).map(
      ({ state, due, days }) => [state, due, days],
    );

  it('is running, overdue, met in time or met late', () => {
    expect(rows(filed('2026-02-10'), '2026-04-11')).toEqual([['open', '2026-04-11', 0]]);
    expect(rows(filed('2026-02-10'), '2026-04-12')).toEqual([['overdue', '2026-04-11', -1]]);
    const found = (on: string) => filed('2026-02-10', [{ kind: 'found-conforming', on }]);
    expect(rows(found('2026-04-11'), '2026-05-01')[0]?.[0]).toBe('met');
    expect(rows(found('2026-04-13'), '2026-05-01')[0]?.[0]).toBe('late');
  });

  it('is extended by a closure on its last day, and by no other', () => {
    expect(rows(filed('2026-02-09'), '2026-04-10', ['2026-04-10'])).toEqual([['extended', '2026-04-13', 3]]);
    expect(rows(filed('2026-02-09'), '2026-04-10', ['2026-04-09'])).toEqual([['open', '2026-04-10', 0]]);
  });

  it('leaves out what the lead proposer owes', () => {
    expect(
      dutyRows([{ caseNumber: '9901', subject, course: courseOf(PACK, COLLECTED, '2026-09-01') }]),
    ).toEqual([]);
  });

  it('puts what is overdue first', () => {
    const of = (caseNumber: string, on: string) => ({
      caseNumber,
      subject,
      course: courseOf(PACK, filed(on), '2026-04-12'),
    });
    expect(dutyRows([of('9901', '2026-03-01'), of('9902', '2026-02-10')]).map(({ state }) => state)).toEqual([
      'overdue',
      'open',
    ]);
  });
});

it('shows templates in words: no blank is left under the name that the code has for it', () => {
  for (const { title, text } of Object.values(TEMPLATES))
    for (const language of ['zh-Hant-TW', 'en'] as const)
      for (const template of [title[language], text[language]])
        expect(templateInWords(template, language)).not.toMatch(/[{}]|[a-z][A-Z]/);
});
