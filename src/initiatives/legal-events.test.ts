import { describe, expect, it } from 'vitest';
import { courseOf, rulePack } from '../law/index.ts';
import { publicRecord } from '../record/index.ts';
import type { RecordedAct } from './initiative-facts.ts';
import { INITIATIVE_KINDS } from './initiatives-record.ts';
import { legalEvents } from './legal-events.ts';

const PACK = rulePack('tw.referendum.national@2025-12-03');

let index = 0;
const act = (kind: string, body: object, more: Partial<RecordedAct> = {}): RecordedAct => ({
  index: index++,
  kind,
  at: '2026-02-10T09:00:00+08:00',
  basis: '公民投票法',
  body,
  ...more,
});

const filed = () => act('initiative-filed', { origin: 'here' });
const decision = (decides: string, on: string, more: object = {}) =>
  act('decision', { decides, on, ...more });

/** Every act of a whole life, each as it stands in the record. */
const wholeLife = (): readonly RecordedAct[] => [
  filed(),
  decision('accepted', '2026-02-12'),
  act('hearing', { step: 'notified', on: '2026-02-20', hearingOn: '2026-03-05', place: '中央選舉委員會' }),
  act('hearing', { step: 'held', on: '2026-03-05', disputedFacts: [], recordings: [] }),
  decision('correction', '2026-03-20', {
    grounds: [{ ground: 'wording', reasons: { 'zh-Hant-TW': '用字' } }],
  }),
  act('correction', { on: '2026-04-19', version: 2, textDigest: 'a'.repeat(64) }),
  decision('conforming', '2026-05-20'),
  act('opinion', { step: 'requested', on: '2026-05-21', agency: '教育部' }),
  act('check-request', { of: 'proposers', on: '2026-05-21', sent: 1_960 }),
  act('check-result', {
    of: 'proposers',
    on: '2026-06-01',
    received: 1_960,
    valid: 1_956,
    required: 1_955,
    excluded: { 'not-qualified': 4 },
  }),
  act('opinion', {
    step: 'received',
    on: '2026-06-20',
    agency: '教育部',
    textDigest: 'b'.repeat(64),
    characters: 900,
  }),
  act('notice-to-collect', { on: '2026-06-22' }),
  act('collection', { on: '2026-06-30', mode: 'code' }),
  act('opened', { collectedOn: '2026-06-30', mode: 'electronic' }),
  act('signing-address', { on: '2026-07-01' }),
];

describe('legal events of a case', () => {
  it('a whole life is walked with nothing refused, and signing is open', () => {
    const course = courseOf(PACK, legalEvents(wholeLife()), '2026-07-02');
    expect(course.refused).toEqual([]);
    expect(course).toMatchObject({
      stage: 'signing',
      signing: { firstDay: '2026-07-01', lastDay: '2026-12-31', hasUrl: true },
    });
  });

  it('a case told from its collection on: 9001 is deemed abandoned', () => {
    const acts = [
      act('initiative-filed', { origin: 'public-reports' }),
      act('opened', { collectedOn: '2025-07-31', mode: 'paper-and-electronic' }),
      act('closed', {}),
      act('decision', { outcome: 'deemed-abandoned', on: '2026-02-01' }),
    ];
    const course = courseOf(rulePack('tw.referendum.national@2019-06-21'), legalEvents(acts), '2026-02-01');
    expect(course.refused).toEqual([]);
    expect(course.outcome).toMatchObject({ value: 'deemed-abandoned', on: '2026-02-01' });
    expect(course.bars[0]).toMatchObject({ until: '2028-02-01' });
  });

  it('an act that was replaced does not count; the one that replaces it does', () => {
    const acts = [...wholeLife().slice(0, 2)];
    const wrong = decision('inadmissible', '2026-02-13');
    const right = { ...decision('accepted', '2026-02-13'), replaces: wrong.index };
    const events = legalEvents([...acts.slice(0, 1), wrong, right]);
    expect(events.map(({ kind }) => kind)).toEqual(['filed', 'accepted']);
  });

  it('every body above is one that the record takes', async () => {
    const record = publicRecord(INITIATIVE_KINDS);
    const appended: unknown[] = [];
    for (const { kind, body, at, basis } of wholeLife()
      .slice(1)
      .filter(({ kind }) => kind !== 'opened')) {
      const entry = {
        v: 1 as const,
        kind,
        case: '9999',
        at,
        capacity: 'commission',
        basis,
        body: body as never,
      };
      await record.append({} as never, entry).catch((error: Error) => appended.push([kind, error.message]));
    }
    // Without a database the entries cannot be stored; none may be refused for its shape.
    expect(appended.filter((refused) => JSON.stringify(refused).includes('entry-invalid'))).toEqual([]);
    expect(appended).toHaveLength(13);
  });
});
