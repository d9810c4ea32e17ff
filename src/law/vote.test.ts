import { describe, expect, it } from 'vitest';
import { courseOf } from './course.ts';
import type { LegalEvent } from './legal-event.ts';
import { rulePack } from './rule-pack.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

/** A case known from its collection, established on 2027-02-26. */
const ESTABLISHED: readonly LegalEvent[] = [
  { kind: 'entered-before-collection', on: '2026-06-30' },
  { kind: 'collected', on: '2026-06-30', mode: 'code' },
  { kind: 'roster-filed', on: '2026-12-28' },
  { kind: 'raw-counted', on: '2026-12-29', count: 300_000, required: 293_228, isBound: true },
  { kind: 'signers-sent', on: '2026-12-30' },
  { kind: 'signers-checked', on: '2027-02-20', valid: 295_000, required: 293_228 },
  { kind: 'established', on: '2027-02-26' },
];
const ANNOUNCED: readonly LegalEvent[] = [
  ...ESTABLISHED,
  { kind: 'vote-announced', on: '2027-03-01', vote: '2027-07-03' },
];

const on = (events: readonly LegalEvent[], today: string) => courseOf(PACK, events, today);
const firstRefusal = (events: readonly LegalEvent[]) => on(events, '2030-01-01').refused[0]?.refusal;

describe('the vote', () => {
  it('a vote outside the window of §23 is refused and the window is told', () => {
    const refused = firstRefusal([
      ...ESTABLISHED,
      { kind: 'vote-announced', on: '2027-03-01', vote: '2027-09-01' },
    ]);
    expect(refused).toMatchObject({ code: 'out-of-order', citation: '公民投票法 §23' });
    expect(refused?.instead.en).toContain('2027-05-28');
    expect(refused?.instead.en).toContain('2027-08-26');
  });

  it('a vote is announced ninety days before, held on that day alone, and its result is owed in seven', () => {
    const announce = (day: string, vote: string) =>
      [...ESTABLISHED, { kind: 'vote-announced', on: day, vote }] as const;
    // 2027-05-28 is the first day the window leaves; the announcement of the same day as establishment reaches it.
    expect(on(announce('2027-02-26', '2027-05-28'), '2027-02-27').refused).toEqual([]);
    expect(firstRefusal(announce('2027-02-27', '2027-05-28'))).toMatchObject({
      code: 'too-late',
      citation: '公民投票法 §17',
    });
    expect(firstRefusal(announce('2027-02-27', '2027-05-28'))?.instead.en).toContain('2027-02-26');
    expect(on(announce('2027-05-27', '2027-08-26'), '2027-05-28').refused).toEqual([]);
    expect(firstRefusal(announce('2027-05-28', '2027-08-26'))?.code).toBe('too-late');
    expect(firstRefusal(announce('2027-02-26', '2027-05-27'))?.code).toBe('out-of-order');
    expect(on(ESTABLISHED, '2027-05-28').duties.at(-1)).toMatchObject({
      id: 'announce-vote',
      status: 'overdue',
      citation: '公民投票法 §17；公民投票法 §23',
    });

    const held = firstRefusal([...ANNOUNCED, { kind: 'vote-held', on: '2027-07-04' }]);
    expect(held).toMatchObject({ code: 'out-of-order', citation: '公民投票法 §17、§23' });
    expect(held?.instead.en).toContain('2027-07-03');
    expect(
      on([...ANNOUNCED, { kind: 'vote-held', on: '2027-07-03' }], '2027-07-11').duties.at(-1),
    ).toMatchObject({
      id: 'announce-result',
      status: 'overdue',
    });
  });

  it('a case delivered owes its announcement as well; for the president no term is asserted', () => {
    const delivered = (route: 'legislature' | 'president'): readonly LegalEvent[] => [
      { kind: 'delivered', on: '2027-02-26', route },
    ];
    const vote: LegalEvent = { kind: 'vote-announced', on: '2027-03-01', vote: '2027-04-10' };
    expect(on(delivered('legislature'), '2027-03-01').duties).toMatchObject([
      { id: 'announce-vote', due: '2027-05-27' },
    ]);
    expect(firstRefusal([...delivered('legislature'), vote])?.code).toBe('out-of-order');
    expect(on(delivered('president'), '2027-03-01').duties).toMatchObject([
      { id: 'announce-vote', due: undefined, termStatus: 'unconfirmed' },
    ]);
    expect(on([...delivered('president'), vote], '2027-03-02').refused).toEqual([]);
  });
});
