import { describe, expect, it, test } from 'vitest';
import { ACT_RULES } from './act-rules.ts';
import { allowedActs, courseOf } from './course.ts';
import type { LegalEvent, LegalEventKind } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');
const OLD = rulePack('tw.referendum.national@2019-06-21');

/** A case up to the given act, all in time. */
const LIFE: readonly LegalEvent[] = [
  { kind: 'filed', on: '2026-02-10' },
  { kind: 'accepted', on: '2026-02-12' },
  { kind: 'hearing-notified', on: '2026-02-20' },
  { kind: 'hearing-held', on: '2026-03-05' },
  { kind: 'correction-ordered', on: '2026-03-20', grounds: ['wording'] },
  { kind: 'corrected', on: '2026-04-19' },
  { kind: 'found-conforming', on: '2026-05-20' },
  { kind: 'opinion-requested', on: '2026-05-21', agency: '教育部' },
  { kind: 'proposers-sent', on: '2026-05-21' },
  { kind: 'proposers-checked', on: '2026-06-01', valid: 1_960, required: 1_955 },
  { kind: 'opinion-received', on: '2026-06-20', agency: '教育部' },
  { kind: 'notified-to-collect', on: '2026-06-22' },
  { kind: 'collected', on: '2026-06-30', mode: 'code' },
  { kind: 'url-obtained', on: '2026-07-01' },
  { kind: 'roster-filed', on: '2026-12-28' },
  { kind: 'raw-counted', on: '2026-12-29', count: 300_000, required: 293_228, isBound: true },
  { kind: 'signers-sent', on: '2026-12-30' },
  { kind: 'signers-checked', on: '2027-02-20', valid: 295_000, required: 293_228 },
  { kind: 'established', on: '2027-02-26' },
  { kind: 'vote-announced', on: '2027-03-01', vote: '2027-07-03' },
  { kind: 'vote-held', on: '2027-07-03' },
  { kind: 'result-announced', on: '2027-07-09', passed: true },
];

const upTo = (kind: LegalEventKind): readonly LegalEvent[] =>
  LIFE.slice(0, LIFE.findIndex((event) => event.kind === kind) + 1);
const following = (kind: LegalEventKind, ...more: readonly LegalEvent[]) => [...upTo(kind), ...more];
const on = (events: readonly LegalEvent[], today: string, pack = PACK) => courseOf(pack, events, today);
const firstRefusal = (events: readonly LegalEvent[], today = '2030-01-01') =>
  on(events, today).refused[0]?.refusal;

describe('a whole life', () => {
  it('walks from filing to the result with nothing refused and every duty met', () => {
    const course = on(LIFE, '2027-07-10');
    expect(course.refused).toEqual([]);
    expect(course.outcome).toMatchObject({ value: 'voted', on: '2027-07-09' });
    expect(course.duties.map(({ id, status }) => [id, status])).toEqual([
      ['review', 'met'],
      ['correct', 'met'],
      ['review', 'met'],
      ['give-opinion', 'met'],
      ['check-proposers', 'met'],
      ['collect', 'met'],
      ['file-roster', 'met'],
      ['check-signers', 'met'],
      ['announce-established', 'met'],
      ['announce-vote', 'met'],
      ['announce-result', 'met'],
    ]);
    expect(course.bars).toEqual([expect.objectContaining({ from: '2027-07-09', until: '2029-07-09' })]);
  });

  test.each([
    ['review', 'filed', '2026-04-11'],
    ['correct', 'correction-ordered', '2026-04-19'],
    ['give-opinion', 'opinion-requested', '2026-07-05'],
    ['check-proposers', 'proposers-sent', '2026-06-05'],
    ['collect', 'notified-to-collect', '2026-07-02'],
    ['file-roster', 'collected', '2026-12-31'],
    ['check-signers', 'signers-sent', '2027-02-28'],
    ['announce-established', 'signers-checked', '2027-03-02'],
    ['announce-vote', 'established', '2027-05-27'],
    ['announce-result', 'vote-held', '2027-07-10'],
  ] as const)('%s is owed from %s until %s', (id, kind, due) => {
    const course = on(upTo(kind), upTo(kind).at(-1)?.on ?? due);
    expect(course.duties.findLast((duty) => duty.id === id)?.due).toBe(due);
  });

  it('signing begins on the day after the collection and waits for the signing address', () => {
    expect(on(upTo('collected'), '2026-06-30').signing).toEqual({
      firstDay: '2026-07-01',
      lastDay: '2026-12-31',
      hasUrl: false,
    });
    expect(on(upTo('url-obtained'), '2026-07-01').signing?.hasUrl).toBe(true);
  });

  it('the other mode may be added later; the earliest collection keeps fixing the period', () => {
    const course = on(
      following('url-obtained', { kind: 'collected', on: '2026-09-01', mode: 'paper' }),
      '2026-09-02',
    );
    expect(course.refused).toEqual([]);
    expect(course.signing?.lastDay).toBe('2026-12-31');
  });
});

describe('real cases', () => {
  const real = (collected: string): readonly LegalEvent[] => [
    ...upTo('notified-to-collect').map((event) => ({ ...event, on: collected })),
    { kind: 'collected', on: collected, mode: 'both' },
    { kind: 'url-obtained', on: collected },
  ];

  it('9001: code on 2025-07-31, end 2026-01-31, deemed abandoned, its proposers barred for two years', () => {
    const events = real('2025-07-31');
    expect(on(events, '2026-01-31', OLD)).toMatchObject({ stage: 'signing', outcome: undefined });
    const ended = on(events, '2026-02-01', OLD);
    expect(ended.refused).toEqual([]);
    expect(ended.outcome).toEqual({
      value: 'deemed-abandoned',
      on: '2026-02-01',
      citation: '公民投票法 §12 II、IV；電子連署及查對作業辦法 §6',
      by: 'lapse',
      at: 'signing',
    });
    expect(ended.bars).toEqual([
      {
        bar: expect.objectContaining({ whom: 'the-original-proposers', citation: '公民投票法 §12 IV' }),
        from: '2026-02-01',
        until: '2028-02-01',
      },
    ]);
  });

  it('9002–9004: code on 2025-09-30, end 2026-03-31', () => {
    expect(on(real('2025-09-30'), '2025-10-01', OLD).signing).toMatchObject({
      firstDay: '2025-10-01',
      lastDay: '2026-03-31',
    });
  });

  it('21: delivered by the legislature, skips §§9–13', () => {
    const events: readonly LegalEvent[] = [
      { kind: 'delivered', on: '2025-05-20', route: 'legislature' },
      { kind: 'vote-announced', on: '2025-05-23', vote: '2025-08-23' },
      { kind: 'vote-held', on: '2025-08-23' },
      { kind: 'result-announced', on: '2025-08-29', passed: false },
    ];
    expect(on(events, '2025-09-01', OLD)).toMatchObject({ refused: [], stage: 'ended' });
    expect(
      firstRefusal([
        { kind: 'delivered', on: '2025-05-20', route: 'legislature' },
        { kind: 'filed', on: '2025-05-21' },
      ])?.code,
    ).toBe('out-of-order');
  });

  it('a pack that does not know a term leaves it open and says so', () => {
    const course = on(upTo('filed'), '2019-01-01', rulePack('tw.referendum.national@2018-01-03'));
    expect(course.duties).toEqual([]);
    const later = courseOf(rulePack('tw.referendum.national@2018-01-03'), upTo('filed'), '2026-12-01');
    expect(later.duties[0]).toMatchObject({ due: undefined, termStatus: 'unconfirmed', status: 'open' });
  });
});

describe('ends', () => {
  const end = (events: readonly LegalEvent[], today: string) => on(events, today).outcome;

  it('not collected within ten days: deemed abandoned, by lapse', () => {
    expect(end(upTo('notified-to-collect'), '2026-07-02')).toBeUndefined();
    expect(end(upTo('notified-to-collect'), '2026-07-03')).toMatchObject({
      value: 'deemed-abandoned',
      citation: '公民投票法 §10 IX、§12 IV',
      by: 'lapse',
    });
  });

  it('filed short: inadmissible, no cure, no bar', () => {
    const course = on(
      following('roster-filed', {
        kind: 'raw-counted',
        on: '2026-12-29',
        count: 293_227,
        required: 293_228,
        isBound: true,
      }),
      '2027-01-01',
    );
    expect(course.outcome).toMatchObject({ value: 'inadmissible', by: 'decision' });
    expect(course.bars).toEqual([]);
  });

  it('short after the check: one supplement, then not established', () => {
    const short: readonly LegalEvent[] = [
      ...upTo('signers-sent'),
      { kind: 'signers-checked', on: '2027-02-20', valid: 290_000, required: 293_228 },
      { kind: 'supplement-ordered', on: '2027-02-22' },
    ];
    expect(on(short, '2027-02-23').duties.at(-1)).toMatchObject({
      id: 'supplement-signers',
      due: '2027-03-24',
    });
    const late: LegalEvent = { kind: 'supplement-filed', on: '2027-03-25' };
    expect(firstRefusal([...short, late])?.code).toBe('too-late');
    expect(end([...short, { kind: 'not-established', on: '2027-03-25' }], '2027-03-26')?.value).toBe(
      'not-established',
    );
    expect(firstRefusal([...short, { kind: 'not-established', on: '2027-03-24' }])?.code).toBe('too-early');

    const again: readonly LegalEvent[] = [
      ...short,
      { kind: 'supplement-filed', on: '2027-03-24' },
      { kind: 'signers-sent', on: '2027-03-25' },
    ];
    expect(on(again, '2027-03-25').duties.at(-1)).toMatchObject({
      term: 'supplementCheckDays',
      termStatus: 'project-default',
    });
    const stillShort: LegalEvent = {
      kind: 'signers-checked',
      on: '2027-05-01',
      valid: 293_227,
      required: 293_228,
    };
    expect(firstRefusal([...again, stillShort, { kind: 'supplement-ordered', on: '2027-05-02' }])?.code).toBe(
      'only-once',
    );
    expect(
      end([...again, stillShort, { kind: 'not-established', on: '2027-05-02' }], '2027-05-03')?.value,
    ).toBe('not-established');
    expect(on([...again, { ...stillShort, valid: 293_228 }], '2027-05-02').stage).toBe('establishing');
  });

  it('rejected: correction late, or still defective, or proposers short twice', () => {
    const ordered = upTo('correction-ordered');
    expect(firstRefusal([...ordered, { kind: 'rejected', on: '2026-04-19' }])?.code).toBe('too-early');
    expect(firstRefusal([...ordered, { kind: 'corrected', on: '2026-04-20' }])?.code).toBe('too-late');
    expect(end([...ordered, { kind: 'rejected', on: '2026-04-20' }], '2026-04-21')?.value).toBe('rejected');
    expect(end(following('corrected', { kind: 'rejected', on: '2026-05-01' }), '2026-05-02')?.value).toBe(
      'rejected',
    );
    expect(firstRefusal([...upTo('accepted'), { kind: 'rejected', on: '2026-03-01' }])?.code).toBe(
      'too-early',
    );

    const short: readonly LegalEvent[] = [
      ...upTo('proposers-sent'),
      { kind: 'proposers-checked', on: '2026-06-01', valid: 1_900, required: 1_955 },
      { kind: 'proposer-supplement-ordered', on: '2026-06-02' },
      { kind: 'proposer-supplement-filed', on: '2026-06-30' },
      { kind: 'proposers-sent', on: '2026-07-01' },
      { kind: 'proposers-checked', on: '2026-07-10', valid: 1_950, required: 1_955 },
    ];
    expect(firstRefusal([...short, { kind: 'proposer-supplement-ordered', on: '2026-07-11' }])?.code).toBe(
      'only-once',
    );
    expect(end([...short, { kind: 'rejected', on: '2026-07-11' }], '2026-07-12')?.value).toBe('rejected');
  });

  it('withdrawn only before the notice to collect, with half of the proposers', () => {
    const withdraw = (agreeing: number, day = '2026-06-21'): LegalEvent => ({
      kind: 'withdrawn',
      on: day,
      agreeing,
      proposers: 1_961,
    });
    expect(firstRefusal(following('opinion-received', withdraw(980)))?.code).toBe('not-enough-agree');
    expect(end(following('opinion-received', withdraw(981)), '2026-06-22')?.value).toBe('withdrawn');
    expect(firstRefusal(following('notified-to-collect', withdraw(1_961, '2026-06-23')))).toMatchObject({
      code: 'out-of-order',
      citation: '公民投票法 §11',
    });
  });

  it('stopped by the legislature before the announcement of the vote, never after', () => {
    const stop = (day: string): LegalEvent => ({ kind: 'stopped', on: day });
    expect(end(following('url-obtained', stop('2026-08-01')), '2026-08-01')?.value).toBe('stopped');
    expect(firstRefusal(following('vote-announced', stop('2027-03-02')))?.code).toBe('out-of-order');
  });

  it('nothing follows an end but litigation', () => {
    const withdrawn = following('accepted', {
      kind: 'withdrawn',
      on: '2026-02-13',
      agreeing: 2,
      proposers: 2,
    });
    expect(firstRefusal([...withdrawn, { kind: 'hearing-notified', on: '2026-02-14' }])?.code).toBe(
      'case-ended',
    );
    expect(
      on([...withdrawn, { kind: 'suspended', on: '2026-02-14', by: '臺北高等行政法院' }], '2026-02-15')
        .isSuspended,
    ).toBe(true);
  });
});

describe('order', () => {
  it('hearing before correction, notice before hearing, an act never before the one before it', () => {
    expect(firstRefusal([...upTo('accepted'), { kind: 'hearing-held', on: '2026-02-21' }])?.code).toBe(
      'hearing-first',
    );
    expect(
      firstRefusal([
        ...upTo('hearing-notified'),
        { kind: 'correction-ordered', on: '2026-03-01', grounds: ['matter'] },
      ])?.code,
    ).toBe('hearing-first');
    expect(firstRefusal([...upTo('accepted'), { kind: 'hearing-notified', on: '2026-02-11' }])?.code).toBe(
      'out-of-order',
    );
  });

  it('a second correction is refused, and the correction term is counted from its own order', () => {
    const again: LegalEvent = { kind: 'correction-ordered', on: '2026-05-01', grounds: ['matter'] };
    expect(firstRefusal(following('corrected', again))?.code).toBe('only-once');
  });

  it('a late opinion is waived, and an authority that is late stays overdue until it acts', () => {
    const late: LegalEvent = { kind: 'opinion-received', on: '2026-07-06', agency: '教育部' };
    const asked = following('opinion-requested', ...LIFE.slice(8, 10));
    expect(on(asked, '2026-07-06').duties.find(({ id }) => id === 'give-opinion')?.status).toBe('waived');
    expect(firstRefusal([...asked, late])?.code).toBe('too-late');
    const review = on(upTo('accepted'), '2026-04-12');
    expect(review.duties[0]).toMatchObject({ id: 'review', status: 'overdue', due: '2026-04-11' });
    const done = on([...upTo('accepted'), { kind: 'found-conforming', on: '2026-05-01' }], '2026-05-02');
    expect(done.duties[0]).toMatchObject({ status: 'met', metOn: '2026-05-01' });
  });

  it('every act out of its stage cites its article and says when it is allowed', () => {
    for (const kind of Object.keys(ACT_RULES) as LegalEventKind[]) {
      const rule = ACT_RULES[kind];
      expect(rule.citation).toMatch(/公民投票法|作業辦法|行政程序法/);
      expect(rule.allowedWhen['zh-Hant-TW'].length).toBeGreaterThan(4);
      expect(rule.name.en.length).toBeGreaterThan(3);
    }
    expect(allowedActs(on([], '2026-01-01')).map(({ kind }) => kind)).toEqual([
      'filed',
      'entered-before-collection',
      'delivered',
    ]);
    const waiting = (events: readonly LegalEvent[], day: string) =>
      allowedActs(on(events, day)).flatMap(({ kind, waitsFor }) => (waitsFor ? [[kind, waitsFor.code]] : []));
    expect(waiting(upTo('corrected'), '2026-04-20')).toContainEqual(['correction-ordered', 'only-once']);
    expect(waiting(upTo('accepted'), '2026-02-13')).toEqual([
      ['hearing-held', 'hearing-first'],
      ['correction-ordered', 'hearing-first'],
      ['rejected', 'too-early'],
      ['resumed', 'out-of-order'],
    ]);
    expect(allowedActs(on(upTo('correction-ordered'), '2026-03-21'))).toContainEqual(
      expect.objectContaining({ kind: 'corrected', until: '2026-04-19', citation: '公民投票法 §10 III' }),
    );
  });
});
