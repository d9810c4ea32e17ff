import { describe, expect, it, test } from 'vitest';
import { courseOf, rulePack } from '../law/index.ts';
import type { RecordedAct } from './initiative-facts.ts';
import { figureRefusal, proposersOf, takenNumber } from './judge-figures.ts';

const PACK = 'tw.referendum.national@2025-12-03';
const course = courseOf(rulePack(PACK), [], '2026-12-31');
const act = (kind: string, body: object, index?: number, replaces?: number): RecordedAct => ({
  kind,
  at: '2026-12-10T12:00:00+08:00',
  basis: '',
  body,
  index,
  replaces,
});
const filed = act('initiative-filed', { on: '2026-02-10', rulePack: PACK }, 1);
const opened = act('opened', { threshold: 293_228, electors: 19_548_531 }, 2);
const judge = (kind: string, body: object, acts = [filed, opened]) =>
  figureRefusal(act(kind, body), acts, course);

describe('the number required', () => {
  test.each([
    ['raw-count', {}, 293_228, '公民投票法 §12 I'],
    ['check-result', { of: 'signers' }, 293_228, '公民投票法 §12 I'],
    ['check-result', { of: 'proposers' }, 1_955, '公民投票法 §10 I'],
  ])('%s %j: %i and no other', (kind, body, needed, citation) => {
    expect(judge(kind, { ...body, required: needed })).toBeUndefined();
    for (const required of [needed - 1, needed + 1, 1]) {
      const refused = judge(kind, { ...body, required });
      expect(refused).toMatchObject({ code: 'wrong-figure', citation });
      expect(refused?.instead.en).toContain(String(needed));
    }
  });

  it('is computed from the day of filing where signing was never opened here', () => {
    expect(judge('raw-count', { required: 293_228 }, [filed])).toBeUndefined();
    expect(judge('raw-count', { required: 289_667 }, [filed])?.code).toBe('wrong-figure');
    const earlier = act('initiative-filed', { on: '2023-12-31', rulePack: PACK }, 1);
    expect(judge('raw-count', { required: 289_667 }, [earlier])).toBeUndefined();
  });
});

describe('the number of proposers', () => {
  const proposal = { draft: 'D00007', electronic: 1_950, paper: 12 };
  const filedWith = (more: object) => act('initiative-filed', { rulePack: PACK, ...more }, 1);
  const checked = (valid: number, index: number, replaces?: number) =>
    act('check-result', { of: 'proposers', valid }, index, replaces);

  it('is what the proposal was filed with, and what was found valid once it was checked', () => {
    expect(proposersOf([filedWith({ proposal })])).toBe(1_962);
    expect(proposersOf([filedWith({ onPaper: { textDigest: '', proposers: 1_980 } })])).toBe(1_980);
    expect(proposersOf([filedWith({ proposal }), checked(1_957, 2)])).toBe(1_957);
    expect(proposersOf([filedWith({ proposal }), checked(1_957, 2), checked(1_958, 3, 2)])).toBe(1_958);
    expect(proposersOf([filedWith({})])).toBeUndefined();
  });

  it('of a withdrawal is no other', () => {
    const acts = [filedWith({ proposal })];
    expect(judge('withdrawal', { agreeing: 981, proposers: 1_962 }, acts)).toBeUndefined();
    const refused = judge('withdrawal', { agreeing: 981, proposers: 1_000 }, acts);
    expect(refused).toMatchObject({ code: 'wrong-figure', citation: '公民投票法 §11' });
    expect(refused?.instead.en).toContain('1962');
  });
});

describe('the result of a vote', () => {
  const vote = (yes: number, no: number, passed: boolean) =>
    judge('vote', { step: 'result', yes, no, invalid: 10, electors: 20_002_091, passed });

  it('passed is what §29 makes of the figures, at the edge of a quarter', () => {
    expect(vote(5_000_523, 5_000_522, true)).toBeUndefined();
    expect(vote(5_000_522, 1, false)).toBeUndefined();
    expect(vote(5_000_523, 5_000_523, false)).toBeUndefined();
    expect(vote(5_000_522, 1, true)).toMatchObject({ code: 'wrong-figure', citation: '公民投票法 §29' });
    expect(vote(5_000_522, 1, true)?.instead.en).toContain('5000523');
    expect(vote(5_000_523, 1, false)?.code).toBe('wrong-figure');
  });

  it('cannot count more votes than there are voters', () => {
    expect(vote(15_000_000, 6_000_000, true)?.instead.en).toContain('21000010');
  });
});

describe('the number of a case', () => {
  const established = (number: number, index?: number, replaces?: number) =>
    act('decision', { decides: 'established', number }, index, replaces);

  it('is given once; the refusal says which is next', () => {
    expect(takenNumber(established(23), [established(22, 5)])).toBeUndefined();
    const refused = takenNumber(established(22), [established(22, 5), established(25, 9)]);
    expect(refused).toMatchObject({ code: 'wrong-figure', citation: '公民投票法 §13 III' });
    expect(refused?.instead.en).toContain('26');
  });

  it('comes back when its decision was retracted, and stays when it is mended', () => {
    expect(takenNumber(established(22), [established(22, 5), act('retraction', {}, 6, 5)])).toBeUndefined();
    expect(takenNumber(established(22, undefined, 5), [established(22, 5)])).toBeUndefined();
    expect(takenNumber(established(22, undefined, 5), [established(21, 5), established(22, 6)])?.code).toBe(
      'wrong-figure',
    );
  });
});
