import { StatementFault } from '@lianshu/statement';
import { describe, expect, it } from 'vitest';
import { foldDraft } from './draft-facts.ts';
import {
  judgeFiling,
  notCollecting,
  notSignable,
  packOnFiling,
  proposersRequired,
  UNKNOWN_DRAFT,
} from './draft-rules.ts';

const PACK = 'tw.referendum.national@2025-12-03';

describe('how many proposers filing needs', () => {
  it.each([
    ['2026-11-22', 1_955],
    ['2024-01-14', 1_955],
    // The election of 2024-01-13 is not before its own day.
    ['2024-01-13', 1_932],
    ['2020-01-12', 1_932],
    ['2018-06-01', 1_879],
  ])('%s: %d', (day, required) => {
    expect(proposersRequired(PACK, day).required).toBe(required);
  });

  it('is not made up for a day before every election we know', () => {
    expect(() => proposersRequired(PACK, '2003-12-31')).toThrow(RangeError);
  });
});

describe('the law a filed case is bound to', () => {
  it('is of the day of filing, also where the draft was opened under an earlier text', () => {
    const earlier = 'tw.referendum.national@2019-06-21';
    expect(packOnFiling(earlier, '2025-06-01')).toBe(earlier);
    expect(packOnFiling(earlier, '2026-11-22')).toBe(PACK);
    expect(packOnFiling('tw.referendum.local.hsinchu-city', '2026-11-22')).toBe(
      'tw.referendum.local.hsinchu-city',
    );
  });
});

describe('filing', () => {
  const full = { electronic: 1_000, held: 0, paper: 955, hasLead: true, required: 1_955 };

  it('is allowed with exactly enough, the lead proposer among them', () => {
    expect(judgeFiling(full)).toBeUndefined();
    expect(judgeFiling({ ...full, electronic: 0, paper: 1_955 })).toBeUndefined();
  });

  it('one short is refused, with what is missing and what waits', () => {
    const refusal = judgeFiling({ ...full, paper: 954, held: 2 });
    expect(refusal).toMatchObject({ code: 'too-few', citation: '公民投票法 §10 I–II' });
    expect(refusal?.instead['zh-Hant-TW']).toContain('尚差 1 人');
    expect(refusal?.instead['zh-Hant-TW']).toContain('另有 2 件等待身分確認');
    expect(refusal?.instead.en).toContain('cannot be cured');
  });

  it('held ones do not count yet', () => {
    expect(judgeFiling({ ...full, electronic: 999, held: 5 })?.code).toBe('too-few');
  });

  it('without the lead proposer is refused, or while nobody can tell', () => {
    expect(judgeFiling({ ...full, hasLead: false })?.code).toBe('lead-missing');
    expect(judgeFiling({ ...full, hasLead: undefined })?.code).toBe('lead-unknown');
  });

  it('every refusal cites something and says what would be allowed, in both languages', () => {
    const closed = { at: '2026-11-22T09:00:00+08:00' };
    for (const refusal of [
      judgeFiling({ ...full, electronic: 0 }),
      judgeFiling({ ...full, hasLead: false }),
      judgeFiling({ ...full, hasLead: undefined }),
      notCollecting({ ...closed, outcome: 'filed', case: '9904' }),
      notCollecting({ ...closed, outcome: 'expired' }),
      notSignable(new StatementFault('statement-too-long')),
      UNKNOWN_DRAFT,
    ]) {
      expect(refusal?.citation.length).toBeGreaterThan(2);
      expect(refusal?.instead['zh-Hant-TW'].length).toBeGreaterThan(5);
      expect(refusal?.instead.en.length).toBeGreaterThan(10);
    }
  });
});

describe('a draft from its entries', () => {
  const act = (kind: string, body: object, more: object = {}) => ({
    kind,
    at: '2026-11-22T09:00:00+08:00',
    basis: '',
    body,
    ...more,
  });
  const opened = act('proposal-opened', { lastDay: '2027-05-22' }, { index: 3 });
  const paper = (count: number, includesLead: boolean, more: object = {}) =>
    act('paper-proposers', { on: '2026-11-22', count, includesLead }, more);

  it('adds the paper proposers and remembers the lead proposer among them', () => {
    const facts = foldDraft('D00001', [opened, paper(5, false), paper(7, true)]);
    expect(facts).toMatchObject({ paper: 12, isLeadOnPaper: true });
    expect(facts?.closed).toBeUndefined();
  });

  it('lets a replaced entry speak no more', () => {
    const wrong = paper(50, true, { index: 4 });
    expect(foldDraft('D00001', [opened, wrong, paper(5, false, { index: 5, replaces: 4 })])).toMatchObject({
      paper: 5,
      isLeadOnPaper: false,
    });
  });

  it('is nothing before it was opened, and stays what it was opened as', () => {
    expect(foldDraft('D00001', [paper(5, false)])).toBeUndefined();
    const again = act('proposal-opened', { lastDay: '2099-01-01' });
    expect(foldDraft('D00001', [opened, again])?.opened.lastDay).toBe('2027-05-22');
    const closed = act('proposal-closed', { outcome: 'filed', case: '9904' });
    expect(foldDraft('D00001', [opened, closed])?.closed).toMatchObject({ outcome: 'filed', case: '9904' });
  });
});
